/* Exact values of the measures that `hearsay evaluate` reports, by hand or from the papers' own
 * examples. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/partition.h"
#include "stats/proportion.h"
#include "stats/ranking.h"
#include "stats/reliability.h"

static void ranking_counts_a_tie_as_half(void **state) {
    (void)state;
    struct ranked items[] = {{0.5, 0, true, true},
                             {0.9, 1, true, true},
                             {0.5, 2, false, true},
                             {0.1, 3, false, false},
                             {0.1, 4, true, false}};
    double values[RANKING_MEASURES];
    ranking_sort(items, 5);
    ranking_measure(items, 5, NULL, values);
    /* Pairs: 0.9 beats both; 0.5 ties one and beats one; 0.1 loses one and ties one. */
    assert_float_equal(values[RANKING_ROC_AUC], (2 + 1.5 + 0.5) / 6, 1e-12);
    /* Steps: 1/3 at 1/1, 1/3 at 2/3, 1/3 at 3/5. */
    assert_float_equal(values[RANKING_AVERAGE_PRECISION], (1 + 2.0 / 3 + 3.0 / 5) / 3, 1e-12);
    assert_float_equal(values[RANKING_PRECISION], 2.0 / 3, 1e-12);
    assert_float_equal(values[RANKING_RECALL], 2.0 / 3, 1e-12);
    assert_float_equal(values[RANKING_F1], 2.0 / 3, 1e-12);
    assert_true(isnan(values[RANKING_PRECISION_AT_10]));
    assert_float_equal(values[RANKING_RECALL_AT_FPR_01], 1.0 / 3, 1e-12);
}

static void ranking_expects_ties_to_be_broken_at_random(void **state) {
    (void)state;
    struct ranked items[20];
    double values[RANKING_MEASURES];
    for (uint32_t i = 0; i < 20; i++) {
        items[i] = (struct ranked){.score = i < 5, .unit = i, .is_positive = i < 4 || i >= 17};
    }
    ranking_sort(items, 20);
    ranking_measure(items, 20, NULL, values);
    /* Five on top with four positives; five more of fifteen, of which three are positive. */
    assert_float_equal(values[RANKING_PRECISION_AT_10], (4 + 5 * 3.0 / 15) / 10, 1e-12);
    assert_true(isnan(values[RANKING_PRECISION])); /* nothing is flagged */
    assert_float_equal(values[RANKING_F1], 0, 0);
}

static void ranking_of_one_class_is_undefined(void **state) {
    (void)state;
    struct ranked items[] = {{0.5, 0, true, true}, {0.4, 1, true, false}};
    double values[RANKING_MEASURES];
    ranking_measure(items, 2, NULL, values);
    assert_true(isnan(values[RANKING_ROC_AUC]));
    assert_true(isnan(values[RANKING_AVERAGE_PRECISION]));
    assert_float_equal(values[RANKING_RECALL], 0.5, 1e-12);
}

static void weights_are_repetitions(void **state) {
    (void)state;
    struct ranked items[] = {{0.9, 0, true, true}, {0.5, 1, false, true}, {0.4, 2, true, false}};
    struct ranked many[] = {
        {0.9, 0, true, true}, {0.9, 0, true, true}, {0.4, 2, true, false}, {0.5, 1, false, true}};
    const uint32_t weights[] = {2, 1, 1};
    double weighed[RANKING_MEASURES];
    double repeated[RANKING_MEASURES];
    ranking_sort(many, 4);
    ranking_measure(items, 3, weights, weighed);
    ranking_measure(many, 4, NULL, repeated);
    for (size_t i = 0; i < RANKING_MEASURES; i++) {
        assert_true(isnan(weighed[i]) ? isnan(repeated[i])
                                      : fabs(weighed[i] - repeated[i]) < 1e-12);
    }
}

static void bootstrap_holds_the_spread_of_a_share(void **state) {
    (void)state;
    enum { COUNT = 400 };
    static struct ranked items[COUNT];
    struct ranking_interval first[RANKING_MEASURES];
    struct ranking_interval second[RANKING_MEASURES];
    for (uint32_t i = 0; i < COUNT; i++) {
        bool is_hit = i % 4 != 0;
        items[i] = (struct ranked){is_hit, i, true, is_hit};
    }
    ranking_sort(items, COUNT);
    assert_int_equal(ranking_bootstrap(items, COUNT, COUNT, 7, 2000, 0.95, first, NULL), 0);
    assert_int_equal(ranking_bootstrap(items, COUNT, COUNT, 7, 2000, 0.95, second, NULL), 0);
    /* recall 0.75 of 400: 0.75 -+ 1.96 sqrt(0.75 0.25 / 400) */
    assert_float_equal(first[RANKING_RECALL].low, 0.7076, 0.006);
    assert_float_equal(first[RANKING_RECALL].high, 0.7924, 0.006);
    assert_float_equal(first[RANKING_RECALL].low, second[RANKING_RECALL].low, 0);
    assert_true(isnan(first[RANKING_ROC_AUC].low));
    assert_int_equal(first[RANKING_ROC_AUC].defined, 0);
}

static void partition_agreement_has_known_values(void **state) {
    (void)state;
    const uint32_t cluster[] = {0, 0, 0, 1, 1, 1};
    const uint32_t label[] = {0, 0, 1, 1, 2, 2};
    struct partition_agreement agreement;
    assert_int_equal(partition_compare(cluster, 2, label, 3, 6, &agreement, NULL), 0);
    assert_float_equal(agreement.purity, 4.0 / 6, 1e-12);
    assert_float_equal(agreement.b_cubed_precision, (4.0 / 3 + 1.0 / 3) * 2 / 6, 1e-12);
    assert_float_equal(agreement.b_cubed_recall, (2 + 0.5 + 0.5 + 2) / 6, 1e-12);
    /* Equation 24a summed with exact binomials in another language. */
    assert_float_equal(agreement.adjusted_mutual_information, 0.2987924581708901, 1e-9);
}

static void equal_partitions_agree_fully(void **state) {
    (void)state;
    const uint32_t one[] = {0, 0, 0, 0};
    const uint32_t two[] = {0, 0, 1, 1};
    const uint32_t swapped[] = {1, 1, 0, 0};
    struct partition_agreement agreement;
    partition_compare(one, 1, one, 1, 4, &agreement, NULL);
    assert_float_equal(agreement.adjusted_mutual_information, 1, 1e-12);
    partition_compare(two, 2, swapped, 2, 4, &agreement, NULL);
    assert_float_equal(agreement.adjusted_mutual_information, 1, 1e-12);
    assert_float_equal(agreement.b_cubed_f1, 1, 1e-12);
    partition_compare(one, 1, two, 2, 4, &agreement, NULL);
    assert_float_equal(agreement.adjusted_mutual_information, 0, 1e-12);
}

static void wilson_and_mcnemar_have_known_values(void **state) {
    (void)state;
    struct proportion_interval interval = proportion_wilson(5, 10, 0.95);
    assert_float_equal(interval.low, 0.2365930905, 1e-9);
    assert_float_equal(interval.high, 0.7634069095, 1e-9);
    interval = proportion_wilson(0, 20, 0.95);
    assert_float_equal(interval.low, 0, 0);
    assert_float_equal(interval.high, 0.1611251581, 1e-9);
    assert_float_equal(proportion_mcnemar(1, 9), 22.0 / 1024, 1e-12);
    assert_float_equal(proportion_mcnemar(0, 0), 1, 0);
    assert_float_equal(proportion_mcnemar(5, 5), 1, 0);
}

static void reliability_has_known_values(void **state) {
    (void)state;
    struct reliability table = {0};
    assert_true(isnan(reliability_brier(&table)));
    reliability_add(&table, 1.0, true);
    reliability_add(&table, 0.95, false);
    reliability_add(&table, 0.0, false);
    assert_int_equal(table.bins[9].count, 2);
    assert_float_equal(reliability_brier(&table), 0.95 * 0.95 / 3, 1e-12);
    assert_float_equal(reliability_error(&table), 0.95 / 3, 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranking_counts_a_tie_as_half),
        cmocka_unit_test(ranking_expects_ties_to_be_broken_at_random),
        cmocka_unit_test(ranking_of_one_class_is_undefined),
        cmocka_unit_test(weights_are_repetitions),
        cmocka_unit_test(bootstrap_holds_the_spread_of_a_share),
        cmocka_unit_test(partition_agreement_has_known_values),
        cmocka_unit_test(equal_partitions_agree_fully),
        cmocka_unit_test(wilson_and_mcnemar_have_known_values),
        cmocka_unit_test(reliability_has_known_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
