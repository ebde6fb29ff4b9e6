/* From argv to a command, its options and its arguments. Options may stand anywhere after the
 * program's name; "--" ends them; "--name=value", "--name value", "-o value" and "-ovalue" are the
 * same. */
#ifndef HEARSAY_CLI_ARGUMENTS_H
#define HEARSAY_CLI_ARGUMENTS_H

#include "cli/options.h"
#include "hearsay.h"

struct arguments {
    const struct command *command;    /* NULL: none was given */
    const char *values[OPTION_COUNT]; /* NULL: not given; "" for options without a value */
    const char **items;               /* what is no option, in order; owned */
    size_t count;
};

/* HEARSAY_BAD_ARGUMENT with a message that suggests the nearest name. With --help or --version the
 * number of arguments is not checked. arguments_free also after a failure. */
enum hearsay_status arguments_parse(int argc, char **argv, struct arguments *arguments,
                                    struct hearsay_failure *failure);
void arguments_free(struct arguments *arguments);

bool arguments_has(const struct arguments *arguments, enum option_id id);

/* Finds a command by one or two words; *used says how many it took. NULL: no such command. */
const struct command *arguments_command(const char *const *words, size_t count, size_t *used);

/* The visible command whose name is nearest to `name`, or NULL. */
const char *arguments_nearest_command(struct str name);

#endif
