/* Duplicates and conflicts of ids, found by sorting the facts of all workers: the result is the
 * same for any order and split of the input. */
#ifndef HEARSAY_ENGINE_FACTS_H
#define HEARSAY_ENGINE_FACTS_H

#include "engine/accounts.h"
#include "engine/habits.h"
#include "engine/worker.h"

struct fact_counts {
    _Atomic uint64_t posts;
    _Atomic uint64_t reposts;
    _Atomic uint64_t duplicates;
    _Atomic uint64_t id_conflict;
};

/* Reads all facts, counts, fills posts, timed_posts, findings and activity of `accounts`, and adds
 * each timed post to `habits`. `times` has SOURCES_LIMIT items, all workers together. */
enum hearsay_status facts_count(struct worker *workers, size_t worker_count, unsigned threads,
                                const struct source_times *times, struct accounts *accounts,
                                struct habits *habits, struct fact_counts *counts);

#endif
