/* The posts of each claim, brought together again after everything was read. */
#include <stdlib.h>

#include "base/sort.h"
#include "engine/claim_member.h"
#include "engine/claims.h"

struct gathering {
    const struct accounts *accounts;
    claim_visit *visit;
    void *context;
    struct arena arena; /* of the claim at hand */
    struct gathered_claim claim;
    size_t member_capacity;
    int64_t *times_us;
    uint32_t *ranks;
    uint32_t *amplifiers;
    size_t capacity; /* of these three */
    char number[8];  /* of the claim at hand */
    struct buffer key;
};

static enum hearsay_status close_claim(struct gathering *gathering) {
    struct gathered_claim *claim = &gathering->claim;
    if (claim->posts == 0) {
        return HEARSAY_OK;
    }
    claim->rank_count = sort_distinct(gathering->ranks, claim->rank_count);
    claim->amplifier_count = sort_distinct(gathering->amplifiers, claim->amplifier_count);
    claim->times_us = gathering->times_us; /* findings come by time */
    claim->amplifiers = gathering->amplifiers;
    claim->ranks = gathering->ranks;
    enum hearsay_status status = gathering->visit(gathering->context, claim);
    *claim = (struct gathered_claim){.members = claim->members};
    arena_reset(&gathering->arena);
    return status;
}

static bool make_room(struct gathering *gathering) {
    struct gathered_claim *claim = &gathering->claim;
    if (claim->posts >= gathering->capacity) {
        size_t capacity = gathering->capacity ? gathering->capacity * 2 : 64;
        int64_t *times_us = realloc(gathering->times_us, capacity * sizeof *times_us);
        gathering->times_us = times_us ? times_us : gathering->times_us;
        uint32_t *ranks = realloc(gathering->ranks, capacity * sizeof *ranks);
        gathering->ranks = ranks ? ranks : gathering->ranks;
        uint32_t *amplifiers = realloc(gathering->amplifiers, capacity * sizeof *amplifiers);
        gathering->amplifiers = amplifiers ? amplifiers : gathering->amplifiers;
        if (!times_us || !ranks || !amplifiers) {
            return false;
        }
        gathering->capacity = capacity;
    }
    if (claim->member_count == gathering->member_capacity) {
        size_t capacity = gathering->member_capacity ? gathering->member_capacity * 2 : 64;
        struct claim_member *members = realloc(claim->members, capacity * sizeof *members);
        if (!members) {
            return false;
        }
        claim->members = members;
        gathering->member_capacity = capacity;
    }
    return true;
}

static bool rank_find(struct gathering *gathering, struct claim_member *member) {
    struct buffer *key = &gathering->key;
    member->rank = MAP_NONE;
    if (member->account.len == 0) {
        return true;
    }
    buffer_clear(key);
    buffer_append_str(key, member->platform);
    buffer_append_byte(key, '\0');
    buffer_append_str(key, member->account);
    if (key->failed) {
        return false;
    }
    member->rank = accounts_rank(gathering->accounts, buffer_str(key));
    return true;
}

static void read_member(struct gathering *gathering, struct str payload,
                        struct claim_member *member) {
    struct member_head head;
    memcpy(&head, payload.ptr, sizeof head);
    if (gathering->claim.posts == 0) {
        gathering->claim.has_earlier = head.has_before != 0;
        gathering->claim.earlier = head.before;
    }
    struct str *texts[MEMBER_TEXTS] = {&member->post,   &member->platform, &member->account,
                                       &member->victim, &member->quantity, &member->incident,
                                       &member->lang,   &member->domain};
    const char *at = payload.ptr + sizeof head;
    for (unsigned i = 0; i < MEMBER_TEXTS; i++) {
        *texts[i] = (struct str){at, head.lens[i]};
        at += head.lens[i];
    }
    member->id = head.id;
    member->at_us = head.at_us;
    member->stance = (uint8_t)head.stance;
    member->has_time = head.has_time != 0;
    member->is_repost = head.is_repost != 0;
    member->flag = head.flag != 0;
    member->amount_count = head.amount_count;
    member->text = head.text;
    memcpy(member->amounts, head.amounts, sizeof head.amounts);
}

static void count_in(struct gathering *gathering, const struct claim_member *member) {
    struct gathered_claim *claim = &gathering->claim;
    if (member->has_time) {
        gathering->times_us[claim->time_count++] = member->at_us;
    }
    if (member->rank != MAP_NONE) {
        gathering->ranks[claim->rank_count++] = member->rank;
    }
    if (stance_claims(member->stance) && member->rank != MAP_NONE && claim->posts > 0 &&
        member->rank != claim->members[0].rank) {
        gathering->amplifiers[claim->amplifier_count++] = member->rank;
    }
    claim->id = member->id;
    claim->posts++;
}

static enum hearsay_status visit_member(void *context, struct str key, struct str payload) {
    struct gathering *gathering = context;
    struct gathered_claim *claim = &gathering->claim;
    if (claim->posts > 0 && memcmp(key.ptr, gathering->number, sizeof gathering->number) != 0) {
        enum hearsay_status status = close_claim(gathering);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    memcpy(gathering->number, key.ptr, sizeof gathering->number);
    struct claim_member member = {0};
    struct str copy = payload;
    bool is_kept = claim->member_count < GATHERED_POSTS_MOST;
    if (!make_room(gathering) || (is_kept && !arena_copy(&gathering->arena, payload, &copy))) {
        return HEARSAY_NO_MEMORY;
    }
    read_member(gathering, copy, &member);
    if (!rank_find(gathering, &member)) {
        return HEARSAY_NO_MEMORY;
    }
    count_in(gathering, &member);
    if (is_kept) {
        claim->members[claim->member_count++] = member;
    }
    return HEARSAY_OK;
}

enum hearsay_status claims_gather(struct claims *claims, const struct accounts *accounts,
                                  claim_visit *visit, void *context) {
    struct gathering gathering = {.accounts = accounts, .visit = visit, .context = context};
    struct runs *runs[] = {&claims->runs};
    enum hearsay_status status = runs_merge(runs, 1, visit_member, &gathering);
    if (status == HEARSAY_OK) {
        status = close_claim(&gathering);
    }
    free(gathering.claim.members);
    free(gathering.times_us);
    free(gathering.ranks);
    free(gathering.amplifiers);
    buffer_free(&gathering.key);
    arena_free(&gathering.arena);
    return status;
}
