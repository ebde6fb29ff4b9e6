/* Which occurrences made a rule match: the same walk as evaluate.c, over what holds. */
#include "rule/stand.h"

static void mark_holding(const struct stand *stand, const struct expr *expr);

static void mark_here(const struct stand *stand, const struct expr *expr) {
    struct scopes scopes = {.count = 0};
    struct stand inner = *stand;
    switch (expr->kind) {
    case EXPR_AND:
        inner = stand_enter(stand, expr, &scopes);
        break;
    case EXPR_TERM:
    case EXPR_COUNT:
        mark_occurrences(stand, expr->term, stand_allowed(stand, expr->term));
        return;
    case EXPR_NEAR:
    case EXPR_BEFORE:
        proximity_holds(stand, expr, true);
        return;
    case EXPR_OF:
        for (uint32_t i = 0; i < expr->term_count; i++) {
            mark_occurrences(stand, expr->terms[i], stand_allowed(stand, expr->terms[i]));
        }
        return;
    case EXPR_RULE:
        matcher_mark(stand->matcher, expr->rule->index);
        return;
    case EXPR_OR:
        break;
    default:
        return; /* what is negated shows nothing */
    }
    for (uint32_t i = 0; i < expr->child_count; i++) {
        mark_holding(&inner, expr->children[i]);
    }
}

static void mark_holding(const struct stand *stand, const struct expr *expr) {
    if (!is_parted(expr)) {
        if (expr_holds_here(stand, expr)) {
            mark_here(stand, expr);
        }
        return;
    }
    struct parts parts;
    parts_find(stand, expr, &parts);
    for (uint32_t i = 0; i < parts.count; i++) {
        struct stand inner = stand_in(stand, &parts, i);
        if (expr_holds_here(&inner, expr)) {
            mark_here(&inner, expr);
        }
    }
}

void matcher_mark(struct matcher *matcher, uint32_t rule) {
    struct stand stand = stand_of(matcher, rule);
    const struct expr *match = stand.code->rule->match;
    if (matcher->rules[rule].marked == matcher->epoch) {
        return;
    }
    matcher->rules[rule].marked = matcher->epoch;
    matcher->marked[matcher->marked_count++] = rule;
    if (match) {
        mark_holding(&stand, match);
    }
}
