#include "base/json.h"
#include "cli/test_results.h"

static void append_member(struct buffer *out, const char *key, struct hearsay_text value) {
    buffer_printf(out, ",\"%s\":", key);
    json_append_string(out, public_str(value));
}

static void append_outcome(struct buffer *out, const struct hearsay_test_outcome *outcome) {
    static const char *const words[] = {
        [HEARSAY_PASSED] = "passed",
        [HEARSAY_FAILED] = "failed",
        [HEARSAY_TODO] = "todo",
        [HEARSAY_TODO_DONE] = "todo-done",
    };
    buffer_printf(out, "{\"verdict\":\"%s\"", words[outcome->verdict]);
    append_member(out, "rule", outcome->rule);
    append_member(out, "rule_id", outcome->rule_id);
    append_member(out, "kind", outcome->kind);
    append_member(out, "text", outcome->text);
    append_member(out, "file", outcome->file);
    buffer_printf(out, ",\"line\":%llu", (unsigned long long)outcome->line);
    if (outcome->message.len > 0) {
        append_member(out, "message", outcome->message);
        append_member(out, "detail", outcome->detail);
    }
    if (outcome->clause_line > 0) {
        append_member(out, "clause", outcome->clause);
        buffer_printf(out, ",\"clause_line\":%llu", (unsigned long long)outcome->clause_line);
    }
    buffer_append_byte(out, '}');
}

static void append_problem(struct buffer *out, const struct hearsay_problem *problem) {
    buffer_printf(out, "{\"level\":\"%s\"", problem->is_error ? "error" : "warning");
    append_member(out, "code", problem->code);
    append_member(out, "name", problem->name);
    append_member(out, "message", problem->message);
    append_member(out, "help", problem->help);
    append_member(out, "file", problem->file);
    buffer_printf(out, ",\"line\":%llu,\"column\":%llu}", (unsigned long long)problem->line,
                  (unsigned long long)problem->column);
}

void results_json_write(const struct test_results *results, struct buffer *out) {
    const struct hearsay_rules *rules = results->rules;
    buffer_append_c(out, "{\"hearsay\":\"" HEARSAY_VERSION "\",\"pack\":");
    json_append_string(out, str_from_c(rules ? hearsay_rules_name(rules) : ""));
    buffer_append_c(out, ",\"version\":");
    json_append_string(out, str_from_c(rules ? hearsay_rules_version(rules) : ""));
    buffer_printf(out, ",\"rules\":%zu,\"passed\":%zu,\"failed\":%zu,\"todo\":%zu,\n\"problems\":[",
                  results->counts.rules, results->counts.passed, results->counts.failed,
                  results->counts.todo);
    for (size_t i = 0; i < results->problem_count; i++) {
        buffer_append_c(out, i > 0 ? ",\n" : "\n");
        append_problem(out, &results->problems[i]);
    }
    buffer_append_c(out, "],\n\"tests\":[");
    for (size_t i = 0; i < results->count; i++) {
        buffer_append_c(out, i > 0 ? ",\n" : "\n");
        append_outcome(out, &results->outcomes[i]);
    }
    buffer_append_c(out, "]}\n");
}
