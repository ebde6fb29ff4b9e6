/* What each account has claimed over all claims of the run: how many, how many of them without
 * anything to look at, and the numbers it stated. Only accounts that claim or pass on have one. */
#ifndef HEARSAY_ENGINE_CLAIM_HISTORY_H
#define HEARSAY_ENGINE_CLAIM_HISTORY_H

#include "engine/claims.h"

struct account_history {
    uint32_t claims;
    uint32_t claims_without_artefact; /* nothing over CLAIM_ARTEFACT_DESCRIBED */
    uint32_t counts;                  /* numbers of records, people, ... */
    uint32_t counts_round;            /* of these, with one significant digit */
    uint32_t leading[10];
};

/* Zero-initialise. */
struct claim_history {
    uint32_t *index; /* by rank; 0: none, else item index + 1 */
    struct account_history *items;
    uint32_t count;
    uint32_t capacity;
    struct claim_stand *stands; /* scratch of one claim */
    size_t stand_capacity;
};

bool claim_history_init(struct claim_history *history, uint32_t account_count);
/* Adds a claim to its accounts, each account once; of the claim's first GATHERED_POSTS_MOST posts.
 * False: memory is out. */
bool claim_history_add(struct claim_history *history, const struct gathered_claim *claim);
/* NULL: the account has none. */
const struct account_history *claim_history_of(const struct claim_history *history, uint32_t rank);
void claim_history_free(struct claim_history *history);

#endif
