#include "stats/factorial.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

double log_factorial(double n) {
    gsl_sf_result result = {0.0, 0.0};
    if (n <= GSL_SF_FACT_NMAX && n == floor(n)) {
        gsl_sf_lnfact_e((unsigned)n, &result); /* from a table */
    } else {
        gsl_sf_lngamma_e(n + 1.0, &result); /* arguments from 1 on are never outside its domain */
    }
    return result.val;
}

double log_choose(double n, double k) {
    return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}
