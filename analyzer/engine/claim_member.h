/* The layout of a claim's post between claims.c, which packs it, and claims_gather.c. In the
 * machine's own byte order: it lives no longer than the run. */
#ifndef HEARSAY_ENGINE_CLAIM_MEMBER_H
#define HEARSAY_ENGINE_CLAIM_MEMBER_H

#include "claim/assign.h"
#include "claim/claim_facts.h"

#define MEMBER_TEXTS 8u

/* Then the texts: post, platform, account, victim, quantity, incident, lang, domain. */
struct member_head {
    uint64_t id;
    int64_t at_us;
    uint32_t lens[MEMBER_TEXTS];
    uint32_t stance;
    uint32_t has_time;
    uint32_t is_repost;
    uint32_t flag;
    uint32_t amount_count;
    struct claim_amount amounts[TRACE_AMOUNTS_MOST];
    struct claim_text text;
    uint32_t has_before; /* of a claim's first post */
    struct claim_before before;
};

#define MEMBER_KEY_BYTES 16u /* claim and post number, big-endian */

#endif
