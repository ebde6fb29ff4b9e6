/* Duplicates and conflicts of ids, found by sorting the facts of all workers: the result is the
 * same for any order and split of the input. */
#ifndef HEARSAY_ENGINE_FACTS_H
#define HEARSAY_ENGINE_FACTS_H

#include "engine/accounts.h"
#include "engine/worker.h"

struct fact_counts {
    _Atomic uint64_t posts;
    _Atomic uint64_t reposts;
    _Atomic uint64_t duplicates;
    _Atomic uint64_t id_conflict;
};

/* Reads all facts, counts, and fills posts, timed_posts, findings and activity of `accounts`. */
enum hearsay_status facts_count(struct worker *workers, size_t worker_count, unsigned threads,
                                struct accounts *accounts, struct fact_counts *counts);

#endif
