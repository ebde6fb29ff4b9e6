/* Delimited text: where a record ends, and its cells. One reader for strict RFC 4180 and for what
 * programs really write; a row that needed lenience says so. Knows nothing of posts. */
#ifndef HEARSAY_POST_CSV_H
#define HEARSAY_POST_CSV_H

#include "base/buffer.h"
#include "base/str.h"

enum record_end {
    RECORD_END_ANY, /* LF, CRLF or CR, also mixed */
    RECORD_END_CR,  /* CR or CRLF; a bare LF belongs to the cell */
    RECORD_END_LF   /* LF or CRLF; a bare CR belongs to the cell */
};

struct csv_dialect {
    char delimiter;
    bool has_backslash; /* \" inside a quoted cell is a quote */
    enum record_end record_end;
};

/* One record. Zero-initialise once; reused from record to record, freed with csv_row_free. */
struct csv_row {
    struct str *cells; /* point into the input, or into `scratch` where quotes had to go */
    size_t count;
    size_t capacity;
    struct buffer scratch;
    bool is_lazy; /* a quote stood where RFC 4180 allows none */
    bool is_open; /* the input ended inside a quoted cell */
};

/* Length of the record that starts at bytes[0], with its end; 0 if it does not end within the bytes
 * (then all of the bytes are its beginning). With `final` the end of the bytes ends a record too,
 * unless it stands inside quotes. *quote_at is the offset of a quote that is never closed, as the
 * end of the input or the beginning of another quoted cell shows, else SIZE_MAX. */
size_t csv_record_length(const struct csv_dialect *dialect, struct str bytes, bool final,
                         size_t *quote_at);

/* Reads the record at bytes[0] into `row` and sets *used to its length with its end. An empty line
 * is a record with no cells. False when memory is out. */
bool csv_read(const struct csv_dialect *dialect, struct str bytes, struct csv_row *row,
              size_t *used);

/* The start of the next line after `at`, whatever quotes say; bytes.len if there is none. */
size_t csv_line_end(const struct csv_dialect *dialect, struct str bytes, size_t at);

void csv_row_free(struct csv_row *row);

#endif
