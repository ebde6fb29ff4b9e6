/* Clause coverage of a pack's tests, for people, with a threshold for CI. */
#ifndef HEARSAY_CLI_COVERAGE_H
#define HEARSAY_CLI_COVERAGE_H

#include "cli/arguments.h"
#include "hearsay.h"

/* Was it asked for? Usage errors in its options are told; then EXIT_USAGE. */
int coverage_options(const struct arguments *arguments, bool *is_wanted, double *threshold);

/* Lists the clauses that are not covered (with --verbose all) and the share that is; silently if
 * standard output is taken. EXIT_EXPECTATION below the threshold. */
int coverage_tell(const struct arguments *arguments, const struct hearsay_rules *rules,
                  double threshold, bool is_silent);

#endif
