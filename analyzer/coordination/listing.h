/* The evidence of a kept edge: its co-actions with post ids and object, read from the writers'
 * logs. Strings are read for kept edges only; most pairs never come here. */
#ifndef HEARSAY_COORDINATION_LISTING_H
#define HEARSAY_COORDINATION_LISTING_H

#include "base/arena.h"
#include "coordination/coordination.h"
#include "coordination/run.h"

/* An edge whose records are records[first .. first+count) of its partition. */
struct kept_edge {
    uint32_t a;
    uint32_t b;
    double log_p;
    double log_q;
    double evidence;
    double layer_weights[LAYER_COUNT];
    size_t first;
    size_t count;
    uint64_t trimmed;    /* records beyond `count` that are not kept in memory */
    bool is_candidate;   /* its p could be kept at the run's q */
    bool is_significant; /* its q is at or under the run's */
};

/* Zero-initialise, but for options. Keeps its memory from edge to edge. */
struct listing {
    const struct coordination_options *options;
    struct arena arena;
    struct co_action *items;
    size_t capacity;
};

/* Reads one edge's evidence; *edge borrows from the listing until the next call. Sorts `records`.
 */
enum hearsay_status listing_edge(struct listing *listing, const struct kept_edge *kept,
                                 struct pair_record *records, struct edge *edge);
/* Sorts the records of a pair that can only be a weaker one as they are listed; returns how many of
 * them will be. The others need not be kept. */
size_t listing_trim(struct pair_record *records, size_t count);

/* How many of an edge's co-actions are over the limit for its kind. */
uint64_t listing_omitted(const struct kept_edge *kept);
void listing_free(struct listing *listing);

#endif
