/* The truth of a rule's conditions on one post. Sets of a term's occurrences are bit masks; what an
 * expression may use of them depends on where it stands:
 *
 * `X within sentence` holds if there is a sentence (line) such that X holds with the occurrences
 * that lie wholly in it.
 *
 * `not A before/N B` (and `not A near/N B`) alone holds if no such pair exists. As a part of a
 * conjunction whose other parts use B, it is a negation's scope: occurrences of B that an A
 * precedes within N words are taken away, and the other parts must hold with the rest. So `$leak
 * and not $deny before/4 $leak` matches if one leak is not denied. Inside `within`, A must lie in
 * the same sentence (line). */
#include "rule/field.h"
#include "rule/stand.h"

/* ---- Leaves ---- */

static bool compares(uint32_t left, enum comparison comparison, uint32_t right) {
    switch (comparison) {
    case COMPARE_EQ:
    case COMPARE_IN:
        return left == right;
    case COMPARE_NE:
        return left != right;
    case COMPARE_LT:
        return left < right;
    case COMPARE_LE:
        return left <= right;
    case COMPARE_GT:
        return left > right;
    case COMPARE_GE:
        return left >= right;
    }
    return false;
}

static bool of_holds(const struct stand *stand, const struct expr *expr) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < expr->term_count && count < expr->of_minimum; i++) {
        count += stand_allowed(stand, expr->terms[i]) != 0;
    }
    return count >= expr->of_minimum;
}

static bool field_holds(const struct stand *stand, const struct expr *expr) {
    struct matcher *matcher = stand->matcher;
    struct str language =
        field_test_reads_language(expr->field) ? matcher_language(matcher) : STR_EMPTY;
    return field_test_holds(expr->field, matcher->post, language);
}

static uint32_t count_bits(uint64_t mask) {
    uint32_t count = 0;
    for (; mask; mask &= mask - 1) {
        count++;
    }
    return count;
}

/* ---- Expressions ---- */

static bool and_holds(const struct stand *stand, const struct expr *expr) {
    struct scopes scopes;
    struct stand inner = stand_enter(stand, expr, &scopes);
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (!scopes_have(&scopes, expr->children[i]) && !expr_holds(&inner, expr->children[i])) {
            return false;
        }
    }
    return true;
}

static bool or_holds(const struct stand *stand, const struct expr *expr) {
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (expr_holds(stand, expr->children[i])) {
            return true;
        }
    }
    return false;
}

bool expr_holds_here(const struct stand *stand, const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_AND:
        return and_holds(stand, expr);
    case EXPR_OR:
        return or_holds(stand, expr);
    case EXPR_NOT:
        return !expr_holds(stand, expr->children[0]);
    case EXPR_TERM:
        return stand_allowed(stand, expr->term) != 0;
    case EXPR_COUNT:
        return compares(count_bits(stand_allowed(stand, expr->term)), expr->comparison,
                        expr->number);
    case EXPR_NEAR:
    case EXPR_BEFORE:
        return proximity_holds(stand, expr, false);
    case EXPR_OF:
        return of_holds(stand, expr);
    case EXPR_FIELD:
        return field_holds(stand, expr);
    case EXPR_RULE:
        return matcher_rule_matches(stand->matcher, expr->rule->index);
    case EXPR_TRUE:
        return true;
    }
    return false;
}

static bool holds_in_a_part(const struct stand *stand, const struct expr *expr) {
    struct parts parts;
    parts_find(stand, expr, &parts);
    for (uint32_t i = 0; i < parts.count; i++) {
        struct stand inner = stand_in(stand, &parts, i);
        if (expr_holds_here(&inner, expr)) {
            return true;
        }
    }
    return false;
}

bool expr_holds(const struct stand *stand, const struct expr *expr) {
    return is_parted(expr) ? holds_in_a_part(stand, expr) : expr_holds_here(stand, expr);
}

/* ---- Rules ---- */

struct stand stand_of(struct matcher *matcher, uint32_t rule) {
    return (struct stand){matcher, &matcher->pack->rules[rule], PART_ANY, PART_ANY, NULL};
}

/* Detecting a language costs more than most matches: then `where` comes last. */
static bool evaluate(struct matcher *matcher, uint32_t rule) {
    const struct rule_code *code = &matcher->pack->rules[rule];
    const struct expr *where = code->rule->where;
    const struct expr *match = code->rule->match;
    struct stand stand = stand_of(matcher, rule);
    if (code->where_reads_language && !matcher->language.ptr) {
        return (!match || expr_holds(&stand, match)) && (!where || expr_holds(&stand, where));
    }
    return (!where || expr_holds(&stand, where)) && (!match || expr_holds(&stand, match));
}

bool matcher_rule_matches(struct matcher *matcher, uint32_t rule) {
    const struct rule_code *code = &matcher->pack->rules[rule];
    struct rule_state *state = &matcher->rules[rule];
    if (state->epoch != matcher->epoch) {
        bool is_open =
            matcher->is_reference || matcher_saw_all(matcher, code->gates, code->gate_count);
        bool matches = is_open && evaluate(matcher, rule);
        state->epoch = matcher->epoch;
        state->matches = matches;
    }
    return state->matches;
}

bool matcher_expr_holds(struct matcher *matcher, uint32_t rule, const struct expr *expr) {
    struct stand stand = stand_of(matcher, rule);
    return expr_holds(&stand, expr);
}
