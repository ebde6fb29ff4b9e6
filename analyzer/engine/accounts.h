/* The accounts of all workers in one order: rank 0, 1, 2, ... by (platform, account) bytewise,
 * whatever worker saw an account first. */
#ifndef HEARSAY_ENGINE_ACCOUNTS_H
#define HEARSAY_ENGINE_ACCOUNTS_H

#include <stdatomic.h>

#include "base/str.h"
#include "engine/worker.h"

struct accounts {
    uint32_t count;
    struct str *keys; /* by rank: platform \0 account, borrowed from the workers' maps */
    uint32_t **ranks; /* ranks[worker][index] */
    size_t worker_count;
    _Atomic uint32_t *posts;       /* by rank: posts and reposts without duplicates */
    _Atomic uint32_t *timed_posts; /* those with a time */
    uint32_t *activity;            /* timed_posts once counting has ended */
    _Atomic uint32_t *findings;
    const struct account_score *scores; /* borrowed; NULL until coordination has run */
};

bool accounts_merge(struct accounts *accounts, const struct worker *workers, size_t worker_count);
/* Rank of an account by its key (platform \0 account), or MAP_NONE. */
uint32_t accounts_rank(const struct accounts *accounts, struct str key);
struct str account_platform(const struct accounts *accounts, uint32_t rank);
struct str account_name(const struct accounts *accounts, uint32_t rank);
void accounts_free(struct accounts *accounts);

#endif
