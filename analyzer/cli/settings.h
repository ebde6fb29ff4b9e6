/* From the options of a command to the options of the library. */
#ifndef HEARSAY_CLI_SETTINGS_H
#define HEARSAY_CLI_SETTINGS_H

#include "cli/arguments.h"
#include "hearsay.h"

struct settings {
    struct hearsay_options options; /* without rules, sink and store */
    struct hearsay_compare_options compare;
    bool has_compare;   /* --like was given */
    bool is_validation; /* options.shuffles are wanted, not results */
    bool is_quiet;
    char *map;           /* owned: what options.map points to */
    char *layer_windows; /* options.layer_windows, owned; or NULL */
};

/* HEARSAY_BAD_ARGUMENT with a message that shows what is expected. settings_free also then. */
enum hearsay_status settings_read(const struct arguments *arguments, struct settings *settings,
                                  struct hearsay_failure *failure);
void settings_free(struct settings *settings);

#endif
