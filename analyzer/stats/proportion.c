#include "stats/proportion.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct proportion_interval proportion_wilson(uint64_t hits, uint64_t count, double confidence) {
    if (count == 0) {
        return (struct proportion_interval){0, 1};
    }
    double n = (double)count;
    double share = (double)hits / n;
    double z = gsl_cdf_ugaussian_Pinv((1 + confidence) / 2);
    double middle = share + z * z / (2 * n);
    double reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    double scale = 1 + z * z / n;
    /* At the ends the formula gives 0 and 1 exactly but for rounding. */
    return (struct proportion_interval){hits == 0 ? 0 : (middle - reach) / scale,
                                        hits == count ? 1 : (middle + reach) / scale};
}

struct proportion_posterior proportion_beta(uint64_t hits, uint64_t count, double confidence) {
    double a = 1 + (double)hits;
    double b = 1 + (double)(count - hits);
    double tail = (1 - confidence) / 2;
    return (struct proportion_posterior){
        .mean = a / (a + b),
        .interval = {gsl_cdf_beta_Pinv(tail, a, b), gsl_cdf_beta_Qinv(tail, a, b)}};
}

double proportion_mcnemar(uint64_t only_first, uint64_t only_second) {
    uint64_t least = only_first < only_second ? only_first : only_second;
    uint64_t all = only_first + only_second;
    if (all == 0) {
        return 1;
    }
    /* The lower tail of binomial(n, 1/2) at k is the regularised incomplete beta function
     * I(1/2; n - k, k + 1), which takes counts beyond 32 bits. */
    double tail = gsl_cdf_beta_P(0.5, (double)(all - least), (double)least + 1);
    return 2 * tail < 1 ? 2 * tail : 1;
}
