/* Numbers in words, and the small words between and behind numbers. */
#include "text/quantity_reading.h"

#define SPELLED_WORDS_MAX 4

/* "thirty five": tens and a digit. */
static double add_tens(double tens, double digit) {
    bool is_pair = tens >= 20 && tens < 100 && (int)tens % 10 == 0 && digit >= 1 && digit < 10;
    return is_pair ? tens + digit : 0;
}

/* A word and the gap after it, as far as the next letter; 0 if no word follows. */
static size_t next_word(const struct cells *cells, size_t end) {
    bool is_gap = cell_is_space(cells, end) || cell_at(cells, end) == '-';
    return is_gap && cell_is_letter(cells, end + 1) ? end + 1 : 0;
}

bool number_read_spelled(const struct cells *cells, size_t at, struct number *number,
                         bool *is_whole) {
    char words[(CELL_WORD_SIZE + 1) * SPELLED_WORDS_MAX];
    size_t used = 0;
    double first = 0;
    *is_whole = false;
    *number = (struct number){0};
    for (int i = 0; i < SPELLED_WORDS_MAX && (i == 0 || at > 0); i++) {
        size_t len;
        size_t end = cells_word(cells, at, words + used, &len);
        number->end = i == 0 ? end : number->end;
        if (len == 0) {
            break;
        }
        const struct quantity_group *group = FIND(numerals, ((struct str){words, used + len}));
        const struct quantity_group *last = FIND(numerals, ((struct str){words + used, len}));
        double pair = i == 1 && last && !group ? add_tens(first, last->factor) : 0;
        if (group || pair > 0) {
            number->value = group ? group->factor : pair;
            number->end = end;
            *is_whole = group && group->kind == QUANTITY_MULTIPLIER;
        }
        first = i == 0 && group ? group->factor : first;
        used += len;
        words[used++] = ' ';
        at = next_word(cells, end);
    }
    return number->value > 0;
}

size_t range_second(const struct cells *cells, size_t at) {
    static const char *const joiners[] = {" to ",  " and ", " до ", " - ",   "-",     "~",
                                          " y ",   " a ",   " e ",  " à ",   " et ",  " und ",
                                          " bis ", " та ",  " і ",  " ile ", " إلى ", " تا "};
    for (size_t i = 0; i < sizeof joiners / sizeof joiners[0]; i++) {
        size_t length = cells_match(cells, at, str_from_c(joiners[i]));
        if (length > 0 && cell_digit(cells, at + length) >= 0) {
            return at + length;
        }
    }
    bool is_dash = cell_at(cells, at) == 0x2013 && cell_digit(cells, at + 1) >= 0;
    return is_dash ? at + 1 : 0;
}

size_t half_end(const struct cells *cells, size_t at) {
    static const char *const halves[] = {" y medio",     " y media",    " e meio", " e meia",
                                         " et demi",     " ونصف",       " و نصف",  " و نیم",
                                         " с половиной", " з половиною"};
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        size_t length = cells_match(cells, at, str_from_c(halves[i]));
        if (length > 0 && !cell_is_letter(cells, at + length)) {
            return at + length;
        }
    }
    return 0;
}
