#include "coordination/null.h"

#include <math.h>

#include "stats/factorial.h"

static double log_add(double a, double b) {
    double high = fmax(a, b);
    return high == -INFINITY ? high : high + log1p(exp(fmin(a, b) - high));
}

double null_rate(double activity, double near, double total) {
    double rate = total > 0 ? fmax(activity, 0.0) * fmax(near, 0.0) / total : INFINITY;
    return rate > 0 ? rate : 1.0 / fmax(total, 1.0); /* nobody is never there */
}

double null_rate_surprise(double rate) {
    return rate >= 700.0 ? 0.0 : -log(-expm1(-rate));
}

double null_surprise(double activity, double near, double total) {
    return null_rate_surprise(null_rate(activity, near, total));
}

/* ln of sum_{s<k} x^s / s!, from the greatest term outwards. */
static double log_partial_exponential(double x, double k) {
    if (k <= 1.0) {
        return 0.0;
    }
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

/* ln of the chance of k successes in n trials. */
static double log_binomial(double n, double k, double log_t, double log_rest) {
    return log_choose(n, k) + k * log_t + (n - k) * log_rest;
}

/* ln of the chance of k successes or more, k beyond the expected number: the terms fall, each by
 * its ratio to the one before, and end where they no longer change a double. */
static double log_binomial_tail(double n, double k, double truncation, double log_first) {
    const double odds = truncation / (1.0 - truncation);
    double sum = 1.0;
    double term = 1.0;
    for (double i = k; i < n && term > sum * 1e-18; i += 1.0) {
        term *= (n - i) / (i + 1.0) * odds;
        sum += term;
    }
    return log_first + log(sum);
}

double null_tail_log(double surprise, uint64_t trials, double truncation) {
    const double log_t = log(truncation);
    double n = trials > 0 ? (double)trials : 1.0;
    if (!(surprise > 0) || surprise <= -log_t * n * truncation) {
        return 0.0; /* no more than is expected */
    }
    const double log_rest = log1p(-truncation);
    double sum = -INFINITY;
    double k = 1.0;
    for (; k <= n && surprise + k * log_t > 0; k += 1.0) {
        double rest = surprise + k * log_t;
        double inner = log_partial_exponential(rest, k) - surprise - k * log_t;
        sum = log_add(sum, log_binomial(n, k, log_t, log_rest) + inner);
    }
    if (k <= n) {
        double first = log_binomial(n, k, log_t, log_rest);
        sum = log_add(sum, log_binomial_tail(n, k, truncation, first));
    }
    return fmin(sum, 0.0);
}
