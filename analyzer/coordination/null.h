/* The null model of one pair of accounts. Pure functions of numbers: what an action or an object is
 * is the caller's affair.
 *
 * H0: within a stratum (a family of layers, a period, for replies an age of the object:
 * coordination/strata.h) accounts are dealt to actions at random; each account keeps its number of
 * actions, each object its actions and their times. For an action of a on object o at time t, let n
 * be how many of o's other actions lie within g of t. An action of b in the stratum is one of these
 * with chance at most n / M, and one of b's d_b actions with chance at most u = 1 - exp(-d_b n /
 * M), M being the stratum's actions. So u, the chance to find b as close as g to this action, is
 * uniform at worst, and it is small only where o's own time curve is thin: a viral hour explains
 * itself.
 *
 * A pair has N trials, the actions that either could have been found beside. Coincidences with
 * u <= t count; S is the sum of their -ln u. Chance of S or more by the truncated
 * product of N independent p-values (Zaykin et al., Genetic Epidemiology 22:170, 2002, eq. 1),
 * which is the tail of a binomial number of exponentials, a weighted Poisson-binomial tail in
 * closed form: P = sum_k C(N,k) (1-t)^(N-k) [ t^k if S <= kL, else e^-S sum_{s<k} (S - kL)^s / s!
 * ], t = NULL_TRUNCATION, L = -ln t. Without replacement (accounts keep their counts) trials are
 * negatively dependent, so the product errs on the safe side. What the strata do not hold constant
 * (interests, a shared clock finer than they are) is read as coordination: a reader must not take P
 * for the chance of innocence. */
#ifndef HEARSAY_COORDINATION_NULL_H
#define HEARSAY_COORDINATION_NULL_H

#include <stdint.h>

/* d_b n / M > 0, from d_b = `activity` of the stratum's M = `total` actions and n = `near`. */
double null_rate(double activity, double near, double total);

/* -ln u >= 0 of such a rate; it falls as the rate grows, so that of two surprises the lesser is
 * that of the greater rate, and a bound on one is a bound on the other, without a logarithm. */
double null_rate_surprise(double rate);

/* Both in one. */
double null_surprise(double activity, double near, double total);

/* ln P <= 0 of a sum of surprises that are each at least -ln `truncation` (0 < truncation < 1), in
 * `trials`; down to any depth (P itself may be far below the least double). 0 for no surprise and
 * for no more of it than is expected. A sum that `trials` cannot reach gets the most extreme
 * chance. */
double null_tail_log(double surprise, uint64_t trials, double truncation);

#endif
