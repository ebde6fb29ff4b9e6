/* Penalised logistic regression on sparse rows. Knows columns and outcomes only.
 *
 *   z_i = sum over columns j of x_ij b_j,   p_i = 1 / (1 + exp(-z_i))
 *   minimised: - sum_i w_i [y_i ln p_i + (1 - y_i) ln(1 - p_i)] + 1/2 sum_j penalty_j (b_j - c_j)^2
 *
 * A penalty is a Gaussian prior with mean c_j (centre) and variance 1 / penalty_j (Hoerl, Kennard
 * 1970; le Cessie, van Houwelingen 1992), so that a column that few rows have stays near its
 * centre. Minimised by the BFGS method (GSL's vector_bfgs2, Fletcher 1987), from the centres: the
 * function is convex, so the start decides nothing but the time.
 *
 * p is calibrated for the share of positives among the rows, not for another one. */
#ifndef HEARSAY_STATS_LOGISTIC_H
#define HEARSAY_STATS_LOGISTIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hearsay.h"

struct logistic_row {
    const uint32_t *columns; /* distinct */
    const double *values;
    uint32_t count;
    bool is_positive;
    double weight; /* w_i, 0 leaves the row out */
};

struct logistic_problem {
    const struct logistic_row *rows;
    size_t row_count;
    size_t columns;
    const double *penalties; /* per column, above 0 */
    const double *centres;   /* per column */
};

/* z of a row. */
double logistic_log_odds(const struct logistic_row *row, const double *coefficients);
double logistic_probability(double log_odds);

/* Fills coefficients[columns]. The same bytes for the same problem. HEARSAY_NO_MEMORY; no other
 * failure: what is not yet exact after 500 steps is the best that was found. */
enum hearsay_status logistic_fit(const struct logistic_problem *problem, double *coefficients,
                                 struct hearsay_failure *failure);

#endif
