/* Exit codes, the same for every command (listed by --help and the manual from exit_codes). */
#ifndef HEARSAY_CLI_EXIT_H
#define HEARSAY_CLI_EXIT_H

#include <stddef.h>

#include "hearsay.h"

enum exit_code {
    EXIT_DONE = 0,
    EXIT_EXPECTATION = 1,
    EXIT_RULES = 2,
    EXIT_USAGE = 3,
    EXIT_IO = 4,
    EXIT_BUDGET = 5,
    EXIT_INTERRUPTED = 130, /* as shells count a program ended by SIGINT */
    EXIT_TERMINATED = 143
};

struct exit_meaning {
    int code;
    const char *meaning;
};

/* Index 0 .. ; NULL past the last. */
const struct exit_meaning *exit_meaning_at(size_t index);

/* The exit code that belongs to a library status. */
int exit_of_status(enum hearsay_status status);

#endif
