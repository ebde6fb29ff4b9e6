/* One record of a table to a post, by the columns that the format has bound to fields. */
#include "base/utf8.h"
#include "post/emit.h"
#include "post/time_format.h"

/* Statistics programs write an absent value as a word. */
static bool is_absent(struct str cell) {
    static const char *const words[] = {"NA", "NaN", "nan", "None", "null", "NULL", "<NA>"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_is(cell, words[i])) {
            return true;
        }
    }
    return cell.len == 0;
}

/* The bytes with U+FFFD where they are no UTF-8; counted in the record. */
static struct str mend_cell(struct emitter *emitter, struct str cell) {
    if (utf8_valid_prefix(cell) == cell.len) {
        return cell;
    }
    char *start = arena_alloc(&emitter->arena, cell.len * 3); /* a byte becomes at most three */
    char *out = start;
    emitter->is_arena_used = true;
    if (!start) {
        emitter->is_out_of_memory = true;
        return (struct str){NULL, 0};
    }
    for (size_t at = 0; at < cell.len;) {
        size_t width;
        uint32_t cp = utf8_decode(cell, at, &width);
        out += utf8_encode(cp, out);
        at += width;
    }
    emitter->record.repairs |= REPAIR_INVALID_UTF8;
    return (struct str){start, (size_t)(out - start)};
}

/* The cell of a field; ptr NULL where the table or the row has none. */
static struct str cell_of(struct emitter *emitter, const struct csv_row *row, enum field field) {
    uint32_t column = emitter->format->columns[field];
    if (column == COLUMN_NONE || column >= row->count) {
        return (struct str){NULL, 0};
    }
    return mend_cell(emitter, row->cells[column]);
}

/* Like cell_of, but an absent value is no id. */
static struct str id_of(struct emitter *emitter, const struct csv_row *row, enum field field) {
    struct str cell = cell_of(emitter, row, field);
    return is_absent(cell) ? (struct str){NULL, 0} : cell;
}

static bool count_of(struct emitter *emitter, const struct csv_row *row, enum field field,
                     int64_t *value) {
    struct str cell = str_trim(cell_of(emitter, row, field));
    double number;
    if (str_to_i64(cell, value)) {
        return *value >= 0;
    }
    if (!str_to_double(cell, &number) || number < 0 || number > 9e15) {
        return false; /* "12.0" is a count, "n/a" is none */
    }
    *value = (int64_t)number;
    return true;
}

static bool is_true(struct str cell) {
    cell = str_trim(cell);
    return str_is(cell, "1") || str_is(cell, "1.0") || str_equal_ascii_case(cell, STR("true")) ||
           str_equal_ascii_case(cell, STR("yes")) || str_equal_ascii_case(cell, STR("t"));
}

static bool read_time(const struct format *format, struct str cell, struct timestamp *time) {
    const char *pattern = format->quirks.time_format;
    return (pattern && time_format_parse(str_from_c(pattern), cell, time)) ||
           timestamp_parse(cell, time);
}

/* ---- Lists in one cell: [a, b], ['a', 'b'], ["a", "b"], a|b, a b, a,b ---- */

/* Where an item without quotes ends. A comma inside a URL is no separator unless a new URL follows.
 */
static bool is_separator(struct str cell, size_t at, bool in_brackets, bool are_urls) {
    char c = cell.ptr[at];
    if (c == ',' && are_urls && !in_brackets) {
        struct str rest = str_trim(str_slice(cell, at + 1, cell.len));
        return str_starts_with(rest, STR("http"));
    }
    if (in_brackets && are_urls && c == ',') {
        return at + 1 == cell.len || cell.ptr[at + 1] == ' ' ||
               str_starts_with(str_slice(cell, at + 1, cell.len), STR("http"));
    }
    return c == ',' ||
           (!in_brackets && (c == '|' || c == ' ' || c == '\n' || c == '\t' || c == '\r'));
}

/* An item in quotes that begins at *at; a backslash hides the character after it. */
static struct str quoted_item(struct str cell, size_t *at) {
    char quote = cell.ptr[*at];
    size_t from = ++*at;
    while (*at < cell.len && cell.ptr[*at] != quote) {
        *at += cell.ptr[*at] == '\\' ? 2 : 1;
    }
    size_t end = *at < cell.len ? *at : cell.len;
    *at = end + (end < cell.len);
    return str_slice(cell, from, end);
}

static struct str next_item(struct str cell, size_t *at, bool in_brackets, bool are_urls) {
    while (*at < cell.len && (is_separator(cell, *at, in_brackets, are_urls) ||
                              cell.ptr[*at] == ' ' || cell.ptr[*at] == ',')) {
        (*at)++;
    }
    if (*at >= cell.len) {
        return STR_EMPTY;
    }
    if (in_brackets && (cell.ptr[*at] == '\'' || cell.ptr[*at] == '"')) {
        return quoted_item(cell, at);
    }
    size_t from = *at;
    while (*at < cell.len && !is_separator(cell, *at, in_brackets, are_urls)) {
        (*at)++;
    }
    return str_trim(str_slice(cell, from, *at));
}

/* At least the number of items. */
static size_t item_bound(struct str cell) {
    size_t bound = 1;
    for (size_t i = 0; i < cell.len; i++) {
        bound += cell.ptr[i] != '\0' && strchr(", |\n\t\r'\"", cell.ptr[i]) != NULL;
    }
    return bound;
}

/* `mark` is the sign that some sources leave before an item ('#', '@'), or 0. */
static bool list_of(struct emitter *emitter, const struct csv_row *row, enum field field, char mark,
                    struct str_list *list) {
    struct str cell = str_trim(cell_of(emitter, row, field));
    if (is_absent(cell)) {
        return true;
    }
    bool in_brackets = cell.len >= 2 && cell.ptr[0] == '[' && cell.ptr[cell.len - 1] == ']';
    if (in_brackets) {
        cell = str_slice(cell, 1, cell.len - 1);
    }
    struct str *items = emit_list(emitter, item_bound(cell));
    if (!items) {
        return false;
    }
    size_t count = 0;
    for (size_t at = 0; at < cell.len;) {
        struct str item = next_item(cell, &at, in_brackets, field == FIELD_URLS);
        if (mark && item.len > 0 && item.ptr[0] == mark) {
            item = str_slice(item, 1, item.len);
        }
        if (item.len > 0) {
            items[count++] = item;
        }
    }
    *list = (struct str_list){items, count};
    return true;
}

/* ---- Rows ---- */

/* The text of the campaign tables: in single quotes where it began with a sign that a spreadsheet
 * would take for a formula, with a backslash before bars and blanks. */
static struct str unwrap(struct emitter *emitter, struct str text) {
    if (text.len >= 2 && text.ptr[0] == '\'' && text.ptr[text.len - 1] == '\'') {
        text = str_slice(text, 1, text.len - 1);
    }
    if (str_find_byte(text, '\\', 0) == STR_NOT_FOUND) {
        return text;
    }
    char *start = arena_alloc(&emitter->arena, text.len + 1);
    size_t len = 0;
    emitter->is_arena_used = true;
    if (!start) {
        return (struct str){NULL, 0};
    }
    for (size_t i = 0; i < text.len; i++) {
        char next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
        bool is_escape = text.ptr[i] == '\\' && (next == '|' || next == ' ' || next == '\\');
        start[len++] = text.ptr[i += is_escape];
    }
    return (struct str){start, len};
}

static bool equals_header(const struct format *format, const struct csv_row *row) {
    if (row->count < format->column_count) {
        return false;
    }
    for (size_t i = 0; i < format->column_count; i++) {
        struct str cell = row->cells[i];
        if (i == 0 && str_starts_with(cell, STR("\xef\xbb\xbf"))) {
            cell = str_slice(cell, 3, cell.len); /* a second file with its own byte order mark */
        }
        if (!str_equal(cell, format->header[i])) {
            return false;
        }
    }
    return true;
}

static bool is_empty(const struct csv_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].len > 0) {
            return false;
        }
    }
    return true;
}

static enum hearsay_status reject_ragged(struct emitter *emitter, const struct csv_row *row) {
    buffer_clear(&emitter->detail);
    if (!buffer_printf(&emitter->detail, "the row has %zu cells of %zu; the text's is missing",
                       row->count, emitter->format->column_count)) {
        return HEARSAY_NO_MEMORY;
    }
    return emit_reject(emitter, "ragged_row", buffer_str(&emitter->detail));
}

static void fill_ids(struct emitter *emitter, const struct csv_row *row) {
    struct post *post = &emitter->post;
    post->platform = id_of(emitter, row, FIELD_PLATFORM);
    post->id = id_of(emitter, row, FIELD_ID);
    post->account = cell_of(emitter, row, FIELD_ACCOUNT); /* somebody may be called "null" */
    post->handle = cell_of(emitter, row, FIELD_HANDLE);
    post->display_name = cell_of(emitter, row, FIELD_DISPLAY_NAME);
    post->lang = id_of(emitter, row, FIELD_LANG);
    if (post->lang.len == 0) {
        post->lang = emitter->format->lang;
    }
    post->reply_to = id_of(emitter, row, FIELD_REPLY_TO);
    post->repost_of = id_of(emitter, row, FIELD_REPOST_OF);
    post->quote_of = id_of(emitter, row, FIELD_QUOTE_OF);
    post->thread = id_of(emitter, row, FIELD_THREAD);
    post->is_repost = is_true(cell_of(emitter, row, FIELD_IS_REPOST));
}

static void fill_account(struct emitter *emitter, const struct csv_row *row) {
    struct post *post = &emitter->post;
    struct timestamp time;
    post->has_followers = count_of(emitter, row, FIELD_FOLLOWERS, &post->followers);
    post->has_following = count_of(emitter, row, FIELD_FOLLOWING, &post->following);
    struct str created = cell_of(emitter, row, FIELD_ACCOUNT_CREATED_AT);
    if (!is_absent(created) && timestamp_parse(created, &time)) {
        post->account_created_at_us = time.us;
        post->has_account_created_at = true;
    }
}

static bool fill_lists(struct emitter *emitter, const struct csv_row *row) {
    struct post *post = &emitter->post;
    return list_of(emitter, row, FIELD_URLS, 0, &post->urls) &&
           list_of(emitter, row, FIELD_HASHTAGS, '#', &post->hashtags) &&
           list_of(emitter, row, FIELD_MENTIONS, '@', &post->mentions) &&
           list_of(emitter, row, FIELD_MEDIA, 0, &post->media_hashes);
}

static enum hearsay_status fill_text(struct emitter *emitter, const struct csv_row *row) {
    struct post *post = &emitter->post;
    struct str text = cell_of(emitter, row, FIELD_TEXT);
    if (text.len == 0) {
        return HEARSAY_OK; /* a table cannot tell an empty text from none */
    }
    post->text = emitter->format->quirks.has_wrapped_text ? unwrap(emitter, text) : text;
    return post->text.ptr ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

enum hearsay_status adapter_table(struct emitter *emitter, const struct csv_row *row) {
    const struct format *format = emitter->format;
    struct post *post = &emitter->post;
    if (is_empty(row)) {
        return emit_reject(emitter, "empty_row", STR("all cells of the row are empty"));
    }
    if (equals_header(format, row)) {
        return emit_event(emitter, "header");
    }
    uint32_t text_column = format->columns[FIELD_TEXT];
    if (text_column != COLUMN_NONE && text_column >= row->count) {
        return reject_ragged(emitter, row);
    }
    if (row->count != format->column_count) {
        emitter->record.repairs |= REPAIR_RAGGED_ROW;
    }
    emit_begin(emitter);
    fill_ids(emitter, row);
    fill_account(emitter, row);
    if (!fill_lists(emitter, row) || fill_text(emitter, row) != HEARSAY_OK ||
        emitter->is_out_of_memory) {
        return HEARSAY_NO_MEMORY;
    }
    struct str when = cell_of(emitter, row, FIELD_CREATED_AT);
    if (!is_absent(str_trim(when))) {
        struct timestamp time;
        if (!read_time(format, when, &time)) {
            uint32_t column = format->columns[FIELD_CREATED_AT];
            return emit_bad_time(emitter, format->header[column], when);
        }
        post->created_at_us = time.us;
        post->precision = time.precision;
        post->has_time = true;
    }
    if (format->quirks.is_share_table) {
        post->row = emitter->record.raw;
    }
    return emit_post(emitter);
}
