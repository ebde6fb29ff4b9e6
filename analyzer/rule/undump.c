#include "base/failure.h"
#include "base/json.h"
#include "rule/dump.h"

static void append_section(struct buffer *out, const json_t *section) {
    const json_t *items = json_object_get(section, "items");
    struct str header = json_member(section, "section");
    buffer_append_c(out, "  ");
    buffer_append_str(out, header);
    buffer_append_c(out, ":\n");
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        struct str name = json_member(item, "name");
        buffer_append_c(out, "    ");
        if (name.len > 0) {
            buffer_append_c(out, str_is(header, "terms") ? "$" : "");
            buffer_append_str(out, name);
            buffer_append_c(out, " = ");
        }
        buffer_append_str(out, json_member(item, "text"));
        buffer_append_byte(out, '\n');
    }
}

static void append_statement(struct buffer *out, const json_t *statement) {
    const json_t *sections = json_object_get(statement, "sections");
    buffer_append_str(out, json_member(statement, "statement"));
    buffer_append_byte(out, ' ');
    if (!sections) {
        buffer_append_str(out, json_member(statement, "text"));
        buffer_append_byte(out, '\n');
        return;
    }
    buffer_append_str(out, json_member(statement, "name"));
    buffer_append_c(out, " {\n");
    for (size_t i = 0; i < json_array_size(sections); i++) {
        append_section(out, json_array_get(sections, i));
    }
    buffer_append_c(out, "}\n");
}

/* Whatever the JSON says, the text must say the same again: no value reaches beyond its place. */
static enum hearsay_status check_round(const json_t *value, struct str text,
                                       struct hearsay_failure *failure) {
    struct buffer json = {0};
    struct diagnostics diagnostics = {0};
    json_t *again = NULL;
    enum hearsay_status status = rule_dump(text, &diagnostics, &json);
    if (status == HEARSAY_OK) {
        status = json_parse(buffer_str(&json), STR("rules"), &again, failure);
    }
    if (status != HEARSAY_NO_MEMORY && (status != HEARSAY_OK || !json_equal(value, again))) {
        status = failure_set(failure, HEARSAY_BAD_INPUT, STR_EMPTY, 0, 0,
                             "this is not the JSON form of rules: it would come back as something "
                             "else");
    }
    json_decref(again);
    diagnostics_free(&diagnostics);
    buffer_free(&json);
    return status == HEARSAY_NO_MEMORY ? failure_memory(failure) : status;
}

enum hearsay_status rule_undump(struct str json, struct buffer *out,
                                struct hearsay_failure *failure) {
    json_t *value = NULL;
    struct buffer text = {0};
    struct diagnostics diagnostics = {0};
    enum hearsay_status status = json_parse(json, STR("rules"), &value, failure);
    const json_t *statements = json_object_get(value, "statements");
    for (size_t i = 0; status == HEARSAY_OK && i < json_array_size(statements); i++) {
        append_statement(&text, json_array_get(statements, i));
    }
    if (status == HEARSAY_OK) {
        status = check_round(value, buffer_str(&text), failure);
    }
    if (status == HEARSAY_OK && rule_format(buffer_str(&text), &diagnostics, out) != HEARSAY_OK) {
        status = failure_memory(failure);
    }
    json_decref(value);
    diagnostics_free(&diagnostics);
    buffer_free(&text);
    return status;
}
