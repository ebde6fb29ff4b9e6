#include "cli/group_properties.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/failure.h"
#include "base/json.h"
#include "source/files.h"

#define GROUPS_LIMIT_BYTES ((size_t)1 << 26)

enum { NUMBER_DIGITS = 6 };

struct reader {
    struct account_labels *labels;
    struct str file;
    struct hearsay_failure *failure;
};

static enum hearsay_status bad(const struct reader *reader, const char *message) {
    return failure_set(reader->failure, HEARSAY_BAD_INPUT, reader->file, 0, 0, "%s", message);
}

/* The number that a name ends in; -1 if it ends in none, or in more digits than an id has. */
static json_int_t number_at_end(struct str name) {
    enum { DIGITS_MOST = 18 };
    size_t from = name.len;
    json_int_t number = 0;
    while (from > 0 && name.ptr[from - 1] >= '0' && name.ptr[from - 1] <= '9') {
        from--;
    }
    if (from == name.len || name.len - from > DIGITS_MOST) {
        return -1;
    }
    for (size_t i = from; i < name.len; i++) {
        number = number * 10 + (name.ptr[i] - '0');
    }
    return number;
}

/* *group is MAP_NONE for a group that the labels do not know. */
static enum hearsay_status find_group(const struct reader *reader, const json_t *said,
                                      uint32_t *group) {
    const struct map *groups = &reader->labels->groups;
    *group = MAP_NONE;
    if (json_is_string(said)) {
        *group = map_find(groups, (struct str){json_string_value(said), json_string_length(said)});
        return HEARSAY_OK;
    }
    if (!json_is_integer(said) || json_integer_value(said) < 0) {
        return bad(reader, "\"group\" must be a name or a whole number");
    }
    for (uint32_t i = 0; i < groups->count; i++) {
        if (number_at_end(groups->keys[i]) != json_integer_value(said)) {
            continue;
        }
        if (*group != MAP_NONE) {
            return bad(reader, "a number names two groups of the labels; write their names");
        }
        *group = i;
    }
    return HEARSAY_OK;
}

/* Column of a property; a new one is empty for all groups. SIZE_MAX: there is no more room. */
static size_t column_of(struct account_labels *labels, struct str name) {
    size_t column = 0;
    while (column < labels->property_count && !str_equal(labels->property_names[column], name)) {
        column++;
    }
    if (column < labels->property_count || column == ACCOUNT_LABELS_COLUMNS) {
        return column < labels->property_count ? column : SIZE_MAX;
    }
    if (!arena_copy(&labels->arena, name, &labels->property_names[column])) {
        return SIZE_MAX;
    }
    for (uint32_t group = 0; group < labels->groups.count; group++) {
        labels->properties[group][column] = STR_EMPTY;
    }
    labels->property_count++;
    return column;
}

/* A value as text; false for arrays and objects. */
static bool append_value(struct buffer *text, const json_t *value) {
    if (json_is_string(value)) {
        buffer_append(text, json_string_value(value), json_string_length(value));
    } else if (json_is_integer(value)) {
        buffer_printf(text, "%lld", (long long)json_integer_value(value));
    } else if (json_is_real(value)) {
        buffer_append_double(text, json_real_value(value), NUMBER_DIGITS);
    } else if (json_is_boolean(value)) {
        buffer_append_c(text, json_is_true(value) ? "true" : "false");
    }
    return !json_is_array(value) && !json_is_object(value);
}

static enum hearsay_status set_property(const struct reader *reader, uint32_t group,
                                        struct str name, const json_t *value) {
    struct account_labels *labels = reader->labels;
    struct buffer text = {0};
    enum hearsay_status status = HEARSAY_OK;
    size_t column = SIZE_MAX;
    if (!append_value(&text, value)) {
        status = bad(reader, "a property must be a text, a number, a truth or null");
    } else if ((column = column_of(labels, name)) == SIZE_MAX) {
        status = bad(reader, "more than 32 properties");
    } else if (text.failed ||
               !arena_copy(&labels->arena, buffer_str(&text), &labels->properties[group][column])) {
        status = failure_memory(reader->failure);
    }
    buffer_free(&text);
    return status;
}

static enum hearsay_status read_group(const struct reader *reader, json_t *entry, size_t *known) {
    uint32_t group = MAP_NONE;
    const char *name;
    size_t len;
    json_t *value;
    if (!json_is_object(entry)) {
        return bad(reader, "expected is an array of objects");
    }
    enum hearsay_status status = find_group(reader, json_object_get(entry, "group"), &group);
    if (status != HEARSAY_OK || group == MAP_NONE) {
        return status;
    }
    (*known)++;
    json_object_keylen_foreach(entry, name, len, value) {
        if (status == HEARSAY_OK && !str_is((struct str){name, len}, "group")) {
            status = set_property(reader, group, (struct str){name, len}, value);
        }
    }
    return status;
}

enum hearsay_status group_properties_read(struct str bytes, struct str file,
                                          struct account_labels *labels,
                                          struct hearsay_failure *failure) {
    const struct reader reader = {labels, file, failure};
    json_t *root = NULL;
    size_t known = 0;
    enum hearsay_status status = json_parse(bytes, file, &root, failure);
    if (status == HEARSAY_OK && !json_is_array(root)) {
        status = bad(&reader, "expected is an array of objects");
    }
    for (size_t i = 0; status == HEARSAY_OK && i < json_array_size(root); i++) {
        status = read_group(&reader, json_array_get(root, i), &known);
    }
    if (status == HEARSAY_OK && known == 0) {
        status = bad(&reader, "no group of the labels is described");
    }
    json_decref(root);
    return status;
}

enum hearsay_status group_properties_load(const char *path, struct account_labels *labels,
                                          struct hearsay_failure *failure) {
    char *bytes = NULL;
    size_t len = 0;
    enum hearsay_status status = files_load(path, GROUPS_LIMIT_BYTES, &bytes, &len, failure);
    if (status == HEARSAY_OK) {
        status = group_properties_read((struct str){bytes, len}, str_from_c(path), labels, failure);
    }
    free(bytes);
    return status;
}
