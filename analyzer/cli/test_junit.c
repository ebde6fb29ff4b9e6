#include "base/utf8.h"
#include "cli/test_results.h"

/* XML 1.0 forbids most control characters even as references; such and bytes that are not UTF-8
 * become U+FFFD. Line ends and tabs are references, which attributes keep. */
static void append_xml(struct buffer *out, struct str text) {
    for (size_t at = 0; at < text.len;) {
        size_t width = utf8_width(text, at);
        unsigned char byte = (unsigned char)text.ptr[at];
        bool is_nonchar = width == 3 && byte == 0xEF && (unsigned char)text.ptr[at + 1] == 0xBF &&
                          (unsigned char)text.ptr[at + 2] >= 0xBE;
        if (byte == '\n' || byte == '\t' || byte == '\r') {
            buffer_printf(out, "&#%u;", byte);
        } else if (byte == '&') {
            buffer_append_c(out, "&amp;");
        } else if (byte == '<') {
            buffer_append_c(out, "&lt;");
        } else if (byte == '>') {
            buffer_append_c(out, "&gt;");
        } else if (byte == '"') {
            buffer_append_c(out, "&quot;");
        } else if (width == 0 || byte < ' ' || is_nonchar) {
            buffer_append_c(out, "\xEF\xBF\xBD");
        } else {
            buffer_append(out, text.ptr + at, width);
        }
        at += width > 0 ? width : 1;
    }
}

static void append_attribute(struct buffer *out, const char *name, struct str value) {
    buffer_printf(out, " %s=\"", name);
    append_xml(out, value);
    buffer_append_byte(out, '"');
}

static void append_case(struct buffer *out, const struct hearsay_rules *rules,
                        const struct hearsay_test_outcome *outcome) {
    buffer_append_c(out, "    <testcase name=\"");
    append_xml(out, public_str(outcome->kind));
    buffer_append_c(out, " &quot;");
    append_xml(out, public_str(outcome->text));
    buffer_append_c(out, "&quot; (");
    append_xml(out, public_str(outcome->file));
    buffer_printf(out, ":%llu)\" classname=\"", (unsigned long long)outcome->line);
    append_xml(out, str_from_c(hearsay_rules_name(rules)));
    buffer_append_byte(out, '.');
    append_xml(out, public_str(outcome->rule));
    if (outcome->verdict == HEARSAY_FAILED) {
        buffer_append_c(out, "\">\n      <failure type=\"");
        append_xml(out, public_str(outcome->kind));
        buffer_append_byte(out, '"');
        append_attribute(out, "message", public_str(outcome->message));
        buffer_append_byte(out, '>');
        append_xml(out, public_str(outcome->report));
        buffer_append_c(out, "</failure>\n    </testcase>\n");
    } else if (outcome->verdict == HEARSAY_TODO) {
        buffer_append_c(out, "\">\n      <skipped type=\"todo\"");
        append_attribute(out, "message", public_str(outcome->message));
        buffer_append_c(out, "/>\n    </testcase>\n");
    } else {
        buffer_append_c(out, "\"/>\n");
    }
}

/* The outcomes [from, to) of one rule. */
static void append_suite(struct buffer *out, const struct test_results *results, size_t from,
                         size_t to) {
    size_t failures = 0;
    size_t skipped = 0;
    for (size_t i = from; i < to; i++) {
        failures += results->outcomes[i].verdict == HEARSAY_FAILED;
        skipped += results->outcomes[i].verdict == HEARSAY_TODO;
    }
    const struct hearsay_test_outcome *first = &results->outcomes[from];
    buffer_append_c(out, "  <testsuite");
    append_attribute(out, "name", public_str(first->rule));
    buffer_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\"", to - from,
                  failures, skipped);
    if (first->rule_id.len > 0) {
        append_attribute(out, "id", public_str(first->rule_id));
    }
    append_attribute(out, "package", str_from_c(hearsay_rules_name(results->rules)));
    append_attribute(out, "file", public_str(first->file));
    buffer_append_c(out, ">\n");
    for (size_t i = from; i < to; i++) {
        append_case(out, results->rules, &results->outcomes[i]);
    }
    buffer_append_c(out, "  </testsuite>\n");
}

/* A pack that does not load is one suite in which each error is a test that could not run. */
static void append_errors(struct buffer *out, const struct test_results *results) {
    buffer_printf(out, "  <testsuite name=\"rules\" tests=\"%zu\" failures=\"0\" errors=\"%zu\">\n",
                  results->error_count, results->error_count);
    for (size_t i = 0; i < results->problem_count; i++) {
        const struct hearsay_problem *problem = &results->problems[i];
        if (!problem->is_error) {
            continue;
        }
        buffer_append_c(out, "    <testcase name=\"");
        append_xml(out, public_str(problem->file));
        buffer_printf(out, ":%llu\" classname=\"rules\">\n      <error",
                      (unsigned long long)problem->line);
        append_attribute(out, "type", public_str(problem->code));
        append_attribute(out, "message", public_str(problem->message));
        buffer_append_c(out, "/>\n    </testcase>\n");
    }
    buffer_append_c(out, "  </testsuite>\n");
}

void junit_write(const struct test_results *results, struct buffer *out) {
    size_t tests = results->rules ? results->count : results->error_count;
    buffer_append_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    append_attribute(out, "name",
                     str_from_c(results->rules ? hearsay_rules_name(results->rules) : "rules"));
    buffer_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", tests,
                  results->counts.failed, results->rules ? 0 : results->error_count);
    for (size_t from = 0; from < results->count;) {
        size_t to = from + 1;
        while (to < results->count && str_equal(public_str(results->outcomes[from].rule),
                                                public_str(results->outcomes[to].rule))) {
            to++;
        }
        append_suite(out, results, from, to);
        from = to;
    }
    if (!results->rules) {
        append_errors(out, results);
    }
    buffer_append_c(out, "</testsuites>\n");
}
