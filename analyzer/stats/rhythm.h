/* The rhythm of one account's posts, or of any events: how regular, how bound to hours, how broken
 * by rest. Knows times only. Each result has a p under "events fall at random", so that few posts
 * claim little. None of them makes an account a robot: a news desk is regular, a shift worker has
 * odd hours, and many people stop and come back. */
#ifndef HEARSAY_STATS_RHYTHM_H
#define HEARSAY_STATS_RHYTHM_H

#include <stddef.h>

struct rhythm_regularity {
    double burstiness; /* -1 regular .. 0 random .. 1 bursty */
    double p_regular;  /* chance of intervals as even as these or more */
    double p_bursty;   /* chance of intervals as uneven as these or more */
};

/* Of intervals between successive events (at least 2, in any unit). Burstiness is that of Goh,
 * Barabasi 2008 with the correction for few events of Kim, Jo 2016:
 *   (sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1)),  r = deviation / mean, n events
 * p is by Moran's test for exponential intervals (Moran 1951) with Bartlett's correction:
 *   -2 sum ln(x_i / mean) / (1 + (m + 1) / 6m)  ~  chi-square, m - 1 degrees of freedom
 * Intervals of 0 are taken as half of `resolution`, the step of the clock, which must be over 0:
 * a coarse clock makes them look even. All NAN for fewer than 2 intervals or no time passing.
 * Assumes a constant rate: hours of the day alone make intervals bursty, so only p_regular carries
 * weight. */
struct rhythm_regularity rhythm_regularity(const double *intervals, size_t count,
                                           double resolution);

struct rhythm_circle {
    double concentration; /* mean resultant length: 0 spread evenly .. 1 all at one hour */
    double mean_hour;     /* 0 .. 24; NAN without concentration */
    double p;             /* Rayleigh's test */
};

/* Of `count` hours of the day (any real, taken modulo 24). Rayleigh's p by Wilkie 1983:
 *   exp(sqrt(1 + 4n + 4(n^2 - R^2)) - (1 + 2n)),  R = n x concentration
 * Assumes one peak at most: two opposite ones cancel. Nearly everybody sleeps, so a small p is the
 * rule; what stands out among many posts is a concentration near 0, which has no p here. NAN for
 * count 0. */
struct rhythm_circle rhythm_circle(const double *hours, size_t count);

/* Chance that the longest of `intervals` random spacings of a span is at least the share `longest`
 * (0..1) of it (Fisher 1929):  sum over j >= 1 of (-1)^(j+1) C(m, j) (1 - j longest)^(m - 1), while
 * j longest < 1. In [0,1]. For dormancy: the longest silence over the time from first to last post.
 * Bursts elsewhere make silences likelier than this says: read it with p_bursty. */
double rhythm_dormancy(double longest, size_t intervals);

/* Chance that some stretch of the share `width` (0..1/2) of a span holds `most` or more of `events`
 * random events, by the approximation of Wallenstein and Neff 1987 (Statistics in Medicine 6:197):
 *   (most / width - events - 1) b(most) + 2 P[B >= most],  B ~ binomial(events, width)
 * with b its mass; close where it is below 0.1, too large above, in [0,1]. For bursts: the most
 * posts of any hour. Assumes a constant rate, so hours of waking alone make a somewhat small p. */
double rhythm_scan(size_t most, size_t events, double width);

#endif
