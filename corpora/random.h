/* Random numbers from a seed: SplitMix64 (Steele, Lea and Flood 2014). The same on every machine,
 * which the C library's generators are not. Knows nothing of posts. */
#ifndef HEARSAY_CORPORA_RANDOM_H
#define HEARSAY_CORPORA_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

uint64_t random_next(struct random *random);

/* Uniform in [0, bound); bound > 0. The modulo's bias is below bound / 2^64. */
uint64_t random_below(struct random *random, uint64_t bound);

/* True with a chance of percent / 100. */
bool random_percent(struct random *random, unsigned percent);

/* A waiting time in the unit of `median`: mostly near it, now and then up to 16 times as long, as
 * people (and the tools of a campaign) react. */
int64_t random_delay(struct random *random, int64_t median);

/* Index into `cumulative` (ascending sums of weights, `count` > 0 of them), by weight. */
uint32_t random_weighted(struct random *random, const uint64_t *cumulative, uint32_t count);

#endif
