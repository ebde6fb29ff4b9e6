#include "coordination/discovery.h"

#include <math.h>
#include <stdlib.h>

bool discovery_add(struct discovery *discovery, double log_p) {
    if (discovery->count == discovery->capacity) {
        size_t capacity = discovery->capacity ? discovery->capacity * 2 : 1024;
        double *log_ps = realloc(discovery->log_ps, capacity * sizeof *log_ps);
        discovery->log_ps = log_ps ? log_ps : discovery->log_ps;
        double *log_qs = realloc(discovery->log_qs, capacity * sizeof *log_qs);
        discovery->log_qs = log_qs ? log_qs : discovery->log_qs;
        if (!log_ps || !log_qs) {
            return false;
        }
        discovery->capacity = capacity;
    }
    discovery->log_ps[discovery->count++] = log_p;
    return true;
}

static int double_compare(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

void discovery_rank(struct discovery *discovery, double tests) {
    if (discovery->count == 0) {
        return;
    }
    qsort(discovery->log_ps, discovery->count, sizeof *discovery->log_ps, double_compare);
    double log_tests = log(fmax(tests, (double)discovery->count));
    double least = 0.0;
    for (size_t i = discovery->count; i-- > 0;) {
        least = fmin(least, discovery->log_ps[i] + log_tests - log((double)(i + 1)));
        discovery->log_qs[i] = least;
    }
}

double discovery_log_q(const struct discovery *discovery, double log_p) {
    size_t low = 0;
    size_t high = discovery->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (discovery->log_ps[middle] < log_p) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < discovery->count ? discovery->log_qs[low] : 0.0;
}

void discovery_free(struct discovery *discovery) {
    free(discovery->log_ps);
    free(discovery->log_qs);
    *discovery = (struct discovery){0};
}
