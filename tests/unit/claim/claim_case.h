/* A claim to be judged in a test: two accounts, a self-claim at day 10, as of day 20. */
#ifndef TESTS_UNIT_CLAIM_CLAIM_CASE_H
#define TESTS_UNIT_CLAIM_CLAIM_CASE_H

#include "claim/claim_facts.h"

#define DAY 86400000000ll
#define CASE_POSTS 8

struct claim_case {
    struct claim_post posts[CASE_POSTS];
    struct claim_account accounts[4];
    struct claim_facts facts;
};

static inline void case_init(struct claim_case *claim) {
    *claim = (struct claim_case){0};
    for (int i = 0; i < CASE_POSTS; i++) {
        claim->posts[i] = (struct claim_post){.source_domain = STR_EMPTY,
                                              .lang = STR("en"),
                                              .has_time = true,
                                              .at_us = (10 + i) * DAY,
                                              .stance = CLAIM_SELF,
                                              .text = {.victim_is_named = true}};
    }
    for (int i = 0; i < 4; i++) {
        claim->accounts[i] = (struct claim_account){.platform = STR("x"),
                                                    .name = STR("a"),
                                                    .main_lang = STR_EMPTY,
                                                    .claims = 1,
                                                    .claims_without_artefact = 1};
    }
    claim->facts = (struct claim_facts){.incident = STR("data_leak"),
                                        .victim = STR("Norvale Library"),
                                        .posts = claim->posts,
                                        .post_count = 1,
                                        .posts_seen = 1,
                                        .accounts = claim->accounts,
                                        .account_count = 4,
                                        .as_of_us = 20 * DAY};
}

/* Adds a post by `account` with a stance; to be changed further by the caller. */
static inline struct claim_post *case_add(struct claim_case *claim, uint32_t account,
                                          enum claim_stance stance) {
    struct claim_post *post = &claim->posts[claim->facts.post_count++];
    claim->facts.posts_seen++;
    post->account = account;
    post->stance = stance;
    return post;
}

#endif
