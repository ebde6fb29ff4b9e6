/* Loading a pack from the disk, with its diagnostics on standard error. */
#ifndef HEARSAY_CLI_RULE_SET_H
#define HEARSAY_CLI_RULE_SET_H

#include "hearsay.h"

/* Loads the rules of `pack` (a folder or a file), or the shipped pack for NULL. Prints what is
 * wrong, warnings only if asked, and gives the exit code; EXIT_DONE: *rules is owned by the
 * caller. */
int rule_set_load(const char *pack, bool with_warnings, struct hearsay_rules **rules);

/* The same with warnings; what is wrong also goes to `problem`. */
int rule_set_load_telling(const char *pack, hearsay_problem_report *problem, void *context,
                          struct hearsay_rules **rules);

/* A pack as its rules state it, without learned weights. */
int rule_set_load_stated(const char *pack, struct hearsay_rules **rules);

#endif
