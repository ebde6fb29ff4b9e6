/* `hearsay rules explain`: judges one text with the matcher of a scan and then traces, on the very
 * state the judgement left, every rule that came near: all the literals it requires are there. */
#include <math.h>

#include "base/failure.h"
#include "base/json.h"
#include "rule/match.h"
#include "rule/print.h"
#include "rule/trace.h"
#include "rule/trace_print.h"
#include "rule/weigh.h"

struct explainer {
    const struct hearsay_rules *pack;
    struct matcher *matcher;
    struct judgement judgement;
    struct trace trace;
    struct str text;
    bool is_json;
    bool ok;
    uint32_t shown;
    struct buffer *out;
};

static const struct rule_hit *hit_of(const struct explainer *explainer, const struct rule *rule) {
    for (size_t i = 0; i < explainer->judgement.hit_count; i++) {
        if (explainer->judgement.hits[i].rule == rule) {
            return &explainer->judgement.hits[i];
        }
    }
    return NULL;
}

static struct str title(const struct rule *rule) {
    return rule->meta.id.len > 0 ? rule->meta.id : rule->name;
}

/* ---- One rule ---- */

/* The first requirement that the text does not meet, by its literals. */
static void append_gate(struct buffer *out, const struct explainer *explainer,
                        const struct rule_code *code) {
    const struct hearsay_rules *pack = explainer->pack;
    enum { LITERALS_SHOWN = 8 };
    for (uint32_t i = 0; i < code->gate_count; i++) {
        const struct clause *clause = &pack->clauses[code->gates[i]];
        if (matcher_saw_all(explainer->matcher, &code->gates[i], 1)) {
            continue;
        }
        buffer_append_c(out, "  => FAIL required literals: the text has none of ");
        for (uint32_t k = 0; k < clause->needle_count && k < LITERALS_SHOWN; k++) {
            const struct needle *needle = &pack->needles[clause->needles[k]];
            buffer_append_c(out, k > 0 ? ", " : "");
            json_append_string(out, needle->is_raw ? needle->raw : needle->text);
        }
        if (clause->needle_count > LITERALS_SHOWN) {
            buffer_printf(out, " (and %u more)", clause->needle_count - LITERALS_SHOWN);
        }
        buffer_append_c(out, "; its clauses were not tried\n");
        return;
    }
}

/* ---- What a text alone does not tell ---- */

static bool waits(const struct rule *rule) {
    return rule->over || rule->ask_count > 0;
}

static void append_ask(struct buffer *out, const struct field_test *ask) {
    buffer_append_c(out, ask->is_assumed ? "" : "not ");
    field_test_print(ask, out);
}

static void append_waits(struct buffer *out, const struct rule *rule) {
    for (uint32_t i = 0; i < rule->ask_count; i++) {
        buffer_append_c(out, "     ?    ");
        append_ask(out, rule->asks[i]);
        buffer_append_c(out, "  (taken so: labels come with the posts before)\n");
    }
    if (rule->over) {
        buffer_append_c(out, "     ?    ");
        over_print_line(rule->over, out);
        buffer_append_c(out, "  (the posts before decide; try it with a series test)\n");
    }
}

static void append_waits_json(struct buffer *out, const struct rule *rule) {
    buffer_append_c(out, ",\"waits_for\":[");
    for (uint32_t i = 0; i < rule->ask_count; i++) {
        struct buffer text = {0};
        append_ask(&text, rule->asks[i]);
        buffer_append_c(out, i > 0 ? "," : "");
        json_append_string(out, buffer_str(&text));
        out->failed = out->failed || text.failed;
        buffer_free(&text);
    }
    if (rule->over) {
        struct buffer text = {0};
        over_print_line(rule->over, &text);
        buffer_append_c(out, rule->ask_count > 0 ? "," : "");
        json_append_string(out, buffer_str(&text));
        out->failed = out->failed || text.failed;
        buffer_free(&text);
    }
    buffer_append_byte(out, ']');
}

static void append_verdict(struct buffer *out, const struct rule *rule, bool matches,
                           bool is_judged) {
    buffer_append_str(out, title(rule));
    if (rule->meta.id.len > 0) {
        buffer_printf(out, " %.*s", (int)rule->name.len, rule->name.ptr);
    }
    buffer_append_c(out, !matches      ? ": does not match"
                         : waits(rule) ? ": matches, and waits for the posts before"
                                       : ": matches");
    buffer_append_c(out, rule->is_private ? " (private)\n" : is_judged ? "\n" : " (deprecated)\n");
}

static void append_rule(struct explainer *explainer, uint32_t index, bool is_open, bool matches) {
    const struct rule_code *code = &explainer->pack->rules[index];
    struct buffer *out = explainer->out;
    buffer_append_c(out, explainer->shown++ > 0 ? "\n" : "");
    append_verdict(out, code->rule, matches, code->is_judged);
    if (!is_open) {
        append_gate(out, explainer, code);
        return;
    }
    trace_print(&explainer->trace, &explainer->pack->ast, explainer->text, out);
    append_waits(out, code->rule);
}

static void append_rule_json(struct explainer *explainer, uint32_t index, bool is_open,
                             bool matches) {
    const struct rule_code *code = &explainer->pack->rules[index];
    const struct rule *rule = code->rule;
    const struct rule_hit *hit = hit_of(explainer, rule);
    struct buffer *out = explainer->out;
    buffer_append_c(out, explainer->shown++ > 0 ? ",{\"name\":" : "{\"name\":");
    json_append_string(out, rule->name);
    buffer_append_c(out, ",\"id\":");
    json_append_string(out, rule->meta.id);
    buffer_printf(out, ",\"private\":%s,\"gate_open\":%s,\"matches\":%s",
                  rule->is_private ? "true" : "false", is_open ? "true" : "false",
                  matches ? "true" : "false");
    buffer_append_c(out, ",\"weight\":");
    buffer_append_double(out, rule->outcome.has_weight ? rule->outcome.weight : 0, 17);
    buffer_append_c(out, ",\"counted\":");
    buffer_append_double(out, hit ? hit->weight : 0, 17);
    if (rule->outcome.group.len > 0) {
        buffer_append_c(out, ",\"group\":");
        json_append_string(out, rule->outcome.group);
    }
    if (waits(rule)) {
        append_waits_json(out, rule);
    }
    buffer_append_c(out, ",\"clauses\":");
    trace_print_json(&explainer->trace, &explainer->pack->ast, explainer->text, out);
    buffer_append_byte(out, '}');
}

static void explain_rule(struct explainer *explainer, uint32_t index) {
    const struct rule_code *code = &explainer->pack->rules[index];
    bool is_open = matcher_saw_all(explainer->matcher, code->gates, code->gate_count);
    bool matches = matcher_rule_matches(explainer->matcher, index);
    explainer->ok = explainer->ok && trace_rule(&explainer->trace, explainer->matcher, index);
    if (explainer->is_json) {
        append_rule_json(explainer, index, is_open, matches);
    } else {
        append_rule(explainer, index, is_open, matches);
    }
}

/* The named rule, or the judged ones whose literals are all there, matching ones first. */
static void explain_rules(struct explainer *explainer, const struct rule *named) {
    const struct hearsay_rules *pack = explainer->pack;
    if (named) {
        explain_rule(explainer, named->index);
        return;
    }
    for (int wanted = 1; wanted >= 0; wanted--) {
        for (uint32_t i = 0; i < pack->rule_count; i++) {
            const struct rule_code *code = &pack->rules[i];
            if (code->is_judged &&
                matcher_saw_all(explainer->matcher, code->gates, code->gate_count) &&
                matcher_rule_matches(explainer->matcher, i) == (wanted == 1)) {
                explain_rule(explainer, i);
            }
        }
    }
}

/* ---- The score ---- */

static void append_addend(struct buffer *out, const struct explainer *explainer,
                          const struct rule_hit *hit) {
    const struct outcome *outcome = &hit->rule->outcome;
    uint32_t group = explainer->pack->rules[hit->rule->index].group;
    buffer_append_c(out, hit->weight < 0 ? "  - " : "  + ");
    buffer_append_double(out, fabs(hit->weight), 6);
    buffer_printf(out, "  %.*s", (int)title(hit->rule).len, title(hit->rule).ptr);
    if (hit->rule->meta.status == RULE_SHADOW) {
        buffer_append_c(out, " (shadow: shown, counts nothing)");
    }
    if (group != RULE_NONE && explainer->pack->group_caps[group] < HUGE_VAL) {
        buffer_printf(out, " (group \"%.*s\", cap ", (int)outcome->group.len, outcome->group.ptr);
        buffer_append_double(out, explainer->pack->group_caps[group], 6);
        if (!explainer->pack->has_weights && fabs(hit->weight) < fabs(outcome->weight)) {
            buffer_append_c(out, ", cut from ");
            buffer_append_double(out, outcome->weight, 6);
        }
        buffer_append_byte(out, ')');
    }
    buffer_append_byte(out, '\n');
}

/* The learned text term, with the phrases that count most in it. */
static void append_wording(const struct explainer *explainer) {
    struct buffer *out = explainer->out;
    const struct wording *wording = &explainer->judgement.wording;
    if (!explainer->pack->has_weights) {
        return;
    }
    buffer_append_c(out, wording->weight < 0 ? "  - " : "  + ");
    buffer_append_double(out, fabs(wording->weight), 6);
    buffer_append_c(out, "  text");
    for (uint32_t i = 0; i < wording->count; i++) {
        double weight;
        struct str phrase =
            pack_phrase(explainer->pack, wording->phrases[i], wording->factor, &weight);
        buffer_append_c(out, i == 0 ? ": " : ", ");
        json_append_string(out, phrase);
        buffer_append_c(out, weight < 0 ? " -" : " +");
        buffer_append_double(out, fabs(weight), 3);
    }
    buffer_append_byte(out, '\n');
}

static void append_wording_json(const struct explainer *explainer) {
    struct buffer *out = explainer->out;
    const struct wording *wording = &explainer->judgement.wording;
    buffer_append_c(out, ",\"text_term\":{\"weight\":");
    buffer_append_double(out, wording->weight, 17);
    buffer_append_c(out, ",\"phrases\":[");
    for (uint32_t i = 0; i < wording->count; i++) {
        double weight;
        buffer_append_c(out, i == 0 ? "{\"text\":" : ",{\"text\":");
        json_append_string(
            out, pack_phrase(explainer->pack, wording->phrases[i], wording->factor, &weight));
        buffer_append_c(out, ",\"weight\":");
        buffer_append_double(out, weight, 17);
        buffer_append_byte(out, '}');
    }
    buffer_append_c(out, "]}");
}

/* What learned weights add where only rules of weight 0 match. */
static double alone_of(const struct explainer *explainer) {
    const struct judgement *judgement = &explainer->judgement;
    bool is_alone =
        explainer->pack->has_weights && hits_are_weightless(judgement->hits, judgement->hit_count);
    return is_alone ? explainer->pack->weights.alone : 0;
}

static double sum_of(const struct explainer *explainer) {
    const struct judgement *judgement = &explainer->judgement;
    double sum = pack_prior(explainer->pack) + judgement->wording.weight + alone_of(explainer);
    for (size_t i = 0; i < explainer->judgement.hit_count; i++) {
        sum += explainer->judgement.hits[i].weight;
    }
    return sum;
}

static void append_score(struct explainer *explainer) {
    struct buffer *out = explainer->out;
    const struct judgement *judgement = &explainer->judgement;
    buffer_append_c(out, explainer->shown > 0 ? "\n" : "No rule has all its literals here.\n\n");
    if (judgement->hit_count == 0) {
        buffer_append_c(out, "score 0: no rule matches\n");
        return;
    }
    buffer_append_c(out, "score, in log-odds\n    ");
    buffer_append_double(out, pack_prior(explainer->pack), 6);
    buffer_append_c(out, explainer->pack->has_weights ? "  prior, learned\n" : "  prior\n");
    for (size_t i = 0; i < judgement->hit_count; i++) {
        append_addend(out, explainer, &judgement->hits[i]);
    }
    append_wording(explainer);
    if (alone_of(explainer) != 0) {
        buffer_append_c(out, "    ");
        buffer_append_double(out, alone_of(explainer), 6);
        buffer_append_c(out, "  no rule with a weight matches\n");
    }
    buffer_append_c(out, "  = ");
    buffer_append_double(out, sum_of(explainer), 6);
    buffer_append_c(out, ", score ");
    buffer_append_double(out, judgement->score, 4);
    buffer_append_c(out, judgement->flag ? ", flagged: at or over the threshold "
                                         : ", not flagged: below the threshold ");
    buffer_append_double(out, explainer->pack->ast.threshold, 6);
    buffer_append_byte(out, '\n');
    if (judgement->limit_acted) {
        buffer_append_c(out, "a limit of the matcher acted: the text was not searched whole\n");
    }
}

static void append_score_json(struct explainer *explainer) {
    struct buffer *out = explainer->out;
    buffer_append_c(out, "],\"prior\":");
    buffer_append_double(out, pack_prior(explainer->pack), 17);
    append_wording_json(explainer);
    buffer_append_c(out, ",\"alone\":");
    buffer_append_double(out, alone_of(explainer), 17);
    buffer_append_c(out, ",\"log_odds\":");
    buffer_append_double(out, explainer->judgement.hit_count > 0 ? sum_of(explainer) : NAN, 17);
    buffer_append_c(out, ",\"score\":");
    buffer_append_double(out, explainer->judgement.score, 17);
    buffer_append_c(out, ",\"threshold\":");
    buffer_append_double(out, explainer->pack->ast.threshold, 17);
    buffer_printf(out, ",\"flag\":%s,\"limit_acted\":%s}\n",
                  explainer->judgement.flag ? "true" : "false",
                  explainer->judgement.limit_acted ? "true" : "false");
}

/* ---- The whole ---- */

static const struct rule *find_rule(const struct hearsay_rules *pack, struct str wanted) {
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        const struct rule *rule = pack->rules[i].rule;
        if (str_equal(rule->meta.id, wanted) || str_equal(rule->name, wanted)) {
            return rule;
        }
    }
    return NULL;
}

static void explain(struct explainer *explainer, const struct rule *named) {
    struct buffer *out = explainer->out;
    if (explainer->is_json) {
        buffer_append_c(out, "{\"text\":");
        json_append_string(out, explainer->text);
        buffer_append_c(out, ",\"language\":");
        json_append_string(out, matcher_language(explainer->matcher));
        buffer_append_c(out, ",\"rules\":[");
        explain_rules(explainer, named);
        append_score_json(explainer);
    } else {
        explain_rules(explainer, named);
        append_score(explainer);
    }
}

static enum hearsay_status run(struct explainer *explainer, struct str language,
                               const struct rule *named) {
    struct folder folder = {0};
    struct folded folded;
    struct post post = {.text = explainer->text, .lang = language};
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (fold_text(&folder, post.text, &folded)) {
        status = matcher_post(explainer->matcher, &post, &folded, &explainer->judgement);
    }
    if (status == HEARSAY_OK) {
        explain(explainer, named);
        bool ok = explainer->ok && !explainer->out->failed;
        status = ok ? explainer->matcher->status : HEARSAY_NO_MEMORY;
    }
    folder_free(&folder);
    return status;
}

enum hearsay_status hearsay_rules_explain(const struct hearsay_rules *rules,
                                          const struct hearsay_explain_options *options,
                                          hearsay_diagnostic *report, void *context,
                                          struct hearsay_failure *failure) {
    const struct rule *named = NULL;
    if (options->rule && !(named = find_rule(rules, str_from_c(options->rule)))) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "the pack has no rule with the id or name %s", options->rule);
    }
    struct buffer out = {0};
    struct explainer explainer = {.pack = rules,
                                  .matcher = matcher_new(rules),
                                  .text = {options->text, options->text_len},
                                  .is_json = options->is_json,
                                  .ok = true,
                                  .out = &out};
    enum hearsay_status status = explainer.matcher
                                     ? run(&explainer, str_from_c(options->language), named)
                                     : HEARSAY_NO_MEMORY;
    if (status == HEARSAY_OK) {
        report(context, out.ptr, out.len);
    }
    matcher_free(explainer.matcher);
    trace_free(&explainer.trace);
    buffer_free(&out);
    return status == HEARSAY_NO_MEMORY ? failure_memory(failure) : status;
}
