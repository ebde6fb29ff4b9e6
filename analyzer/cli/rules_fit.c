/* `hearsay rules fit`: learned weights for a pack from labelled posts. */
#include <stdio.h>
#include <stdlib.h>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/file_replace.h"
#include "cli/labels.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"
#include "cli/value.h"
#include "source/walk.h"

struct fitting {
    struct labels *labels; /* one for each file */
    size_t file_count;
    struct hearsay_fit_row *rows;
    size_t row_count;
    struct buffer report;
    struct buffer weights;
};

static void append_report(void *context, const char *text, size_t len) {
    buffer_append(&((struct fitting *)context)->report, text, len);
}

static void append_weights(void *context, const char *text, size_t len) {
    buffer_append(&((struct fitting *)context)->weights, text, len);
}

/* ---- Labels ---- */

static enum hearsay_status load_files(struct fitting *fitting, const struct walk *walk,
                                      struct hearsay_failure *failure) {
    enum hearsay_status status = HEARSAY_OK;
    fitting->labels = calloc(walk->files.count + 1, sizeof *fitting->labels);
    if (!fitting->labels) {
        return failure_memory(failure);
    }
    for (size_t i = 0; i < walk->files.count && status == HEARSAY_OK; i++) {
        fitting->file_count = i + 1;
        status = labels_load(walk->files.items[i], &fitting->labels[i], failure);
    }
    return status;
}

/* `--labels a b c` names three files: those behind the pack belong to it. */
static enum hearsay_status load_labels(struct fitting *fitting, const struct arguments *arguments,
                                       struct hearsay_failure *failure) {
    struct walk walk = {0};
    enum hearsay_status status = walk_argument(&walk, arguments->values[OPTION_LABELS], failure);
    for (size_t i = 1; status == HEARSAY_OK && i < arguments->count; i++) {
        status = walk_argument(&walk, arguments->items[i], failure);
    }
    if (status == HEARSAY_OK) {
        status = load_files(fitting, &walk, failure);
    }
    walk_free(&walk);
    return status;
}

static struct hearsay_text member(const json_t *row, const char *key) {
    struct str text = json_member(row, key);
    return (struct hearsay_text){text.ptr, text.len};
}

/* What is labelled in two ways is left out, here as in an evaluation. */
static enum hearsay_status gather_rows(struct fitting *fitting, struct hearsay_failure *failure) {
    size_t most = 0;
    for (size_t i = 0; i < fitting->file_count; i++) {
        most += json_array_size(fitting->labels[i].rows);
    }
    fitting->rows = calloc(most + 1, sizeof *fitting->rows);
    if (!fitting->rows) {
        return failure_memory(failure);
    }
    for (size_t i = 0; i < fitting->file_count; i++) {
        const struct labels *labels = &fitting->labels[i];
        for (size_t k = 0; k < json_array_size(labels->rows); k++) {
            const json_t *row = json_array_get(labels->rows, k);
            if (!labels->is_contradictory[k] && json_member(row, "text").len > 0) {
                fitting->rows[fitting->row_count++] = (struct hearsay_fit_row){
                    .id = member(row, "id"),
                    .text = member(row, "text"),
                    .language = member(row, "lang"),
                    .source = member(row, "source"),
                    .is_positive = labels_flag(row),
                    .weight = json_number_value(json_object_get(row, "weight")),
                };
            }
        }
    }
    return HEARSAY_OK;
}

/* ---- The file ---- */

static int finish(struct fitting *fitting, const struct arguments *arguments, bool is_better) {
    struct hearsay_failure failure = {0};
    struct buffer path = {0};
    const char *output = arguments->values[OPTION_OUTPUT];
    if (output) {
        buffer_append_c(&path, output);
    } else {
        buffer_append_c(&path, arguments->items[0]);
        buffer_append_c(&path, "/weights.json");
    }
    bool is_written = fitting->weights.len > 0;
    buffer_append_byte(&path, '\0');
    if (is_written) {
        enum hearsay_status status =
            path.failed ? failure_memory(&failure)
                        : file_replace(path.ptr, buffer_str(&fitting->weights), &failure);
        if (status != HEARSAY_OK) {
            buffer_free(&path);
            return terminal_fail(status, &failure);
        }
        buffer_printf(&fitting->report, "written     %s\n", path.ptr);
    } else {
        buffer_append_c(&fitting->report,
                        "Nothing was written; --force writes them all the same.\n");
    }
    buffer_free(&path);
    int code = terminal_print(&fitting->report);
    return code == EXIT_DONE && !is_better && !is_written ? EXIT_EXPECTATION : code;
}

static int fit(struct fitting *fitting, const struct arguments *arguments,
               const struct hearsay_rules *rules) {
    struct hearsay_failure failure = {0};
    bool is_better = false;
    uint64_t seed = 1;
    const char *wanted = arguments->values[OPTION_SEED];
    if (wanted && !str_to_u64(str_from_c(wanted), &seed)) {
        terminal_error("--seed %s: a whole number is expected", wanted);
        return EXIT_USAGE;
    }
    enum hearsay_status status = load_labels(fitting, arguments, &failure);
    if (status == HEARSAY_OK) {
        status = gather_rows(fitting, &failure);
    }
    if (status == HEARSAY_OK) {
        struct hearsay_fit_options options = {.rows = fitting->rows,
                                              .row_count = fitting->row_count,
                                              .seed = seed,
                                              .is_forced = arguments_has(arguments, OPTION_FORCE),
                                              .report = append_report,
                                              .weights = append_weights,
                                              .context = fitting};
        status = hearsay_rules_fit(rules, &options, &is_better, &failure);
    }
    return status == HEARSAY_OK ? finish(fitting, arguments, is_better)
                                : terminal_fail(status, &failure);
}

int command_rules_fit(const struct arguments *arguments) {
    struct hearsay_rules *rules = NULL;
    struct fitting fitting = {0};
    if (!arguments->values[OPTION_LABELS]) {
        terminal_error("rules fit needs --labels FILE");
        return EXIT_USAGE;
    }
    int code = rule_set_load_stated(arguments->items[0], &rules);
    if (code == EXIT_DONE) {
        code = fit(&fitting, arguments, rules);
    }
    for (size_t i = 0; i < fitting.file_count; i++) {
        labels_free(&fitting.labels[i]);
    }
    free(fitting.labels);
    free(fitting.rows);
    buffer_free(&fitting.report);
    buffer_free(&fitting.weights);
    hearsay_rules_free(rules);
    return code;
}
