/* Factorials as logarithms: the bridge to GSL's gamma function, which unlike the C library's lgamma
 * keeps no result in a global. */
#ifndef HEARSAY_STATS_FACTORIAL_H
#define HEARSAY_STATS_FACTORIAL_H

/* ln n!, n >= 0 (any real). */
double log_factorial(double n);

/* ln of n over k, 0 <= k <= n. */
double log_choose(double n, double k);

#endif
