/* What was there before: earlier claims, breaches on record, the first account's other claims. */
#include <math.h>

#include "claim/signal_functions.h"
#include "stats/proportion.h"

/* Nearer repeats by others are the same wave of posts. */
#define RECYCLED_AGE_US (7 * DAY_US)

/* Similarity (0..1) of the text to a claim that another account made over seven days before; 0 for
 * none, and for an account's own update. */
struct signal_value signal_recycled(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    if (!first || !first->has_time) {
        return signal_unknown(0);
    }
    const struct claim_earlier *earlier = &facts->earlier;
    bool is_recycled = earlier->is_known && !earlier->by_same_account &&
                       first->at_us - earlier->at_us > RECYCLED_AGE_US;
    return signal_known(is_recycled ? earlier->similarity : 0, earlier->is_known);
}

/* 1 when the breach catalogue has an entry for this victim whose date lies over 30 days before the
 * claim; 0 when it has none; known when a snapshot is at hand. A victim on record can be hit
 * again. */
struct signal_value signal_known_breach(const struct claim_facts *facts) {
    const struct claim_registry *registry = &facts->registries[CLAIM_REGISTRY_BREACHES];
    const struct claim_post *first = first_claim(facts);
    if (!registry->is_loaded || !first || !first->has_time) {
        return signal_unknown(registry->matches);
    }
    bool is_older = registry->matches > 0 && registry->first_match_us > 0 &&
                    registry->first_match_us < first->at_us - BREACH_AGE_US;
    return signal_known(is_older, registry->matches);
}

/* n / (n + 1) of n listings of the victim elsewhere: other claims, not confirmations. */
struct signal_value signal_listed_elsewhere(const struct claim_facts *facts) {
    const struct claim_registry *registry = &facts->registries[CLAIM_REGISTRY_LISTINGS];
    return registry->is_loaded
               ? signal_known(registry->matches / (registry->matches + 1.0), registry->matches)
               : signal_unknown(0);
}

/* Share of the first account's claims that came without an artefact, this one included: posterior
 * mean and 95 % interval of a Beta(1,1)-Binomial (stats/proportion.h). New accounts can be right:
 * with one claim the interval reaches from 0.16 or below to 0.99 or from 0.01 to 0.84. */
struct signal_value signal_unsupported_history(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    if (!first || facts->accounts[first->account].claims == 0) {
        return signal_unknown(0);
    }
    const struct claim_account *account = &facts->accounts[first->account];
    struct proportion_posterior posterior =
        proportion_beta(account->claims_without_artefact, account->claims, 0.95);
    return (struct signal_value){posterior.mean, posterior.interval.low, posterior.interval.high,
                                 account->claims, true};
}

/* "zh" of "zh-Hant": a script is no other language. */
static struct str language_of(struct str tag) {
    size_t dash = str_find_byte(tag, '-', 0);
    return str_slice(tag, 0, dash == STR_NOT_FOUND ? tag.len : dash);
}

/* 1 when the first account's claims are mostly in another language than the claim's. Many people
 * write several. */
struct signal_value signal_language_shift(const struct claim_facts *facts) {
    const struct claim_post *first = first_claim(facts);
    struct str usual = first ? language_of(facts->accounts[first->account].main_lang) : STR_EMPTY;
    struct str here = first ? language_of(first->lang) : STR_EMPTY;
    bool is_told = usual.len > 0 && here.len > 0 && !str_is(here, "und");
    return is_told ? signal_known(!str_equal(usual, here), 1) : signal_unknown(0);
}
