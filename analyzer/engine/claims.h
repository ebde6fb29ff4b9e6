/* Findings become claims: in the order of findings, each post that asserts or concerns an incident
 * is given to its claim (claim/assign.h) and waits, sorted by claim, until accounts' clusters are
 * known; then each claim is gathered and written. Holds the assigner's bounded memory and, of the
 * claim that is being written, GATHERED_POSTS_MOST posts and 16 bytes for every further one. */
#ifndef HEARSAY_ENGINE_CLAIMS_H
#define HEARSAY_ENGINE_CLAIMS_H

#include "base/arena.h"
#include "claim/assign.h"
#include "claim/claim_facts.h"
#include "engine/accounts.h"
#include "engine/runs.h"

/* What a finding's payload keeps for its claim, of fixed size. */
struct claim_mark {
    struct claim_trace trace;
    struct claim_text text;
    uint32_t is_repost;
    uint32_t lang_len; /* texts behind it, in this order */
    uint32_t domain_len;
    uint32_t format_len;
};

/* One finding, as it is given to its claim. Slices are borrowed. */
struct claim_entry {
    struct str post;
    struct str platform;
    struct str account;
    struct str victim;
    struct str quantity;
    struct str incident;
    struct str stance;
    struct str lang;
    struct str domain; /* registrable, of the first link; "" if there is none */
    const struct claim_mark *mark;
    int64_t created_at_us;
    double score;
    bool has_time;
    bool flag;
};

#define CLAIM_ID_SIZE 17 /* 16 hexadecimal digits and a NUL */

struct claims {
    struct memory_budget *budget;
    struct claim_assigner *assigner;
    struct name_reader reader;
    struct runs runs; /* key: claim, number of the post; payload: struct member */
    struct buffer payload;
    uint64_t posts;
    uint64_t count;
};

bool claims_init(struct claims *claims, struct memory_budget *budget);
/* Writes the claim's id, or "" when the post is of none. */
enum hearsay_status claims_add(struct claims *claims, const struct claim_entry *entry,
                               char id[CLAIM_ID_SIZE]);
void claims_free(struct claims *claims);
void claim_id_write(uint64_t id, char out[CLAIM_ID_SIZE]);

/* ---- Gathering (claims_gather.c) ---- */

/* Posts beyond are counted, but not looked at one by one. */
#define GATHERED_POSTS_MOST 4096u

struct claim_member {
    struct str post;
    struct str platform;
    struct str account;
    struct str victim;
    struct str quantity;
    struct str incident;
    struct str lang;
    struct str domain;
    uint64_t id;
    int64_t at_us;
    uint32_t rank; /* of the account, MAP_NONE: the source names none */
    uint32_t amount_count;
    struct claim_amount amounts[TRACE_AMOUNTS_MOST];
    struct claim_text text;
    uint8_t stance; /* enum claim_stance */
    bool has_time;
    bool is_repost;
    bool flag;
};

struct gathered_claim {
    uint64_t id;
    bool has_earlier;
    struct claim_before earlier;
    struct claim_member *members; /* in order; `member_count` of `posts` */
    size_t member_count;
    uint64_t posts;
    const int64_t *times_us; /* of all posts that have one, ascending */
    size_t time_count;
    const uint32_t *ranks; /* of all posts' accounts, ascending, distinct */
    size_t rank_count;
    const uint32_t *amplifiers; /* of these, those that claimed or passed on, the first post's own
                                   account left out; ascending */
    size_t amplifier_count;
};

typedef enum hearsay_status claim_visit(void *context, const struct gathered_claim *claim);

/* Visits the claims in order of their first posts, any number of times. Nothing can be added
 * afterwards. */
enum hearsay_status claims_gather(struct claims *claims, const struct accounts *accounts,
                                  claim_visit *visit, void *context);

#endif
