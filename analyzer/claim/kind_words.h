/* Words that say what kind of organisation is meant, in many languages: "bank", "банк", "银行".
 * They are no part of a name, and the same kind in two languages is a weak sign of the same one. */
#ifndef HEARSAY_CLAIM_KIND_WORDS_H
#define HEARSAY_CLAIM_KIND_WORDS_H

#include <stdint.h>

#include "base/str.h"

#define KIND_NONE 0u   /* not such a word */
#define KIND_FILLER 1u /* "the", "group", "Ltd": of no kind, no part of a name either */
#define KIND_COUNT 32u /* kinds are 1..31, so that a set of them is one uint32_t */

/* The words of alphabetic scripts, found by their first two bytes. */
#define KIND_ENTRIES_MOST 512u
#define KIND_CHAINS 256u
struct kind_entry {
    struct str word;
    uint8_t kind;
    bool is_open; /* begins longer words too */
    uint16_t next;
};
struct kind_index {
    struct kind_entry entries[KIND_ENTRIES_MOST]; /* in the order of the table */
    uint16_t first[KIND_CHAINS];                  /* KIND_ENTRIES_MOST: none */
    uint32_t count;
};

void kind_index_make(struct kind_index *index);

/* The kind of a folded word of an alphabetic script; endings are allowed for. */
unsigned kind_of_word(const struct kind_index *index, struct str word);

/* The kind whose word, of a script without spaces, begins at text[at]; *len its bytes. */
unsigned kind_of_han(struct str text, size_t at, size_t *len);

#endif
