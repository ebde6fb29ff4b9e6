/* The state of near_find, shared by its three files: near_keys.c orders the texts by a tree's
 * lanes, near.c compares neighbours and joins similar ones to cores; near_stars.c makes clusters of
 * the cores and the links between them. */
#ifndef HEARSAY_ENGINE_NEAR_RUN_H
#define HEARSAY_ENGINE_NEAR_RUN_H

#include "engine/near.h"

/* Texts per task. */
#define NEAR_CHUNK 4096u

/* Each tree orders the texts by so many lanes of its own. */
#define NEAR_TREE_DEPTH 4u

/* No text has so many signatures: it is too short to be compared. */
#define NEAR_NO_SIGNATURE UINT32_MAX

struct near_key {
    uint64_t lanes; /* of the tree, the first one on top */
    uint32_t text;
    uint32_t platform;
};

/* Two texts that are near-duplicates, but not similar enough to be one core. */
struct near_link {
    uint32_t a;
    uint32_t b;
};

/* Which first lanes of a tree were met once and twice, by their hash: two sets of bits. */
struct near_seen {
    _Atomic uint64_t *once;
    _Atomic uint64_t *twice;
    size_t words; /* of each, a power of two; 0: not used */
};

/* What one worker holds. */
struct near_worker {
    struct table_writer keys;  /* struct near_key of one tree */
    struct table_writer pairs; /* struct near_link: linked texts, partitioned by ranges of a */
    struct table_writer links; /* struct near_link: linked cores, likewise */
    struct log signatures;
    char text[NEAR_TEXT_LIMIT];
    struct signature *bucket;  /* bucket_limit items: of the bucket at hand */
    struct shingles *shingles; /* the same, of texts that were verified there */
    bool *has_shingles;
    uint64_t texts;
    uint64_t capped_buckets;
};

struct near_run {
    const struct near_options *options;
    struct near_text *texts;
    uint32_t count;
    uint32_t bucket_limit;    /* a larger bucket is split by its next lane */
    unsigned depth_least;     /* lanes that a bucket must agree on to be compared */
    unsigned agreement_least; /* lanes that a pair shares before it is verified */
    unsigned trees;           /* of the forest */
    unsigned tree;            /* the one at work */
    struct near_seen seen;    /* of that tree; used when depth_least is above 1 */
    unsigned threads;
    _Atomic uint32_t *parents;   /* union-find; a root is the smallest index of its core */
    uint32_t *next;              /* the next text of the same core, by index; UINT32_MAX: none */
    struct near_worker *workers; /* threads items */
    struct table_writer **keys;  /* the workers' */
    struct table_writer **pairs; /* the workers' */
    struct table_writer **links; /* the workers' */
    struct near_report report;
};

uint32_t near_root(struct near_run *run, uint32_t text);

enum hearsay_status near_signature(const struct near_run *run, uint32_t text,
                                   struct signature *signature);

static inline uint32_t near_chunk_end(const struct near_run *run, unsigned chunk) {
    uint64_t end = ((uint64_t)chunk + 1) * NEAR_CHUNK;
    return end < run->count ? (uint32_t)end : run->count;
}

/* Sixteen bits per text for near_keys_make, where depth_least is above 1. False: memory is out. */
bool near_seen_open(struct near_run *run);
void near_seen_close(struct near_run *run);

/* Fills the workers' keys with those of the tree at work. Among many texts only those get one whose
 * first depth_least lanes some other text shares, and a few by accident. */
enum hearsay_status near_keys_make(struct near_run *run, unsigned chunks);

/* Sorts by platform, then lanes, then text, through `spare` of the same size: the order is total,
 * so it does not depend on how the keys came. */
void near_keys_sort(struct near_key *keys, struct near_key *spare, uint32_t count);

/* Sets every text's representative and the report's counts of clusters. */
enum hearsay_status near_stars(struct near_run *run);

#endif
