/* The functions of the signal table, and what several of them ask of the facts. Internal to the
 * claim module. */
#ifndef HEARSAY_CLAIM_SIGNAL_FUNCTIONS_H
#define HEARSAY_CLAIM_SIGNAL_FUNCTIONS_H

#include "claim/signal.h"

#define MICROSECONDS 1000000ll
#define DAY_US (86400ll * MICROSECONDS)
/* The claim's own incident stands in catalogues with a date of its own, which may lie a little
 * before the claim; entries older than this are of another incident. */
#define BREACH_AGE_US (30 * DAY_US)

signal_function signal_assertiveness, signal_exaggeration, signal_sale, signal_retraction;
signal_function signal_victim_named, signal_amount_stated, signal_artefact, signal_shown_share,
    signal_specificity;
signal_function signal_amount_implausible, signal_amount_spread, signal_round_counts,
    signal_leading_digits;
signal_function signal_recycled, signal_known_breach, signal_listed_elsewhere,
    signal_unsupported_history, signal_language_shift;
signal_function signal_independent_sources, signal_response, signal_amplified_unsourced,
    signal_coordinated;

static inline struct signal_value signal_unknown(uint32_t n) {
    return (struct signal_value){.n = n};
}

static inline struct signal_value signal_known(double value, uint32_t n) {
    return (struct signal_value){value, value, value, n, true};
}

/* At or before the time of the judgement; a post without a time is taken to be. */
static inline bool post_counts(const struct claim_facts *facts, const struct claim_post *post) {
    return !post->has_time || post->at_us <= facts->as_of_us;
}

static inline bool post_claims(const struct claim_post *post) {
    return stance_claims(post->stance);
}
/* Sourced reports offer to check too. */
static inline bool post_offers(const struct claim_facts *facts, const struct claim_post *post) {
    return post_counts(facts, post) && (post_claims(post) || post->stance == CLAIM_SOURCED);
}

/* The earliest post that makes the claim, its own before passed-on ones of the same time; NULL when
 * only reports and denials are known. */
const struct claim_post *first_claim(const struct claim_facts *facts);

/* Distinct registrable domains of independent sources among the posts whose stance is `stance`,
 * those of the victim left out. */
uint32_t source_domains(const struct claim_facts *facts, enum claim_stance stance);

#endif
