#include "stats/burst.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* Log of C(n, k); the binomials that double holds exactly are exact. */
static double log_choose(uint32_t n, uint32_t k) {
    gsl_sf_result result;
    return gsl_sf_lnchoose_e(n, k, &result) == 0 ? result.val : (double)NAN;
}

/* Sum of the terms from k to n, smallest last, each from the one before it:
 * t(i+1) / t(i) = (n - i) / (i + 1) * share / (1 - share). */
static double tail(uint32_t k, uint32_t n, double share) {
    double odds = share / (1 - share);
    double first = log_choose(n, k) + k * log(share) + (n - k) * log1p(-share);
    double term = 1;
    double sum = 1;
    for (uint32_t i = k; i < n && term > sum * 1e-18; i++) {
        term *= (double)(n - i) / (i + 1) * odds;
        sum += term;
    }
    return exp(first + log(sum));
}

double burst_p(uint32_t recent, uint32_t total, double share) {
    if (recent == 0) {
        return 1;
    }
    /* Below the mean the terms rise before they fall: there the other tail is the short one. */
    if (recent > total * share) {
        return fmin(tail(recent, total, share), 1);
    }
    return fmax(1 - tail(total - recent + 1, total, 1 - share), 0);
}
