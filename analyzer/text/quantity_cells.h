/* A text as folded code points, each with its raw offset: what quantities are read from. Internal
 * to the text module. */
#ifndef HEARSAY_TEXT_QUANTITY_CELLS_H
#define HEARSAY_TEXT_QUANTITY_CELLS_H

#include "base/str.h"
#include "text/tables.h"

struct cell {
    uint32_t cp;
    uint32_t start; /* raw offset of the character that gave it */
};

struct cells {
    struct cell *items; /* one more than count: cp 0, start = length of the raw text */
    size_t count;
};

#define CELL_WORD_SIZE 64 /* bytes of the longest word that is looked up */

/* Owned by the caller, freed with free(cells->items). False: memory is out. */
bool cells_of(struct str raw, struct cells *cells);

/* The code point at an index; 0 before the first and after the last. */
uint32_t cell_at(const struct cells *cells, size_t at);

/* A letter or mark of a script with words (not Hangul, whose particles are written on to the noun).
 */
bool cell_is_letter(const struct cells *cells, size_t at);

/* A letter of a script that is read character by character here: Han, Kana, Thai, Hangul. */
bool cell_is_alone(const struct cells *cells, size_t at);
bool cell_is_space(const struct cells *cells, size_t at);
int cell_digit(const struct cells *cells, size_t at);

/* End of the run of letters that begins at `at`; their UTF-8 goes to `word` (empty if it is longer
 * than the buffer). */
size_t cells_word(const struct cells *cells, size_t at, char word[CELL_WORD_SIZE], size_t *len);

/* Cells that `form` (folded UTF-8) takes at `at`, 0 if it does not stand there. */
size_t cells_match(const struct cells *cells, size_t at, struct str form);

#endif
