/* How well a score ranks labelled items: the usual measures with ties treated exactly, and
 * bootstrap intervals for them. Knows scores and labels only.
 *
 *   ROC AUC            (Mann-Whitney U) / (P N), a tie counts one half        Hanley, McNeil 1982
 *   average precision  sum over distinct scores of (recall step) x precision  Davis, Goadrich 2006
 *   precision at k     expected share of positives among the k highest scores when ties are broken
 *                      at random                                              McSherry, Najork 2008
 *   recall at a false positive rate: the highest recall of any threshold whose rate is not above
 * it; thresholds inside a tie do not exist, so nothing is interpolated precision, recall, F1: at
 * the flag, which is given and not derived from the score
 *
 * Precision and average precision depend on the share of positives among the items; they say
 * nothing about a population where that share is another one. */
#ifndef HEARSAY_STATS_RANKING_H
#define HEARSAY_STATS_RANKING_H

#include <stdint.h>

#include "hearsay.h"

struct ranked {
    double score;
    uint32_t unit; /* items of one unit are drawn together: 0 .. units - 1 */
    bool is_positive;
    bool is_flagged;
};

enum ranking_measure {
    RANKING_PRECISION,
    RANKING_RECALL,
    RANKING_F1,
    RANKING_ROC_AUC,
    RANKING_AVERAGE_PRECISION,
    RANKING_PRECISION_AT_10,
    RANKING_PRECISION_AT_50,
    RANKING_PRECISION_AT_100,
    RANKING_PRECISION_AT_500,
    RANKING_RECALL_AT_FPR_0001,
    RANKING_RECALL_AT_FPR_001,
    RANKING_RECALL_AT_FPR_01,
    RANKING_RECALL_AT_FPR_05,
    RANKING_MEASURES
};

/* "roc_auc", "precision_at_10", ... */
const char *ranking_measure_name(enum ranking_measure measure);

/* Highest score first; a stable order is not needed, since ties are exact. */
void ranking_sort(struct ranked *items, size_t count);

/* All measures of items sorted by ranking_sort. weights[unit] says how often the items of a unit
 * count; NULL: once. What is undefined is NAN: everything that needs a class that is absent,
 * precision when nothing is flagged, precision at k with fewer than k items. F1 is 0 when nothing
 * true is flagged. O(count). */
void ranking_measure(const struct ranked *items, size_t count, const uint32_t *weights,
                     double values[RANKING_MEASURES]);

struct ranking_interval {
    double low, high; /* NAN: fewer than half of the draws had a value */
    uint32_t defined; /* draws in which the measure had a value */
};

/* Percentile intervals (Efron 1979) of `confidence` (0..1, say 0.95) from `draws` resamples of
 * whole units with replacement, by GSL's mt19937 from `seed`: the same bytes for the same items in
 * the same order. Assumes that units are independent and as many as to show the spread (below some
 * 30 positive units an interval is too narrow); a measure at its limit, as a recall of 1, gets an
 * interval of no width, which does not mean certainty. */
enum hearsay_status ranking_bootstrap(const struct ranked *items, size_t count, uint32_t units,
                                      uint64_t seed, uint32_t draws, double confidence,
                                      struct ranking_interval intervals[RANKING_MEASURES],
                                      struct hearsay_failure *failure);

#endif
