/* A quantity while it is read: its number, multipliers and unit. Internal to the text module. */
#ifndef HEARSAY_TEXT_QUANTITY_READING_H
#define HEARSAY_TEXT_QUANTITY_READING_H

#include "text/quantity_number.h"
#include "text/quantity_words.h"

/* Places are cells. */
struct reading {
    size_t start;
    size_t end;
    struct number number;
    double factor;
    size_t unit_start;
    size_t unit_end;
    bool has_unit;
    bool is_size;
    bool is_out;
    bool has_multiplier;
    bool is_abbreviated; /* the last multiplier may carry a dot, as in "5 млн. строк" */
    bool has_comma;      /* a word of the quantity is of a language with a decimal comma */
};

/* The group of a table of quantity_words.h that has the word. */
#define FIND(table, word) quantity_find(&quantity_##table##_index, word)

size_t skip_spaces(const struct cells *cells, size_t at);

/* Whether what stands before the cell makes a number that begins there a part of something else. */
bool is_bound_before(const struct cells *cells, size_t at);

/* Whether a number that ends here goes on as a date, a time, a version or a word ("4chan"). */
bool is_bound_after(const struct cells *cells, size_t at);
bool is_currency(uint32_t cp);

/* The number in words that begins at `at`, the longest of up to four words ("half a",
 * "thirty-five", "one and a half"); *is_whole tells that it holds its multiplier ("hunderttausend",
 * "миллион"). False: none does; number->end is then the end of the word. */
bool number_read_spelled(const struct cells *cells, size_t at, struct number *number,
                         bool *is_whole);

/* Where the second number of a range begins whose first one ends at `at` ("10 to 12", "10-12"), or
 * 0. */
size_t range_second(const struct cells *cells, size_t at);

/* The cell after "and a half" at `at` ("y medio", "ونصف"), or 0. */
size_t half_end(const struct cells *cells, size_t at);

/* Multipliers behind what was read so far: "k" and "M" written on to the number, words, and those
 * of scripts without spaces. */
void read_suffix(const struct cells *cells, struct reading *reading);
void read_multipliers(const struct cells *cells, struct reading *reading);
void read_multiplier_alone(const struct cells *cells, struct reading *reading);

/* The amount of data or the thing counted; sets is_out where it shows that there is no quantity.
 * `raw` is the text of the cells. */
void read_unit(const struct cells *cells, struct str raw, struct reading *reading);

#endif
