#include "post/csv.h"

#include <stdlib.h>

/* Length of the line end at bytes[at]: 0 if there is none in this dialect. */
static size_t line_end_length(const struct csv_dialect *dialect, struct str bytes, size_t at) {
    char c = bytes.ptr[at];
    if (c == '\n') {
        return dialect->record_end == RECORD_END_CR ? 0 : 1;
    }
    if (c != '\r') {
        return 0;
    }
    if (at + 1 < bytes.len && bytes.ptr[at + 1] == '\n') {
        return 2;
    }
    return dialect->record_end == RECORD_END_LF ? 0 : 1;
}

/* How a cell ended. */
enum cell_end { CELL_DELIMITER, CELL_RECORD, CELL_BYTES_OUT, CELL_OPEN_QUOTE };

struct cell {
    struct str content; /* without the outer quotes; inner ones as they stand */
    bool is_quoted;
    bool has_escapes; /* doubled quotes, escaped quotes */
    bool is_lazy;
    bool is_stray; /* CELL_OPEN_QUOTE, and more bytes would not change that */
    enum cell_end end;
    size_t next; /* offset after the delimiter or line end */
};

/* True if `at` is where a closing quote may be followed: delimiter, line end or the end. */
static bool closes(const struct csv_dialect *dialect, struct str bytes, size_t at) {
    return at >= bytes.len || bytes.ptr[at] == dialect->delimiter ||
           line_end_length(dialect, bytes, at) > 0;
}

/* Sets where the cell ends: at `at` stands a delimiter, a line end or nothing. */
static void finish_cell(const struct csv_dialect *dialect, struct str bytes, size_t at,
                        struct cell *cell) {
    if (at >= bytes.len) {
        cell->end = CELL_BYTES_OUT;
        cell->next = bytes.len;
    } else if (bytes.ptr[at] == dialect->delimiter) {
        cell->end = CELL_DELIMITER;
        cell->next = at + 1;
    } else {
        cell->end = CELL_RECORD;
        cell->next = at + line_end_length(dialect, bytes, at);
    }
}

static void read_bare_cell(const struct csv_dialect *dialect, struct str bytes, size_t from,
                           struct cell *cell) {
    size_t at = from;
    for (; at < bytes.len; at++) {
        char c = bytes.ptr[at];
        if (c == dialect->delimiter ||
            ((c == '\n' || c == '\r') && line_end_length(dialect, bytes, at) > 0)) {
            break;
        }
        cell->is_lazy = cell->is_lazy || c == '"';
    }
    cell->content = str_slice(bytes, from, at);
    finish_cell(dialect, bytes, at, cell);
}

/* True if the quote at `at` inside a cell that spans lines looks like the beginning of another
 * cell: then the cell's own opening quote was a stray one, and reading on would swallow row after
 * row. */
static bool begins_other_cell(const struct csv_dialect *dialect, struct str bytes, size_t at) {
    char before = bytes.ptr[at - 1];
    /* Two more bytes must be known: they decide whether this quote closes the cell. */
    return at + 2 < bytes.len && (before == dialect->delimiter || before == '\n' || before == '\r');
}

/* The opening quote is taken as never closed. */
static void leave_open(struct str bytes, size_t from, struct cell *cell) {
    cell->content = str_slice(bytes, from + 1, bytes.len);
    cell->end = CELL_OPEN_QUOTE;
    cell->next = bytes.len;
}

/* bytes[from] is the opening quote. A quote that is neither doubled nor followed by a delimiter or
 * line end is taken as part of the text: that is what the programs meant that write such files. */
static void read_quoted_cell(const struct csv_dialect *dialect, struct str bytes, size_t from,
                             struct cell *cell) {
    size_t at = from + 1;
    bool spans_lines = false;
    cell->is_quoted = true;
    while (at < bytes.len) {
        char c = bytes.ptr[at];
        spans_lines = spans_lines || c == '\n' || c == '\r';
        if (c == '\\' && dialect->has_backslash && at + 1 < bytes.len) {
            cell->has_escapes = true;
            at += 2;
            continue;
        }
        if (c != '"') {
            at++;
            continue;
        }
        if (at + 1 < bytes.len && bytes.ptr[at + 1] == '"') {
            cell->has_escapes = true;
            at += 2;
            continue;
        }
        if (closes(dialect, bytes, at + 1)) {
            cell->content = str_slice(bytes, from + 1, at);
            finish_cell(dialect, bytes, at + 1, cell);
            return;
        }
        if (spans_lines && begins_other_cell(dialect, bytes, at)) {
            cell->is_stray = true;
            break;
        }
        cell->is_lazy = true;
        at++;
    }
    leave_open(bytes, from, cell);
}

static void read_cell(const struct csv_dialect *dialect, struct str bytes, size_t from,
                      struct cell *cell) {
    *cell = (struct cell){0};
    if (from < bytes.len && bytes.ptr[from] == '"') {
        read_quoted_cell(dialect, bytes, from, cell);
    } else {
        read_bare_cell(dialect, bytes, from, cell);
    }
}

size_t csv_record_length(const struct csv_dialect *dialect, struct str bytes, bool final,
                         size_t *quote_at) {
    struct cell cell;
    size_t at = 0;
    *quote_at = SIZE_MAX;
    do {
        size_t from = at;
        read_cell(dialect, bytes, at, &cell);
        at = cell.next;
        if (cell.end == CELL_OPEN_QUOTE) {
            *quote_at = final || cell.is_stray ? from : SIZE_MAX;
            return 0;
        }
    } while (cell.end == CELL_DELIMITER);
    if (final) {
        return at;
    }
    /* A carriage return as the last byte may be the first half of a line end; so may a quote be the
     * first of two. */
    bool is_complete = cell.end == CELL_RECORD && (at < bytes.len || bytes.ptr[at - 1] == '\n');
    return is_complete ? at : 0;
}

static bool add_cell(struct csv_row *row, struct str content) {
    if (row->count == row->capacity) {
        size_t capacity = row->capacity ? row->capacity * 2 : 32;
        struct str *cells = realloc(row->cells, capacity * sizeof *cells);
        if (!cells) {
            return false;
        }
        row->cells = cells;
        row->capacity = capacity;
    }
    row->cells[row->count++] = content;
    return true;
}

/* Removes escapes; scratch has room for the whole record and is not moved. */
static struct str unescape(const struct csv_dialect *dialect, struct str content,
                           struct buffer *scratch) {
    char *start = scratch->ptr + scratch->len;
    char *out = start;
    for (size_t i = 0; i < content.len; i++) {
        char c = content.ptr[i];
        char next = i + 1 < content.len ? content.ptr[i + 1] : '\0';
        bool is_escape = (c == '"' && next == '"') ||
                         (c == '\\' && dialect->has_backslash && (next == '"' || next == '\\'));
        i += is_escape;
        *out++ = content.ptr[i];
    }
    size_t len = (size_t)(out - start);
    scratch->len += len;
    return (struct str){start, len};
}

/* An open quote at the end of a line that was cut out on purpose: the line end is no text. */
static struct str trim_line_end(struct str content) {
    while (content.len > 0 &&
           (content.ptr[content.len - 1] == '\n' || content.ptr[content.len - 1] == '\r')) {
        content.len--;
    }
    return content;
}

bool csv_read(const struct csv_dialect *dialect, struct str bytes, struct csv_row *row,
              size_t *used) {
    struct cell cell;
    size_t at = 0;
    row->count = 0;
    row->is_lazy = false;
    row->is_open = false;
    buffer_clear(&row->scratch);
    do {
        read_cell(dialect, bytes, at, &cell);
        at = cell.next;
        row->is_open = cell.end == CELL_OPEN_QUOTE;
        row->is_lazy = row->is_lazy || cell.is_lazy || row->is_open;
        struct str content = row->is_open ? trim_line_end(cell.content) : cell.content;
        if (cell.has_escapes) {
            if (row->scratch.len == 0 && !buffer_reserve(&row->scratch, bytes.len)) {
                return false;
            }
            content = unescape(dialect, content, &row->scratch);
        }
        if (!add_cell(row, content)) {
            return false;
        }
    } while (cell.end == CELL_DELIMITER);
    if (row->count == 1 && row->cells[0].len == 0 && !cell.is_quoted) {
        row->count = 0;
    }
    *used = at;
    return true;
}

size_t csv_line_end(const struct csv_dialect *dialect, struct str bytes, size_t at) {
    for (; at < bytes.len; at++) {
        size_t length = line_end_length(dialect, bytes, at);
        if (length > 0) {
            return at + length;
        }
    }
    return bytes.len;
}

void csv_row_free(struct csv_row *row) {
    free(row->cells);
    buffer_free(&row->scratch);
    *row = (struct csv_row){0};
}
