/* Whether probabilities mean what they say. Knows numbers and outcomes only.
 *
 *   Brier score   mean of (probability - outcome)^2                        Brier 1950
 *   reliability   per tenth of [0,1]: how many, their mean probability, the share that came true
 *                                                                          Murphy, Winkler 1977
 *   expected calibration error: mean over items of |mean probability - share| of their bin; it
 *   depends on the bins, so compare it only between tables of this kind.
 *
 * A low Brier score on rare outcomes is no merit: always saying the base rate r gets r (1 - r). */
#ifndef HEARSAY_STATS_RELIABILITY_H
#define HEARSAY_STATS_RELIABILITY_H

#include <stdbool.h>
#include <stddef.h>

enum { RELIABILITY_BINS = 10 };

struct reliability_bin {
    size_t count, positive;
    double sum; /* of probabilities */
};

/* Zero-initialise. */
struct reliability {
    struct reliability_bin bins[RELIABILITY_BINS]; /* [0,0.1) ... [0.9,1] */
    double squares;
    size_t count;
};

/* `probability` in [0,1]. */
void reliability_add(struct reliability *table, double probability, bool is_positive);

/* Both are NAN for an empty table. */
double reliability_brier(const struct reliability *table);
double reliability_error(const struct reliability *table);

#endif
