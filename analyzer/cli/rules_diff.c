/* rules diff and rules overlap: packs tried on past posts. */
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/rule_set.h"
#include "cli/terminal.h"
#include "cli/value.h"
#include "source/files.h"
#include "source/stream.h"
#include "source/walk.h"

enum { LABELS_LIMIT_BYTES = 256 << 20 };

static enum hearsay_status feed_file(struct hearsay_trial *trial, const char *path,
                                     struct hearsay_failure *failure) {
    struct stream *stream = NULL;
    enum hearsay_status status = stream_open(path, &stream, failure);
    if (status == HEARSAY_OK) {
        status = hearsay_trial_input_begin(trial, path, failure);
    }
    while (status == HEARSAY_OK) {
        struct str block = STR_EMPTY;
        status = stream_read(stream, &block, failure);
        if (status != HEARSAY_OK || block.len == 0) {
            break;
        }
        status = hearsay_trial_feed(trial, block.ptr, block.len, failure);
    }
    if (status == HEARSAY_OK) {
        status = hearsay_trial_input_end(trial, failure);
    }
    if (status == HEARSAY_OK && stream_note(stream)) {
        terminal_error("%s: %s; what came before it is counted", path, stream_note(stream));
    }
    stream_close(stream);
    return status;
}

static enum hearsay_status feed_labels(struct hearsay_trial *trial, const char *path,
                                       struct hearsay_failure *failure) {
    char *bytes = NULL;
    size_t len = 0;
    enum hearsay_status status = files_load(path, LABELS_LIMIT_BYTES, &bytes, &len, failure);
    if (status == HEARSAY_OK) {
        status = hearsay_trial_labels(trial, bytes, len, failure);
    }
    free(bytes);
    return status;
}

/* The corpus is --corpus and what stands behind the packs: `--corpus a b c` names three files. */
static enum hearsay_status feed_corpus(struct hearsay_trial *trial,
                                       const struct arguments *arguments, size_t packs,
                                       struct hearsay_failure *failure) {
    struct walk walk = {0};
    enum hearsay_status status = walk_argument(&walk, arguments->values[OPTION_CORPUS], failure);
    for (size_t i = packs; status == HEARSAY_OK && i < arguments->count; i++) {
        status = walk_argument(&walk, arguments->items[i], failure);
    }
    for (size_t i = 0; status == HEARSAY_OK && i < walk.files.count; i++) {
        status = feed_file(trial, walk.files.items[i], failure);
    }
    walk_free(&walk);
    return status;
}

static void append_report(void *context, const char *text, size_t len) {
    buffer_append(context, text, len);
}

static int run(const struct arguments *arguments, size_t packs,
               const struct hearsay_trial_options *options, enum hearsay_trial_form form) {
    struct hearsay_trial *trial = NULL;
    struct hearsay_failure failure = {0};
    struct buffer out = {0};
    const char *labels = packs == 2 ? arguments->values[OPTION_LABELS] : NULL;
    enum hearsay_status status = hearsay_trial_open(options, &trial, &failure);
    if (status == HEARSAY_OK && labels) {
        status = feed_labels(trial, labels, &failure);
    }
    if (status == HEARSAY_OK) {
        status = feed_corpus(trial, arguments, packs, &failure);
    }
    if (status == HEARSAY_OK) {
        status = hearsay_trial_report(trial, form, append_report, &out, &failure);
    }
    hearsay_trial_close(trial);
    if (status != HEARSAY_OK) {
        buffer_free(&out);
        return terminal_fail(status, &failure);
    }
    return terminal_print(&out);
}

static bool has_corpus(const struct arguments *arguments) {
    if (!arguments->values[OPTION_CORPUS]) {
        terminal_error("name the posts to try the rules on: --corpus FILE");
    }
    return arguments->values[OPTION_CORPUS] != NULL;
}

static bool memory_size(const struct arguments *arguments, uint64_t *bytes) {
    const char *value = arguments->values[OPTION_MEMORY];
    bool is_good = !value || value_size(str_from_c(value), bytes);
    if (!is_good) {
        terminal_error("--memory %s: a size like 512M or 2G is expected", value);
    }
    return is_good;
}

int command_rules_diff(const struct arguments *arguments) {
    struct hearsay_rules *old_rules = NULL;
    struct hearsay_rules *rules = NULL;
    uint64_t memory_bytes = 0;
    if (!has_corpus(arguments) || !memory_size(arguments, &memory_bytes)) {
        return EXIT_USAGE;
    }
    int code = rule_set_load(arguments->items[0], false, &old_rules);
    if (code == EXIT_DONE) {
        code = rule_set_load(arguments->items[1], false, &rules);
    }
    if (code == EXIT_DONE) {
        bool is_markdown = arguments_has(arguments, OPTION_MARKDOWN);
        struct hearsay_trial_options options = {
            .rules = rules, .old_rules = old_rules, .memory_bytes = memory_bytes};
        code = run(arguments, 2, &options, is_markdown ? HEARSAY_DIFF_MARKDOWN : HEARSAY_DIFF_TEXT);
    }
    hearsay_rules_free(old_rules);
    hearsay_rules_free(rules);
    return code;
}

int command_rules_overlap(const struct arguments *arguments) {
    struct hearsay_rules *rules = NULL;
    uint64_t memory_bytes = 0;
    if (!has_corpus(arguments) || !memory_size(arguments, &memory_bytes)) {
        return EXIT_USAGE;
    }
    int code = rule_set_load(arguments->items[0], false, &rules);
    if (code == EXIT_DONE) {
        bool is_json = arguments_has(arguments, OPTION_JSON);
        struct hearsay_trial_options options = {.rules = rules, .memory_bytes = memory_bytes};
        code = run(arguments, 1, &options, is_json ? HEARSAY_OVERLAP_JSON : HEARSAY_OVERLAP_TEXT);
    }
    hearsay_rules_free(rules);
    return code;
}
