#include "base/failure.h"
#include "base/utf8.h"
#include "rule/codes.h"
#include "rule/format.h"
#include "rule/parse.h"

static void show(struct diagnostics *diagnostics, const struct source_file *file,
                 const struct hearsay_format_file *options) {
    struct buffer text = {0};
    diagnostics_sort(diagnostics);
    for (size_t i = 0; options->diagnostic && i < diagnostics->count; i++) {
        buffer_clear(&text);
        if (diagnostic_render(&diagnostics->items[i], file, 1, options->colour, &text)) {
            options->diagnostic(options->context, text.ptr, text.len);
        }
    }
    buffer_free(&text);
}

/* What must be known before the lexer may look. */
static bool is_text(struct diagnostics *diagnostics, struct str text) {
    size_t valid = utf8_valid_prefix(text);
    if (text.len > PARSE_FILE_BYTES) {
        diagnostics_add(diagnostics, E_FILE_TOO_LARGE, SEVERITY_ERROR, (struct place){0, 0, 0},
                        "the file is larger than 10 MB");
    } else if (valid < text.len) {
        struct place place = {0, (uint32_t)valid, (uint32_t)valid + 1};
        diagnostics_add(diagnostics, E_NOT_UTF8, SEVERITY_ERROR, place, "this is not UTF-8");
    }
    return diagnostics->error_count == 0;
}

enum hearsay_status hearsay_rules_format(const struct hearsay_format_file *options,
                                         hearsay_diagnostic *report,
                                         struct hearsay_failure *failure) {
    struct source_file file = {str_from_c(options->name), {options->text, options->text_len}};
    struct diagnostics diagnostics = {0};
    struct buffer out = {0};
    enum hearsay_status status = HEARSAY_BAD_RULES;
    if (is_text(&diagnostics, file.text)) {
        status = rule_format(file.text, &diagnostics, &out);
    }
    if (diagnostics.failed) {
        status = HEARSAY_NO_MEMORY;
    }
    if (status == HEARSAY_OK) {
        report(options->context, out.len > 0 ? out.ptr : "", out.len);
    } else if (status == HEARSAY_BAD_RULES) {
        show(&diagnostics, &file, options);
        failure_set(failure, status, file.name, 0, 0, "cannot be formatted, %zu %s",
                    diagnostics.error_count, diagnostics.error_count == 1 ? "error" : "errors");
    } else if (status == HEARSAY_NO_MEMORY) {
        failure_memory(failure);
    } else {
        failure_set(failure, status, file.name, 0, 0,
                    "left as it is: laid out anew it would read "
                    "otherwise");
    }
    buffer_free(&out);
    diagnostics_free(&diagnostics);
    return status;
}
