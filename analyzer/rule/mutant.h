/* The mutants of a rule: small changes, each a mistake that an author could make. rule/mutant.c
 * lists them from a table of changes, rule/mutate.c tries them. Internal to rule/. */
#ifndef HEARSAY_RULE_MUTANT_H
#define HEARSAY_RULE_MUTANT_H

#include "rule/variation.h"

struct mutant {
    const char *change; /* "drop operand" */
    struct exchange exchange;
    const struct expr *dropped; /* the operand that is gone, else NULL */
    bool is_killed;
    bool is_literal; /* instead of an exchange: */
    uint32_t term;
    uint32_t pattern;
    uint32_t needle;
};

/* In the arena of the variation. Zero-initialise for each rule. */
struct mutants {
    struct mutant *items;
    size_t count;
    size_t capacity;
};

/* Lists the mutants of the rule that the variation has taken. False: memory is out. */
bool mutants_list(struct mutants *mutants, struct variation *variation, bool with_literals);

#endif
