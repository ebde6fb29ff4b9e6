/* What each account has claimed over all claims of the run: how many, how many of them without
 * anything to look at, and the numbers it stated. Only accounts that claim or pass on have one. */
#ifndef HEARSAY_ENGINE_CLAIM_HISTORY_H
#define HEARSAY_ENGINE_CLAIM_HISTORY_H

#include "claim/status.h"
#include "engine/claims.h"

#define HISTORY_LANG_SIZE 16      /* longer tags are left out */
#define HISTORY_LANG_LEAD_LEAST 3 /* claims that the language must be ahead by */

struct account_history {
    uint32_t claims;
    uint32_t claims_without_artefact; /* nothing over CLAIM_ARTEFACT_DESCRIBED */
    uint32_t claims_corroborated;     /* it was the first to claim, and this was the outcome */
    uint32_t claims_contradicted;     /* likewise; retracted ones included */
    uint32_t counts;                  /* numbers of records, people, ... */
    uint32_t counts_round;            /* of these, with one significant digit */
    uint32_t leading[10];
    /* The language that most of its claims are in, where one is: candidate and its lead (Boyer and
     * Moore 1981, "MJRTY"), in the order of the claims. */
    char lang[HISTORY_LANG_SIZE];
    uint32_t lang_lead;
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
/* Adds a claim to its accounts, each account once; of the claim's first GATHERED_POSTS_MOST posts,
 * and of these the ones up to `as_of_us`. False: memory is out. */
bool claim_history_add(struct claim_history *history, const struct gathered_claim *claim,
                       int64_t as_of_us);
/* Notes the outcome of a claim with the account that was first to claim it; MAP_NONE: with nobody.
 * Claims that are noted in order of their first posts are known to later ones only. */
void claim_history_settle(struct claim_history *history, uint32_t rank, enum claim_status outcome);
/* NULL: the account has none. */
const struct account_history *claim_history_of(const struct claim_history *history, uint32_t rank);
void claim_history_free(struct claim_history *history);

#endif
