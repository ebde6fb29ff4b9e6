#include "post/json_repair.h"

#include "base/failure.h"
#include "base/utf8.h"

static enum hearsay_status refuse(struct json_repair *repair, const char *reason, struct str detail,
                                  struct str row, size_t at) {
    repair->reason = reason;
    repair->line_in_row = 1;
    size_t line_start = 0;
    for (size_t i = 0; i < at && i < row.len; i++) {
        if (row.ptr[i] == '\n') {
            repair->line_in_row++;
            line_start = i + 1;
        }
    }
    size_t column = at - line_start + 1;
    repair->column = at == SIZE_MAX ? 0 : (column < UINT32_MAX ? (uint32_t)column : 0);
    buffer_clear(&repair->detail);
    return buffer_append_str(&repair->detail, detail) ? HEARSAY_BAD_INPUT : HEARSAY_NO_MEMORY;
}

static enum hearsay_status build(const json_t *value, struct str key, struct json_tree *tree);

static enum hearsay_status build_children(const json_t *value, struct json_tree *tree) {
    enum hearsay_status status = HEARSAY_OK;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value) && status == HEARSAY_OK; i++) {
            status = build(json_array_get(value, i), STR_EMPTY, tree);
        }
        return status;
    }
    /* jansson keeps the order of insertion; its iterator takes a pointer that is not const. */
    union {
        const json_t *read;
        json_t *write;
    } object = {value};
    for (void *member = json_object_iter(object.write); member && status == HEARSAY_OK;
         member = json_object_iter_next(object.write, member)) {
        struct str key = str_from_c(json_object_iter_key(member));
        status = build(json_object_iter_value(member), str_slice(key, 1, key.len), tree);
    }
    return status;
}

static enum hearsay_status build(const json_t *value, struct str key, struct json_tree *tree) {
    uint32_t index;
    if (!json_tree_add(tree, &index)) {
        return HEARSAY_NO_MEMORY;
    }
    struct json_node *node = &tree->nodes[index];
    *node = (struct json_node){key, {NULL, 0}, index + 1, NODE_NULL};
    if (json_is_string(value)) {
        const char *marked = json_string_value(value);
        node->kind = marked[0] == JSON_MARK_NUMBER ? NODE_NUMBER : NODE_STRING;
        node->text = (struct str){marked + 1, json_string_length(value) - 1};
        return HEARSAY_OK;
    }
    if (json_is_object(value) || json_is_array(value)) {
        node->kind = json_is_object(value) ? NODE_OBJECT : NODE_ARRAY;
        enum hearsay_status status = build_children(value, tree);
        tree->nodes[index].next = tree->count;
        return status;
    }
    node->kind = json_is_true(value) ? NODE_TRUE : (json_is_false(value) ? NODE_FALSE : NODE_NULL);
    return HEARSAY_OK;
}

/* jansson names the key as near '"skey"', with our mark; an empty slice if it does not. */
static struct str repeated_key(const char *message) {
    const char *start = strstr(message, "'\"");
    const char *end = start ? strrchr(start, '"') : NULL;
    if (!start || end < start + 3) {
        return STR_EMPTY;
    }
    return (struct str){start + 3, (size_t)(end - start) - 3};
}

/* What is left for jansson to refuse once the grammar is right: a key twice, a NUL in a key. */
static enum hearsay_status refuse_parsed(struct json_repair *repair, const char *message,
                                         struct str row) {
    if (message[0] == '\0') {
        return HEARSAY_NO_MEMORY; /* jansson says nothing then */
    }
    if (!strstr(message, "duplicate")) {
        return refuse(repair, "bad_json", str_from_c(message), row, SIZE_MAX);
    }
    enum hearsay_status status =
        refuse(repair, "duplicate_key", STR("an object has the same key twice: \""), row, SIZE_MAX);
    buffer_append_str(&repair->detail, utf8_clip(repeated_key(message), 60));
    buffer_append_byte(&repair->detail, '"');
    return repair->detail.failed ? HEARSAY_NO_MEMORY : status;
}

enum hearsay_status json_repair_parse(struct json_repair *repair, struct str row,
                                      struct json_tree *tree) {
    struct hearsay_failure failure = {0};
    json_decref(repair->root);
    repair->root = NULL;
    tree->count = 0;
    enum hearsay_status status = json_mend(&repair->mend, row);
    if (status == HEARSAY_BAD_INPUT) {
        return refuse(repair, repair->mend.reason, str_from_c(repair->mend.error), row,
                      repair->mend.error_at);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    if (json_parse(buffer_str(&repair->mend.bytes), STR_EMPTY, &repair->root, &failure) !=
        HEARSAY_OK) {
        return refuse_parsed(repair, failure.message, row);
    }
    return build(repair->root, STR_EMPTY, tree);
}

void json_repair_free(struct json_repair *repair) {
    json_decref(repair->root);
    buffer_free(&repair->mend.bytes);
    buffer_free(&repair->detail);
    *repair = (struct json_repair){0};
}
