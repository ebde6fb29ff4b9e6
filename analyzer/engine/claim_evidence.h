/* A gathered claim as the facts that claim/ judges (claim/claim_facts.h). */
#ifndef HEARSAY_ENGINE_CLAIM_EVIDENCE_H
#define HEARSAY_ENGINE_CLAIM_EVIDENCE_H

#include "engine/claim_history.h"

/* Scratch; the facts borrow from it and from the claim. */
struct claim_evidence {
    struct claim_post posts[CLAIM_POSTS_KEPT];
    struct claim_account accounts[CLAIM_POSTS_KEPT];
    uint32_t ranks[CLAIM_POSTS_KEPT]; /* of the accounts */
    char earlier[CLAIM_ID_SIZE];
    struct claim_facts facts;
};

/* `as_of_us` is the time of the judgement. */
void claim_evidence_fill(struct claim_evidence *evidence, const struct gathered_claim *claim,
                         const struct claim_history *history, const struct accounts *accounts,
                         int64_t as_of_us);

#endif
