#include "cli/exit.h"

static const struct exit_meaning exit_meanings[] = {
    {EXIT_DONE, "done; a scan with findings or with rejected records included"},
    {EXIT_EXPECTATION, "a test in the rules failed, or there are findings and --fail-on-findings"},
    {EXIT_RULES, "an error in a rule file"},
    {EXIT_USAGE, "wrong use or configuration"},
    {EXIT_IO, "input or output failed, a missing file included; under --strict a rejected record"},
    {EXIT_BUDGET, "a budget was exceeded: memory, or a stated limit"},
    {EXIT_INTERRUPTED, "stopped by Ctrl-C; the results cover what was read until then"},
    {EXIT_TERMINATED, "stopped by SIGTERM; the results cover what was read until then"},
};

const struct exit_meaning *exit_meaning_at(size_t index) {
    return index < sizeof exit_meanings / sizeof exit_meanings[0] ? &exit_meanings[index] : NULL;
}

int exit_of_status(enum hearsay_status status) {
    switch (status) {
    case HEARSAY_OK:
        return EXIT_DONE;
    case HEARSAY_BAD_ARGUMENT:
        return EXIT_USAGE;
    case HEARSAY_BAD_RULES:
        return EXIT_RULES;
    case HEARSAY_NO_MEMORY:
    case HEARSAY_LIMIT:
        return EXIT_BUDGET;
    case HEARSAY_STOPPED:
        return EXIT_INTERRUPTED;
    case HEARSAY_BAD_INPUT:
    case HEARSAY_IO:
        break;
    }
    return EXIT_IO;
}
