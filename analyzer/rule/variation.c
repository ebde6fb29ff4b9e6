#include "rule/variation.h"

#include <stdlib.h>

bool variation_open(struct variation *variation, const struct hearsay_rules *pack) {
    *variation = (struct variation){.pack = *pack};
    variation->pack.rules = NULL;
    size_t size = pack->pattern_count * sizeof *pack->patterns;
    variation->pack.patterns = malloc(size > 0 ? size : 1);
    if (!variation->pack.patterns) {
        return false;
    }
    if (size > 0) {
        memcpy(variation->pack.patterns, pack->patterns, size);
    }
    variation->pack.rules = calloc(pack->rule_count + (size_t)1, sizeof *pack->rules);
    if (!variation->pack.rules) {
        return false;
    }
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        variation->pack.rules[i] = pack->rules[i];
    }
    return probe_open(&variation->probe, &variation->pack);
}

void variation_close(struct variation *variation) {
    probe_close(&variation->probe);
    arena_free(&variation->arena);
    free(variation->pack.patterns);
    free(variation->pack.rules);
}

struct expr *variation_node(struct variation *variation, const struct expr *like) {
    struct expr *node = arena_alloc(&variation->arena, sizeof *node);
    if (node) {
        *node = *like;
    }
    return node;
}

static struct expr *copy_tree(struct variation *variation, const struct expr *expr) {
    struct expr *copy = variation_node(variation, expr);
    if (!copy || expr->child_count == 0) {
        return copy;
    }
    copy->children = arena_array(&variation->arena, expr->child_count, sizeof *copy->children);
    for (uint32_t i = 0; copy->children && i < expr->child_count; i++) {
        copy->children[i] = copy_tree(variation, expr->children[i]);
        if (!copy->children[i]) {
            return NULL;
        }
    }
    return copy->children ? copy : NULL;
}

bool variation_take(struct variation *variation, const struct rule *rule) {
    arena_reset(&variation->arena);
    variation->rule = rule;
    variation->where = rule->where ? copy_tree(variation, rule->where) : NULL;
    variation->match = rule->match ? copy_tree(variation, rule->match) : NULL;
    return (!rule->where || variation->where) && (!rule->match || variation->match);
}

/* ---- Judging ---- */

/* Other rules are judged by their own conditions, before anything is exchanged. */
static void settle_references(struct variation *variation, const struct expr *expr) {
    if (!expr) {
        return;
    }
    if (expr->kind == EXPR_RULE) {
        matcher_rule_matches(variation->probe.matcher, expr->rule->index);
    }
    for (uint32_t i = 0; i < expr->child_count; i++) {
        settle_references(variation, expr->children[i]);
    }
}

bool variation_text(struct variation *variation, struct str text, struct str lang) {
    if (!probe_text(&variation->probe, text, lang)) {
        return false;
    }
    probe_begin(&variation->probe);
    settle_references(variation, variation->match);
    return true;
}

bool variation_fires(struct variation *variation) {
    struct matcher *matcher = variation->probe.matcher;
    uint32_t index = variation->rule->index;
    return (!variation->where || matcher_expr_holds(matcher, index, variation->where)) &&
           (!variation->match || matcher_expr_holds(matcher, index, variation->match));
}

static void forget_pattern(struct variation *variation, uint32_t pattern) {
    struct matcher *matcher = variation->probe.matcher;
    matcher->patterns[pattern].epoch = matcher->epoch - 1;
}

bool variation_fires_without(struct variation *variation, uint32_t pattern, uint32_t needle) {
    struct pattern *changed = &variation->pack.patterns[pattern];
    struct pattern whole = *changed;
    uint32_t kept = 0;
    changed->needles = malloc(whole.needle_count * sizeof *changed->needles);
    if (!changed->needles) {
        *changed = whole;
        matcher_fail(variation->probe.matcher, HEARSAY_NO_MEMORY);
        return false;
    }
    for (uint32_t i = 0; i < whole.needle_count; i++) {
        if (whole.needles[i] != needle) {
            changed->needles[kept++] = whole.needles[i];
        }
    }
    changed->needle_count = kept;
    forget_pattern(variation, pattern);
    bool fires = variation_fires(variation);
    free(changed->needles);
    *changed = whole;
    forget_pattern(variation, pattern);
    return fires;
}

bool variation_series(struct variation *variation, const struct reels *reels, bool *is_noticed) {
    struct rule changed = *variation->rule;
    struct rule_code *code = &variation->pack.rules[changed.index];
    changed.where = variation->where;
    changed.match = variation->match;
    code->rule = &changed;
    bool ok = reels_try_judged(reels, &variation->probe, &changed, is_noticed);
    code->rule = variation->rule;
    return ok;
}

/* ---- Exchanges ---- */

void exchange_make(struct exchange *exchange) {
    struct expr present = *exchange->node;
    *exchange->node = exchange->other;
    exchange->other = present;
}

struct expr *variation_negation(struct variation *variation, const struct expr *expr) {
    struct expr shape = {.kind = EXPR_NOT, .child_count = 1, .place = expr->place};
    struct expr *node = variation_node(variation, &shape);
    struct expr **children = arena_array(&variation->arena, 1, sizeof *children);
    if (!node || !children) {
        return NULL;
    }
    children[0] = variation_node(variation, expr);
    node->children = children;
    return children[0] ? node : NULL;
}

struct expr *variation_chain_without(struct variation *variation, const struct expr *expr,
                                     uint32_t index) {
    if (expr->child_count == 2 && !expr->has_within) {
        return variation_node(variation, expr->children[1 - index]);
    }
    struct expr *node = variation_node(variation, expr);
    struct expr **children = arena_array(&variation->arena, expr->child_count, sizeof *children);
    if (!node || !children) {
        return NULL;
    }
    node->child_count = 0;
    node->children = children;
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (i != index) {
            children[node->child_count++] = expr->children[i];
        }
    }
    return node;
}

struct expr *variation_set_without(struct variation *variation, const struct expr *expr,
                                   uint32_t index, uint32_t minimum) {
    static const struct expr always = {.kind = EXPR_TRUE};
    struct expr *node = variation_node(variation, minimum == 0 ? &always : expr);
    struct term **terms = arena_array(&variation->arena, expr->term_count, sizeof *terms);
    if (!node || !terms) {
        return NULL;
    }
    if (minimum == 0) {
        return node;
    }
    node->terms = terms;
    node->term_count = 0;
    node->of_minimum = minimum;
    for (uint32_t i = 0; i < expr->term_count; i++) {
        if (i != index) {
            terms[node->term_count++] = expr->terms[i];
        }
    }
    return node;
}
