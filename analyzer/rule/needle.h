/* Where a needle occurs: the literal's own rules of words, stars and white space, on one view of a
 * text. Knows nothing of rules and posts. */
#ifndef HEARSAY_RULE_NEEDLE_H
#define HEARSAY_RULE_NEEDLE_H

#include "rule/compile.h"
#include "text/fold.h"

/* A text in which needles are looked for. `folded`: the fold that it is, or of whose bytes it is a
 * reading one for one; among letters that were joined there a word may begin and end anywhere, for
 * needles of NEEDLE_JOINED_LEAST characters or more. NULL: another text. */
struct needle_view {
    struct str text;
    const struct folded *folded;
};
#define NEEDLE_JOINED_LEAST 4u

/* Does the needle's text stand in `view` so that its byte `offset` is the view's byte `at`? Where
 * that byte is a blank, `at` is any of the white space that it stands for. Then [*start, *end) is
 * the occurrence, stars included. */
bool needle_at(const struct needle *needle, const struct needle_view *view, size_t offset,
               size_t at, size_t *start, size_t *end);

/* Does it stand there at all, words and stars aside? For candidates of raw needles. */
bool needle_is_candidate(const struct needle *needle, struct str view, size_t offset, size_t at);

/* The next occurrence of the needle's text that begins at or after *from, without any index: the
 * reference. *from moves past its first byte. */
bool needle_next(const struct needle *needle, const struct needle_view *view, size_t *from,
                 size_t *start, size_t *end);

/* The next occurrence of a raw needle's exact bytes in the raw text; the same for *from. */
bool needle_next_raw(const struct needle *needle, struct str raw, size_t *from, size_t *start,
                     size_t *end);

#endif
