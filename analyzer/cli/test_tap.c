#include <stdio.h>

#include "cli/test_results.h"

/* A description ends at a line's end, and an unescaped # would begin a directive. */
static void append_description(struct buffer *out, struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '#' || byte == '\\') {
            buffer_append_byte(out, '\\');
        }
        buffer_append_byte(out, (unsigned char)byte < ' ' || byte == 0x7F ? ' ' : byte);
    }
}

/* A block scalar of YAML: every line indented, nothing to escape but controls. */
static void append_block(struct buffer *out, const char *key, struct str text) {
    bool begins = true;
    if (text.len == 0) {
        return;
    }
    buffer_printf(out, "  %s: |2\n", key);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        buffer_append_c(out, begins ? "      " : "");
        begins = byte == '\n';
        buffer_append_byte(out, (byte < ' ' && byte != '\n') || byte == 0x7F ? ' ' : (char)byte);
    }
    buffer_append_c(out, begins ? "" : "\n");
}

static void append_diagnosis(struct buffer *out, const struct hearsay_test_outcome *outcome) {
    buffer_append_c(out, "  ---\n");
    append_block(out, "message", public_str(outcome->message));
    append_block(out, "file", public_str(outcome->file));
    buffer_printf(out, "  line: %llu\n", (unsigned long long)outcome->line);
    append_block(out, "clause", public_str(outcome->clause));
    if (outcome->clause_line > 0) {
        buffer_printf(out, "  clause_line: %llu\n", (unsigned long long)outcome->clause_line);
    }
    append_block(out, "detail", public_str(outcome->detail));
    buffer_append_c(out, "  ...\n");
}

static void append_point(struct buffer *out, const struct hearsay_test_outcome *outcome,
                         size_t number) {
    bool passed = outcome->verdict == HEARSAY_PASSED || outcome->verdict == HEARSAY_TODO_DONE;
    bool is_todo = outcome->verdict == HEARSAY_TODO || outcome->verdict == HEARSAY_TODO_DONE;
    buffer_printf(out, "%s %zu - ", passed ? "ok" : "not ok", number);
    append_description(out, public_str(outcome->rule));
    buffer_append_c(out, ": ");
    append_description(out, public_str(outcome->kind));
    buffer_append_c(out, " \"");
    append_description(out, public_str(outcome->text));
    buffer_append_c(out, is_todo ? "\" # TODO\n" : "\"\n");
    if (!passed) {
        append_diagnosis(out, outcome);
    }
}

void tap_write(const struct test_results *results, struct buffer *out) {
    buffer_append_c(out, "TAP version 14\n");
    if (!results->rules) {
        buffer_printf(out, "Bail out! the pack has %zu error%s\n", results->error_count,
                      results->error_count == 1 ? "" : "s");
        return;
    }
    buffer_printf(out, "1..%zu\n", results->count);
    for (size_t i = 0; i < results->count; i++) {
        append_point(out, &results->outcomes[i], i + 1);
    }
}
