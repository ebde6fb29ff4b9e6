/* Do leading digits follow Benford's law? Knows counts only.
 *
 * P(d) = log10(1 + 1/d), d = 1..9 (Newcomb 1881; Benford 1938). Pearson's statistic
 *     X = sum over d of (n_d - n P(d))^2 / (n P(d))
 * is chi-square with 8 degrees of freedom when n draws are independent (Pearson 1900).
 *
 * The law holds for numbers that span several orders of magnitude; sums, limits and round figures
 * leave it honestly, so a small p says "not spread like that" and nothing of invention. Below
 * DIGITS_LEAST numbers there is no answer: from there on one expected count of nine is under 5 and
 * none under 4, which the approximation bears (Cochran 1954). */
#ifndef HEARSAY_STATS_DIGITS_H
#define HEARSAY_STATS_DIGITS_H

#include <stdint.h>

#define DIGITS_LEAST 101 /* 101 P(9) = 4.62 */

/* p in [0,1] of a statistic as large or larger; NAN for fewer than DIGITS_LEAST numbers. counts[d]
 * for d = 1..9; counts[0] is not looked at. */
double digits_benford(const uint32_t counts[10]);

#endif
