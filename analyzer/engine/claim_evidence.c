#include "engine/claim_evidence.h"

static struct claim_account account_of(const struct claim_member *member,
                                       const struct claim_history *history,
                                       const struct accounts *accounts) {
    const struct account_history *known = claim_history_of(history, member->rank);
    struct claim_account account = {.platform = member->platform, .name = member->account};
    if (known) {
        account.claims = known->claims;
        account.claims_without_artefact = known->claims_without_artefact;
        account.counts = known->counts;
        account.counts_round = known->counts_round;
        memcpy(account.leading, known->leading, sizeof account.leading);
    }
    account.cluster = member->rank != MAP_NONE ? accounts->clusters[member->rank] : 0;
    return account;
}

/* Index of the member's account among the facts'; posts without an account share one. */
static uint32_t account_index(struct claim_evidence *evidence, const struct claim_member *member,
                              const struct claim_history *history,
                              const struct accounts *accounts) {
    struct claim_facts *facts = &evidence->facts;
    uint32_t at = 0;
    while (at < facts->account_count && evidence->ranks[at] != member->rank) {
        at++;
    }
    if (at == facts->account_count) {
        evidence->ranks[at] = member->rank;
        evidence->accounts[facts->account_count++] = account_of(member, history, accounts);
    }
    return at;
}

void claim_evidence_fill(struct claim_evidence *evidence, const struct gathered_claim *claim,
                         const struct claim_history *history, const struct accounts *accounts,
                         int64_t as_of_us) {
    struct claim_facts *facts = &evidence->facts;
    *facts = (struct claim_facts){.posts = evidence->posts,
                                  .accounts = evidence->accounts,
                                  .posts_seen = claim->posts,
                                  .as_of_us = as_of_us};
    for (size_t i = 0; i < claim->member_count && i < CLAIM_POSTS_KEPT; i++) {
        const struct claim_member *member = &claim->members[i];
        bool is_sourced = member->stance == CLAIM_SOURCED;
        bool is_denial = member->stance == CLAIM_DENIAL;
        evidence->posts[facts->post_count++] =
            (struct claim_post){.text = member->text,
                                .source_domain = is_sourced ? member->domain : STR_EMPTY,
                                .lang = member->lang,
                                .at_us = member->at_us,
                                .account = account_index(evidence, member, history, accounts),
                                .stance = (enum claim_stance)member->stance,
                                .has_time = member->has_time,
                                .is_repost = member->is_repost,
                                .by_victim = is_denial && member->victim.len > 0};
    }
    if (claim->has_earlier) {
        claim_id_write(claim->earlier.claim, evidence->earlier);
        facts->earlier = (struct claim_earlier){.is_known = true,
                                                .by_same_account = claim->earlier.by_same_account,
                                                .at_us = claim->earlier.at_us,
                                                .claim = str_from_c(evidence->earlier),
                                                .similarity = claim->earlier.similarity};
    }
}
