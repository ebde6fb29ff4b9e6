/* What stands before and after a number, and what that makes of it. */
#include "text/quantity_reading.h"

bool is_currency(uint32_t cp) {
    return cp == '$' || (cp >= 0xa2 && cp <= 0xa5) || (cp >= 0x20a0 && cp <= 0x20cf) ||
           cp == 0x58f || cp == 0x60b || cp == 0xe3f;
}

size_t skip_spaces(const struct cells *cells, size_t at) {
    while (cell_is_space(cells, at)) {
        at++;
    }
    return at;
}

/* The word that ends just before `end`. */
static struct str word_before(const struct cells *cells, size_t end, char word[CELL_WORD_SIZE]) {
    size_t start = end;
    size_t len;
    while (start > 0 && cell_is_letter(cells, start - 1) && end - start < CELL_WORD_SIZE) {
        start--;
    }
    cells_word(cells, start, word, &len);
    return (struct str){word, len};
}

/* Names of versions and currencies before a number. */
static bool is_naming(struct str word) {
    static const char *const names[] = {
        "version", "версия",  "версии", "ver", "windows", "ios",  "android", "python",
        "php",     "usd",     "eur",    "gbp", "rs",      "inr",  "btc",     "chapter",
        "article", "section", "page",   "no",  "nr",      "step", "top",     "day"};
    static const char *const months[] = {
        "january", "february", "march",    "april", "june", "july", "august", "september",
        "october", "november", "december", "jan",   "feb",  "apr",  "jun",    "jul",
        "aug",     "sep",      "sept",     "oct",   "nov",  "dec"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_is(word, names[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        if (str_is(word, months[i])) {
            return true;
        }
    }
    return false;
}

bool is_bound_before(const struct cells *cells, size_t at) {
    if (at == 0) {
        return false;
    }
    uint32_t before = cell_at(cells, at - 1);
    if (cell_is_letter(cells, at - 1) || cell_digit(cells, at - 1) >= 0 || is_currency(before) ||
        (before != 0 && before < 0x80 && strchr("_/\\:@#+&", (int)before)) || before == 0x2116 ||
        before == 0x7b2c) { /* the numero sign, and the Chinese ordinal */
        return true;
    }
    bool is_joined = before == '.' || before == ',' || before == '-' || before == 0x2013;
    if (is_joined && at > 1 && (cell_digit(cells, at - 2) >= 0 || cell_is_letter(cells, at - 2))) {
        return true;
    }
    char word[CELL_WORD_SIZE];
    return before == ' ' && at > 1 &&
           (is_currency(cell_at(cells, at - 2)) || is_naming(word_before(cells, at - 1, word)));
}

bool is_bound_after(const struct cells *cells, size_t at) {
    uint32_t cp = cell_at(cells, at);
    bool is_digit_next = cell_digit(cells, at + 1) >= 0;
    if (cp == 0xfffd || cp == '%' || cp == 0x2030 || cp == 0xb0 || cp == '_' || cp == '@' ||
        cp == '/' || is_currency(cp)) {
        return true;
    }
    bool is_joiner = cp == ':' || cp == '-' || cp == 0x2013 || cp == '.' || cp == ',';
    if (is_joiner && is_digit_next) {
        return true;
    }
    return cell_is_letter(cells, at) || (cp == '.' && cell_is_letter(cells, at + 1));
}
