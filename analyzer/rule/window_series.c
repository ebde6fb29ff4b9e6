#include "rule/window_series.h"

#include <math.h>
#include <stdlib.h>

#include "stats/burst.h"

#define HOUR_US 3600e6
#define FIRST_CAPACITY 4u

static size_t stride(const struct series *series) {
    return 2 + series->over->slot_count;
}

static uint64_t *event_at(const struct series *series, uint32_t index) {
    uint32_t at = (series->first + index) % series->capacity;
    return series->events + at * stride(series);
}

static int64_t event_time(const struct series *series, uint32_t index) {
    return (int64_t)event_at(series, index)[0];
}

void series_drop_first(struct series *series) {
    series->first = (series->first + 1) % series->capacity;
    series->count--;
}

uint32_t series_expire(struct series *series, int64_t now_us) {
    uint32_t count = series->count;
    while (series->count > 0 && event_time(series, 0) <= now_us - series->over->duration_us) {
        series_drop_first(series);
    }
    return count - series->count;
}

static bool grow(struct series *series) {
    uint32_t capacity = series->capacity ? series->capacity * 2 : FIRST_CAPACITY;
    size_t bytes = stride(series) * sizeof(uint64_t);
    uint64_t *events = malloc(capacity * bytes);
    if (!events) {
        return false;
    }
    for (uint32_t i = 0; i < series->count; i++) {
        memcpy(events + i * stride(series), event_at(series, i), bytes);
    }
    free(series->events);
    series->events = events;
    series->capacity = capacity;
    series->first = 0;
    return true;
}

bool series_add(struct series *series, int64_t time_us, const uint64_t *values, uint32_t present,
                bool *dropped) {
    *dropped = series->count == OVER_POSTS_MOST;
    if (*dropped) {
        series_drop_first(series);
    } else if (series->count == series->capacity && !grow(series)) {
        return false;
    }
    uint64_t *event = event_at(series, series->count++);
    event[0] = (uint64_t)time_us;
    event[1] = present;
    memcpy(event + 2, values, series->over->slot_count * sizeof *values);
    series->last_us = time_us;
    return true;
}

/* ---- Measures ---- */

static uint32_t gather(const struct series *series, uint32_t slot, uint64_t *values) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < series->count; i++) {
        const uint64_t *event = event_at(series, i);
        if (event[1] >> slot & 1) {
            values[count++] = event[2 + slot];
        }
    }
    return count;
}

static int compare_values(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static int compare_numbers(const void *left, const void *right) {
    double a;
    double b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

static uint32_t gather_sorted(const struct series *series, uint32_t slot, uint64_t *values,
                              int (*compare)(const void *, const void *)) {
    uint32_t count = gather(series, slot, values);
    if (count > 1) {
        qsort(values, count, sizeof *values, compare);
    }
    return count;
}

static double distinct(const struct series *series, uint32_t slot, uint64_t *values) {
    uint32_t count = gather_sorted(series, slot, values, compare_values);
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        found += i == 0 || values[i] != values[i - 1];
    }
    return found;
}

/* Sum over the values of -f log2 f, f being a value's share; in the order of the values' bits, so
 * that the sum's last digit depends on content only. */
static double entropy(const struct series *series, uint32_t slot, uint64_t *values) {
    uint32_t count = gather_sorted(series, slot, values, compare_values);
    double sum = 0;
    for (uint32_t i = 0, from = 0; i < count; i++) {
        if (i + 1 == count || values[i + 1] != values[i]) {
            double share = (double)(i + 1 - from) / count;
            sum -= share * log2(share);
            from = i + 1;
        }
    }
    return sum;
}

static double share(const struct series *series, uint32_t slot, uint64_t *values) {
    uint32_t count = gather(series, slot, values);
    uint32_t held = 0;
    for (uint32_t i = 0; i < count; i++) {
        held += values[i] != 0;
    }
    return count ? (double)held / count : (double)NAN;
}

static double median(const struct series *series, uint32_t slot, uint64_t *values) {
    uint32_t count = gather_sorted(series, slot, values, compare_numbers);
    double number = (double)NAN;
    if (count > 0) {
        memcpy(&number, &values[(count - 1) / 2], sizeof number);
    }
    return number;
}

/* 1 until more than the recent part was seen: a scan's first minutes are no burst. */
static double burst(const struct series *series, const struct measure *measure, int64_t now_us,
                    int64_t since_us) {
    int64_t seen_us = now_us - since_us;
    if (seen_us > series->over->duration_us) {
        seen_us = series->over->duration_us;
    }
    if (seen_us <= measure->recent_us) {
        return 1;
    }
    uint32_t recent = 0;
    while (recent < series->count &&
           event_time(series, series->count - 1 - recent) > now_us - measure->recent_us) {
        recent++;
    }
    return burst_p(recent, series->count, (double)measure->recent_us / (double)seen_us);
}

static double measured(const struct series *series, const struct measure *measure, int64_t now_us,
                       int64_t since_us, uint64_t *scratch) {
    switch (measure->kind) {
    case MEASURE_COUNT:
        return series->count;
    case MEASURE_RATE:
        return series->count / ((double)series->over->duration_us / HOUR_US);
    case MEASURE_DISTINCT:
        return distinct(series, measure->slot, scratch);
    case MEASURE_SHARE:
        return share(series, measure->slot, scratch);
    case MEASURE_MEDIAN:
        return median(series, measure->slot, scratch);
    case MEASURE_ENTROPY:
        return entropy(series, measure->slot, scratch);
    case MEASURE_BURST:
        return burst(series, measure, now_us, since_us);
    }
    return (double)NAN;
}

/* ---- The condition ---- */

struct look {
    const struct series *series;
    int64_t now_us;
    int64_t since_us;
    uint64_t *scratch;
};

/* What has no value (a median of nothing) makes every comparison false. */
static bool measure_holds(const struct look *look, const struct measure *measure) {
    double value = measured(look->series, measure, look->now_us, look->since_us, look->scratch);
    switch (measure->comparison) {
    case COMPARE_EQ:
    case COMPARE_IN:
        return value == measure->number;
    case COMPARE_NE:
        return !isnan(value) && value != measure->number;
    case COMPARE_LT:
        return value < measure->number;
    case COMPARE_LE:
        return value <= measure->number;
    case COMPARE_GT:
        return value > measure->number;
    case COMPARE_GE:
        return value >= measure->number;
    }
    return false;
}

static bool condition_holds(const struct look *look, const struct over_condition *condition) {
    switch (condition->kind) {
    case OVER_AND:
        return condition_holds(look, condition->left) && condition_holds(look, condition->right);
    case OVER_OR:
        return condition_holds(look, condition->left) || condition_holds(look, condition->right);
    case OVER_NOT:
        return !condition_holds(look, condition->left);
    case OVER_MEASURE:
        return measure_holds(look, condition->measure);
    }
    return false;
}

bool series_holds(const struct series *series, int64_t now_us, int64_t since_us,
                  uint64_t *scratch) {
    struct look look = {.series = series, .now_us = now_us, .since_us = since_us};
    look.scratch = scratch;
    return condition_holds(&look, series->over->condition);
}
