/* Is the recent part of a window busier than the rest? Exact binomial test: given n events in a
 * window and the recent part being `share` of its time, under the hypothesis that each event falls
 * anywhere in the window alike and independently, the number K in the recent part is binomial
 * (n, share) and
 *     p = P(K >= k) = sum over i = k..n of C(n, i) share^i (1 - share)^(n - i).
 * (Conditional test of two Poisson rates: Przyborowski and Wilenski 1940, Biometrika 31.)
 *
 * Assumes independent events at a steady rate. Posts are neither: days and nights, replies and news
 * make honest bursts, so a small p says "not steady" and nothing of coordination. p is not
 * corrected for looking again at every post: over m looks some p below 1/m must be expected by
 * chance. */
#ifndef HEARSAY_STATS_BURST_H
#define HEARSAY_STATS_BURST_H

#include <stdint.h>

/* p in [0,1], relative error below 1e-10 down to 1e-300; less than the smallest double is 0.
 * recent <= total; share in (0,1). recent == 0 gives 1. O(total - recent). */
double burst_p(uint32_t recent, uint32_t total, double share);

#endif
