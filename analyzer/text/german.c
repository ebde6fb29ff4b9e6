#include "text/german.h"

#define GERMAN_WORDS_LEAST 2u
#define GERMAN_WORDS_LIMIT 512u /* words that are looked at */

static bool is_function_word(struct str word) {
    static const struct str words[] = {{"aus", 3},   {"das", 3},  {"dem", 3},   {"der", 3},
                                       {"eine", 4},  {"euch", 4}, {"haben", 5}, {"ist", 3},
                                       {"nicht", 5}, {"sind", 4}, {"und", 3},   {"uns", 3},
                                       {"von", 3},   {"wir", 3},  {"wurde", 5}, {"zu", 2}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal(word, words[i])) {
            return true;
        }
    }
    return false;
}

bool text_is_german(struct str folded, const struct word_list *words) {
    unsigned found = 0;
    for (size_t i = 0; i < words->count && i < GERMAN_WORDS_LIMIT && found < GERMAN_WORDS_LEAST;
         i++) {
        found += is_function_word(str_slice(folded, words->items[i].start, words->items[i].end));
    }
    return found == GERMAN_WORDS_LEAST;
}
