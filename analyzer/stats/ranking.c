#include "stats/ranking.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "stats/random.h"

struct totals {
    double positive, negative, flagged, flagged_positive;
};

static const struct cut {
    enum ranking_measure measure;
    double limit; /* k, or a false positive rate */
} precision_cuts[] = {{RANKING_PRECISION_AT_10, 10},
                      {RANKING_PRECISION_AT_50, 50},
                      {RANKING_PRECISION_AT_100, 100},
                      {RANKING_PRECISION_AT_500, 500}},
  recall_cuts[] = {{RANKING_RECALL_AT_FPR_0001, 0.0001},
                   {RANKING_RECALL_AT_FPR_001, 0.001},
                   {RANKING_RECALL_AT_FPR_01, 0.01},
                   {RANKING_RECALL_AT_FPR_05, 0.05}};

enum { CUTS = sizeof precision_cuts / sizeof precision_cuts[0] };
_Static_assert(sizeof recall_cuts == sizeof precision_cuts, "both loops run over CUTS");

const char *ranking_measure_name(enum ranking_measure measure) {
    static const char *const names[RANKING_MEASURES] = {
        [RANKING_PRECISION] = "precision",
        [RANKING_RECALL] = "recall",
        [RANKING_F1] = "f1",
        [RANKING_ROC_AUC] = "roc_auc",
        [RANKING_AVERAGE_PRECISION] = "average_precision",
        [RANKING_PRECISION_AT_10] = "precision_at_10",
        [RANKING_PRECISION_AT_50] = "precision_at_50",
        [RANKING_PRECISION_AT_100] = "precision_at_100",
        [RANKING_PRECISION_AT_500] = "precision_at_500",
        [RANKING_RECALL_AT_FPR_0001] = "recall_at_fpr_0.0001",
        [RANKING_RECALL_AT_FPR_001] = "recall_at_fpr_0.001",
        [RANKING_RECALL_AT_FPR_01] = "recall_at_fpr_0.01",
        [RANKING_RECALL_AT_FPR_05] = "recall_at_fpr_0.05",
    };
    return measure < RANKING_MEASURES ? names[measure] : "";
}

static int compare_ranked(const void *a, const void *b) {
    const struct ranked *left = a;
    const struct ranked *right = b;
    return (left->score < right->score) - (left->score > right->score);
}

void ranking_sort(struct ranked *items, size_t count) {
    if (count > 1) {
        qsort(items, count, sizeof *items, compare_ranked);
    }
}

static double weight_of(const struct ranked *item, const uint32_t *weights) {
    return weights ? weights[item->unit] : 1.0;
}

static struct totals sum_up(const struct ranked *items, size_t count, const uint32_t *weights) {
    struct totals totals = {0};
    for (size_t i = 0; i < count; i++) {
        double weight = weight_of(&items[i], weights);
        *(items[i].is_positive ? &totals.positive : &totals.negative) += weight;
        totals.flagged += items[i].is_flagged ? weight : 0;
        totals.flagged_positive += items[i].is_flagged && items[i].is_positive ? weight : 0;
    }
    return totals;
}

static void measure_flag(const struct totals *totals, double *values) {
    double misses = totals->positive - totals->flagged_positive;
    double denominator = totals->flagged_positive + totals->flagged + misses;
    values[RANKING_PRECISION] =
        totals->flagged > 0 ? totals->flagged_positive / totals->flagged : NAN;
    if (totals->positive > 0) {
        values[RANKING_RECALL] = totals->flagged_positive / totals->positive;
        values[RANKING_F1] = 2 * totals->flagged_positive / denominator;
    }
}

/* One group of equal scores: `above` is what stands over it, `tie` what is in it. */
static void measure_tie(const struct totals *all, const struct totals *above,
                        const struct totals *tie, double *values) {
    double positive = above->positive + tie->positive;
    double negative = above->negative + tie->negative;
    double before = above->positive + above->negative;
    double size = tie->positive + tie->negative;
    values[RANKING_ROC_AUC] += tie->positive * (all->negative - negative + tie->negative / 2) /
                               all->positive / all->negative;
    values[RANKING_AVERAGE_PRECISION] +=
        tie->positive / all->positive * positive / (positive + negative);
    for (size_t i = 0; i < CUTS; i++) {
        double k = precision_cuts[i].limit;
        double *precision = &values[precision_cuts[i].measure];
        if (before < k && before + size >= k) {
            *precision = (above->positive + (k - before) * tie->positive / size) / k;
        }
        if (negative <= recall_cuts[i].limit * all->negative) {
            values[recall_cuts[i].measure] = positive / all->positive;
        }
    }
}

void ranking_measure(const struct ranked *items, size_t count, const uint32_t *weights,
                     double values[RANKING_MEASURES]) {
    struct totals all = sum_up(items, count, weights);
    struct totals above = {0};
    for (size_t i = 0; i < RANKING_MEASURES; i++) {
        values[i] = NAN;
    }
    measure_flag(&all, values);
    if (all.positive == 0 || all.negative == 0) {
        return;
    }
    values[RANKING_ROC_AUC] = 0;
    values[RANKING_AVERAGE_PRECISION] = 0;
    for (size_t i = 0; i < CUTS; i++) {
        values[recall_cuts[i].measure] = 0;
    }
    for (size_t from = 0, to = 0; from < count; from = to) {
        while (to < count && items[to].score == items[from].score) {
            to++;
        }
        struct totals tie = sum_up(items + from, to - from, weights);
        if (tie.positive + tie.negative > 0) {
            measure_tie(&all, &above, &tie, values);
        }
        above.positive += tie.positive;
        above.negative += tie.negative;
    }
}

static int compare_doubles(const void *a, const void *b) {
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Quantile `share` of sorted values, linear between neighbours (Hyndman, Fan 1996, type 7). */
static double quantile(const double *sorted, size_t count, double share) {
    double place = share * (double)(count - 1);
    size_t below = (size_t)place;
    size_t next = below + 1 < count ? below + 1 : below;
    return sorted[below] + (place - (double)below) * (sorted[next] - sorted[below]);
}

static struct ranking_interval interval_of(double *drawn, uint32_t draws, double confidence) {
    uint32_t defined = 0;
    for (uint32_t i = 0; i < draws; i++) {
        if (!isnan(drawn[i])) {
            drawn[defined++] = drawn[i];
        }
    }
    if (defined == 0 || defined < draws / 2) {
        return (struct ranking_interval){NAN, NAN, defined};
    }
    qsort(drawn, defined, sizeof *drawn, compare_doubles);
    double tail = (1 - confidence) / 2;
    return (struct ranking_interval){quantile(drawn, defined, tail),
                                     quantile(drawn, defined, 1 - tail), defined};
}

enum hearsay_status ranking_bootstrap(const struct ranked *items, size_t count, uint32_t units,
                                      uint64_t seed, uint32_t draws, double confidence,
                                      struct ranking_interval intervals[RANKING_MEASURES],
                                      struct hearsay_failure *failure) {
    uint32_t *weights = calloc((size_t)units + 1, sizeof *weights);
    double *drawn = calloc((size_t)draws * RANKING_MEASURES + 1, sizeof *drawn);
    struct random *random = random_new(seed);
    bool is_whole = weights && drawn && random;
    for (uint32_t i = 0; is_whole && i < draws; i++) {
        double values[RANKING_MEASURES];
        memset(weights, 0, units * sizeof *weights);
        for (uint32_t j = 0; j < units; j++) {
            weights[random_below(random, units)]++;
        }
        ranking_measure(items, count, weights, values);
        for (size_t j = 0; j < RANKING_MEASURES; j++) {
            drawn[j * draws + i] = values[j];
        }
    }
    for (size_t j = 0; is_whole && j < RANKING_MEASURES; j++) {
        intervals[j] = interval_of(drawn + j * draws, draws, confidence);
    }
    random_free(random);
    free(drawn);
    free(weights);
    return is_whole ? HEARSAY_OK : failure_memory(failure);
}
