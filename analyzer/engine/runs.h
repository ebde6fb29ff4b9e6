/* External merge sort of entries of any size (Knuth, TAOCP 3, 5.4): each worker collects entries,
 * sorts and spills them as a run when the memory budget is spent; runs_merge visits all entries of
 * all workers in order of key bytes, then of payload bytes. */
#ifndef HEARSAY_ENGINE_RUNS_H
#define HEARSAY_ENGINE_RUNS_H

#include "base/buffer.h"
#include "base/table.h"

struct run_block {
    uint64_t offset; /* in the store */
    uint32_t len;
};

struct run {
    struct run_block *blocks;
    size_t block_count;
};

/* One worker's share. */
struct runs {
    struct memory_budget *budget;
    struct buffer bytes; /* entries: u32 key length, u32 payload length, key, payload */
    size_t *starts;      /* offset of each entry in bytes */
    size_t count;
    size_t capacity;
    uint64_t charged_bytes; /* counted in the budget */
    struct run *runs;       /* spilled */
    size_t run_count;
};

void runs_init(struct runs *runs, struct memory_budget *budget);
enum hearsay_status runs_add(struct runs *runs, struct str key, struct str payload);

typedef enum hearsay_status entry_visit(void *context, struct str key, struct str payload);

/* Visits everything in order. The runs cannot be added to afterwards. */
enum hearsay_status runs_merge(struct runs *const *workers, size_t worker_count, entry_visit *visit,
                               void *context);
void runs_free(struct runs *runs);

#endif
