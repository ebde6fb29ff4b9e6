/* In which ways may any rule of a pack match? A way is a few clauses that must all be seen; if all
 * clauses of no way are seen in a post, no rule matches it. Where gates (gate.c) ask for each
 * rule's rarest clauses, joined over all alternatives, ways keep alternatives apart: `(a and b) or
 * (c and d)` has the ways {a, b} and {c, d}.
 *
 * From the logic of conditions: ways(a or b) = those of both; ways(a and b) = of the side that is
 * rarer by estimate, or of both together where each has only one; ways(k of n) = those of the n-k+1
 * rarest, one each; ways(not a) = one that demands nothing. Leaving a clause out of a way is always
 * sound. */
#ifndef HEARSAY_RULE_WAYS_H
#define HEARSAY_RULE_WAYS_H

#include "rule/builder.h"

#define WAY_CLAUSES 2u      /* the rarest ones are kept */
#define WAYS_MOST 65536u    /* of a pack, and of a rule; with more, every post passes */
#define WAYS_TOTAL 4000000u /* entries in all lists that are made on the way */

struct way {
    uint32_t clauses[WAY_CLAUSES]; /* ascending */
    uint32_t count;                /* 0: demands nothing */
    double chance;                 /* estimated share of posts */
    uint32_t stamp;                /* while they are found: the last list that has it */
    uint32_t uses;                 /* and: rules that have it */
};

struct ways {
    struct way *items;
    uint32_t count;
    bool is_open; /* some rule may match without anything seen, or there are too many ways */
};

/* The ways of all judged rules, in the builder's scratch; none contains another that has one
 * clause. After builder_rule_demand has found that references end. False: memory is out. */
bool ways_find(struct builder *builder, struct ways *ways);

#endif
