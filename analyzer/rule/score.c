/* A post's judgement: its hits weighed (rule/weigh.h), what they extract and where they matched. */
#include <stdlib.h>

#include "base/utf8.h"
#include "rule/match.h"
#include "rule/weigh.h"

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
static struct str extract_field(struct matcher *matcher, const struct rule_hit *hits, size_t count,
                                const char *field, const struct rule **by) {
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = hits[i].rule;
        for (uint32_t k = 0; k < rule->outcome.extract_count; k++) {
            const struct extract *extract = &rule->outcome.extracts[k];
            if (!str_is(extract->field, field)) {
                continue;
            }
            struct str text = extract_term(matcher, &matcher->pack->rules[rule->index], extract);
            if (text.len > 0) {
                *by = rule;
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

/* Spans of some rules and of the rules that they refer to, each once, behind those there are.
 * `marked` tells who was reached. */
static void add_spans(struct matcher *matcher, const struct rule_hit *hits, size_t count) {
    const struct hearsay_rules *pack = matcher->pack;
    size_t first = matcher->span_count;
    for (size_t i = 0; i < count; i++) {
        matcher_mark(matcher, hits[i].rule->index);
    }
    for (uint32_t i = 0; i < matcher->marked_count; i++) {
        const struct rule_code *code = &pack->rules[matcher->marked[i]];
        for (uint32_t k = 0; k < code->rule->term_count; k++) {
            add_term_spans(matcher, code, k);
        }
    }
    if (matcher->span_count > first + 1) {
        qsort(matcher->spans + first, matcher->span_count - first, sizeof *matcher->spans,
              compare_spans);
    }
}

static void forget_marks(struct matcher *matcher) {
    for (uint32_t i = 0; i < matcher->marked_count; i++) {
        const struct rule_code *code = &matcher->pack->rules[matcher->marked[i]];
        matcher->rules[matcher->marked[i]].marked = 0;
        for (uint32_t k = 0; k < code->rule->term_count; k++) {
            matcher->marks[code->first_term + k].epoch = 0;
        }
    }
    matcher->marked_count = 0;
}

void matcher_state_rule(struct matcher *matcher, struct pending *pending) {
    const struct rule_hit hit = {pending->rule, 0};
    const struct rule *by;
    forget_marks(matcher);
    pending->first_span = matcher->span_count;
    add_spans(matcher, &hit, 1);
    pending->span_count = matcher->span_count - pending->first_span;
    pending->victim = extract_field(matcher, &hit, 1, "victim", &by);
    pending->quantity = extract_field(matcher, &hit, 1, "quantity", &by);
}

/* ---- The judgement ---- */

/* Also where only windows decide: what they add comes when the post is no longer at hand. */
static void weigh_wording(struct matcher *matcher, struct wording *wording) {
    if (matcher->rule_hit_count + matcher->waiting_count == 0 || !matcher->pack->has_weights) {
        return;
    }
    struct phrase_source source = {.folded = matcher->folded,
                                   .raw = matcher->post->text,
                                   .words = matcher_words(matcher),
                                   .names = &matcher->pack->weights.names};
    if (!wording_weigh(&matcher->pack->weights, &source, &matcher->wording, wording)) {
        matcher_fail(matcher, HEARSAY_NO_MEMORY);
    }
}

void matcher_score(struct matcher *matcher, struct judgement *judgement) {
    struct verdict verdict;
    size_t count = matcher->rule_hit_count;
    struct wording wording = {0};
    weigh_wording(matcher, &wording);
    hits_weigh(matcher->pack, matcher->group_sums, matcher->rule_hits, count, wording.weight,
               &verdict);
    *judgement = (struct judgement){.wording = wording,
                                    .score = verdict.score,
                                    .flag = verdict.flag,
                                    .incident = verdict.incident,
                                    .stance = verdict.stance,
                                    .victim = STR_EMPTY,
                                    .quantity = STR_EMPTY};
    if (count > 0) {
        const struct rule_hit *hits = matcher->rule_hits;
        add_spans(matcher, hits, count);
        judgement->victim = extract_field(matcher, hits, count, "victim", &judgement->victim_rule);
        judgement->quantity =
            extract_field(matcher, hits, count, "quantity", &judgement->quantity_rule);
        hits_sort(matcher->rule_hits, count);
    }
    judgement->hits = matcher->rule_hits;
    judgement->hit_count = count;
    judgement->spans = matcher->spans;
    judgement->span_count = matcher->span_count;
    judgement->limit_acted = matcher->limit_acted;
}
