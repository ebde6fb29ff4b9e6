/* How well one grouping of items agrees with another: found clusters against labelled groups. Knows
 * group numbers only; which items are compared is the caller's choice and part of the result's
 * meaning (agreement over detected accounts says nothing about those that were not detected).
 *
 *   purity     share of items that carry the commonest label of their cluster; 1 for singletons, so
 *              never read it without the others                         Zhao, Karypis 2001
 *   B-cubed    per item, share of its cluster that has its label (precision) and share of its label
 *              that is in its cluster (recall), averaged; F1 is their harmonic mean
 *                                                                       Bagga, Baldwin 1998
 *   AMI        (I - E[I]) / ((H(u) + H(v)) / 2 - E[I]), the expectation under the hypergeometric
 *              model of random groupings with the same sizes            Vinh, Epps, Bailey 2010
 *              0 on average for chance, 1 for equal groupings, below 0 for less than chance */
#ifndef HEARSAY_STATS_PARTITION_H
#define HEARSAY_STATS_PARTITION_H

#include <stddef.h>
#include <stdint.h>

#include "hearsay.h"

struct partition_agreement {
    double purity;
    double b_cubed_precision, b_cubed_recall, b_cubed_f1;
    double adjusted_mutual_information;
};

/* cluster[i] < clusters and label[i] < labels for each of `count` items. Two groupings that both
 * have one group, or both singletons only, agree fully (AMI 1). All values are NAN for count 0.
 * O(count log count + clusters labels group size). */
enum hearsay_status partition_compare(const uint32_t *cluster, uint32_t clusters,
                                      const uint32_t *label, uint32_t labels, size_t count,
                                      struct partition_agreement *agreement,
                                      struct hearsay_failure *failure);

#endif
