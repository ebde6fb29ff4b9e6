/* Evasions of a text: how people write words so that filters miss them and readers do not. Made to
 * test rules with; deterministic by text, kind and seed. Knows nothing of rules.
 *
 * A word is a run of letters. Only words of VARIANT_WORD_LEAST letters or more are changed (of
 * Chinese and the like, runs of two), never numbers, and never what begins as a link, a mention or
 * a hashtag: those name something, and written otherwise they name something else. */
#ifndef HEARSAY_TEXT_VARIANT_H
#define HEARSAY_TEXT_VARIANT_H

#include "base/buffer.h"

#define VARIANT_WORD_LEAST 4u

/* "Each" is drawn independently with the chance given; where none was drawn in a word, one is. */
enum variant_kind {
    VARIANT_CASE,       /* each letter (ASCII, Cyrillic) in the other case, 1/2 */
    VARIANT_FULL_WIDTH, /* all ASCII letters of the word as U+FF21 to U+FF5A */
    VARIANT_ZERO_WIDTH, /* U+200B, U+200C, U+200D, U+2060 or U+FEFF between each two letters, 1/3 */
    VARIANT_SOFT_HYPHEN,  /* U+00AD between each two letters, 1/3 */
    VARIANT_HOMOGLYPH,    /* one small letter as its look-alike of another script */
    VARIANT_MIXED_SCRIPT, /* each small letter that has a look-alike, 1/2 */
    VARIANT_LEET,   /* each of a b e g i l o s t as 4 @ 8 3 9 1 ! 0 5 $ 7, 1/2; a letter stays */
    VARIANT_SPACED, /* a blank between all letters; each word 1/2, one at least in the text */
    VARIANT_COUNT
};

/* "case", "full width", ...: as reports name it. */
const char *variant_name(enum variant_kind kind);

/* Appends the variant to out; the text itself where the kind has nothing to change in it. The text
 * may be any bytes. False: memory is out. */
bool variant_append(struct str text, enum variant_kind kind, uint64_t seed, struct buffer *out);

#endif
