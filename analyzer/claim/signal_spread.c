/* Who else speaks of a claim: independent sources, the victim, and those who pass it on. */
#include <math.h>

#include "claim/signal_functions.h"
#include "claim/source_domain.h"

const struct claim_post *first_claim(const struct claim_facts *facts) {
    const struct claim_post *first = NULL;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (!post_counts(facts, post) || !post_claims(post)) {
            continue;
        }
        bool is_own = post->stance == CLAIM_SELF && !post->is_repost;
        if (!first) {
            first = post;
        } else if (is_own && first->stance != CLAIM_SELF && first->has_time && post->has_time &&
                   post->at_us == first->at_us) {
            first = post;
        }
    }
    return first;
}

static bool is_source(const struct claim_facts *facts, size_t index, enum claim_stance stance) {
    const struct claim_post *post = &facts->posts[index];
    return post_counts(facts, post) && post->stance == stance && !post->by_victim &&
           source_domain_counts(post->source_domain);
}

uint32_t source_domains(const struct claim_facts *facts, enum claim_stance stance) {
    uint32_t count = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        bool is_new = is_source(facts, i, stance);
        for (size_t k = 0; k < i && is_new; k++) {
            is_new = !is_source(facts, k, stance) ||
                     !str_equal(facts->posts[k].source_domain, facts->posts[i].source_domain);
        }
        count += is_new;
    }
    return count;
}

/* n / (n + 1), n the distinct registrable domains that report the incident: among the posts, or in
 * the news index when that has more. Reports may all repeat the claim: a domain is independent of
 * the posts' accounts, not of the claim. */
struct signal_value signal_independent_sources(const struct claim_facts *facts) {
    const struct claim_registry *news = &facts->registries[CLAIM_REGISTRY_NEWS];
    uint32_t domains = source_domains(facts, CLAIM_SOURCED);
    if (news->is_loaded && news->domains > domains) {
        domains = news->domains;
    }
    return signal_known(domains / (domains + 1.0), domains);
}

/* -1 the victim denies, 1 it confirms, 0 both; known when it spoke. Victims have denied true
 * incidents for years, and a denial costs nothing, so nothing here weighs it. */
struct signal_value signal_response(const struct claim_facts *facts) {
    uint32_t denials = 0;
    uint32_t confirmations = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_counts(facts, post) && post->by_victim) {
            denials += post->stance == CLAIM_DENIAL;
            confirmations += post->stance != CLAIM_DENIAL && post->stance != CLAIM_OTHER;
        }
    }
    uint32_t n = denials + confirmations;
    return n > 0 ? signal_known((confirmations > 0) - (denials > 0), n) : signal_unknown(0);
}

static bool is_amplifier(const struct claim_facts *facts, const struct claim_post *post,
                         const struct claim_post *first) {
    return post_counts(facts, post) && post_claims(post) && post->account != first->account;
}

/* Share of the posts by others that pass the claim on before the first report of an independent
 * source; 1 when there is none. True news spreads before it is confirmed, too. */
struct signal_value signal_amplified_unsourced(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    bool is_sourced = false;
    uint32_t before = 0;
    uint32_t all = 0;
    for (size_t i = 0; i < facts->post_count && first; i++) {
        is_sourced = is_sourced || is_source(facts, i, CLAIM_SOURCED);
        if (is_amplifier(facts, &facts->posts[i], first)) {
            before += !is_sourced;
            all++;
        }
    }
    return all > 0 ? signal_known((double)before / all, all) : signal_unknown(0);
}

/* Is this post the first by which its account passes the claim on? */
static bool is_new_amplifier(const struct claim_facts *facts, size_t index,
                             const struct claim_post *first) {
    bool is_new = is_amplifier(facts, &facts->posts[index], first);
    for (size_t k = 0; k < index && is_new; k++) {
        is_new = facts->posts[k].account != facts->posts[index].account ||
                 !is_amplifier(facts, &facts->posts[k], first);
    }
    return is_new;
}

/* Accounts other than the first that pass the claim on and sit in `cluster`; 0: wherever. */
static uint32_t amplifiers(const struct claim_facts *facts, const struct claim_post *first,
                           uint32_t cluster) {
    uint32_t count = 0;
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_account *account = &facts->accounts[facts->posts[i].account];
        count += (cluster == 0 || account->cluster == cluster) && is_new_amplifier(facts, i, first);
    }
    return count;
}

static bool is_new_cluster(const struct claim_facts *facts, size_t account) {
    uint32_t cluster = facts->accounts[account].cluster;
    for (size_t i = 0; i < account; i++) {
        if (facts->accounts[i].cluster == cluster) {
            return false;
        }
    }
    return cluster > 0;
}

/* Share of the amplifying accounts that sit in one coordinated cluster, the one with most of them.
 * Known from two amplifiers. Fans and aggregators act together as well. */
struct signal_value signal_coordinated(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    uint32_t all = first ? amplifiers(facts, first, 0) : 0;
    if (all < 2) {
        return signal_unknown(all);
    }
    uint32_t most = 0;
    for (size_t i = 0; i < facts->account_count; i++) {
        uint32_t count =
            is_new_cluster(facts, i) ? amplifiers(facts, first, facts->accounts[i].cluster) : 0;
        most = count > most ? count : most;
    }
    return signal_known(most < 2 ? 0 : (double)most / all, all);
}
