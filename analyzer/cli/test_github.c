#include "cli/test_results.h"

/* A command is one line; its values end at , and its properties at :, so these are escaped as the
 * runner undoes them. Other controls cannot harm. */
static void append_escaped(struct buffer *out, struct str text, bool is_property) {
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '%' || byte == '\n' || byte == '\r' ||
            (is_property && (byte == ',' || byte == ':'))) {
            buffer_printf(out, "%%%02X", (unsigned char)byte);
        } else {
            buffer_append_byte(out, byte);
        }
    }
}

static void append_head(struct buffer *out, const char *level, struct str file, uint64_t line) {
    buffer_printf(out, "::%s file=", level);
    append_escaped(out, file, true);
    buffer_printf(out, ",line=%llu", (unsigned long long)line);
}

void github_write(const struct test_results *results, struct buffer *out) {
    for (size_t i = 0; i < results->problem_count; i++) {
        const struct hearsay_problem *problem = &results->problems[i];
        append_head(out, problem->is_error ? "error" : "warning", public_str(problem->file),
                    problem->line);
        buffer_printf(out, ",col=%llu,title=", (unsigned long long)problem->column);
        append_escaped(out, public_str(problem->code), true);
        buffer_append_c(out, "::");
        append_escaped(out, public_str(problem->message), false);
        buffer_append_byte(out, '\n');
    }
    for (size_t i = 0; i < results->count; i++) {
        const struct hearsay_test_outcome *outcome = &results->outcomes[i];
        if (outcome->verdict == HEARSAY_FAILED) {
            append_head(out, "error", public_str(outcome->file), outcome->line);
            buffer_append_c(out, ",title=");
            append_escaped(out, public_str(outcome->rule), true);
            buffer_append_c(out, "::");
            append_escaped(out, public_str(outcome->report), false);
            buffer_append_byte(out, '\n');
        }
    }
}
