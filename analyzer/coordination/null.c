#include "coordination/null.h"

#include <math.h>

#include "stats/factorial.h"

/* Terms smaller than the sum by this much, in nats, no longer change a double. */
#define NEGLIGIBLE 40.0

static double log_add(double a, double b) {
    double high = fmax(a, b);
    return high == -INFINITY ? high : high + log1p(exp(fmin(a, b) - high));
}

double null_surprise(double activity, double near, double total) {
    double rate = total > 0 ? fmax(activity, 0.0) * fmax(near, 0.0) / total : INFINITY;
    if (rate <= 0) {
        rate = 1.0 / fmax(total, 1.0); /* nobody is never there */
    }
    return rate >= 700.0 ? 0.0 : -log(-expm1(-rate));
}

/* ln of sum_{s<k} x^s / s!, from the greatest term outwards. */
static double log_partial_exponential(double x, double k) {
    double peak = fmin(k - 1.0, floor(x));
    double sum = 1.0;
    double term = 1.0;
    for (double s = peak; s > 0 && term > sum * 1e-18; s -= 1.0) {
        term *= s / x;
        sum += term;
    }
    term = 1.0;
    for (double s = peak + 1.0; s < k && term > sum * 1e-18; s += 1.0) {
        term *= x / s;
        sum += term;
    }
    return peak * (x > 0 ? log(x) : 0.0) - log_factorial(peak) + log(sum);
}

double null_tail_log(double surprise, uint64_t trials, double truncation) {
    const double log_t = log(truncation);
    double n = trials > 0 ? (double)trials : 1.0;
    if (!(surprise > 0) || surprise <= -log_t * n * truncation) {
        return 0.0; /* no more than is expected */
    }
    double sum = -INFINITY;
    uint64_t most = trials > 0 ? trials : 1;
    for (uint64_t i = 1; i <= most; i++) {
        double k = (double)i;
        double rest = surprise + k * log_t;
        double inner = rest <= 0 ? k * log_t : log_partial_exponential(rest, k) - surprise;
        double term = log_choose(n, k) + (n - k) * log1p(-truncation) + inner;
        sum = log_add(sum, term);
        if (rest <= 0 && term < sum - NEGLIGIBLE) {
            break; /* beyond the expected number the terms only fall */
        }
    }
    return fmin(sum, 0.0);
}
