#include "rule/stand.h"

/* ---- Operands of proximity: a term, or a set of terms of which any counts ---- */

const struct term *operand_term(const struct expr *operand, uint32_t index) {
    switch (operand->kind) {
    case EXPR_TERM:
        return index == 0 ? operand->term : NULL;
    case EXPR_OF:
        return index < operand->term_count ? operand->terms[index] : NULL;
    case EXPR_OR:
        return index < operand->child_count ? operand_term(operand->children[index], 0) : NULL;
    default:
        return NULL;
    }
}

static bool operand_has(const struct expr *operand, const struct term *term) {
    for (uint32_t i = 0; operand_term(operand, i); i++) {
        if (operand_term(operand, i) == term) {
            return true;
        }
    }
    return false;
}

/* Is any term of the operand used in this expression, other than under `not`? */
bool expr_uses(const struct expr *expr, const struct expr *operand) {
    switch (expr->kind) {
    case EXPR_NOT:
        return false;
    case EXPR_TERM:
    case EXPR_COUNT:
        return operand_has(operand, expr->term);
    case EXPR_OF:
        for (uint32_t i = 0; i < expr->term_count; i++) {
            if (operand_has(operand, expr->terms[i])) {
                return true;
            }
        }
        return false;
    default:
        for (uint32_t i = 0; i < expr->child_count; i++) {
            if (expr_uses(expr->children[i], operand)) {
                return true;
            }
        }
        return false;
    }
}

/* ---- Occurrences ---- */

struct occurrences stand_found(const struct stand *stand, const struct term *term,
                               bool with_words) {
    if (term == stand->matcher->absent) {
        return (struct occurrences){NULL, 0};
    }
    uint32_t pattern = pack_pattern(stand->matcher->pack, stand->code, term);
    return matcher_occurrences(stand->matcher, pattern, with_words);
}

static bool lies_in(const struct occurrence *occurrence, uint32_t sentence, uint32_t line) {
    return (sentence == PART_ANY || occurrence->sentence == sentence) &&
           (line == PART_ANY || occurrence->line == line);
}

static uint64_t all_of(uint32_t count) {
    return count >= 64 ? UINT64_MAX : occurrence_bit(count) - 1;
}

static bool shares_part(const struct expr *pair, const struct occurrence *a,
                        const struct occurrence *b) {
    if (!pair->has_within || pair->within == WITHIN_POST) {
        return true;
    }
    if (pair->within == WITHIN_LINE) {
        return a->line == b->line && a->line != PART_NONE;
    }
    return a->sentence == b->sentence && a->sentence != PART_NONE;
}

/* Do these two occurrences stand as the proximity wants them? */
bool is_pair(const struct expr *pair, const struct occurrence *a, const struct occurrence *b) {
    uint32_t between;
    if (words_between(a, b, &between) && between <= pair->number) {
        return shares_part(pair, a, b);
    }
    return pair->kind == EXPR_NEAR && words_between(b, a, &between) && between <= pair->number &&
           shares_part(pair, a, b);
}

/* Occurrences of `term`, which the denial's B names, that an A stands before (or near). */
static uint64_t denied(const struct stand *stand, const struct denial *denial,
                       const struct term *term) {
    uint64_t mask = 0;
    const struct term *other;
    for (uint32_t i = 0; (other = operand_term(denial->pair->children[0], i)); i++) {
        stand_found(stand, other, true);
        struct occurrences own = stand_found(stand, term, true);
        struct occurrences others = stand_found(stand, other, true);
        for (uint32_t a = 0; a < others.count; a++) {
            if (!lies_in(&others.items[a], denial->sentence, denial->line)) {
                continue;
            }
            for (uint32_t b = 0; b < own.count; b++) {
                mask |=
                    is_pair(denial->pair, &others.items[a], &own.items[b]) ? occurrence_bit(b) : 0;
            }
        }
    }
    return mask;
}

/* The occurrences of a term that count where the expression stands. */
uint64_t stand_allowed(const struct stand *stand, const struct term *term) {
    bool has_part = stand->sentence != PART_ANY || stand->line != PART_ANY;
    struct occurrences own = stand_found(stand, term, has_part);
    uint64_t mask = all_of(own.count);
    for (uint32_t i = 0; has_part && i < own.count; i++) {
        if (!lies_in(&own.items[i], stand->sentence, stand->line)) {
            mask &= ~occurrence_bit(i);
        }
    }
    for (const struct denial *denial = stand->denials; denial && mask; denial = denial->outer) {
        if (operand_has(denial->pair->children[1], term)) {
            mask &= ~denied(stand, denial, term);
        }
    }
    return mask;
}

/* ---- Conjunctions and their negation scopes ---- */

/* Is child `index` a negated proximity whose B another child uses? */
static bool is_scoped(const struct expr *expr, uint32_t index) {
    const struct expr *child = expr->children[index];
    if (child->kind != EXPR_NOT) {
        return false;
    }
    const struct expr *pair = child->children[0];
    if (pair->kind != EXPR_NEAR && pair->kind != EXPR_BEFORE) {
        return false;
    }
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (i != index && expr_uses(expr->children[i], pair->children[1])) {
            return true;
        }
    }
    return false;
}

struct stand stand_enter(const struct stand *stand, const struct expr *expr,
                         struct scopes *scopes) {
    struct stand inner = *stand;
    scopes->count = 0;
    for (uint32_t i = 0; i < expr->child_count && scopes->count < DENIALS_MOST; i++) {
        if (is_scoped(expr, i)) {
            struct denial *denial = &scopes->items[scopes->count++];
            *denial = (struct denial){expr->children[i]->children[0], stand->sentence, stand->line,
                                      inner.denials};
            inner.denials = denial;
        }
    }
    return inner;
}

bool scopes_have(const struct scopes *scopes, const struct expr *child) {
    for (uint32_t i = 0; child->kind == EXPR_NOT && i < scopes->count; i++) {
        if (scopes->items[i].pair == child->children[0]) {
            return true;
        }
    }
    return false;
}
