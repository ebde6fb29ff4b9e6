/* The tables that are known by their header: which column is which field. Data only. */
#ifndef HEARSAY_POST_TABLE_SHAPE_H
#define HEARSAY_POST_TABLE_SHAPE_H

#include "post/format.h"

struct table_column {
    const char *name; /* compared without case */
    enum field field; /* of several columns for one field the first in the list that exists wins */
};

struct table_shape {
    const char *format;
    const char *platform;
    const char *required[6]; /* columns that must be there; NULL after the last */
    const struct table_column *columns;
    size_t column_count;
    struct table_quirks quirks;
};

/* Index of the column `name` in the header or COLUMN_NONE. */
uint32_t table_column_find(const struct str *header, size_t count, struct str name);

/* The first shape whose required columns are all in the header, or NULL. */
const struct table_shape *table_shape_match(const struct str *header, size_t count);
const struct table_shape *table_shape_named(const char *format);

/* The first required column that the header lacks, or NULL. */
const char *table_shape_missing(const struct table_shape *shape, const struct str *header,
                                size_t count);

#endif
