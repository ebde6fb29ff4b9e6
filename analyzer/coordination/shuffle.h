/* Shuffled data for the validation of the null model: the same actions with their accounts dealt
 * anew, so that whatever coordination there was is gone and any edge is a false one.
 *
 * Kept exactly: every object's actions and their times (so each object's popularity and its own
 * time curve), every account's number of actions in every stratum (coordination/strata.h: family of
 * layers, two weeks, age of the answered post) and on every platform, and all actions of one post
 * staying with one account, so that layers depend on each other as they do in the data. Posts whose
 * actions fall into the same strata exchange their accounts by one seeded permutation (Fisher and
 * Yates 1938); a post that has no equal in this keeps its account. Lost: who acts with whom, and
 * habits finer than the strata. */
#ifndef HEARSAY_COORDINATION_SHUFFLE_H
#define HEARSAY_COORDINATION_SHUFFLE_H

#include "coordination/coordination.h"

/* Permutes `actions` in place (account, writer and evidence of an action move together); their
 * order afterwards is that of posts. The same set of actions and seed give the same shuffle,
 * whatever the order. Needs about 100 bytes per action. HEARSAY_BAD_ARGUMENT: an action names no
 * known account. */
enum hearsay_status shuffle_actions(struct action *actions, size_t count,
                                    const struct coordination_options *options, uint64_t seed);

/* How many pairs of accounts of one platform, with two posts or more each, share an object at any
 * time: the pairs that could get a p. Exact while that takes at most about `work` steps, else
 * estimated from a sample of accounts chosen by the hash of their ranks. *pairs is set on success.
 */
enum hearsay_status testable_pairs(const struct action *actions, size_t count,
                                   const struct coordination_options *options, double work,
                                   double *pairs);

/* Pairs of accounts of one platform with two posts or more each, whether or not they share
 * anything: each of them could have been named beforehand. -1 when memory is out. */
double account_pairs(const struct coordination_options *options);

/* The number of each rank's platform: its first rank, since ranks are sorted by platform. Owned by
 * the caller; NULL when memory is out. */
uint32_t *platforms_list(const struct coordination_options *options);

#endif
