#include "stats/digits.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

double digits_benford(const uint32_t counts[10]) {
    double total = 0;
    for (int digit = 1; digit <= 9; digit++) {
        total += counts[digit];
    }
    if (total < DIGITS_LEAST) {
        return (double)NAN;
    }
    double statistic = 0;
    for (int digit = 1; digit <= 9; digit++) {
        double expected = total * log10(1 + 1.0 / digit);
        statistic += (counts[digit] - expected) * (counts[digit] - expected) / expected;
    }
    return gsl_cdf_chisq_Q(statistic, 8);
}
