/* Words by which a text offers proof, sells, threatens, exaggerates or takes back, in the languages
 * of the rules. Matched on folded text; a word of a rule pack would be the place for what decides a
 * flag, these only describe. Data and lookup; knows nothing of claims. */
#ifndef HEARSAY_CLAIM_CLAIM_WORDS_H
#define HEARSAY_CLAIM_CLAIM_WORDS_H

#include "text/fold.h"

enum claim_word_kind {
    CLAIM_WORD_PROOF,      /* proof exists */
    CLAIM_WORD_NO_PROOF,   /* it does not */
    CLAIM_WORD_SCREENSHOT, /* it is a picture */
    CLAIM_WORD_VIDEO,
    CLAIM_WORD_SAMPLE,
    CLAIM_WORD_LISTING, /* a list of files or tables */
    CLAIM_WORD_DOWNLOAD,
    CLAIM_WORD_TOTALITY,
    CLAIM_WORD_RETRACTION,
    CLAIM_WORD_PRICE,
    CLAIM_WORD_CONTACT,
    CLAIM_WORD_DEADLINE,
    CLAIM_WORD_KINDS
};

/* Words parted by ';', folded; a '*' at an end stands for any beginning or ending of the word. In
 * scripts without spaces words have no edges. */
struct claim_word_row {
    enum claim_word_kind kind;
    const char *words;
};
extern const struct claim_word_row claim_word_rows[];
extern const size_t claim_word_row_count;

/* Visits each place of each word of a kind; the visitor's answer false ends the search. The bytes
 * are of the folded text. */
typedef bool claim_word_visit(void *context, size_t from, size_t to);
void claim_words_visit(struct str folded, enum claim_word_kind kind, claim_word_visit *visit,
                       void *context);

/* How many places there are, at most UINT16_MAX. */
uint16_t claim_words_count(struct str folded, enum claim_word_kind kind);

#endif
