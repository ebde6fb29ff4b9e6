/* Which earlier text a post's text is a near-duplicate of: the window key similar(post.text, x).
 * The caller gives posts in the order of (created_at, platform, id). Knows no windows, only when a
 * text was last met.
 *
 * A text joins the earliest text of its rule that is still live (met within the window's duration)
 * and of which the Jaccard similarity of their shingles (text/duplicate.h) is x or more; else it
 * opens a key of its own, for which it stands from then on. Every member of a key resembles the
 * text that opened it, so that chains join nothing.
 *
 * Candidates share a band of the MinHash signature (64 lanes); the similarity of each is computed
 * from the shingles. The bands are so wide that of texts at a similarity of x or more (from 0.1 on)
 * at most 1 in 200 is not proposed; one that is proposed and unlike is never joined.
 *
 * Bounds: RESEMBLANCE_TEXTS_MOST texts of all rules, some 80 MB at most, some 20 MB for short
 * posts. Where there is no room, the text that was met longest ago makes it. A post is compared
 * with at most RESEMBLANCE_COMPARED_MOST texts, those opened last. */
#ifndef HEARSAY_RULE_RESEMBLANCE_H
#define HEARSAY_RULE_RESEMBLANCE_H

#include "base/hash.h"
#include "rule/ast.h"
#include "text/duplicate.h"

#define RESEMBLANCE_TEXTS_MOST 16384u
#define RESEMBLANCE_COMPARED_MOST 512u

/* What follows in a text is not looked at: code points of as many shingles as are. */
#define RESEMBLANCE_CODE_POINTS (SHINGLES_LIMIT + SHINGLE_CODE_POINTS - 1)

struct resemblance_report {
    uint64_t texts_evicted; /* forgotten while live */
    uint64_t posts_cut;     /* posts that were not compared with every text proposed */
};

struct resemblance;
struct resemblance *resemblance_new(void); /* NULL: memory is out */
void resemblance_free(struct resemblance *resemblance);

/* Sets *key to that of the text that `words` (text_words, up to RESEMBLANCE_CODE_POINTS, not empty)
 * joins or opens. `rule` has a window by similar(...). False: memory is out. */
bool resemblance_key(struct resemblance *resemblance, const struct rule *rule, int64_t now_us,
                     struct str words, struct digest *key);
struct resemblance_report resemblance_report(const struct resemblance *resemblance);

#endif
