/* Near-duplicate clusters among distinct texts: MinHash signatures (text/duplicate.h), a forest of
 * prefix trees over them that proposes pairs (LSH Forest: Bawa, Condie and Ganesan, WWW 2005),
 * Jaccard similarity of the shingles that verifies each, and a clustering that does not chain.
 * Knows nothing of posts or accounts. */
#ifndef HEARSAY_ENGINE_NEAR_H
#define HEARSAY_ENGINE_NEAR_H

#include "base/hash.h"
#include "base/table.h"
#include "text/duplicate.h"

/* Texts are at least this similar to be near-duplicates. Measured on known rewordings
 * (tests/unit/engine/near_test.c): the least similarity at which other texts stay out. */
#define NEAR_SIMILARITY 0.255

/* Texts so similar are one core: variants of one template, of which chains may be long. */
#define NEAR_CORE_SIMILARITY 0.7

/* Near-duplicates share at least so many shingles, and shorter texts are compared for equality
 * only: a few shared characters are no resemblance. */
#define NEAR_SHINGLES_LEAST 8u

/* Longer texts are clipped to so many bytes, at a whole character. */
#define NEAR_TEXT_LIMIT 4096u

/* One distinct text. The caller sorts texts by `object`, which makes every number below depend on
 * the texts alone. */
struct near_text {
    struct digest object;
    uint64_t place;          /* where read_text finds it */
    uint32_t platform;       /* texts of two platforms are never joined */
    uint32_t representative; /* out: the smallest index of its cluster; its own when alone */
    uint16_t writer;         /* for read_text */
    uint16_t signature_log;  /* used inside */
    uint32_t signature;
};

struct near_options {
    double similarity; /* NEAR_SIMILARITY */
    enum shingle_unit unit;
    unsigned threads;
    struct memory_budget *budget;
    /* Copies a text of at most NEAR_TEXT_LIMIT bytes; called from several threads. */
    enum hearsay_status (*read_text)(void *context, const struct near_text *text, char *out,
                                     size_t *len);
    void *context;
};

struct near_report {
    uint64_t texts;          /* distinct texts long enough to be compared */
    uint64_t clusters;       /* of two texts or more */
    uint64_t joined;         /* texts in them */
    uint64_t links_cut;      /* pairs of similar cores that the guard put into two clusters */
    uint64_t capped_buckets; /* leaves of the forest that were not compared pair by pair */
};

/* Fills `representative`. The result is the same for any number of threads and memory limit.
 * Cores are the connected components of pairs of at least NEAR_CORE_SIMILARITY. Where texts are
 * less similar, components would chain texts that share nothing; so a cluster is a star: one core
 * and cores that it is linked to itself (near_stars.c).
 * Time O(n log n) for each of the trees; signatures, keys and links may spill, some words per text
 * and per link stay in memory whatever the budget. */
enum hearsay_status near_find(const struct near_options *options, struct near_text *texts,
                              uint32_t count, struct near_report *report);

#endif
