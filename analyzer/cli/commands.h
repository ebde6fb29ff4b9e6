/* One function per command: prints, and gives the exit code. Each has its own file. */
#ifndef HEARSAY_CLI_COMMANDS_H
#define HEARSAY_CLI_COMMANDS_H

#include "cli/arguments.h"

int command_scan(const struct arguments *arguments);
int command_explain(const struct arguments *arguments);
int command_rules_check(const struct arguments *arguments);
int command_rules_test(const struct arguments *arguments);
int command_rules_mutate(const struct arguments *arguments);
int command_rules_explain(const struct arguments *arguments);
int command_rules_bench(const struct arguments *arguments);
int command_rules_diff(const struct arguments *arguments);
int command_rules_overlap(const struct arguments *arguments);
int command_rules_fmt(const struct arguments *arguments);
int command_rules_help(const struct arguments *arguments);
int command_rules_dump(const struct arguments *arguments);
int command_rules_fit(const struct arguments *arguments);
int command_rules_load(const struct arguments *arguments);
int command_formats(const struct arguments *arguments);
int command_coordinate(const struct arguments *arguments);
int command_evaluate_accounts(const struct arguments *arguments);
int command_validate(const struct arguments *arguments);
int command_simulate(const struct arguments *arguments);
int command_evaluate_claims(const struct arguments *arguments);
int command_evaluate_grouping(const struct arguments *arguments);
int command_registry_update(const struct arguments *arguments);
int command_registry_list(const struct arguments *arguments);
int command_registry_show(const struct arguments *arguments);
int command_help(const struct arguments *arguments);
int command_version(const struct arguments *arguments);

/* Parses argv and runs what it says. */
int command_run(int argc, char **argv);

#endif
