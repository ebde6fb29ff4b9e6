/* A gathered claim as the facts that claim/ judges (claim/claim_facts.h). */
#ifndef HEARSAY_ENGINE_CLAIM_EVIDENCE_H
#define HEARSAY_ENGINE_CLAIM_EVIDENCE_H

#include "claim/registry_index.h"
#include "claim/victim_voice.h"
#include "engine/claim_history.h"

/* What is around the claims of a run. Borrowed. */
struct claim_view {
    const struct claim_history *history;
    const struct accounts *accounts;
    const struct registry_index *registries;
    int64_t as_of_us; /* the time of the judgement */
};

/* What the claim's posts say together. */
struct claim_subject {
    struct str incident;
    struct str victim;
    struct str lang; /* of most of its posts */
};

/* Scratch; the facts borrow from it, from the claim and from the registries. Zero-initialise. */
struct claim_evidence {
    struct claim_post posts[CLAIM_POSTS_KEPT];
    struct claim_account accounts[CLAIM_POSTS_KEPT];
    uint32_t ranks[CLAIM_POSTS_KEPT]; /* of the accounts */
    char earlier[CLAIM_ID_SIZE];
    struct name_maker maker;
    struct claim_facts facts;
};

/* False: memory is out. */
bool claim_evidence_fill(struct claim_evidence *evidence, const struct gathered_claim *claim,
                         const struct claim_view *view, const struct claim_subject *subject);
/* Rank of the account of the earliest post that makes the claim; MAP_NONE: there is none. */
uint32_t claim_evidence_first(const struct claim_evidence *evidence);
void claim_evidence_free(struct claim_evidence *evidence);

#endif
