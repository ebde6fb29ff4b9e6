/* A rule's conditions copied, so that parts of them can be exchanged, tried on the texts of the
 * rule's tests and put back. What coverage and mutants are made of. Internal to rule/. */
#ifndef HEARSAY_RULE_VARIATION_H
#define HEARSAY_RULE_VARIATION_H

#include "rule/reel.h"

struct variation {
    struct probe probe;
    struct hearsay_rules pack; /* the pack, but with patterns and rules of its own */
    struct arena arena;        /* of the rule at hand */
    const struct rule *rule;
    struct expr *where; /* copies; NULL: no condition */
    struct expr *match;
};

/* An exchange of one node. Making it twice undoes it. */
struct exchange {
    struct expr *node;
    struct expr other;
};

/* False: memory is out. variation_close also then. */
bool variation_open(struct variation *variation, const struct hearsay_rules *pack);
void variation_close(struct variation *variation);

/* Copies the conditions of a rule; what was made for the last one is gone. */
bool variation_take(struct variation *variation, const struct rule *rule);

/* Takes a text of a test, which is borrowed; then variation_fires may be asked any number of times.
 */
bool variation_text(struct variation *variation, struct str text, struct str lang);
/* Does the rule match with its conditions as they are now? Without prefilter. */
bool variation_fires(struct variation *variation);
/* The same without one literal of a term: a needle of the term's pattern. */
bool variation_fires_without(struct variation *variation, uint32_t pattern, uint32_t needle);

/* Do the rule's series notice its conditions as they are now? False: memory is out. */
bool variation_series(struct variation *variation, const struct reels *reels, bool *is_noticed);

void exchange_make(struct exchange *exchange);

/* Nodes for exchanges, NULL when memory is out. */
struct expr *variation_node(struct variation *variation, const struct expr *like);
struct expr *variation_negation(struct variation *variation, const struct expr *expr);
/* A chain without child `index`; a chain of one that has no scope becomes that one. */
struct expr *variation_chain_without(struct variation *variation, const struct expr *expr,
                                     uint32_t index);
/* A set without term `index`, of which `minimum` must occur; true if that is 0. */
struct expr *variation_set_without(struct variation *variation, const struct expr *expr,
                                   uint32_t index, uint32_t minimum);

#endif
