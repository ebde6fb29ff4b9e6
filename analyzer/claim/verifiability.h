/* Verifiability: could anybody check this claim from what is public? A sum in log-odds,
 *     v = 1 / (1 + exp(-(base + sum over signals of weight (value - neutral)))),
 * over the signals that are known. It is no probability of truth: an invented claim with a sample
 * is verifiable, a true one without is not.
 *
 * Monotone by construction: the signals that rise when a victim is named, a sample is linked or an
 * independent source reports have weights of 0 or more, and no signal with a weight below 0 rises
 * with these. The weights are set by hand, since no labels of verifiability exist; they are data
 * with a hash, and what tells of conduct (sale, exaggeration, amplification) has weight 0. */
#ifndef HEARSAY_CLAIM_VERIFIABILITY_H
#define HEARSAY_CLAIM_VERIFIABILITY_H

#include "base/hash.h"
#include "claim/signal.h"

struct signal_weight {
    double weight;
    double neutral; /* the value that moves nothing */
};

/* By enum claim_signal_id. */
extern const struct signal_weight claim_signal_weights[SIGNAL_COUNT];
extern const double claim_verifiability_base;

struct verifiability {
    double value;                  /* 0..1 */
    double base;                   /* log-odds with nothing known */
    double log_odds[SIGNAL_COUNT]; /* what each signal adds; 0 when it is not known */
};

struct verifiability claim_verifiability(const struct signal_value values[SIGNAL_COUNT]);

/* Digest of names, weights, neutral values and base, for the summary. */
struct digest claim_weights_digest(void);

#endif
