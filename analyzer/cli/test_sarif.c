#include "base/json.h"
#include "cli/test_results.h"

static void append_member(struct buffer *out, const char *key, struct str value) {
    buffer_printf(out, "\"%s\":", key);
    json_append_string(out, value);
}

/* A relative URI reference (RFC 3986): what may not stand in a path is percent-encoded. */
static void append_uri(struct buffer *out, struct str path) {
    buffer_append_byte(out, '"');
    if (path.len > 0 && path.ptr[0] == '/') {
        buffer_append_c(out, "file://");
    }
    for (size_t i = 0; i < path.len; i++) {
        unsigned char byte = (unsigned char)path.ptr[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool is_digit = byte >= '0' && byte <= '9';
        if (is_letter || is_digit || (byte && strchr("-._~/", byte))) {
            buffer_append_byte(out, (char)byte);
        } else {
            buffer_printf(out, "%%%02X", byte);
        }
    }
    buffer_append_byte(out, '"');
}

static void append_location(struct buffer *out, struct str file, uint64_t line, uint64_t column) {
    buffer_append_c(out, "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
    append_uri(out, file);
    buffer_printf(out, "},\"region\":{\"startLine\":%llu", (unsigned long long)(line ? line : 1));
    if (column > 0) {
        buffer_printf(out, ",\"startColumn\":%llu", (unsigned long long)column);
    }
    buffer_append_c(out, "}}}]");
}

static void append_related(struct buffer *out, const struct hearsay_test_outcome *outcome) {
    if (outcome->clause_line == 0) {
        return;
    }
    buffer_append_c(out, ",\"relatedLocations\":[{\"physicalLocation\":{\"artifactLocation\":{"
                         "\"uri\":");
    append_uri(out, public_str(outcome->file));
    buffer_printf(out, "},\"region\":{\"startLine\":%llu}},\"message\":{",
                  (unsigned long long)outcome->clause_line);
    append_member(out, "text", public_str(outcome->clause));
    buffer_append_c(out, "}}]");
}

static void append_failed(struct buffer *out, const struct hearsay_test_outcome *outcome) {
    struct buffer text = {0};
    buffer_append_str(&text, public_str(outcome->rule));
    buffer_append_byte(&text, ' ');
    buffer_append_str(&text, public_str(outcome->message));
    buffer_append_c(&text, ": ");
    buffer_append_str(&text, public_str(outcome->text));
    buffer_append_c(out, "{\"ruleId\":\"test-failed\",\"level\":\"error\",\"message\":{");
    append_member(out, "text", buffer_str(&text));
    buffer_append_c(out, "},");
    append_location(out, public_str(outcome->file), outcome->line, 0);
    append_related(out, outcome);
    buffer_append_c(out, ",\"properties\":{");
    append_member(out, "rule", public_str(outcome->rule));
    buffer_append_byte(out, ',');
    append_member(out, "ruleId", public_str(outcome->rule_id));
    buffer_append_byte(out, ',');
    append_member(out, "detail", public_str(outcome->detail));
    buffer_append_c(out, "}}");
    out->failed = out->failed || text.failed;
    buffer_free(&text);
}

static void append_problem(struct buffer *out, const struct hearsay_problem *problem) {
    buffer_append_c(out, "{");
    append_member(out, "ruleId", public_str(problem->code));
    buffer_printf(out, ",\"level\":\"%s\",\"message\":{", problem->is_error ? "error" : "warning");
    append_member(out, "text", public_str(problem->message));
    buffer_append_c(out, "},");
    append_location(out, public_str(problem->file), problem->line, problem->column);
    buffer_append_c(out, "}");
}

static bool is_first(const struct test_results *results, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (str_equal(public_str(results->problems[i].code),
                      public_str(results->problems[index].code))) {
            return false;
        }
    }
    return true;
}

/* The kinds of result that occur, each once. */
static void append_kinds(struct buffer *out, const struct test_results *results) {
    buffer_append_c(out, "{\"id\":\"test-failed\",\"name\":\"TestFailed\",\"shortDescription\":{"
                         "\"text\":\"A test that stands in a rule failed\"}}");
    for (size_t i = 0; i < results->problem_count; i++) {
        if (is_first(results, i)) {
            buffer_append_c(out, ",\n{");
            append_member(out, "id", public_str(results->problems[i].code));
            buffer_append_byte(out, ',');
            append_member(out, "name", public_str(results->problems[i].name));
            buffer_append_byte(out, '}');
        }
    }
}

void sarif_write(const struct test_results *results, struct buffer *out) {
    const char *before = "\n";
    buffer_append_c(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                         "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{"
                         "\"name\":\"hearsay\",\"version\":\"" HEARSAY_VERSION "\",\"rules\":[\n");
    append_kinds(out, results);
    buffer_append_c(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
    for (size_t i = 0; i < results->problem_count; i++) {
        buffer_append_c(out, before);
        append_problem(out, &results->problems[i]);
        before = ",\n";
    }
    for (size_t i = 0; i < results->count; i++) {
        if (results->outcomes[i].verdict == HEARSAY_FAILED) {
            buffer_append_c(out, before);
            append_failed(out, &results->outcomes[i]);
            before = ",\n";
        }
    }
    buffer_append_c(out, "]}]}\n");
}
