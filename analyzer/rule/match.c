#include "rule/match.h"

#include <stdlib.h>

void matcher_fail(struct matcher *matcher, enum hearsay_status status) {
    if (matcher->status == HEARSAY_OK) {
        matcher->status = status;
    }
}

bool matcher_reserve(struct matcher *matcher, void **items, size_t count, size_t *capacity,
                     size_t size) {
    if (count < *capacity) {
        return true;
    }
    size_t wanted = *capacity < 64 ? 64 : *capacity * 2;
    void *grown = wanted < UINT32_MAX ? realloc(*items, wanted * size) : NULL;
    if (!grown) {
        matcher_fail(matcher, HEARSAY_NO_MEMORY);
        return false;
    }
    *items = grown;
    *capacity = wanted;
    return true;
}

static void *table(size_t count, size_t size) {
    return calloc(count + 1, size);
}

struct matcher *matcher_new(const struct hearsay_rules *pack) {
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher) {
        return NULL;
    }
    matcher->pack = pack;
    matcher->needles = table(pack->needle_count, sizeof *matcher->needles);
    matcher->clauses = table(pack->clause_count, sizeof *matcher->clauses);
    matcher->patterns = table(pack->pattern_count, sizeof *matcher->patterns);
    matcher->rules = table(pack->rule_count, sizeof *matcher->rules);
    matcher->marks = table(pack->term_count, sizeof *matcher->marks);
    matcher->woken = table(pack->rule_count, sizeof *matcher->woken);
    matcher->candidates = table(pack->rule_count, sizeof *matcher->candidates);
    matcher->marked = table(pack->rule_count, sizeof *matcher->marked);
    matcher->seen = table(pack->needle_count, sizeof *matcher->seen);
    matcher->group_sums = table(pack->group_count, sizeof *matcher->group_sums);
    matcher->waiting = table(pack->rule_count, sizeof *matcher->waiting);
    matcher->regex = regex_scratch_new();
    if (!sentry_state_init(&matcher->sentry, &pack->sentry) || !matcher->needles ||
        !matcher->clauses || !matcher->patterns || !matcher->rules || !matcher->marks ||
        !matcher->woken || !matcher->candidates || !matcher->marked || !matcher->seen ||
        !matcher->group_sums || !matcher->waiting || !matcher->regex) {
        matcher_free(matcher);
        return NULL;
    }
    return matcher;
}

void matcher_free(struct matcher *matcher) {
    if (!matcher) {
        return;
    }
    sentry_state_free(&matcher->sentry);
    free(matcher->needles);
    free(matcher->clauses);
    free(matcher->patterns);
    free(matcher->rules);
    free(matcher->marks);
    free(matcher->woken);
    free(matcher->candidates);
    free(matcher->marked);
    free(matcher->seen);
    free(matcher->group_sums);
    free(matcher->waiting);
    free(matcher->pending);
    buffer_free(&matcher->window_keys);
    buffer_free(&matcher->key_text);
    buffer_free(&matcher->window_words);
    free(matcher->hits);
    free(matcher->pool);
    free(matcher->gathered);
    free(matcher->rule_hits);
    free(matcher->spans);
    buffer_free(&matcher->sane_bytes);
    buffer_free(&matcher->domain);
    leet_free(&matcher->leet);
    word_list_free(&matcher->words);
    entity_list_free(&matcher->links);
    wording_scratch_free(&matcher->wording);
    regex_scratch_free(matcher->regex);
    free(matcher);
}

/* After 2^32 - 1 posts the stamps begin anew, and old ones must not look like new ones. */
static void forget_stamps(struct matcher *matcher) {
    const struct hearsay_rules *pack = matcher->pack;
    memset(matcher->needles, 0, pack->needle_count * sizeof *matcher->needles);
    memset(matcher->clauses, 0, pack->clause_count * sizeof *matcher->clauses);
    memset(matcher->patterns, 0, pack->pattern_count * sizeof *matcher->patterns);
    memset(matcher->rules, 0, pack->rule_count * sizeof *matcher->rules);
    memset(matcher->marks, 0, pack->term_count * sizeof *matcher->marks);
    memset(matcher->woken, 0, pack->rule_count * sizeof *matcher->woken);
    sentry_state_forget(&matcher->sentry, &pack->sentry);
}

void matcher_begin(struct matcher *matcher, const struct post *post, const struct folded *folded,
                   bool is_reference) {
    if (++matcher->epoch == 0) {
        forget_stamps(matcher);
        matcher->epoch = 1;
    }
    matcher->post = post;
    matcher->folded = folded;
    matcher->is_reference = is_reference;
    matcher->absent = NULL;
    matcher->status = HEARSAY_OK;
    matcher->limit_acted = false;
    matcher->has_words = false;
    matcher->has_sane = false;
    matcher->has_links = false;
    matcher->has_leet = false;
    matcher->language = (struct str){NULL, 0};
    matcher->candidate_count = 0;
    matcher->marked_count = 0;
    matcher->seen_count = 0;
    matcher->hit_count = 0;
    matcher->pool_count = 0;
    matcher->rule_hit_count = 0;
    matcher->waiting_count = 0;
    matcher->span_count = 0;
}

static void add_if_matching(struct matcher *matcher, uint32_t rule) {
    void *items = matcher->rule_hits;
    if (!matcher_rule_matches(matcher, rule)) {
        return;
    }
    if (matcher->pack->rules[rule].rule->over || matcher->pack->rules[rule].rule->ask_count > 0) {
        matcher->waiting[matcher->waiting_count++] = rule;
        return;
    }
    if (!matcher_reserve(matcher, &items, matcher->rule_hit_count, &matcher->rule_hit_capacity,
                         sizeof *matcher->rule_hits)) {
        return;
    }
    matcher->rule_hits = items;
    matcher->rule_hits[matcher->rule_hit_count++] =
        (struct rule_hit){matcher->pack->rules[rule].rule, 0};
}

enum hearsay_status matcher_post(struct matcher *matcher, const struct post *post,
                                 const struct folded *folded, struct judgement *judgement) {
    const struct hearsay_rules *pack = matcher->pack;
    matcher_begin(matcher, post, folded, false);
    if (sentry_passes(matcher)) {
        matcher_scan(matcher);
        for (uint32_t i = 0; i < matcher->candidate_count; i++) {
            add_if_matching(matcher, matcher->candidates[i]);
        }
        for (uint32_t i = 0; i < pack->ungated_count; i++) {
            add_if_matching(matcher, pack->ungated[i]);
        }
    }
    matcher_score(matcher, judgement);
    matcher_pend(matcher, judgement);
    return matcher->status;
}

enum hearsay_status matcher_post_reference(struct matcher *matcher, const struct post *post,
                                           const struct folded *folded,
                                           struct judgement *judgement) {
    const struct hearsay_rules *pack = matcher->pack;
    matcher_begin(matcher, post, folded, true);
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        if (pack->rules[i].is_judged) {
            add_if_matching(matcher, i);
        }
    }
    matcher_score(matcher, judgement);
    matcher_pend(matcher, judgement);
    return matcher->status;
}
