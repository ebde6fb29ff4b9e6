/* The pipeline's own types (DESIGN section 11): map(posts) -> partial state of each worker,
 * combined and finished in finish.c. Opens no file, reads no clock, prints nothing. */
#ifndef HEARSAY_ENGINE_ENGINE_H
#define HEARSAY_ENGINE_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/table.h"
#include "claim/registry_index.h"
#include "coordination/coordination.h"
#include "engine/near.h"
#include "engine/rejects.h"
#include "engine/runs.h"
#include "engine/sources.h"
#include "engine/tally.h"
#include "engine/worker.h"
#include "hearsay.h"
#include "post/input.h"
#include "rule/label_table.h"
#include "rule/window.h"

#define THREADS_LIMIT 64u

/* One input as fed, for the summary. */
struct input_record {
    char *name;
    char *format; /* description with dialect, NULL if nothing was recognised */
    char *note;   /* why it ended early, or NULL */
    uint64_t bytes;
};

/* Blocks on their way from the feeding thread to the workers. */
struct block_queue {
    pthread_mutex_t lock;
    pthread_cond_t not_empty;
    pthread_cond_t not_full;
    struct block *items[2 * THREADS_LIMIT];
    size_t capacity;
    size_t first;
    size_t count;
    bool is_closed;
};

struct hearsay_engine {
    struct hearsay_options options;
    struct memory_budget budget;
    struct sources sources;
    struct worker *workers; /* options.threads items */
    pthread_t *threads;     /* empty when options.threads is 1: the feeding thread works itself */
    unsigned thread_count;  /* threads that were started and not yet joined */
    bool threads_run;
    struct block_queue queue;
    _Atomic bool stop; /* a worker failed or, under strict, rejected a record */
    struct input *input;
    struct input_record *inputs;
    uint32_t input_count;
    uint32_t input_capacity;
    uint64_t bytes_in;
    struct compare *compare; /* not NULL: hearsay_compare_open */
    uint32_t layers;         /* bits of those that take part */
    double layer_windows_s[LAYER_COUNT];
    struct near_report near_texts;
    struct hearsay_counts counts;
    struct window_report windows;
    struct hearsay_validation_run *validation; /* options.shuffles + 1 items, or NULL */
    struct label_table_report labels;
    struct registry_index registries;
    int64_t as_of_us;          /* INT64_MAX: until the last post */
    uint64_t claims_forgotten; /* claim/assign.h */
    bool habits_left_out;      /* of all accounts: they would take too much memory */
    bool is_finished;
};

/* queue.c */
bool queue_init(struct block_queue *queue, size_t capacity);
/* Waits for room. False once the engine stops: the block is then freed. */
bool queue_push(struct block_queue *queue, struct block *block, _Atomic bool *stop);
/* Waits for a block; NULL when the queue is closed and empty, or the engine stops. */
struct block *queue_pop(struct block_queue *queue, _Atomic bool *stop);
void queue_close(struct block_queue *queue);
void queue_wake(struct block_queue *queue);
void queue_free(struct block_queue *queue);

/* finish.c: everything after the last record. */
enum hearsay_status engine_compute(struct hearsay_engine *engine, struct hearsay_failure *failure);

/* Writes to the sink; HEARSAY_IO with a message when the caller's callback fails. */
enum hearsay_status engine_write(struct hearsay_engine *engine, enum hearsay_stream stream,
                                 struct str bytes, struct hearsay_failure *failure);

/* summary.c: HEARSAY_SUMMARY from the counts; `report` is NULL in a comparison. */
enum hearsay_status summary_write(struct hearsay_engine *engine,
                                  const struct coordination_report *report,
                                  const struct source_times *times,
                                  struct hearsay_failure *failure);

/* registry_summary.c: ,"registries":[...] and the digest of the claims' weights. */
void summary_registries(const struct hearsay_engine *engine, struct buffer *out);

#endif
