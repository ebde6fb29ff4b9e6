/* Mutants of a window: half and twice its duration, its similarity and the numbers of its measures
 * a little off, parts of its condition dropped, negated or joined the other way. Only series tests
 * see windows, so a rule without them leaves all of these alive. */
#include <stdlib.h>

#include "rule/mutation.h"
#include "rule/over.h"
#include "rule/print.h"

#define DURATION_MOST_US (366ll * 24 * 3600 * 1000000)
#define NODES_MOST (2 * 64u + 2 * OVER_MEASURES_MOST) /* `not` nests 64 deep at most */

/* A rule of which the window can be changed. */
struct draft {
    struct rule rule;
    struct over over;
    struct over_condition nodes[NODES_MOST];
    uint32_t node_count;
    bool is_full; /* more nodes than a draft holds: their changes are left out */
    const char *change;
};

/* Copies the condition; measures become those of the draft. */
static struct over_condition *copy_node(struct draft *draft, const struct over *from,
                                        const struct over_condition *node) {
    if (draft->node_count == NODES_MOST) {
        draft->is_full = true;
        return NULL;
    }
    struct over_condition *copy = &draft->nodes[draft->node_count++];
    *copy = *node;
    if (node->measure) {
        copy->measure = &draft->over.measures[node->measure - from->measures];
        return copy;
    }
    copy->left = node->left ? copy_node(draft, from, node->left) : NULL;
    copy->right = node->right ? copy_node(draft, from, node->right) : NULL;
    return copy;
}

static void draft_begin(struct draft *draft, const struct rule *rule) {
    draft->rule = *rule;
    draft->over = *rule->over;
    draft->node_count = 0;
    draft->is_full = false;
    draft->over.condition = copy_node(draft, rule->over, rule->over->condition);
    draft->rule.over = &draft->over;
}

/* ---- Changes; each returns false where it does not fit ---- */

static bool change_duration(struct draft *draft, bool is_more) {
    draft->change = is_more ? "twice the duration" : "half the duration";
    draft->over.duration_us = is_more ? draft->over.duration_us * 2 : draft->over.duration_us / 2;
    for (uint32_t i = 0; i < draft->over.measure_count; i++) {
        const struct measure *measure = &draft->over.measures[i];
        if (measure->kind == MEASURE_BURST && measure->recent_us >= draft->over.duration_us) {
            return false;
        }
    }
    return draft->over.duration_us <= DURATION_MOST_US;
}

/* By a tenth: one word of twelve, about. */
static bool change_similarity(struct draft *draft, bool is_more) {
    draft->change = is_more ? "similarity plus 0.1" : "similarity minus 0.1";
    draft->over.similarity += is_more ? 0.1 : -0.1;
    return draft->over.key == OVER_SIMILAR && draft->over.similarity > 0 &&
           draft->over.similarity <= 1;
}

/* Counts by one; p by ten; other numbers by half: they are chosen by feel. */
static bool change_bound(struct measure *measure, const char **change, bool is_more) {
    static const char *const names[2][3] = {{"bound minus 1", "half the bound", "a tenth of p"},
                                            {"bound plus 1", "twice the bound", "ten times p"}};
    bool is_count = measure->kind == MEASURE_COUNT || measure->kind == MEASURE_DISTINCT;
    bool is_burst = measure->kind == MEASURE_BURST;
    double factor = is_burst ? 10 : 2;
    double number = measure->number;
    double changed = is_more ? number * factor : number / factor;
    if (is_count) {
        changed = is_more ? number + 1 : number - 1;
    }
    *change = names[is_more][is_count ? 0 : is_burst ? 2 : 1];
    measure->number = changed;
    bool is_share = measure->kind == MEASURE_SHARE || is_burst;
    return changed != number && changed >= 0 && !(is_share && changed > 1);
}

static bool change_node(struct draft *draft, uint32_t node, uint32_t way) {
    struct over_condition *at = &draft->nodes[node];
    bool is_chain = at->kind == OVER_AND || at->kind == OVER_OR;
    if (way == 0 && is_chain) {
        draft->change = at->kind == OVER_AND ? "and to or" : "or to and";
        at->kind = at->kind == OVER_AND ? OVER_OR : OVER_AND;
        return true;
    }
    if (is_chain || (way == 0 && at->kind == OVER_NOT)) {
        const struct over_condition *kept = way == 1 && is_chain ? at->right : at->left;
        draft->change = is_chain ? "drop operand" : "drop not";
        *at = kept ? *kept : *at;
        return kept;
    }
    if (way == 0 && at->kind == OVER_MEASURE && draft->node_count < NODES_MOST) {
        struct over_condition *inner = &draft->nodes[draft->node_count++];
        draft->change = "negate";
        *inner = *at;
        *at = (struct over_condition){.kind = OVER_NOT, .left = inner};
        return true;
    }
    return false;
}

/* Change number `n` of a fresh draft; *is_last: there are no more. */
static bool change(struct draft *draft, uint32_t n, bool *is_last) {
    uint32_t bounds = 2 * draft->over.measure_count;
    *is_last = n >= 4 + bounds + 3 * draft->node_count;
    if (*is_last) {
        return false;
    }
    if (n < 2) {
        return change_duration(draft, n == 1);
    }
    if (n < 4) {
        return change_similarity(draft, n == 3);
    }
    n -= 4;
    if (n < bounds) {
        return change_bound(&draft->over.measures[n / 2], &draft->change, n % 2 == 1);
    }
    n -= bounds;
    return change_node(draft, n / 3, n % 3);
}

/* ---- Trying ---- */

static bool try_change(struct mutation *mutation, const struct draft *draft) {
    const struct rule *rule = mutation->variation.rule;
    struct mutant_told told = {.place = rule->over->place, .change = draft->change};
    if (!reels_try_changed(&mutation->reels, rule, &draft->rule, &told.is_killed)) {
        return false;
    }
    buffer_clear(&mutation->before);
    buffer_clear(&mutation->after);
    over_print_line(rule->over, &mutation->before);
    over_print_line(&draft->over, &mutation->after);
    return mutation_tell(mutation, &told);
}

bool mutate_over(struct mutation *mutation) {
    const struct rule *rule = mutation->variation.rule;
    struct draft *draft = calloc(1, sizeof *draft);
    bool ok = draft;
    bool is_last = false;
    for (uint32_t n = 0; ok && !is_last; n++) {
        draft_begin(draft, rule);
        if (!draft->is_full && change(draft, n, &is_last)) {
            ok = try_change(mutation, draft);
        }
        is_last = is_last || draft->is_full;
    }
    free(draft);
    return ok;
}
