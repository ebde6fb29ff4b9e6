/* Near-duplicate texts in any script: MinHash signatures (Broder 1997, "On the resemblance and
 * containment of documents") of the set of character shingles, and the Jaccard similarity of two
 * such sets. Knows nothing of posts, accounts or clusters. */
#ifndef HEARSAY_TEXT_DUPLICATE_H
#define HEARSAY_TEXT_DUPLICATE_H

#include "base/str.h"

/* A shingle is four neighbouring code points. The text is folded, its words parted by one space
 * each (text/plain.h), so that a word's edges count. Measured on 2,817 short reviews in ten
 * languages with known copies and rewordings: with four code points a threshold parts rewordings
 * from other texts a little better than with three, clearly better than with five; three for
 * scripts without spaces changes nothing there. */
#define SHINGLE_CODE_POINTS 4u

/* What follows is not looked at: it bounds what one text can cost. */
#define SHINGLES_LIMIT 1024u

/* What the set is made of. Words suit texts whose words are parted by spaces only. */
enum shingle_unit { SHINGLE_CHARACTERS, SHINGLE_WORDS };

struct shingles {
    uint32_t items[SHINGLES_LIMIT]; /* hashes, ascending, distinct */
    uint32_t count;
};

/* The set of a text. A text shorter than a shingle is one shingle by itself; the empty text has
 * none. */
void shingles_of(struct str text, enum shingle_unit unit, struct shingles *shingles);

/* |A and B|. */
uint32_t shingles_shared(const struct shingles *a, const struct shingles *b);
/* The same of sets kept elsewhere: ascending, distinct. */
uint32_t shingles_shared_of(const uint32_t *a, uint32_t a_count, const uint32_t *b,
                            uint32_t b_count);

/* |A and B| / |A or B| in [0,1]; two empty sets are unlike (0). */
double shingles_jaccard(const struct shingles *a, const struct shingles *b);

#define SIGNATURE_LANES 64u

/* The share of equal lanes of two signatures estimates the Jaccard similarity J of their sets with
 * a standard deviation of sqrt(J (1 - J) / 64). Lanes of 16 bits: sets of n shingles agree on a
 * lane by accident about n times in 65,536. */
struct signature {
    uint16_t lanes[SIGNATURE_LANES];
};

/* Signature of a text's set, without the price of sorting it; returns the number of its shingles,
 * repeated ones included. */
uint32_t signature_of(struct str text, enum shingle_unit unit, struct signature *signature);

/* Number of equal lanes, 0..64. */
unsigned signature_agreement(const struct signature *a, const struct signature *b);

#endif
