#include "text/quantity_cells.h"

#include <stdlib.h>

#include "text/fold_character.h"

/* Cells are counted first: a character folds to 18 code points at most, mostly to one. */
static size_t fold_cells(struct str raw, struct cell *items) {
    size_t count = 0;
    size_t at = 0;
    while (at < raw.len) {
        char fold[FOLD_LENGTH_MAX];
        size_t width;
        size_t step;
        uint32_t cp = character_decode(raw, at, &width);
        struct str folded = {fold, character_fold(cp, table_entry(cp), fold)};
        for (size_t i = 0; i < folded.len; i += step) {
            uint32_t part = utf8_decode(folded, i, &step);
            if (step < folded.len && table_digit(part) >= 0) {
                part = 0xfffd; /* a fraction is no digits to go on with */
            }
            if (items) {
                items[count] = (struct cell){part, (uint32_t)at};
            }
            count++;
        }
        at += width;
    }
    if (items) {
        items[count] = (struct cell){0, (uint32_t)raw.len};
    }
    return count;
}

bool cells_of(struct str raw, struct cells *cells) {
    size_t count = fold_cells(raw, NULL);
    struct cell *items = malloc((count + 1) * sizeof *items);
    if (!items) {
        return false;
    }
    fold_cells(raw, items);
    *cells = (struct cells){items, count};
    return true;
}

uint32_t cell_at(const struct cells *cells, size_t at) {
    return at < cells->count ? cells->items[at].cp : 0;
}

static bool is_hangul(uint32_t cp) {
    return cp >= 0xac00 && cp <= 0xd7a3;
}

bool cell_is_letter(const struct cells *cells, size_t at) {
    uint32_t cp = cell_at(cells, at);
    return entry_class(table_entry(cp)) == CLASS_WORD && !is_hangul(cp) && table_digit(cp) < 0;
}

bool cell_is_alone(const struct cells *cells, size_t at) {
    uint32_t cp = cell_at(cells, at);
    enum entry_class class = entry_class(table_entry(cp));
    return class == CLASS_ALONE || class == CLASS_ALONE_MARK || is_hangul(cp);
}

bool cell_is_space(const struct cells *cells, size_t at) {
    return cell_at(cells, at) == ' ';
}

int cell_digit(const struct cells *cells, size_t at) {
    return at < cells->count ? table_digit(cells->items[at].cp) : -1;
}

size_t cells_word(const struct cells *cells, size_t at, char word[CELL_WORD_SIZE], size_t *len) {
    *len = 0;
    bool is_long = false;
    while (cell_is_letter(cells, at)) {
        if (*len + 4 > CELL_WORD_SIZE) {
            is_long = true;
        } else {
            *len += utf8_encode(cells->items[at].cp, word + *len);
        }
        at++;
    }
    *len = is_long ? 0 : *len;
    return at;
}

size_t cells_match(const struct cells *cells, size_t at, struct str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len;) {
        size_t width;
        if (cell_at(cells, at + count) != utf8_decode(text, i, &width)) {
            return 0;
        }
        i += width;
        count++;
    }
    return count;
}
