#include "cli/reference.h"

#include "base/failure.h"
#include "cli/lines.h"
#include "cli/nearest.h"
#include "cli/terminal.h"

enum { SIMILAR_SHOWN = 3 };

static const struct {
    const char *prefix;
    enum reference_kind kind;
} kinds[] = {
    {"post:", REFERENCE_POST},
    {"account:", REFERENCE_ACCOUNT},
    {"edge:", REFERENCE_EDGE},
    {"claim:", REFERENCE_CLAIM},
};

enum hearsay_status reference_parse(const char *text, struct reference *reference,
                                    struct hearsay_failure *failure) {
    struct str whole = str_from_c(text);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct str prefix = str_from_c(kinds[i].prefix);
        if (str_starts_with(whole, prefix) && whole.len > prefix.len) {
            *reference = (struct reference){kinds[i].kind, str_slice(whole, prefix.len, whole.len)};
            return HEARSAY_OK;
        }
    }
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                       "'%.200s': expected is post:ID, account:ID, edge:A,B or claim:ID", text);
}

size_t reference_readings(struct str text, struct reading readings[REFERENCE_READINGS]) {
    size_t slash = str_find_byte(text, '/', 0);
    size_t count = 1;
    readings[0] = (struct reading){.id = text};
    if (slash != STR_NOT_FOUND && slash > 0 && slash + 1 < text.len) {
        readings[1] = (struct reading){.platform = str_slice(text, 0, slash),
                                       .id = str_slice(text, slash + 1, text.len)};
        count = 2;
    }
    for (size_t i = 0; i < count; i++) {
        if (!json_append_string(&readings[i].quoted, readings[i].id)) {
            reference_readings_free(readings, count);
            return 0;
        }
    }
    return count;
}

void reference_readings_free(struct reading readings[REFERENCE_READINGS], size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_free(&readings[i].quoted);
    }
}

static bool is_match(const json_t *value, const char *key, const struct reading *reading) {
    return str_equal(json_member(value, key), reading->id) &&
           (reading->platform.len == 0 ||
            str_equal(json_member(value, "platform"), reading->platform));
}

/* Adds the line to the list of the reading that it matches. */
static enum hearsay_status consider(const struct lines *lines, struct str line, const char *key,
                                    const struct reading *reading, json_t *found, size_t limit,
                                    struct hearsay_failure *failure) {
    if (!lines_has(line, key, buffer_str(&reading->quoted))) {
        return HEARSAY_OK;
    }
    json_t *value = NULL;
    enum hearsay_status status = lines_parse(lines, line, &value, failure);
    if (status == HEARSAY_OK && is_match(value, key, reading) && json_array_size(found) < limit) {
        json_array_append(found, value);
    }
    json_decref(value);
    return status;
}

enum hearsay_status reference_find(const char *folder, const char *name, const char *key,
                                   struct str text, size_t limit, json_t **found,
                                   struct hearsay_failure *failure) {
    struct reading readings[REFERENCE_READINGS];
    json_t *lists[REFERENCE_READINGS] = {json_array(), json_array()};
    size_t count = reference_readings(text, readings);
    struct lines lines = {0};
    enum hearsay_status status = count > 0 && lists[0] && lists[1]
                                     ? lines_open(&lines, folder, name, failure)
                                     : failure_memory(failure);
    struct str line;
    while (status == HEARSAY_OK && lines_next(&lines, &line)) {
        for (size_t i = 0; i < count && status == HEARSAY_OK; i++) {
            status = consider(&lines, line, key, &readings[i], lists[i], limit, failure);
        }
    }
    lines_close(&lines);
    reference_readings_free(readings, count);
    size_t best = json_array_size(lists[0]) > 0 ? 0 : 1;
    json_decref(lists[1 - best]);
    if (status != HEARSAY_OK) {
        json_decref(lists[best]);
        return status;
    }
    *found = lists[best];
    return HEARSAY_OK;
}

bool reference_is_ambiguous(const json_t *found) {
    struct str first = json_member(json_array_get(found, 0), "platform");
    for (size_t i = 1; i < json_array_size(found); i++) {
        if (!str_equal(first, json_member(json_array_get(found, i), "platform"))) {
            return true;
        }
    }
    return false;
}

/* The value of ,"key":"..." as it stands in the line, escapes and all: near enough for a hint. */
static struct str raw_member(struct str line, const char *key) {
    struct buffer pattern = {0};
    struct str value = STR_EMPTY;
    buffer_printf(&pattern, ",\"%s\":\"", key);
    size_t at = str_find(line, buffer_str(&pattern), 0);
    if (!pattern.failed && at != STR_NOT_FOUND) {
        size_t from = at + pattern.len;
        size_t end = from;
        while (end < line.len && line.ptr[end] != '"') {
            end += line.ptr[end] == '\\' ? 2 : 1;
        }
        value = str_slice(line, from, end);
    }
    buffer_free(&pattern);
    return value;
}

struct similar {
    struct buffer id;
    size_t distance;
};

/* Keeps the SIMILAR_SHOWN nearest, nearest first, each once. */
static void keep_nearest(struct similar *similar, struct str id, size_t distance) {
    for (size_t i = 0; i < SIMILAR_SHOWN; i++) {
        if (str_equal(buffer_str(&similar[i].id), id)) {
            return;
        }
    }
    size_t at = SIMILAR_SHOWN;
    while (at > 0 && distance < similar[at - 1].distance) {
        at--;
    }
    if (at == SIMILAR_SHOWN) {
        return;
    }
    struct similar freed = similar[SIMILAR_SHOWN - 1];
    memmove(&similar[at + 1], &similar[at], (SIMILAR_SHOWN - 1 - at) * sizeof *similar);
    buffer_clear(&freed.id);
    buffer_append_str(&freed.id, id);
    freed.distance = distance;
    similar[at] = freed;
}

void reference_append_similar(struct buffer *out, const char *folder, const char *name,
                              const char *key, struct str text) {
    struct similar similar[SIMILAR_SHOWN] = {
        {.distance = SIZE_MAX}, {.distance = SIZE_MAX}, {.distance = SIZE_MAX}};
    struct lines lines;
    struct str line;
    bool is_open = lines_open(&lines, folder, name, NULL) == HEARSAY_OK;
    while (is_open && lines_next(&lines, &line)) {
        struct str id = raw_member(line, key);
        size_t distance = nearest_distance(id, text);
        if (id.len > 0 && distance < SIZE_MAX && nearest_is_close(id, text, distance)) {
            keep_nearest(similar, id, distance);
        }
    }
    lines_close(&lines);
    for (size_t i = 0; i < SIMILAR_SHOWN; i++) {
        if (similar[i].distance < SIZE_MAX) {
            buffer_append_c(out, i == 0 ? "; similar: " : ", ");
            terminal_append_safe(out, buffer_str(&similar[i].id));
        }
        buffer_free(&similar[i].id);
    }
}
