/* Words that say what kind of organisation is meant, in many languages: "bank", "банк", "银行".
 * They are no part of a name, and the same kind in two languages is a weak sign of the same one. */
#ifndef HEARSAY_CLAIM_KIND_WORDS_H
#define HEARSAY_CLAIM_KIND_WORDS_H

#include "base/str.h"

#define KIND_NONE 0u   /* not such a word */
#define KIND_FILLER 1u /* "the", "group", "Ltd": of no kind, no part of a name either */
#define KIND_COUNT 32u /* kinds are 1..31, so that a set of them is one uint32_t */

/* The kind of a folded word of an alphabetic script; endings are allowed for. */
unsigned kind_of_word(struct str word);

/* The kind whose word, of a script without spaces, begins at text[at]; *len its bytes. */
unsigned kind_of_han(struct str text, size_t at, size_t *len);

#endif
