/* The words that quantities are made of, by language, as data. Internal to the text module. */
#ifndef HEARSAY_TEXT_QUANTITY_WORDS_H
#define HEARSAY_TEXT_QUANTITY_WORDS_H

#include "base/str.h"
#include "text/quantity_cells.h"

enum quantity_kind {
    QUANTITY_NUMERAL,    /* "two", "три" */
    QUANTITY_MULTIPLIER, /* "million", "млн" */
    QUANTITY_SIZE,       /* "gb", "гигабайт"; the factor counts bytes */
    QUANTITY_NOUN,       /* "records", "записей" */
    QUANTITY_OUT         /* "hours", "dollars": the number is not a quantity here */
};

struct quantity_group {
    const char *forms; /* folded, parted by ';'; a trailing '*' stands for any ending */
    double factor;
    enum quantity_kind kind;
    bool has_comma;    /* the language writes a decimal comma */
    bool is_head_last; /* the language puts the head of a compound last ("customer records") */
};

extern const struct quantity_group quantity_numerals[];
extern const struct quantity_group quantity_suffixes[];
extern const struct quantity_group quantity_multipliers[];
extern const struct quantity_group quantity_sizes[];
extern const struct quantity_group quantity_nouns[];
extern const struct quantity_group quantity_outs[];
extern const struct quantity_group quantity_alone[];
extern const size_t quantity_numerals_count;
extern const size_t quantity_suffixes_count;
extern const size_t quantity_multipliers_count;
extern const size_t quantity_sizes_count;
extern const size_t quantity_nouns_count;
extern const size_t quantity_outs_count;
extern const size_t quantity_alone_count;

/* A table's forms in order, generated from it (quantity_generate.c). */
struct quantity_form {
    struct str text;
    bool is_prefix;
    uint16_t group;
};

struct quantity_index {
    const struct quantity_form *forms;
    size_t count;
    size_t prefix_max; /* bytes of the longest form with any ending, 0 if there is none */
    const struct quantity_group *groups;
};

extern const struct quantity_index quantity_numerals_index;
extern const struct quantity_index quantity_suffixes_index;
extern const struct quantity_index quantity_multipliers_index;
extern const struct quantity_index quantity_sizes_index;
extern const struct quantity_index quantity_nouns_index;
extern const struct quantity_index quantity_outs_index;
extern const struct quantity_index quantity_alone_index;

/* The group of a table that has the word, or NULL. */
const struct quantity_group *quantity_find(const struct quantity_index *index, struct str word);

/* The group of quantity_alone with the longest form that stands at `at`, and the form's cells; NULL
 * if none does. */
const struct quantity_group *quantity_prefix_find(const struct cells *cells, size_t at,
                                                  size_t *length);

/* The next form of a group's list from *at on, which is moved past it; false at the end. */
bool quantity_form_next(const char *forms, size_t *at, struct str *form);

#endif
