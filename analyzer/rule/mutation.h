/* Shared by mutate.c, mutate_over.c and mutate_label.c, seen by nobody else. */
#ifndef HEARSAY_RULE_MUTATION_H
#define HEARSAY_RULE_MUTATION_H

#include "base/buffer.h"
#include "rule/mutant.h"
#include "rule/reel.h"

struct mutation {
    struct variation variation;
    const struct hearsay_rules_mutate_options *options;
    struct mutants mutants; /* of the rule at hand */
    struct reels reels;     /* its series */
    struct buffer before;
    struct buffer after;
    struct buffer text; /* of a test that stands for several */
    struct hearsay_rules_mutate_result result;
};

/* What is told of one mutant beside `before` and `after`. */
struct mutant_told {
    struct place place;
    const char *change;
    bool is_literal;
    bool is_killed;
};
/* Counts a mutant of the variation's rule and reports it. False: memory is out. */
bool mutation_tell(struct mutation *mutation, const struct mutant_told *told);

/* The mutants of the rule's window (mutate_over.c) and of what it asks of labels (mutate_label.c),
 * judged by its series. False: memory is out. */
bool mutate_over(struct mutation *mutation);
bool mutate_label(struct mutation *mutation);

#endif
