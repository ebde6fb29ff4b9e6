#include <stdio.h>
#include <stdlib.h>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/file_replace.h"
#include "cli/terminal.h"
#include "source/files.h"

enum { FILE_LIMIT_BYTES = 16 << 20 };

struct work {
    const struct arguments *arguments;
    struct buffer text; /* the formatted file */
    struct buffer out;  /* for standard output */
    size_t changed;
    bool has_errors;
};

static void print_diagnostic(void *context, const char *text, size_t len) {
    (void)context;
    fwrite(text, 1, len, stderr);
}

static void take_text(void *context, const char *text, size_t len) {
    struct work *work = context;
    buffer_append(&work->text, text, len);
}

static enum hearsay_status finish_file(struct work *work, const char *path, struct str before,
                                       struct hearsay_failure *failure) {
    bool is_changed = !str_equal(before, buffer_str(&work->text));
    work->changed += is_changed;
    if (work->text.failed) {
        return failure_memory(failure);
    }
    if (arguments_has(work->arguments, OPTION_STDOUT)) {
        buffer_append_str(&work->out, buffer_str(&work->text));
        return HEARSAY_OK;
    }
    if (is_changed && !arguments_has(work->arguments, OPTION_QUIET)) {
        terminal_append_safe(&work->out, str_from_c(path));
        buffer_append_byte(&work->out, '\n');
    }
    bool is_check = arguments_has(work->arguments, OPTION_CHECK);
    return is_changed && !is_check ? file_replace(path, buffer_str(&work->text), failure)
                                   : HEARSAY_OK;
}

static enum hearsay_status format_file(struct work *work, const char *path,
                                       struct hearsay_failure *failure) {
    char *bytes = NULL;
    size_t len = 0;
    enum hearsay_status status = files_load(path, FILE_LIMIT_BYTES, &bytes, &len, failure);
    if (status == HEARSAY_OK) {
        struct hearsay_format_file file = {.name = path,
                                           .text = bytes,
                                           .text_len = len,
                                           .diagnostic = print_diagnostic,
                                           .context = work,
                                           .colour = terminal_is_lively()};
        buffer_clear(&work->text);
        status = hearsay_rules_format(&file, take_text, failure);
    }
    if (status == HEARSAY_OK) {
        status = finish_file(work, path, (struct str){bytes, len}, failure);
    } else if (status == HEARSAY_BAD_RULES) {
        work->has_errors = true; /* the other files are formatted all the same */
        status = HEARSAY_OK;
    }
    free(bytes);
    return status;
}

static enum hearsay_status format_argument(struct work *work, const char *argument,
                                           struct hearsay_failure *failure) {
    struct paths files = {0};
    enum hearsay_status status = files_of_pack(argument, &files, failure);
    for (size_t i = 0; status == HEARSAY_OK && i < files.count; i++) {
        status = format_file(work, files.items[i], failure);
    }
    paths_free(&files);
    return status;
}

int command_rules_fmt(const struct arguments *arguments) {
    struct work work = {.arguments = arguments};
    struct hearsay_failure failure = {0};
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; status == HEARSAY_OK && i < arguments->count; i++) {
        status = format_argument(&work, arguments->items[i], &failure);
    }
    int code = terminal_print(&work.out);
    buffer_free(&work.text);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    if (code == EXIT_DONE && work.has_errors) {
        return EXIT_RULES;
    }
    bool is_check = arguments_has(arguments, OPTION_CHECK);
    return code == EXIT_DONE && is_check && work.changed > 0 ? EXIT_EXPECTATION : code;
}
