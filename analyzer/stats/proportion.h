/* Counts of successes: an interval for one share, and a test whether two judges of the same items
 * differ. Knows counts only. */
#ifndef HEARSAY_STATS_PROPORTION_H
#define HEARSAY_STATS_PROPORTION_H

#include <stdint.h>

struct proportion_interval {
    double low, high;
};

/* Wilson's score interval (Wilson 1927) for `hits` of `count` at `confidence` (over 0, below 1):
 *   (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)
 * within [0,1], also for none and for all of them; [0,1] for a count of 0. Assumes independent
 * draws: posts of one author, or copies of one text, are fewer than they look. */
struct proportion_interval proportion_wilson(uint64_t hits, uint64_t count, double confidence);

/* A share as its posterior mean and equal-tailed credible interval under a flat prior: hits given
 * the share are binomial, the share is Beta(1, 1) before and Beta(1 + hits, 1 + count - hits)
 * after (Bayes 1763; Gelman et al. 2013, Bayesian Data Analysis, section 2.1). The mean is
 * (hits + 1) / (count + 2): few draws leave it near one half, and none leave [0.025, 0.975] at
 * 0.95. Unlike Wilson's interval it is never empty at the ends. */
struct proportion_posterior {
    double mean;
    struct proportion_interval interval;
};
struct proportion_posterior proportion_beta(uint64_t hits, uint64_t count, double confidence);

/* McNemar's exact test (McNemar 1947, with the binomial tail): two judges saw the same items, and
 * exactly one of them was right on `only_first` and on `only_second` of them. Two-sided p for both
 * being right equally often: min(1, 2 P[X <= min]), X ~ binomial(only_first + only_second, 1/2);
 * 1 if they never differ. It says nothing about how large the difference is. */
double proportion_mcnemar(uint64_t only_first, uint64_t only_second);

#endif
