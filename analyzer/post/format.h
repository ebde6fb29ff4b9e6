/* What was recognised of an input: shape, dialect, which column is which field. Immutable once
 * made, shared by the blocks of the input through a count of references. */
#ifndef HEARSAY_POST_FORMAT_H
#define HEARSAY_POST_FORMAT_H

#include <stdatomic.h>

#include "base/arena.h"
#include "post/csv.h"
#include "post/field.h"
#include "post/input.h"

enum format_kind {
    FORMAT_NDJSON,
    FORMAT_TWITTER_V1,
    FORMAT_TWITTER_V2,
    FORMAT_JETSTREAM_V1,
    FORMAT_CSV /* any table: the binding says which */
};

/* How records are cut from the bytes. */
enum format_cut { CUT_LINES, CUT_DOCUMENT, CUT_CSV };

#define COLUMN_NONE UINT32_MAX

/* Quirks of a table's cells. */
struct table_quirks {
    bool is_share_table;     /* the whole row decides what a duplicate is */
    bool has_wrapped_text;   /* text in a second pair of quotes, backslash before | and space */
    const char *time_format; /* tried before the usual notations, or NULL (time_format.h) */
};

struct format {
    atomic_uint references;
    const char *name;
    enum format_kind kind;
    enum format_cut cut;
    uint64_t record_limit_bytes;
    struct csv_dialect dialect;
    uint32_t columns[FIELD_COUNT]; /* index of the column or COLUMN_NONE */
    size_t column_count;
    size_t header_bytes; /* of the input as UTF-8, up to the end of the header: no record */
    struct str *header;  /* the header's cells, to know it again when files were concatenated */
    struct str platform; /* used where the row says none */
    struct str lang;     /* likewise, from a column map; may be empty */
    struct table_quirks quirks;
    char description[160];
    struct arena arena; /* owns what the slices point to */
};

/* A new format with one reference and no columns; NULL when memory is out. */
struct format *format_new(const char *name, enum format_kind kind, enum format_cut cut);
const struct format *format_retain(const struct format *format);
void format_release(const struct format *format);

/* Index into hearsay_format_at, or SIZE_MAX. */
size_t format_index(struct str name);

/* The end of the last whole record in bytes, 0 if there is none. With `final` the end of the bytes
 * counts as the end of a record. For CUT_CSV *quote_at is the offset of a quote that is never
 * closed, SIZE_MAX if there is none. */
size_t format_cut_end(const struct format *format, struct str bytes, bool final, size_t *quote_at);

/* Number of line ends in bytes. */
uint64_t format_count_lines(const struct format *format, struct str bytes);

#endif
