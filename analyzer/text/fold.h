/* Text folding: NFKC_Casefold (Unicode TR 44), zero-width and variation selectors out, look-alikes
 * in words that mix scripts mapped towards the script in which fewest strangers remain (then that
 * of the text before, then the word's majority), Traditional to Simplified Chinese per character,
 * with a map back to raw byte offsets. Tables are generated at build time from ICU and OpenCC.
 * Knows nothing of posts or rules. */
#ifndef HEARSAY_TEXT_FOLD_H
#define HEARSAY_TEXT_FOLD_H

#include "base/str.h"

#define FOLD_ZEROS 16 /* readable zero bytes after a folded text */

/* Reusable scratch, one per thread. Zero-initialise; free with folder_free. */
struct folder {
    char *bytes;
    uint32_t *to_raw;
    char *simple;
    size_t capacity;
    struct join *joins;
    size_t join_capacity;
    void *composer; /* scratch for texts with combining marks or mixed words, made on first use */
};

/* Folded bytes [from, to) are letters that stood apart, joined: of one word or of several. */
struct join {
    uint32_t from;
    uint32_t to;
};

struct folded {
    struct str
        text; /* in the folder's memory, valid until its next use; FOLD_ZEROS zero bytes follow */
    /* to_raw[i] is the raw offset of the character that gave folded byte i, for 0 <= i <= text.len
     * (the last entry is raw.len; the first is 0 unless the text begins with a dropped character).
     * Characters that were composed map to the first of them. NULL: the identity (ASCII). */
    const uint32_t *to_raw;
    /* The context-free fold: each character mapped alone (no composition, no look-alikes, nothing
     * joined). It
     * equals `text` (same pointer) for nearly all posts. A literal (well-formed UTF-8) that occurs
     * in the raw text occurs, folded by fold_simple, in this view: the prefilter's soundness rests
     * on it. The same zero bytes follow. */
    struct str simple;
    bool is_ascii;
    const struct join *joins; /* ascending */
    size_t join_count;
};

/* Folds any bytes (invalid UTF-8 is taken as U+FFFD, one per maximal subpart). False: memory is
 * out. */
bool fold_text(struct folder *folder, struct str raw, struct folded *folded);

/* The context-free fold of a literal into out (at most 18 * raw.len + 1 bytes are written;
 * NFKC_Casefold expands one character at most to 18). Returns the length. */
size_t fold_simple(struct str raw, char *out);

/* Raw byte range [*start, *end) covering folded bytes [from, to). */
void folded_span(const struct folded *folded, struct str raw, size_t from, size_t to, size_t *start,
                 size_t *end);

/* Whether folded byte `at` and the one before it were joined: a word may end there unseen. */
bool folded_is_inside_join(const struct folded *folded, size_t at);

/* Whether some of the folded bytes [from, to) were joined. */
bool folded_has_join(const struct folded *folded, size_t from, size_t to);

void folder_free(struct folder *folder);

#endif
