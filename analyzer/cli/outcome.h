/* What a scan says at its end, from its own summary.json: what was read, what it added up to, what
 * was found, which limits acted, where it lies and what to look at next. */
#ifndef HEARSAY_CLI_OUTCOME_H
#define HEARSAY_CLI_OUTCOME_H

#include "hearsay.h"

struct outcome {
    const char *folder;
    const char *rejects; /* NULL: not kept */
    const struct hearsay_counts *counts;
    double elapsed_s;
    size_t results_left_out;
    size_t inputs_unread; /* inputs that an interruption kept from being begun */
    bool was_interrupted;
};

/* Gives an exit code: EXIT_IO when standard output fails. */
int outcome_print(const struct outcome *outcome);

#endif
