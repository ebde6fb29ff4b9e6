#include "text/german.h"

#define GERMAN_WORDS_LEAST 2
#define GERMAN_WORDS_LIMIT 512u /* words that are looked at */

bool text_is_german(struct str language, struct str folded, const struct word_list *words) {
    static const char *const function_words[] = {"aus",   "das", "dem",   "der",  "eine", "euch",
                                                 "haben", "ist", "nicht", "sind", "und",  "uns",
                                                 "von",   "wir", "wurde", "zu"};
    unsigned found = str_is(language, "de") ? GERMAN_WORDS_LEAST : 0;
    for (size_t i = 0; i < words->count && i < GERMAN_WORDS_LIMIT; i++) {
        struct str word = str_slice(folded, words->items[i].start, words->items[i].end);
        for (size_t k = 0;
             found < GERMAN_WORDS_LEAST && k < sizeof function_words / sizeof function_words[0];
             k++) {
            found += str_is(word, function_words[k]);
        }
    }
    return found >= GERMAN_WORDS_LEAST;
}
