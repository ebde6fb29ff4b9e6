#include "cli/rule_set.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/exit.h"
#include "cli/place.h"
#include "cli/terminal.h"
#include "source/files.h"

static void print_diagnostic(void *context, const char *text, size_t len) {
    (void)context;
    fwrite(text, 1, len, stderr);
}

static int load_files(const char *pack, bool with_warnings, bool is_learned,
                      hearsay_problem_report *problem, void *context,
                      struct hearsay_rules **rules) {
    struct paths files = {0};
    struct paths weights = {0};
    struct hearsay_failure failure = {0};
    enum hearsay_status status = files_of_pack(pack, &files, &failure);
    if (status == HEARSAY_OK && is_learned) {
        status = files_of_weights(pack, &weights, &failure);
    }
    if (status == HEARSAY_OK) {
        struct hearsay_rules_options options = {.files = (const char *const *)files.items,
                                                .file_count = files.count,
                                                .weights =
                                                    weights.count > 0 ? weights.items[0] : NULL,
                                                .read_file = files_read,
                                                .diagnostic = print_diagnostic,
                                                .problem = problem,
                                                .context = context,
                                                .colour = terminal_is_lively(),
                                                .errors_only = !with_warnings};
        status = hearsay_rules_load(&options, rules, &failure);
    }
    paths_free(&files);
    paths_free(&weights);
    if (status == HEARSAY_OK) {
        return EXIT_DONE;
    }
    /* The diagnostics have said everything about bad rules unless the library says more. */
    if (status != HEARSAY_BAD_RULES || failure.message[0]) {
        terminal_failure(&failure);
    }
    return exit_of_status(status);
}

int rule_set_load(const char *pack, bool with_warnings, struct hearsay_rules **rules) {
    if (pack) {
        return load_files(pack, with_warnings, true, NULL, NULL, rules);
    }
    char *shipped = NULL;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = place_pack(PLACE_DEFAULT_PACK, &shipped, &failure);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    int code = load_files(shipped, with_warnings, true, NULL, NULL, rules);
    free(shipped);
    return code;
}

int rule_set_load_telling(const char *pack, hearsay_problem_report *problem, void *context,
                          struct hearsay_rules **rules) {
    return load_files(pack, true, true, problem, context, rules);
}

int rule_set_load_stated(const char *pack, struct hearsay_rules **rules) {
    return load_files(pack, false, false, NULL, NULL, rules);
}
