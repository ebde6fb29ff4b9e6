/* One run of the engine over the inputs of a command line, from files to a results folder. */
#ifndef HEARSAY_CLI_RUN_H
#define HEARSAY_CLI_RUN_H

#include "cli/arguments.h"
#include "cli/settings.h"
#include "hearsay.h"

/* Reads the inputs that `arguments` name and writes the results; prints errors, progress and,
 * unless quiet, the outcome. Gives the exit code. `rules` may be NULL. */
int run_inputs(const struct arguments *arguments, const struct settings *settings,
               const struct hearsay_rules *rules);

#endif
