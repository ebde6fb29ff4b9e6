/* The state of near_find, shared by its two files: near.c proposes and verifies pairs and joins the
 * similar ones to cores; near_stars.c makes clusters of the cores and the links between them. */
#ifndef HEARSAY_ENGINE_NEAR_RUN_H
#define HEARSAY_ENGINE_NEAR_RUN_H

#include "engine/near.h"

/* Two texts that are near-duplicates, but not similar enough to be one core. */
struct near_link {
    uint32_t a;
    uint32_t b;
};

/* What one worker holds. */
struct near_worker {
    struct table_writer keys;  /* struct near_key of one tree */
    struct table_writer pairs; /* struct near_link: linked texts, partitioned by ranges of a */
    struct table_writer links; /* struct near_link: linked cores, likewise */
    struct log signatures;
    struct shingles shingles[2];
    char text[NEAR_TEXT_LIMIT];
    struct signature *bucket; /* bucket_limit items */
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
    unsigned tree;            /* the one at work */
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

/* Sets every text's representative and the report's counts of clusters. */
enum hearsay_status near_stars(struct near_run *run);

#endif
