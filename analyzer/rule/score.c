/* From the rules that match to a judgement: score = 1 / (1 + exp(-(prior + sum of weights))),
 * weights in log-odds. Within a group the positive weights add up to its cap at most, and the
 * negative ones to minus the cap at least; the largest count first. Rules in status shadow are
 * shown with weight 0. A score is as good as the weights are: before they are fitted it orders
 * posts and is no probability. */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "rule/match.h"

static int compare_hits(const void *a, const void *b) {
    const struct rule_hit *left = a;
    const struct rule_hit *right = b;
    return left->rule->index < right->rule->index ? -1 : left->rule->index > right->rule->index;
}

static double stated_weight(const struct rule *rule) {
    bool counts = rule->outcome.has_weight && rule->meta.status != RULE_SHADOW;
    return counts ? rule->outcome.weight : 0.0;
}

/* Largest stated weight first, then by index. */
static int compare_strength(const void *a, const void *b) {
    double left = stated_weight(((const struct rule_hit *)a)->rule);
    double right = stated_weight(((const struct rule_hit *)b)->rule);
    if (left != right) {
        return left > right ? -1 : 1;
    }
    return compare_hits(a, b);
}

/* What of a weight its group still has room for, in the weight's own direction. */
static double capped(struct matcher *matcher, const struct rule_hit *hit, double weight) {
    uint32_t group = matcher->pack->rules[hit->rule->index].group;
    if (group == RULE_NONE) {
        return weight;
    }
    double room = matcher->pack->group_caps[group] - matcher->group_sums[group];
    double size = fabs(weight) > room ? fmax(room, 0) : fabs(weight);
    matcher->group_sums[group] += size;
    return copysign(size, weight);
}

static void forget_groups(struct matcher *matcher) {
    memset(matcher->group_sums, 0, matcher->pack->group_count * sizeof *matcher->group_sums);
}

/* Gives each hit its weight as counted. The hits are in order of strength: positive weights are
 * taken from the front, negative ones from the back, each direction with the largest first. */
static double weigh(struct matcher *matcher) {
    size_t count = matcher->rule_hit_count;
    double sum = matcher->pack->ast.prior;
    forget_groups(matcher);
    for (size_t i = 0; i < count; i++) {
        struct rule_hit *hit = &matcher->rule_hits[i];
        double weight = stated_weight(hit->rule);
        if (weight >= 0) {
            hit->weight = capped(matcher, hit, weight);
            sum += hit->weight;
        }
    }
    forget_groups(matcher);
    for (size_t i = count; i > 0; i--) {
        struct rule_hit *hit = &matcher->rule_hits[i - 1];
        double weight = stated_weight(hit->rule);
        if (weight < 0) {
            hit->weight = capped(matcher, hit, weight);
            sum += hit->weight;
        }
    }
    return sum;
}

/* ---- Extraction ---- */

/* The whole occurrence, or the named group of the expression that matches there. */
static struct str extracted(struct matcher *matcher, const struct pattern *pattern,
                            const struct occurrence *occurrence, struct str group) {
    struct str raw = matcher->post->text;
    size_t start = occurrence->start;
    size_t end = occurrence->end;
    if (group.len > 0) {
        struct str whole = pattern->fold ? matcher->folded->text : matcher_sane(matcher);
        size_t from = pattern->fold ? occurrence->from : occurrence->start;
        size_t to;
        if (pattern->kind != TERM_REGEX ||
            regex_find(pattern->regex, matcher->regex, utf8_clip(whole, REGEX_TEXT_BYTES), from,
                       !matcher->is_reference, &from, &to) != REGEX_FOUND ||
            !regex_group(pattern->regex, matcher->regex, group, &start, &end)) {
            return STR_EMPTY;
        }
        if (pattern->fold) {
            folded_span(matcher->folded, raw, start, end, &start, &end);
        }
    }
    return str_slice(raw, start, end);
}

/* From the first occurrence that made the rule match, or the first at all if the term only
 * extracts. */
static struct str extract_term(struct matcher *matcher, const struct rule_code *code,
                               const struct extract *extract) {
    const struct hearsay_rules *pack = matcher->pack;
    uint32_t index = code->first_term + (uint32_t)(extract->term - code->rule->terms);
    uint32_t pattern = pack->pattern_of_term[index];
    struct occurrences own = matcher_occurrences(matcher, pattern, false);
    bool is_marked = matcher->marks[index].epoch == matcher->epoch && matcher->marks[index].mask;
    for (uint32_t i = 0; i < own.count; i++) {
        if (!own.items[i].has_place || (is_marked && !(matcher->marks[index].mask >> i & 1))) {
            continue;
        }
        struct str text =
            extracted(matcher, &pack->patterns[pattern], &own.items[i], extract->group);
        if (text.len > 0) {
            return text;
        }
    }
    return STR_EMPTY;
}

/* The strongest hit that extracts the field to more than nothing. */
static struct str extract_field(struct matcher *matcher, const char *field) {
    for (size_t i = 0; i < matcher->rule_hit_count; i++) {
        const struct rule *rule = matcher->rule_hits[i].rule;
        for (uint32_t k = 0; k < rule->outcome.extract_count; k++) {
            const struct extract *extract = &rule->outcome.extracts[k];
            if (!str_is(extract->field, field)) {
                continue;
            }
            struct str text = extract_term(matcher, &matcher->pack->rules[rule->index], extract);
            if (text.len > 0) {
                return text;
            }
        }
    }
    return STR_EMPTY;
}

/* ---- Spans ---- */

static int compare_spans(const void *a, const void *b) {
    const struct rule_span *left = a;
    const struct rule_span *right = b;
    if (left->start != right->start) {
        return left->start < right->start ? -1 : 1;
    }
    if (left->end != right->end) {
        return left->end < right->end ? -1 : 1;
    }
    if (left->rule != right->rule) {
        return left->rule->index < right->rule->index ? -1 : 1;
    }
    return left->term < right->term ? -1 : left->term > right->term;
}

static void add_term_spans(struct matcher *matcher, const struct rule_code *code, uint32_t term) {
    struct term_mark mark = matcher->marks[code->first_term + term];
    if (mark.epoch != matcher->epoch || !mark.mask) {
        return;
    }
    uint32_t pattern = matcher->pack->pattern_of_term[code->first_term + term];
    struct occurrences own = matcher_occurrences(matcher, pattern, false);
    for (uint32_t i = 0; i < own.count; i++) {
        void *items = matcher->spans;
        const struct occurrence *occurrence = &own.items[i];
        if (!(mark.mask >> i & 1) || !occurrence->has_place ||
            !matcher_reserve(matcher, &items, matcher->span_count, &matcher->span_capacity,
                             sizeof *matcher->spans)) {
            continue;
        }
        matcher->spans = items;
        matcher->spans[matcher->span_count++] = (struct rule_span){
            &code->rule->terms[term], code->rule, occurrence->start, occurrence->end};
    }
}

/* Spans of a rule and of the rules that it refers to, each once. `marked` tells who was reached. */
static void add_spans(struct matcher *matcher) {
    const struct hearsay_rules *pack = matcher->pack;
    for (size_t i = 0; i < matcher->rule_hit_count; i++) {
        matcher_mark(matcher, matcher->rule_hits[i].rule->index);
    }
    for (uint32_t i = 0; i < matcher->marked_count; i++) {
        const struct rule_code *code = &pack->rules[matcher->marked[i]];
        for (uint32_t k = 0; k < code->rule->term_count; k++) {
            add_term_spans(matcher, code, k);
        }
    }
    if (matcher->span_count > 1) {
        qsort(matcher->spans, matcher->span_count, sizeof *matcher->spans, compare_spans);
    }
}

/* ---- The judgement ---- */

static void state_meta(const struct matcher *matcher, struct judgement *judgement) {
    for (size_t i = matcher->rule_hit_count; i > 0; i--) {
        const struct meta *meta = &matcher->rule_hits[i - 1].rule->meta;
        if (meta->incident.len > 0 && !str_is(meta->incident, "none")) {
            judgement->incident = meta->incident;
        }
        if (meta->stance.len > 0) {
            judgement->stance = meta->stance;
        }
    }
}

void matcher_score(struct matcher *matcher, struct judgement *judgement) {
    *judgement = (struct judgement){.incident = STR("none"), .stance = STR_EMPTY};
    judgement->victim = STR_EMPTY;
    judgement->quantity = STR_EMPTY;
    if (matcher->rule_hit_count > 0) {
        size_t count = matcher->rule_hit_count;
        qsort(matcher->rule_hits, count, sizeof *matcher->rule_hits, compare_strength);
        judgement->score = 1.0 / (1.0 + exp(-weigh(matcher)));
        judgement->flag = judgement->score >= matcher->pack->ast.threshold;
        add_spans(matcher);
        state_meta(matcher, judgement);
        judgement->victim = extract_field(matcher, "victim");
        judgement->quantity = extract_field(matcher, "quantity");
        qsort(matcher->rule_hits, count, sizeof *matcher->rule_hits, compare_hits);
    }
    judgement->hits = matcher->rule_hits;
    judgement->hit_count = matcher->rule_hit_count;
    judgement->spans = matcher->spans;
    judgement->span_count = matcher->span_count;
    judgement->limit_acted = matcher->limit_acted;
}
