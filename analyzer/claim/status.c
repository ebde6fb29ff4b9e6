#include "claim/status.h"

#include "claim/signal_functions.h"
#include "claim/status_notes.h"
#include "stats/proportion.h"

const struct claim_status_row claim_status_table[CLAIM_STATUS_COUNT] = {
    [CLAIM_UNASSESSED] = {"unassessed", "nothing to judge before this time", 6,
                          "truth cannot be judged", "", 0, 0},
    [CLAIM_UNCORROBORATED] = {"uncorroborated", "nobody independent speaks of it", 6,
                              "truth cannot be judged", "", 0, 0},
    [CLAIM_CORROBORATED] = {"corroborated", "an independent source reports it", 2, "probably true",
                            "likely", 55, 80},
    [CLAIM_DISPUTED] = {"disputed", "it is denied, and reports do not outweigh that", 4, "doubtful",
                        "roughly even chance", 45, 55},
    [CLAIM_CONTRADICTED] = {"contradicted", "independent sources deny it and none reports it", 5,
                            "improbable", "unlikely", 20, 45},
    [CLAIM_RETRACTED] = {"retracted", "those who claimed it took it back", 5, "improbable",
                         "very unlikely", 5, 20},
};

/* From two independent sources on. */
static const struct claim_status_row corroborated_twice = {"corroborated",
                                                           "independent sources report it",
                                                           1,
                                                           "confirmed by other sources",
                                                           "very likely",
                                                           80,
                                                           95};

/* B..E by the share of the first account's earlier claims that were corroborated, of those that
 * were corroborated or contradicted: the 95 % interval of the share must lie beyond 0.75, 0.5, 0.5,
 * 0.25. F whenever the interval does not decide, as below five such claims. A is never given. */
static char reliability(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    if (!first) {
        return 'F';
    }
    const struct claim_account *account = &facts->accounts[first->account];
    uint32_t known = account->claims_corroborated + account->claims_contradicted;
    struct proportion_interval share =
        proportion_beta(account->claims_corroborated, known, 0.95).interval;
    if (share.low > 0.5) {
        return share.low > 0.75 ? 'B' : 'C';
    }
    if (share.high < 0.5) {
        return share.high < 0.25 ? 'E' : 'D';
    }
    return 'F';
}

/* The breach catalogue has an entry for this victim from the claim's own time: somebody has seen
 * data of it. Older entries are of another incident, and later ones are not known as of then. */
static bool is_recorded(const struct claim_facts *facts) {
    const struct claim_registry *breaches = &facts->registries[CLAIM_REGISTRY_BREACHES];
    const struct claim_post *first = first_claim(facts);
    return breaches->is_loaded && breaches->matches > 0 && !breaches->is_fabricated && first &&
           first->has_time && breaches->last_match_us >= first->at_us - BREACH_AGE_US &&
           breaches->last_match_us <= facts->as_of_us;
}

static enum claim_status decide(const struct claim_facts *facts,
                                const struct signal_value values[SIGNAL_COUNT],
                                const struct claim_assessment *seen) {
    bool is_any = false;
    for (size_t i = 0; i < facts->post_count; i++) {
        is_any = is_any || post_counts(facts, &facts->posts[i]);
    }
    const struct claim_registry *breaches = &facts->registries[CLAIM_REGISTRY_BREACHES];
    bool is_marked = breaches->is_loaded && breaches->matches > 0 && breaches->is_fabricated;
    if (!is_any) {
        return CLAIM_UNASSESSED;
    }
    if (values[SIGNAL_RETRACTION].value >= 1) {
        return CLAIM_RETRACTED;
    }
    if (seen->denying >= 2 && seen->reporting == 0) {
        return CLAIM_CONTRADICTED;
    }
    if (seen->denying > 0 || (seen->is_denied_by_victim && seen->reporting < 2) || is_marked) {
        return CLAIM_DISPUTED;
    }
    return seen->reporting > 0 || seen->is_confirmed_by_victim ? CLAIM_CORROBORATED
                                                               : CLAIM_UNCORROBORATED;
}

/* Moderate: two independent domains, or one and a registry that covers the claim's language by half
 * or more. There is no "high": nothing here was examined beyond posts and lists. */
static enum claim_confidence confidence(const struct claim_facts *facts, uint32_t domains) {
    bool is_covered = false;
    for (int i = 0; i < CLAIM_REGISTRY_ROLES; i++) {
        const struct claim_registry *registry = &facts->registries[i];
        is_covered = is_covered || (registry->is_loaded && registry->coverage >= 0.5);
    }
    return domains >= 2 || (domains == 1 && is_covered) ? CLAIM_CONFIDENCE_MODERATE
                                                        : CLAIM_CONFIDENCE_LOW;
}

struct claim_assessment claim_assess(const struct claim_facts *facts,
                                     const struct signal_value values[SIGNAL_COUNT]) {
    struct claim_assessment result = {.reporting = values[SIGNAL_INDEPENDENT_SOURCES].n,
                                      .denying = source_domains(facts, CLAIM_DENIAL)};
    for (size_t i = 0; i < facts->post_count; i++) {
        const struct claim_post *post = &facts->posts[i];
        if (post_counts(facts, post) && post->by_victim) {
            result.is_denied_by_victim |= post->stance == CLAIM_DENIAL;
            result.is_confirmed_by_victim |= post->stance == CLAIM_SOURCED;
        }
    }
    result.is_recorded = is_recorded(facts);
    result.reporting += result.is_recorded;
    result.status = decide(facts, values, &result);
    bool is_twice = result.status == CLAIM_CORROBORATED && result.reporting >= 2;
    result.row = is_twice ? &corroborated_twice : &claim_status_table[result.status];
    result.reliability = reliability(facts);
    result.confidence = confidence(facts, result.reporting + result.denying);
    status_notes(facts, values, &result);
    return result;
}
