#include "engine/claim_evidence.h"

#include <stdlib.h>

#include "claim/claim_text.h"
#include "claim/signal_functions.h"

static struct claim_account account_of(const struct claim_member *member,
                                       const struct claim_history *history,
                                       const struct accounts *accounts) {
    const struct account_history *known = claim_history_of(history, member->rank);
    struct claim_account account = {
        .platform = member->platform, .name = member->account, .main_lang = STR_EMPTY};
    if (known) {
        account.claims = known->claims;
        account.claims_without_artefact = known->claims_without_artefact;
        account.claims_corroborated = known->claims_corroborated;
        account.claims_contradicted = known->claims_contradicted;
        account.counts = known->counts;
        account.main_lang =
            known->lang_lead >= HISTORY_LANG_LEAD_LEAST ? str_from_c(known->lang) : STR_EMPTY;
        account.counts_round = known->counts_round;
        memcpy(account.leading, known->leading, sizeof account.leading);
    }
    account.cluster = member->rank != MAP_NONE ? accounts->scores[member->rank].cluster : 0;
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

/* One post of the claim; reports and denials may be the victim's own. */
static bool add_post(struct claim_evidence *evidence, const struct claim_member *member,
                     const struct claim_view *view) {
    struct claim_facts *facts = &evidence->facts;
    bool is_report = member->stance == CLAIM_SOURCED || member->stance == CLAIM_DENIAL;
    bool by_victim = false;
    if (is_report && !victim_voice(&evidence->maker, facts->victim, member->account, member->domain,
                                   &by_victim)) {
        return false;
    }
    evidence->posts[facts->post_count++] = (struct claim_post){
        .text = member->text,
        .source_domain = is_report ? member->domain : STR_EMPTY,
        .lang = member->lang,
        .at_us = member->at_us,
        .account = account_index(evidence, member, view->history, view->accounts),
        .stance = (enum claim_stance)member->stance,
        .has_time = member->has_time,
        .is_repost = member->is_repost,
        .by_victim = by_victim};
    return true;
}

/* Reports from shortly before the first post on: posts may be late, and older reports are about
 * something else. */
#define NEWS_BEFORE_US (3 * 86400 * (int64_t)1000000)

static bool look_up(struct claim_evidence *evidence, const struct claim_view *view,
                    const struct claim_subject *subject) {
    struct claim_facts *facts = &evidence->facts;
    struct claim_text named = {0};
    claim_text_victim(subject->victim, &named);
    bool has_first = facts->posts[0].has_time;
    struct registry_query query = {.victim = subject->victim,
                                   .is_generic = named.victim_is_generic,
                                   .lang = subject->lang,
                                   .news_from_us =
                                       has_first ? facts->posts[0].at_us - NEWS_BEFORE_US : 0,
                                   .news_to_us = facts->as_of_us};
    return registry_index_look(view->registries, &query, facts->registries);
}

bool claim_evidence_fill(struct claim_evidence *evidence, const struct gathered_claim *claim,
                         const struct claim_view *view, const struct claim_subject *subject) {
    struct claim_facts *facts = &evidence->facts;
    *facts = (struct claim_facts){.incident = subject->incident,
                                  .victim = subject->victim,
                                  .posts = evidence->posts,
                                  .accounts = evidence->accounts,
                                  .posts_seen = claim->posts,
                                  .as_of_us = view->as_of_us};
    for (size_t i = 0; i < claim->member_count && i < CLAIM_POSTS_KEPT; i++) {
        if (!add_post(evidence, &claim->members[i], view)) {
            return false;
        }
    }
    if (claim->has_earlier) {
        claim_id_write(claim->earlier.claim, evidence->earlier);
        facts->earlier = (struct claim_earlier){.is_known = true,
                                                .by_same_account = claim->earlier.by_same_account,
                                                .at_us = claim->earlier.at_us,
                                                .claim = str_from_c(evidence->earlier),
                                                .similarity = claim->earlier.similarity};
    }
    return look_up(evidence, view, subject);
}

uint32_t claim_evidence_first(const struct claim_evidence *evidence) {
    const struct claim_post *first = first_claim(&evidence->facts);
    return first ? evidence->ranks[first->account] : MAP_NONE;
}

void claim_evidence_free(struct claim_evidence *evidence) {
    if (evidence) {
        name_maker_free(&evidence->maker);
        free(evidence);
    }
}
