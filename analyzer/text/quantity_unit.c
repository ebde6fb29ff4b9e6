/* What follows a number: multipliers, and the thing counted. */
#include "text/quantity_reading.h"

#define NOUN_WORDS_MAX 4 /* words after the number in which the thing counted is looked for */
#define NOUN_ALONE_MAX 4 /* the same in characters for scripts without spaces */
#define MULTIPLIERS_MAX 3
#define ABBREVIATION_MAX 5 /* characters of " млрд" and the like, which a dot may follow */

/* A multiplier word at `at`, or NULL; *end is the cell after it. Two words ("mil millones") before
 * one. */
static const struct quantity_group *multiplier_at(const struct cells *cells, size_t at,
                                                  size_t *end) {
    char word[CELL_WORD_SIZE * 2 + 1];
    size_t first;
    size_t second;
    size_t after = cells_word(cells, at, word, &first);
    if (first == 0) {
        return NULL;
    }
    if (cell_is_space(cells, after)) {
        word[first] = ' ';
        size_t after_second = cells_word(cells, after + 1, word + first + 1, &second);
        const struct quantity_group *both =
            second ? FIND(multipliers, ((struct str){word, first + 1 + second})) : NULL;
        if (both) {
            *end = after_second;
            return both;
        }
    }
    *end = after;
    return FIND(multipliers, ((struct str){word, first}));
}

static void apply(struct reading *reading, const struct quantity_group *group, size_t end) {
    reading->factor *= group->factor;
    reading->has_multiplier = true;
    reading->has_comma = reading->has_comma || group->has_comma;
    reading->end = end;
}

/* "k", "M", "bn" written on to the number. */
void read_suffix(const struct cells *cells, struct reading *reading) {
    char word[CELL_WORD_SIZE];
    size_t len;
    size_t end = cells_word(cells, reading->end, word, &len);
    const struct quantity_group *group = len ? FIND(suffixes, ((struct str){word, len})) : NULL;
    size_t next = skip_spaces(cells, end);
    if (group && !cells_match(cells, next, STR("ago"))) {
        apply(reading, group, end);
    }
}

/* "4.2 million", "4.2-million", "10 lakh crore". An abbreviation's dot is passed over when a word
 * follows it, so that "5 млн. записей" finds its noun. */
void read_multipliers(const struct cells *cells, struct reading *reading) {
    for (int i = 0; i < MULTIPLIERS_MAX; i++) {
        size_t end;
        size_t at = reading->end;
        at += cell_at(cells, at) == '-' && cell_is_letter(cells, at + 1);
        const struct quantity_group *group = multiplier_at(cells, skip_spaces(cells, at), &end);
        if (!group || (i > 0 && group->factor < 100)) {
            break;
        }
        reading->is_abbreviated = end - reading->end <= ABBREVIATION_MAX;
        apply(reading, group, end);
    }
    size_t half = reading->factor > 1 ? half_end(cells, reading->end) : 0;
    if (half > 0) { /* "un millón y medio" */
        reading->number.value += 0.5;
        reading->end = half;
        reading->has_multiplier = true;
    }
}

/* Thai and other multipliers of scripts without spaces. */
void read_multiplier_alone(const struct cells *cells, struct reading *reading) {
    size_t length;
    size_t at = skip_spaces(cells, reading->end);
    const struct quantity_group *group = quantity_prefix_find(cells, at, &length);
    if (group && group->kind == QUANTITY_MULTIPLIER) {
        apply(reading, group, at + length);
    }
}

static void set_unit(struct reading *reading, size_t start, size_t end) {
    reading->unit_start = start;
    reading->unit_end = end;
    reading->end = end;
    reading->has_unit = true;
}

/* French octets are written "Go"; any other spelling, or a word after it ("Top 10 Go libraries"),
 * is no amount of data. */
static bool is_octet(const struct cells *cells, struct str raw, size_t at, size_t end) {
    const char *bytes = raw.ptr + cells->items[at].start;
    if (end - at != 2 || bytes[1] != 'o' || bytes[0] < 'A' || bytes[0] > 'Z') {
        return false;
    }
    size_t next = skip_spaces(cells, end);
    return !cell_is_letter(cells, next) || cells_match(cells, next, STR("de ")) ||
           cells_match(cells, next, STR("d'"));
}

/* "100G" is an amount of data in Chinese and Japanese, "5G" a network. */
static bool is_letter_size(const struct cells *cells, const struct reading *reading, size_t at,
                           size_t end) {
    bool is_large = reading->number.value >= 10 || !reading->number.is_plain;
    return at == reading->end && is_large && cell_is_alone(cells, end);
}

static bool read_size(const struct cells *cells, struct str raw, struct reading *reading,
                      size_t at) {
    char word[CELL_WORD_SIZE];
    size_t len;
    size_t end = cells_word(cells, at, word, &len);
    const struct quantity_group *group = len ? FIND(sizes, ((struct str){word, len})) : NULL;
    if (len == 1 && !is_letter_size(cells, reading, at, end)) {
        return false;
    }
    bool is_octet_form = group && len == 2 && word[1] == 'o';
    if (!group || (is_octet_form && !is_octet(cells, raw, at, end))) {
        return false;
    }
    set_unit(reading, at, end);
    reading->factor *= group->factor;
    reading->is_size = true;
    reading->has_comma = reading->has_comma || group->has_comma;
    return true;
}

/* "customer records": in English the last noun of a compound is the thing counted. */
static void extend_compound(const struct cells *cells, struct reading *reading) {
    char word[CELL_WORD_SIZE];
    size_t len;
    while (cell_is_space(cells, reading->unit_end)) {
        size_t at = reading->unit_end + 1;
        size_t end = cells_word(cells, at, word, &len);
        const struct quantity_group *group = len ? FIND(nouns, ((struct str){word, len})) : NULL;
        if (!group || !group->is_head_last) {
            return;
        }
        set_unit(reading, at, end);
    }
}

static bool is_word_gap(uint32_t cp) {
    return cp == ' ' || cp == '-' || cp == '+' || cp == '\'' || cp == 0x2019 || cp == '"';
}

static void read_noun(const struct cells *cells, struct reading *reading) {
    size_t at = reading->end;
    at += reading->is_abbreviated && cell_at(cells, at) == '.' && cell_is_space(cells, at + 1);
    for (int i = 0; i < NOUN_WORDS_MAX; i++) {
        char word[CELL_WORD_SIZE];
        size_t len;
        while (is_word_gap(cell_at(cells, at))) {
            at++;
        }
        if (is_currency(cell_at(cells, at)) && i == 0) {
            reading->is_out = true;
            return;
        }
        size_t end = cells_word(cells, at, word, &len);
        if (end == at) {
            return;
        }
        struct str text = {word, len};
        if (FIND(outs, text)) {
            reading->is_out = i < 2;
            return;
        }
        const struct quantity_group *group = FIND(nouns, text);
        if (group) {
            set_unit(reading, at, end);
            reading->has_comma = reading->has_comma || group->has_comma;
            if (group->is_head_last) {
                extend_compound(cells, reading);
            }
            return;
        }
        at = end;
    }
}

/* The noun behind a counter ("条记录", "件の個人情報", "건의 기록") is the thing counted. */
static void extend_alone(const struct cells *cells, struct reading *reading) {
    for (;;) {
        size_t length;
        size_t at = reading->unit_end;
        uint32_t particle = cell_at(cells, at);
        at += particle == 0x306e || particle == 0xc758;
        at += cell_is_space(cells, at) && at > reading->unit_end;
        const struct quantity_group *group = quantity_prefix_find(cells, at, &length);
        if (!group || group->kind != QUANTITY_NOUN) {
            return;
        }
        set_unit(reading, at, at + length);
    }
}

static void read_noun_alone(const struct cells *cells, struct reading *reading) {
    size_t at = skip_spaces(cells, reading->end);
    for (size_t i = 0; i <= NOUN_ALONE_MAX && cell_is_alone(cells, at + i); i++) {
        size_t length;
        const struct quantity_group *group = quantity_prefix_find(cells, at + i, &length);
        if (group && group->kind == QUANTITY_NOUN) {
            set_unit(reading, at + i, at + i + length);
            extend_alone(cells, reading);
            return;
        }
        if (group && group->kind == QUANTITY_SIZE && i == 0) {
            set_unit(reading, at, at + length);
            reading->factor *= group->factor;
            reading->is_size = true;
            return;
        }
        if (group && group->kind == QUANTITY_OUT && i == 0) {
            reading->is_out = true;
            return;
        }
    }
}

void read_unit(const struct cells *cells, struct str raw, struct reading *reading) {
    size_t at = reading->end;
    at += cell_at(cells, at) == '-' || cell_at(cells, at) == '+';
    at = skip_spaces(cells, at);
    if (read_size(cells, raw, reading, at)) {
        return;
    }
    if (cell_is_alone(cells, at)) {
        read_noun_alone(cells, reading);
    } else {
        read_noun(cells, reading);
    }
}
