/* Gives each post to the claim that it asserts, or opens one. Posts come in order of (time,
 * platform, id), each once, so that the outcome depends on their content only; no claim is ever
 * joined to another afterwards, so that a claim's number is final when its first post has come.
 * Memory is bounded whatever comes: CLAIMS_OPEN_MOST claims are remembered (some 80 MB in all at
 * worst, outside of --memory); when they are that many, the half that has been silent longest is
 * forgotten and, where its horizon had not passed, counted. */
#ifndef HEARSAY_CLAIM_ASSIGN_H
#define HEARSAY_CLAIM_ASSIGN_H

#include "claim/likeness.h"
#include "hearsay.h"

#define CLAIMS_OPEN_MOST 8192u
/* A claim that nobody has repeated for so long is another one when it comes again. */
#define CLAIM_HORIZON_US (14 * 86400 * (int64_t)1000000)
#define CLAIM_NONE UINT64_MAX

struct claim_assigner;

/* NULL: memory is out. `open_most` is CLAIMS_OPEN_MOST; tests take less. */
struct claim_assigner *claim_assigner_new(uint32_t open_most);

/* A claim that a new one is like, though its horizon had passed. */
struct claim_before {
    uint64_t claim;    /* its tag */
    int64_t at_us;     /* of its first post */
    double similarity; /* of the texts, 0..1 */
    bool by_same_account;
};

struct claim_assignment {
    uint64_t claim; /* 0, 1, ... in order of opening; CLAIM_NONE: of no claim */
    uint64_t tag;   /* of the post that opened it */
    bool is_new;
    bool has_before; /* of a new one */
    struct claim_before before;
};

/* `may_open`: a post that joins no claim opens one. */
enum hearsay_status claim_assign(struct claim_assigner *assigner,
                                 const struct claim_candidate *post, bool may_open,
                                 struct claim_assignment *assignment);

/* Claims forgotten before their horizon had passed: a later post may have opened another one. */
uint64_t claim_assigner_forgotten(const struct claim_assigner *assigner);
void claim_assigner_free(struct claim_assigner *assigner);

#endif
