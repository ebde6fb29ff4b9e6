/* `hearsay rules test`: runs the tests once and tells what came of them in every form asked for. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/coverage.h"
#include "cli/exit.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"
#include "cli/test_results.h"

static const struct form {
    enum option_id option;
    test_writer *write;
} forms[] = {
    {OPTION_TAP, tap_write},
    {OPTION_JUNIT, junit_write},
    {OPTION_SARIF, sarif_write},
    {OPTION_GITHUB, github_write},
    {OPTION_RESULTS, results_json_write},
};
#define FORM_COUNT (sizeof forms / sizeof forms[0])

/* Where a form goes: a path, "-" for standard output, NULL if it was not asked for. */
static const char *destination(const struct arguments *arguments, const struct form *form) {
    const char *value = arguments->values[form->option];
    return value && form->option == OPTION_GITHUB ? "-" : value;
}

static int write_file(const char *path, struct buffer *text) {
    if (text->failed) {
        terminal_error("out of memory");
        buffer_free(text);
        return EXIT_BUDGET;
    }
    FILE *file = fopen(path, "wb");
    bool ok = file && (text->len == 0 || fwrite(text->ptr, 1, text->len, file) == text->len);
    int error = errno;
    if (file && fclose(file) != 0) {
        error = ok ? errno : error;
        ok = false;
    }
    buffer_free(text);
    if (!ok) {
        terminal_error("%s: %s", path, strerror(error));
    }
    return ok ? EXIT_DONE : EXIT_IO;
}

static int write_form(const struct form *form, const char *path,
                      const struct test_results *results) {
    struct buffer out = {0};
    form->write(results, &out);
    return strcmp(path, "-") == 0 ? terminal_print(&out) : write_file(path, &out);
}

/* Every form is tried; the first failure is the exit code. */
static int write_forms(const struct arguments *arguments, const struct test_results *results) {
    int code = EXIT_DONE;
    for (size_t i = 0; i < FORM_COUNT; i++) {
        const char *path = destination(arguments, &forms[i]);
        int written = path ? write_form(&forms[i], path, results) : EXIT_DONE;
        code = code == EXIT_DONE ? written : code;
    }
    return code;
}

/* A form that machines read has standard output for itself; two cannot share it. */
static int check_standard_output(const struct arguments *arguments, bool *is_taken) {
    const char *taker = NULL;
    for (size_t i = 0; i < FORM_COUNT; i++) {
        const char *path = destination(arguments, &forms[i]);
        if (!path || strcmp(path, "-") != 0 || forms[i].option == OPTION_GITHUB) {
            continue;
        }
        const char *name = option_at(forms[i].option)->name;
        if (taker) {
            terminal_error("--%s and --%s cannot both go to standard output", taker, name);
            return EXIT_USAGE;
        }
        taker = name;
    }
    *is_taken = taker != NULL;
    return EXIT_DONE;
}

/* ---- For people ---- */

static int print_results(const struct arguments *arguments, const struct test_results *results) {
    bool is_verbose = arguments_has(arguments, OPTION_VERBOSE);
    struct buffer out = {0};
    for (size_t i = 0; i < results->count; i++) {
        const struct hearsay_test_outcome *outcome = &results->outcomes[i];
        if (is_verbose || outcome->verdict == HEARSAY_FAILED) {
            buffer_append_str(&out, public_str(outcome->report));
        }
    }
    if (!arguments_has(arguments, OPTION_QUIET)) {
        buffer_printf(&out,
                      "pack %s version %s: %zu rules; tests: %zu passed, %zu failed, %zu "
                      "todo\n",
                      hearsay_rules_name(results->rules), hearsay_rules_version(results->rules),
                      results->counts.rules, results->counts.passed, results->counts.failed,
                      results->counts.todo);
    }
    return terminal_print(&out);
}

static int run_tests(const struct arguments *arguments, struct test_results *results) {
    struct hearsay_failure failure = {0};
    struct hearsay_rules_test_options options = {
        .run = arguments->values[OPTION_RUN], .report = test_results_add, .context = results};
    enum hearsay_status status =
        hearsay_rules_test(results->rules, &options, &results->counts, &failure);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    if (results->failed) {
        terminal_error("out of memory");
        return EXIT_BUDGET;
    }
    if (options.run && results->counts.rules == 0) {
        terminal_error("no rule is called '%s' by name or id; * stands for any text", options.run);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

int command_rules_test(const struct arguments *arguments) {
    struct test_results results = {0};
    struct hearsay_rules *rules = NULL;
    bool is_taken = false;
    bool is_measured = false;
    double threshold = 0;
    int code = check_standard_output(arguments, &is_taken);
    if (code == EXIT_DONE) {
        code = coverage_options(arguments, &is_measured, &threshold);
    }
    if (code != EXIT_DONE) {
        return code;
    }
    code = rule_set_load_telling(arguments->items[0], test_results_add_problem, &results, &rules);
    results.rules = rules;
    if (code == EXIT_DONE) {
        code = run_tests(arguments, &results);
    }
    if (code == EXIT_DONE && !is_taken) {
        code = print_results(arguments, &results);
    }
    if (code == EXIT_DONE || code == EXIT_RULES) {
        int written = write_forms(arguments, &results);
        code = written != EXIT_DONE ? written : code;
    }
    if (code == EXIT_DONE && is_measured) {
        code = coverage_tell(arguments, rules, threshold, is_taken);
    }
    code = code == EXIT_DONE && results.counts.failed > 0 ? EXIT_EXPECTATION : code;
    test_results_free(&results);
    hearsay_rules_free(rules);
    return code;
}
