/* Words and sentences of folded text. A word is a run of letters, marks and digits of alphabetic
 * scripts; in scripts without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) every
 * character is a word of its own. Knows nothing of rules. */
#ifndef HEARSAY_TEXT_TOKEN_H
#define HEARSAY_TEXT_TOKEN_H

#include "base/str.h"

struct word {
    uint32_t start; /* byte offsets in the text */
    uint32_t end;
    uint32_t sentence; /* index of the sentence, from 0 */
    uint32_t line;     /* index of the line, from 0 */
};

/* Reusable. Zero-initialise. */
struct word_list {
    struct word *items;
    size_t count;
    size_t capacity;
};

/* Sentences end at . ! ? … and their full-width and Arabic forms when followed by white space or
 * the end of text (CJK marks: always), and at line ends; not at a dot between digits. False: memory
 * is out. */
bool words_of(struct str text, struct word_list *words);
void word_list_free(struct word_list *words);

/* Character classes of the code point that begins at text[at] or ends just before text[at]. */
bool is_word_before(struct str text,
                    size_t at); /* a letter, mark or digit of an alphabetic script */
bool is_word_at(struct str text, size_t at);

#endif
