/* One coordination run on its way through two stages. objects.c: actions, an object at a time, give
 * pair records; edges.c: pair records, a pair at a time, give edges and account sums. Both work
 * through the partitions of a table on several threads; everything shared is an integer sum, a
 * maximum or a set, so that no result depends on the order of work. */
#ifndef HEARSAY_COORDINATION_RUN_H
#define HEARSAY_COORDINATION_RUN_H

#include <stdatomic.h>

#include "base/table.h"
#include "coordination/coordination.h"
#include "coordination/score.h"
#include "coordination/strata.h"

/* Partners that one action is paired with at most, the nearest that follow in time. Without it one
 * object shared n times inside the window makes n(n-1)/2 co-actions. */
#define PARTNERS_LIMIT 64u

/* One co-action, in a table partitioned by ranges of account a. */
struct pair_record {
    int64_t time_us;     /* of the earlier post */
    uint64_t gap_us;     /* between the two */
    uint64_t object;     /* half of the object's digest: enough to tell a pair's objects apart */
    uint64_t evidence_a; /* offsets in the logs of the two writers */
    uint64_t evidence_b;
    uint32_t a; /* ranks, a < b */
    uint32_t b;
    uint32_t sharers; /* distinct accounts on the object */
    uint32_t tie;     /* from the posts' digests: an order that no thread can change */
    uint16_t writer_a;
    uint16_t writer_b;
    uint8_t layer;
    uint8_t source; /* the coarser of the two, see struct action */
    uint8_t is_b_first;
    uint8_t age_classes; /* of a's action, + AGE_CLASSES times that of b's: strata.h */
    /* other actions on the object that are as near as the two are to each other, around the one
     * or the other: the greater number */
    uint32_t near;
};

/* What one worker counts. */
struct object_counts {
    uint64_t actions[LAYER_COUNT];
    uint64_t objects[LAYER_COUNT];
    uint64_t co_actions[LAYER_COUNT];
    uint64_t capped_objects[LAYER_COUNT];
    uint64_t skipped_pairs[LAYER_COUNT];
    uint64_t window_us[LAYER_COUNT]; /* widest that was used */
};

/* Buckets that a partition's actions are dealt to before sorting. */
#define ROW_BUCKETS 4096u

/* One worker of the first stage. */
struct object_worker {
    struct table_writer pairs;
    struct object_counts counts;
    struct strata_log activity;
    uint64_t testable_pairs; /* over the objects: pairs of accounts with two posts or more */
    uint32_t *seen;          /* per rank: number of the last object seen with the account */
    uint32_t object_number;
    size_t bucket_ends[ROW_BUCKETS];
};

/* Sums over an account's edges. Evidence and weights are fixed point (SUM_UNIT): floats added by
 * several threads would depend on their order. */
struct account_sum {
    _Atomic int64_t rarity;
    _Atomic int64_t chance;
    _Atomic int64_t layers[LAYER_COUNT];
    /* squares of the evidence of single pairs, in SQUARE_UNIT */
    _Atomic int64_t rarity_squares;
    _Atomic int64_t chance_squares;
    _Atomic uint32_t evident_pairs; /* pairs with evidence, edges or not */
    /* over kept edges */
    _Atomic int64_t least_log_p; /* in SUM_UNIT, 0: none */
    _Atomic int64_t log_gaps;    /* sum of ln(1 + gap in s) in SUM_UNIT */
    _Atomic uint32_t gaps;
    _Atomic uint32_t leads;
    _Atomic uint32_t follows;
    double company; /* evidence of its partners, added by one thread when all edges are known */
    _Atomic uint32_t partners;
};
#define SUM_UNIT 16777216.0
#define SQUARE_UNIT 65536.0 /* squares of hundreds of nats, over millions of pairs */

/* How many pairs have a p, or a q, at or under the levels. */
struct level_counts {
    uint64_t judged_pairs;
    uint64_t p_at_most[P_LEVELS];
    uint64_t q_at_most[Q_LEVELS];
};

struct run {
    const struct coordination_options *options;
    struct table_writer *const *actions;
    size_t action_writers;
    unsigned threads;
    uint64_t posts_total;
    double q;
    uint16_t *platforms;                /* per rank: number of its platform, or NULL */
    _Atomic int64_t precisions_us[256]; /* per source; 0: not asked yet */
    struct object_worker *workers;      /* threads items */
    struct table_writer **pairs;        /* the workers' tables */
    struct account_sum *sums;           /* account_count items */
    struct strata strata;               /* known after the first stage */
    double tested_pairs;                /* the number that q corrects for */
    double candidate_log_p;             /* pairs above it cannot become edges */
    struct level_counts levels;
    uint64_t edges;
    uint64_t significant_edges;
    uint64_t omitted_co_actions;
};

/* Time precision of a source, and the window of a layer widened to it, in microseconds. */
int64_t run_precision_us(struct run *run, uint8_t source);
uint64_t run_window_us(struct run *run, unsigned layer, uint8_t source);
/* What the surprise of a co-action depends on, under the run's activity. */
struct coincidence run_coincidence(struct run *run, const struct pair_record *pair);

/* Memory counted in the run's budget though it may exceed it: one partition must always fit. NULL
 * when memory is out. */
void *run_alloc(const struct run *run, size_t count, size_t size);
void run_free(const struct run *run, void *memory, size_t count, size_t size);

/* First stage over one partition of the actions, which it releases. A crew_work. */
enum hearsay_status objects_work(void *run, unsigned worker, unsigned partition);

/* Second stage over all partitions; hands edges to options->on_edge in order and adds them to
 * `graph`. */
struct graph;
enum hearsay_status edges_run(struct run *run, struct graph *graph);

#endif
