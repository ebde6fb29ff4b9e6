#include "stats/rhythm.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/factorial.h"

#define HOURS 24.0
#define PI 3.14159265358979323846

/* Beyond this sum of alternating terms the rounding is larger than the result. */
enum { TERMS_MOST = 10000 };
#define TERM_LARGEST_LOG 16.0

struct rhythm_regularity rhythm_regularity(const double *intervals, size_t count,
                                           double resolution) {
    struct rhythm_regularity result = {NAN, NAN, NAN};
    double sum = 0;
    double squares = 0;
    double logs = 0;
    double m = (double)count;
    for (size_t i = 0; i < count; i++) {
        double interval = intervals[i] > 0 ? intervals[i] : resolution / 2;
        sum += interval;
        logs += log(interval);
    }
    if (count < 2 || !(sum > 0) || !isfinite(sum)) {
        return result;
    }
    double mean = sum / m;
    for (size_t i = 0; i < count; i++) {
        double interval = intervals[i] > 0 ? intervals[i] : resolution / 2;
        squares += (interval - mean) * (interval - mean);
    }
    double ratio = sqrt(squares / m) / mean;
    double events = m + 1;
    result.burstiness = (sqrt(events + 1) * ratio - sqrt(events - 1)) /
                        ((sqrt(events + 1) - 2) * ratio + sqrt(events - 1));
    double moran = 2 * (m * log(mean) - logs) / (1 + (m + 1) / (6 * m));
    moran = moran > 0 ? moran : 0; /* equal intervals, but for rounding */
    result.p_regular = gsl_cdf_chisq_P(moran, m - 1);
    result.p_bursty = gsl_cdf_chisq_Q(moran, m - 1);
    return result;
}

struct rhythm_circle rhythm_circle(const double *hours, size_t count) {
    double sine = 0;
    double cosine = 0;
    double n = (double)count;
    if (count == 0) {
        return (struct rhythm_circle){NAN, NAN, NAN};
    }
    for (size_t i = 0; i < count; i++) {
        sine += sin(2 * PI * hours[i] / HOURS);
        cosine += cos(2 * PI * hours[i] / HOURS);
    }
    double length = sqrt(sine * sine + cosine * cosine);
    length = length < n ? length : n;
    double hour = atan2(sine, cosine) * HOURS / (2 * PI);
    double p = exp(sqrt(1 + 4 * n + 4 * (n * n - length * length)) - (1 + 2 * n));
    return (struct rhythm_circle){.concentration = length / n,
                                  .mean_hour = length < 1e-9 * n ? NAN
                                               : hour < 0        ? hour + HOURS
                                                                 : hour,
                                  .p = p < 1 ? p : 1};
}

double rhythm_dormancy(double longest, size_t intervals) {
    double m = (double)intervals;
    double sum = 0;
    if (intervals < 2 || longest * m <= 1) {
        return 1; /* the longest is never below the mean */
    }
    for (size_t j = 1; j <= intervals && j < TERMS_MOST && (double)j * longest < 1; j++) {
        double term = log_choose(m, (double)j) + (m - 1) * log1p(-(double)j * longest);
        if (term > TERM_LARGEST_LOG) {
            return 1; /* so large only where the sum is 1 to six digits */
        }
        sum += j % 2 ? exp(term) : -exp(term);
    }
    return sum < 0 ? 0 : sum > 1 ? 1 : sum;
}

double rhythm_scan(size_t most, size_t events, double width) {
    if (most < 2 || most > events || !(width > 0)) {
        return 1; /* one event is somewhere for certain */
    }
    double n = (double)events;
    double k = (double)most;
    double mass = exp(log_choose(n, k) + k * log(width) + (n - k) * log1p(-width));
    double p = (k / width - n - 1) * mass +
               2 * gsl_cdf_binomial_Q((unsigned)most - 1, width, (unsigned)events);
    return p < 0 ? 0 : p > 1 ? 1 : p;
}
