/* Where an expression stands while it is judged: which occurrences of a term it may use. Internal
 * to evaluate.c, part.c and mark.c. */
#ifndef HEARSAY_RULE_STAND_H
#define HEARSAY_RULE_STAND_H

#include "rule/match.h"

#define DENIALS_MOST 8u /* scoped negations of one conjunction; further ones are judged alone */
#define PARTS_MOST 256u /* sentences (lines) with an occurrence that are tried for one `within` */

/* A negation's scope that is in force: occurrences of B that an A stands before (or near) are out.
 */
struct denial {
    const struct expr *pair; /* A near/N B or A before/N B */
    uint32_t sentence;
    uint32_t line;
    const struct denial *outer;
};

struct stand {
    struct matcher *matcher;
    const struct rule_code *code;
    uint32_t sentence; /* PART_ANY: no restriction */
    uint32_t line;
    const struct denial *denials;
};

static inline uint64_t occurrence_bit(uint32_t index) {
    return (uint64_t)1 << index;
}

/* ---- stand.c ---- */

/* The occurrences of a term, wherever the expression stands. */
struct occurrences stand_found(const struct stand *stand, const struct term *term, bool with_words);
/* Those that count where the expression stands, as bits. */
uint64_t stand_allowed(const struct stand *stand, const struct term *term);

/* Term `index` of an operand of near or before (a term, or a set of which any counts), or NULL. */
const struct term *operand_term(const struct expr *operand, uint32_t index);
/* Is any term of the operand used in this expression, other than under `not`? */
bool expr_uses(const struct expr *expr, const struct expr *operand);
/* Do these two occurrences stand as the proximity wants them? */
bool is_pair(const struct expr *pair, const struct occurrence *a, const struct occurrence *b);

/* Negation scopes of one conjunction, chained before those in force already. */
struct scopes {
    struct denial items[DENIALS_MOST];
    uint32_t count;
};
/* The stand of the conjunction's other parts; `scopes` must outlive it. */
struct stand stand_enter(const struct stand *stand, const struct expr *expr, struct scopes *scopes);
/* Has this part of the conjunction become a scope? */
bool scopes_have(const struct scopes *scopes, const struct expr *child);

/* ---- part.c ---- */

/* Sentences or lines in which an expression with `within` may hold. */
struct parts {
    uint32_t items[PARTS_MOST];
    uint32_t count;
    bool is_line;
};
static inline bool is_parted(const struct expr *expr) {
    return expr->has_within && expr->within != WITHIN_POST;
}
void parts_find(const struct stand *stand, const struct expr *expr, struct parts *parts);
struct stand stand_in(const struct stand *stand, const struct parts *parts, uint32_t index);

/* ---- evaluate.c ---- */

bool expr_holds(const struct stand *stand, const struct expr *expr);
/* The same without its own `within`. */
bool expr_holds_here(const struct stand *stand, const struct expr *expr);
struct stand stand_of(struct matcher *matcher, uint32_t rule);

/* ---- proximity.c ---- */

/* Is there a pair? With `marks` all pairs are marked, else the first decides. */
bool proximity_holds(const struct stand *stand, const struct expr *expr, bool marks);
void mark_occurrences(const struct stand *stand, const struct term *term, uint64_t mask);

#endif
