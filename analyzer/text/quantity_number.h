/* Numbers in digits and in Chinese characters. Internal to the text module. */
#ifndef HEARSAY_TEXT_QUANTITY_NUMBER_H
#define HEARSAY_TEXT_QUANTITY_NUMBER_H

#include "text/quantity_cells.h"

struct number {
    double value;
    double as_decimal; /* the value if its one separator is a decimal sign; see is_ambiguous */
    size_t end;        /* cell after the last one */
    size_t digits;
    bool is_ambiguous;   /* "1,234" or "1.234": one separator, three digits after it */
    uint32_t separator;  /* the one in question */
    bool is_plain;       /* digits only */
    bool has_multiplier; /* Chinese, Japanese or Korean multipliers are part of it */
    bool is_bare_start;  /* it begins with a multiplier, as in "百万" */
};

/* Reads digits of any script with their separators at `at`. False: dates, versions, addresses and
 * what else is no number; number->end is set then too, so that all of it can be passed over. */
bool number_read(const struct cells *cells, size_t at, struct number *number);

/* Whether a number may begin here for number_read_chinese. */
bool is_chinese_number(uint32_t cp);

/* Reads Chinese, Japanese and Korean numerals and multipliers at `at`, alone or after digits
 * ("8百多萬", "1亿2000万", "三千", "2천만"): *number holds the digits read before, or is zero.
 * False: no such characters stand there, and *number is unchanged. */
bool number_read_chinese(const struct cells *cells, size_t at, struct number *number);

#endif
