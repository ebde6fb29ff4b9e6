/* Quantities in words of many languages: number and unit with their place. */
#ifndef HEARSAY_TEXT_QUANTITY_H
#define HEARSAY_TEXT_QUANTITY_H

#include "base/str.h"

struct quantity {
    size_t start; /* byte range in the text given, number and unit */
    size_t end;
    double value;    /* 4.2 million -> 4200000; bytes for sizes (1 GB = 1e9) */
    struct str unit; /* as written ("records", "GB", "筆"); empty if none follows */
    bool is_size;    /* the unit is an amount of data */
    bool has_unit;
};

struct quantity_list {
    struct quantity *items;
    size_t count;
    size_t capacity;
};

/* Quantities in raw text (4.2 million, 1.2M, 23.5 млн, 2300萬, 1亿, 10 lakh, 100 GB, 21 million
 * lines, 八百多萬房客). Years, dates, times, versions, prices, IP addresses and numbers inside URLs
 * are left out. In order of place. False: memory is out. */
bool quantities_of(struct str text, struct quantity_list *quantities);
void quantity_list_free(struct quantity_list *quantities);

#endif
