#include "cli/account_labels.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/failure.h"
#include "source/files.h"

#define LABELS_LIMIT_BYTES ((size_t)1 << 30)

enum column { COLUMN_ACCOUNT, COLUMN_LABEL, COLUMN_PLATFORM, COLUMN_GROUP, COLUMN_POSTS, COLUMNS };

static const char *const column_names[COLUMNS] = {"account", "label", "platform", "group", "posts"};

struct reader {
    struct account_labels *labels;
    struct str file;
    uint64_t line;
    size_t cell_count;
    size_t at[COLUMNS]; /* SIZE_MAX: the table has no such column */
    size_t property_at[ACCOUNT_LABELS_COLUMNS];
    struct str cells[ACCOUNT_LABELS_COLUMNS];
    struct buffer key;
    struct hearsay_failure *failure;
};

static enum hearsay_status bad(const struct reader *reader, const char *message) {
    return failure_set(reader->failure, HEARSAY_BAD_INPUT, reader->file, reader->line, 0, "%s",
                       message);
}

/* A quoted cell from `from` on (just after the quote); doubled quotes become one, in place. */
static size_t read_quoted(char *line, size_t len, size_t from, struct str *cell) {
    size_t to = from;
    size_t at = from;
    while (at < len && !(line[at] == '"' && (at + 1 == len || line[at + 1] != '"'))) {
        at += line[at] == '"';
        line[to++] = line[at++];
    }
    *cell = (struct str){line + from, to - from};
    return at < len ? at + 1 : at;
}

/* Cells of one line, which may not hold line ends; SIZE_MAX for more than there may be. */
static size_t split(char *line, size_t len, struct str cells[ACCOUNT_LABELS_COLUMNS]) {
    size_t count = 0;
    for (size_t at = 0; at <= len; at++) {
        if (count == ACCOUNT_LABELS_COLUMNS) {
            return SIZE_MAX;
        }
        if (at < len && line[at] == '"') {
            at = read_quoted(line, len, at + 1, &cells[count]);
        } else {
            size_t end = str_find_byte((struct str){line, len}, ',', at);
            end = end == STR_NOT_FOUND ? len : end;
            cells[count] = str_trim((struct str){line + at, end - at});
            at = end;
        }
        count++;
    }
    return count;
}

static enum hearsay_status read_header(struct reader *reader) {
    struct account_labels *labels = reader->labels;
    for (size_t column = 0; column < COLUMNS; column++) {
        reader->at[column] = SIZE_MAX;
    }
    for (size_t i = 0; i < reader->cell_count; i++) {
        bool is_known = false;
        for (size_t column = 0; column < COLUMNS; column++) {
            if (str_is(reader->cells[i], column_names[column])) {
                reader->at[column] = i;
                is_known = true;
            }
        }
        if (!is_known) {
            reader->property_at[labels->property_count] = i;
            if (!arena_copy(&labels->arena, reader->cells[i],
                            &labels->property_names[labels->property_count++])) {
                return failure_memory(reader->failure);
            }
        }
    }
    labels->has_platform = reader->at[COLUMN_PLATFORM] != SIZE_MAX;
    if (reader->at[COLUMN_ACCOUNT] == SIZE_MAX || reader->at[COLUMN_LABEL] == SIZE_MAX) {
        return bad(reader, "the header needs the columns account and label");
    }
    return HEARSAY_OK;
}

static struct str cell(const struct reader *reader, enum column column) {
    return reader->at[column] == SIZE_MAX ? STR_EMPTY : reader->cells[reader->at[column]];
}

/* 1 positive, 0 negative, -1 neither. */
static int meaning_of(struct str label) {
    static const struct {
        const char *word;
        int meaning;
    } words[] = {{"campaign", 1}, {"coordinated", 1}, {"1", 1},     {"true", 1}, {"yes", 1},
                 {"organic", 0},  {"0", 0},           {"false", 0}, {"no", 0}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal_ascii_case(label, str_from_c(words[i].word))) {
            return words[i].meaning;
        }
    }
    return -1;
}

/* Index of the group of this row, with its properties; ACCOUNT_LABELS_NO_GROUP if it names none. */
static bool read_group(struct reader *reader, uint32_t *group) {
    struct account_labels *labels = reader->labels;
    struct str name = cell(reader, COLUMN_GROUP);
    bool is_new = false;
    *group = ACCOUNT_LABELS_NO_GROUP;
    if (name.len == 0) {
        return true;
    }
    *group = map_intern(&labels->groups, name, &is_new);
    if (*group == MAP_NONE || !is_new) {
        return *group != MAP_NONE;
    }
    if (*group >= labels->property_capacity) {
        size_t capacity = labels->property_capacity * 2 + 16;
        void *grown = realloc(labels->properties, capacity * sizeof *labels->properties);
        if (!grown) {
            return false;
        }
        labels->properties = grown;
        labels->property_capacity = capacity;
    }
    for (size_t i = 0; i < labels->property_count; i++) {
        if (!arena_copy(&labels->arena, reader->cells[reader->property_at[i]],
                        &labels->properties[*group][i])) {
            return false;
        }
    }
    return true;
}

static bool make_key(struct buffer *key, bool has_platform, struct str platform,
                     struct str account) {
    buffer_clear(key);
    if (has_platform) {
        buffer_append_str(key, platform);
        buffer_append_byte(key, '\n');
    }
    buffer_append_str(key, account);
    return !key->failed;
}

static bool add_label(struct reader *reader, bool is_positive) {
    struct account_labels *labels = reader->labels;
    bool is_new = false;
    uint32_t group = 0;
    if (!make_key(&reader->key, labels->has_platform, cell(reader, COLUMN_PLATFORM),
                  cell(reader, COLUMN_ACCOUNT)) ||
        !read_group(reader, &group)) {
        return false;
    }
    uint32_t index = map_intern(&labels->accounts, buffer_str(&reader->key), &is_new);
    if (index == MAP_NONE) {
        return false;
    }
    if (!is_new) {
        struct account_label *known = &labels->items[index];
        bool is_same = known->is_positive == is_positive && known->group == group;
        labels->repeated += is_same;
        labels->contradictory += !is_same && !known->is_contradictory;
        known->is_contradictory = known->is_contradictory || !is_same;
        return true;
    }
    if (index >= labels->capacity) {
        size_t capacity = labels->capacity * 2 + 1024;
        struct account_label *grown = realloc(labels->items, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        labels->items = grown;
        labels->capacity = capacity;
    }
    labels->items[index] = (struct account_label){.group = group, .is_positive = is_positive};
    return true;
}

static enum hearsay_status read_row(struct reader *reader, char *line, size_t len) {
    size_t count = split(line, len, reader->cells);
    if (count == SIZE_MAX) {
        return bad(reader, "more than 32 columns");
    }
    if (reader->cell_count == 0) {
        reader->cell_count = count;
        return read_header(reader);
    }
    if (count != reader->cell_count) {
        return bad(reader, "the row has another number of cells than the header");
    }
    if (cell(reader, COLUMN_ACCOUNT).len == 0) {
        return bad(reader, "the row names no account");
    }
    reader->labels->rows++;
    int meaning = meaning_of(cell(reader, COLUMN_LABEL));
    if (meaning < 0) {
        reader->labels->unknown++;
        return HEARSAY_OK;
    }
    return add_label(reader, meaning == 1) ? HEARSAY_OK : failure_memory(reader->failure);
}

static enum hearsay_status read_table(struct reader *reader, char *bytes, size_t len) {
    struct str text = {bytes, len};
    enum hearsay_status status = HEARSAY_OK;
    size_t from = str_starts_with(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    while (status == HEARSAY_OK && from < len) {
        size_t end = str_find_byte(text, '\n', from);
        end = end == STR_NOT_FOUND ? len : end;
        size_t to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
        reader->line++;
        if (to > from) {
            status = read_row(reader, bytes + from, to - from);
        }
        from = end + 1;
    }
    return status;
}

enum hearsay_status account_labels_read(char *bytes, size_t len, struct str file,
                                        struct account_labels *labels,
                                        struct hearsay_failure *failure) {
    struct reader reader = {.labels = labels, .file = file, .failure = failure};
    *labels = (struct account_labels){0};
    enum hearsay_status status = read_table(&reader, bytes, len);
    if (status == HEARSAY_OK && labels->accounts.count == 0) {
        reader.line = 0;
        status = bad(&reader, "no account is labelled campaign or organic");
    }
    buffer_free(&reader.key);
    return status;
}

enum hearsay_status account_labels_load(const char *path, struct account_labels *labels,
                                        struct hearsay_failure *failure) {
    char *bytes = NULL;
    size_t len = 0;
    *labels = (struct account_labels){0};
    enum hearsay_status status = files_load(path, LABELS_LIMIT_BYTES, &bytes, &len, failure);
    if (status == HEARSAY_OK) {
        status = account_labels_read(bytes, len, str_from_c(path), labels, failure);
    }
    free(bytes);
    return status;
}

uint32_t account_labels_find(const struct account_labels *labels, struct str platform,
                             struct str account) {
    struct buffer key = {0};
    if (!labels->has_platform) {
        return map_find(&labels->accounts, account);
    }
    uint32_t index = make_key(&key, true, platform, account)
                         ? map_find(&labels->accounts, buffer_str(&key))
                         : MAP_NONE;
    buffer_free(&key);
    return index;
}

void account_labels_free(struct account_labels *labels) {
    map_free(&labels->accounts);
    map_free(&labels->groups);
    free(labels->items);
    free(labels->properties);
    arena_free(&labels->arena);
    *labels = (struct account_labels){0};
}
