#include "post/column_map.h"

#include "base/failure.h"
#include "post/time_format.h"

/* One `name=value` or `name:=value`. */
struct entry {
    struct str name;
    struct str value;
    bool is_constant;
};

static enum hearsay_status bad(struct hearsay_failure *failure, size_t at, const char *message,
                               struct str name) {
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR("--map"), 1, at + 1, "%s: \"%.*s\"",
                       message, (int)(name.len < 200 ? name.len : 200), name.ptr);
}

/* The comma or line end at or after `from`, or STR_NOT_FOUND: a map in a file has an entry a line.
 */
static size_t find_separator(struct str text, size_t from) {
    size_t comma = str_find_byte(text, ',', from);
    size_t newline = str_find_byte(text, '\n', from);
    return comma < newline ? comma : newline;
}

/* Reads the entry at *at and moves past it and the comma behind it. */
static enum hearsay_status read_entry(struct str text, size_t *at, struct entry *entry,
                                      struct hearsay_failure *failure) {
    size_t from = *at;
    size_t equals = str_find_byte(text, '=', from);
    size_t comma = find_separator(text, from);
    if (equals == STR_NOT_FOUND || comma < equals) {
        size_t end = comma == STR_NOT_FOUND ? text.len : comma;
        return bad(failure, from, "a map is a list of field=column; there is no '=' in",
                   str_slice(text, from, end));
    }
    entry->is_constant = equals > from && text.ptr[equals - 1] == ':';
    entry->name = str_trim(str_slice(text, from, equals - entry->is_constant));
    size_t start = equals + 1;
    size_t end;
    if (start < text.len && text.ptr[start] == '"') {
        end = str_find_byte(text, '"', start + 1);
        if (end == STR_NOT_FOUND) {
            return bad(failure, start, "a quote is not closed", str_slice(text, start, text.len));
        }
        entry->value = str_slice(text, start + 1, end);
        end = find_separator(text, end);
    } else {
        end = find_separator(text, start);
        entry->value = str_trim(str_slice(text, start, end));
    }
    *at = end == STR_NOT_FOUND ? text.len : end + 1;
    return HEARSAY_OK;
}

static enum hearsay_status unknown_field(struct str name, size_t at,
                                         struct hearsay_failure *failure) {
    const char *nearest = field_nearest(name, field_names, FIELD_COUNT);
    return failure_set(
        failure, HEARSAY_BAD_ARGUMENT, STR("--map"), 1, at + 1,
        "there is no field \"%.*s\"; did you mean \"%s\"? The fields are platform, id, "
        "account, handle, display_name, created_at, text, lang, urls, hashtags, "
        "mentions, reply_to, repost_of, quote_of, thread, media, account_created_at, "
        "followers, following, is_repost",
        (int)(name.len < 100 ? name.len : 100), name.ptr, nearest ? nearest : "text");
}

static enum hearsay_status store(struct column_map *map, const struct entry *entry, size_t at,
                                 struct hearsay_failure *failure) {
    if (entry->value.len == 0) {
        return bad(failure, at, "nothing stands after the '=' of", entry->name);
    }
    if (entry->is_constant) {
        if (str_is(entry->name, "platform")) {
            map->platform = entry->value;
            return HEARSAY_OK;
        }
        if (str_is(entry->name, "lang")) {
            map->lang = entry->value;
            return HEARSAY_OK;
        }
        return bad(failure, at, "only platform and lang may be set with ':='", entry->name);
    }
    if (str_is(entry->name, "time_format")) {
        char unknown = time_format_unknown(entry->value);
        map->time_format = entry->value;
        return unknown ? bad(failure, at, "a time format with a '%' sign that is not understood",
                             entry->value)
                       : HEARSAY_OK;
    }
    enum field field = post_field_find(entry->name);
    if (field == FIELD_COUNT) {
        return unknown_field(entry->name, at, failure);
    }
    if (map->columns[field].len > 0) {
        return bad(failure, at, "the map names this field twice", entry->name);
    }
    map->columns[field] = entry->value;
    return HEARSAY_OK;
}

enum hearsay_status column_map_parse(struct str text, struct column_map *map,
                                     struct hearsay_failure *failure) {
    struct column_map made = {0};
    size_t at = 0;
    text = str_trim(text);
    while (at < text.len) {
        struct entry entry = {0};
        size_t from = at;
        enum hearsay_status status = read_entry(text, &at, &entry, failure);
        if (status == HEARSAY_OK) {
            status = store(&made, &entry, from, failure);
        }
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    if (made.columns[FIELD_TEXT].len == 0 && made.columns[FIELD_REPOST_OF].len == 0) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR("--map"), 1, 1,
                           "a map must name the column of text or of repost_of");
    }
    *map = made;
    return HEARSAY_OK;
}
