/* How surprising co-actions are, and what they make of a pair and of an account. Pure functions of
 * numbers; score.c states the formulas and where their constants come from. */
#ifndef HEARSAY_COORDINATION_SCORE_H
#define HEARSAY_COORDINATION_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordination/coordination.h"

/* The constants of score.c as data: a run names them in its summary, with their hash. Labels chose
 * chance_ceiling and half_evidence (bench/coordination-null.md). */
struct score_model {
    double closeness_exponent;
    double search_discount; /* nats */
    double chance_discount; /* nats */
    double posts_prior;     /* one coincidence of an account with few posts is not a habit */
    double chance_ceiling;  /* nats per post */
    double company_weight;
    double half_evidence; /* nats per post that make a score of 0.5 */
};
extern const struct score_model score_model;

/* What the chance of one co-action depends on. */
struct coincidence {
    uint64_t posts_total; /* of all accounts */
    uint32_t posts_a;     /* activity of the two accounts */
    uint32_t posts_b;
    uint32_t sharers;   /* distinct accounts on the object, at least 2 */
    double gap_s;       /* between the two posts, not negative */
    double window_s;    /* as used, > 0 */
    double precision_s; /* of the platform's times */
};

/* Surprise in nats, >= 0: minus the logarithm of the chance that the more active of the two
 * accounts falls this close to the other's action without any coordination. */
double coincidence_surprise(const struct coincidence *coincidence);

/* e to the power of the greatest surprise that any gap may give. Takes no logarithm. */
double coincidence_power_most(const struct coincidence *coincidence);

/* Is the surprise SURPRISE_LEAST or more? Seldom takes a logarithm. */
bool coincidence_is_surprising(const struct coincidence *coincidence);

/* The surprise below which a co-action on a popular object is not kept (chance over 1 in 20). */
#define SURPRISE_LEAST 3.0
/* The same for its surprise by nearness alone, among all posts instead of its stratum's. */
#define NEAR_SURPRISE_LEAST 5.0
#define NEAR_RATE_MOST 0.006760749449488557 /* its rate: -ln(1 - e^-5), null.h */
/* On objects of many accounts, those with fewer posts are not paired. */
#define POSTS_PAIRED_LEAST 3u
/* Objects with at most so many accounts keep all their co-actions, however unsurprising. */
#define SHARERS_KEPT_ALWAYS 64u

/* One object that a pair shares, at the closest of its co-actions on it. */
struct shared_object {
    int64_t time_us;
    double surprise;
    double weight; /* layer's weight / (k-1) */
};

/* The evidence of a pair in nats, >= 0. Sorts `objects` by time. */
double pair_evidence(struct shared_object *objects, size_t count, uint64_t posts_total);

/* Objects whose powers (coincidence_power_most) multiply to less than this make no evidence. */
double evidence_power_least(uint64_t posts_total);

/* A pair becomes an edge when its evidence reaches this. */
#define EVIDENCE_LEAST 0.1

/* Evidence of a chance, in nats: what -ln p has over the search among N posts. */
double chance_evidence(double log_p, uint64_t posts_total);

/* A pair of so much evidence is written with its co-actions even where its q is over the run's: the
 * accounts' scores are made of it, and a score must be possible to open. It is no edge of a cluster
 * and no partner. */
#define EVIDENCE_SHOWN 6.0

/* Evidence of an account in nats per post, from its pairs' sums of rarity (pair_evidence) and of
 * chance_evidence. */
double account_evidence(double rarity_sum, double chance_sum, uint32_t posts);

/* Score in [0,1] of an account from its evidence and from that of the accounts that it has kept
 * edges with, summed over `partners` of them. */
double evidence_score(double own, double partners_sum, uint32_t partners);

#endif
