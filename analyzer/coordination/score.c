/* The account score: evidence beyond chance, summed over an account's pairs.
 *
 * Evidence of a pair, in nats, N posts in all:
 *
 *     e = h + r,    h = max(0, -ln p - (ln N - 5.25))
 *
 * p is the pair's chance under the null model (pair.h). It takes an object's own times for granted,
 * so that of an object with two or three sharers it knows nothing; r is what it leaves out, the
 * rarity of what the two share and how close, replies apart (many answer one post). For a co-action
 * on an object with k accounts, gap g, window w:
 *
 *     closeness    c = ((g + d) / (w + d))^0.3
 *     surprise     s = -ln( max(n_a, n_b) * (k-1) * c / N )
 *     r = max(0, sum of episodes' s - (ln N - 3.25)) * min(1, sum of objects' 1/(k-1))
 *
 * n is an account's number of posts. d is the time precision, at least w/4096. The exponent is
 * below 1 because organic shares come in bursts, so a small gap says less than uniform times would
 * make it. Co-actions within an hour of the next are one episode (people in one conversation
 * coincide many times at once) and count by their greatest surprise. The subtracted terms pay for
 * having searched N posts for a partner.
 *
 * Account, from the sums R and H of its pairs' r and h:
 *
 *     x = R / (posts + 3) + C(H / (posts + 3)),    C(y) = 3.5 y / (y + 3.5)
 *     score = z / (z + 5.5),    z = x + 0.5 (sum over its partners of x) / (partners + 1)
 *
 * C is a ceiling: the null model holds constant who is there in which fortnight and how early they
 * come, not that people read one feed at one hour. Crowds of readers who answer the same four or
 * five threads minutes apart have pairs with p of 1e-8 and no shared word; beyond a few nats such p
 * say that the model is too simple, so that they cannot make a flag by themselves, whoever the
 * company (a bounded influence, as of robust statistics: Huber, Annals of Mathematical Statistics
 * 35:73, 1964). So a campaign that only replies, in words of its own, has edges and a cluster, but
 * no flag. The pairs' p and q are left as they are. The last term is the company: who is joined by
 * kept edges to accounts with much evidence is likelier one of them (weight of one half, the mean
 * shrunk by one partner without evidence).
 *
 * bench/coordination-null.md has the measurements: on 569,394 comments with 30 injected groups
 * (accounts of 5 posts or more) average precision is 0.75 and ROC AUC 0.93, at score 0.5 precision
 * 0.96 and recall 0.50 (near-duplicate texts; equal texts only: 0.71, 0.93, 0.95 and 0.36). Labels
 * set one constant, 5.5, which changes no order.
 *
 * A reader should not conclude from a low score that an account is not coordinated: own words at an
 * unhurried pace are hard to see. Nor from a high one that it is inauthentic. */
#include "coordination/score.h"

#include <math.h>
#include <stdlib.h>

#define WINDOW_STEPS 4096.0 /* gaps are told apart down to window / 4096 */
/* Bounds that follow from score_model; score_test.c compares them with the formulas. */
#define CLOSENESS_LEAST 0.0824                  /* under 4097^-0.3: what no gap falls below */
#define EVIDENCE_POWER 0.03877420783172201      /* e^-3.25, search_discount */
#define SURPRISE_LEAST_POWER 20.085536923187668 /* e^3 */
#define ROUNDING 1e-9                           /* far more than powers and logarithms differ by */
#define EPISODE_US (3600ull * 1000000ull)

const struct score_model score_model = {.closeness_exponent = 0.3,
                                        .search_discount = 3.25,
                                        .chance_discount = 5.25,
                                        .posts_prior = 3.0,
                                        .chance_ceiling = 3.5,
                                        .company_weight = 0.5,
                                        .half_evidence = 5.5};

/* max(n_a, n_b) * (k-1). */
static double chances(const struct coincidence *c) {
    uint32_t posts = c->posts_a > c->posts_b ? c->posts_a : c->posts_b;
    uint32_t others = c->sharers > 1 ? c->sharers - 1 : 1;
    return (posts ? posts : 1) * (double)others;
}

static double total_of(uint64_t posts_total) {
    return posts_total ? (double)posts_total : 1.0;
}

double coincidence_surprise(const struct coincidence *c) {
    double precision = fmax(c->precision_s, c->window_s / WINDOW_STEPS);
    double closeness = pow(fmin(1.0, (c->gap_s + precision) / (c->window_s + precision)),
                           score_model.closeness_exponent);
    return fmax(0.0, log(total_of(c->posts_total)) - log(chances(c) * closeness));
}

double coincidence_power_most(const struct coincidence *c) {
    return total_of(c->posts_total) / (chances(c) * CLOSENESS_LEAST);
}

bool coincidence_is_surprising(const struct coincidence *c) {
    double power = total_of(c->posts_total) / chances(c);
    if (power > SURPRISE_LEAST_POWER * (1.0 + ROUNDING)) {
        return true; /* at any gap */
    }
    return power > SURPRISE_LEAST_POWER * CLOSENESS_LEAST &&
           coincidence_surprise(c) >= SURPRISE_LEAST;
}

double evidence_power_least(uint64_t posts_total) {
    return total_of(posts_total) * (EVIDENCE_POWER * (1.0 - ROUNDING));
}

static int object_compare(const void *left, const void *right) {
    const struct shared_object *a = left;
    const struct shared_object *b = right;
    if (a->time_us != b->time_us) {
        return a->time_us < b->time_us ? -1 : 1;
    }
    if (a->surprise != b->surprise) {
        return a->surprise < b->surprise ? -1 : 1;
    }
    return (a->weight > b->weight) - (a->weight < b->weight);
}

double pair_evidence(struct shared_object *objects, size_t count, uint64_t posts_total) {
    /* Sorted to the last field, so that sums of floats come out the same for any input order. */
    if (count > 0) {
        qsort(objects, count, sizeof *objects, object_compare);
    }
    double surprise = 0.0;
    double weight = 0.0;
    for (size_t i = 0; i < count;) {
        double greatest = 0.0;
        size_t end = i;
        do {
            greatest = fmax(greatest, objects[end].surprise);
            weight += objects[end].weight;
            end++;
        } while (end < count &&
                 (uint64_t)objects[end].time_us - (uint64_t)objects[end - 1].time_us <= EPISODE_US);
        surprise += greatest;
        i = end;
    }
    double search =
        posts_total ? fmax(0.0, log((double)posts_total) - score_model.search_discount) : 0.0;
    return fmax(0.0, surprise - search) * fmin(1.0, weight);
}

double chance_evidence(double log_p, uint64_t posts_total) {
    if (log_p >= 0.0) {
        return 0.0;
    }
    double search =
        posts_total ? fmax(0.0, log((double)posts_total) - score_model.chance_discount) : 0.0;
    return fmax(0.0, -log_p - search);
}

double account_evidence(double rarity_sum, double chance_sum, uint32_t posts) {
    double rarity = fmax(0.0, rarity_sum) / (posts + score_model.posts_prior);
    double chance = fmax(0.0, chance_sum) / (posts + score_model.posts_prior);
    return rarity + chance * score_model.chance_ceiling / (chance + score_model.chance_ceiling);
}

double evidence_score(double own, double partners_sum, uint32_t partners) {
    double company = fmax(0.0, partners_sum) / (partners + 1.0);
    double evidence = fmax(0.0, own) + score_model.company_weight * company;
    return evidence / (evidence + score_model.half_evidence);
}
