/* Penalised logistic regression against what can be worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "stats/library.h"
#include "stats/logistic.h"

static const uint32_t first[] = {0};
static const uint32_t both[] = {0, 1};
static const double ones[] = {1, 1};

/* 10 rows: 3 of 4 with the second column are positive, 1 of 6 without. */
static struct logistic_problem sample(struct logistic_row rows[10], const double *penalties,
                                      const double *centres) {
    for (size_t i = 0; i < 10; i++) {
        bool has_second = i < 4;
        rows[i] = (struct logistic_row){.columns = has_second ? both : first,
                                        .values = ones,
                                        .count = has_second ? 2 : 1,
                                        .is_positive = i < 3 || i == 9,
                                        .weight = 1};
    }
    return (struct logistic_problem){rows, 10, 2, penalties, centres};
}

static void without_a_penalty_probabilities_are_shares(void **state) {
    (void)state;
    struct logistic_row rows[10];
    const double penalties[] = {1e-9, 1e-9};
    const double centres[] = {0, 0};
    struct logistic_problem problem = sample(rows, penalties, centres);
    double b[2];
    assert_int_equal(logistic_fit(&problem, b, NULL), HEARSAY_OK);
    assert_true(fabs(logistic_probability(logistic_log_odds(&rows[0], b)) - 0.75) < 1e-3);
    assert_true(fabs(logistic_probability(logistic_log_odds(&rows[9], b)) - 1.0 / 6) < 1e-3);
}

static void a_heavy_penalty_keeps_the_centre(void **state) {
    (void)state;
    struct logistic_row rows[10];
    const double penalties[] = {1e-9, 1e6};
    const double centres[] = {0, 2};
    struct logistic_problem problem = sample(rows, penalties, centres);
    double b[2];
    assert_int_equal(logistic_fit(&problem, b, NULL), HEARSAY_OK);
    assert_true(fabs(b[1] - 2) < 1e-3);
}

static void a_row_of_weight_zero_is_left_out(void **state) {
    (void)state;
    struct logistic_row rows[10];
    const double penalties[] = {1e-9, 1e-9};
    const double centres[] = {0, 0};
    struct logistic_problem problem = sample(rows, penalties, centres);
    rows[3].weight = 0;
    rows[9].weight = 2;
    double b[2];
    assert_int_equal(logistic_fit(&problem, b, NULL), HEARSAY_OK);
    assert_true(fabs(logistic_probability(logistic_log_odds(&rows[9], b)) - 2.0 / 7) < 1e-3);
}

static void rows_that_can_be_parted_stay_finite(void **state) {
    (void)state;
    struct logistic_row rows[2] = {
        {.columns = first, .values = ones, .count = 1, .is_positive = true, .weight = 1},
        {.columns = first, .values = ones, .count = 1, .is_positive = true, .weight = 1}};
    const double penalties[] = {0.01};
    const double centres[] = {0};
    struct logistic_problem problem = {rows, 2, 1, penalties, centres};
    double b[1];
    assert_int_equal(logistic_fit(&problem, b, NULL), HEARSAY_OK);
    assert_true(b[0] > 1 && b[0] < 20);
    /* The gradient is 0 there: 2 (1 - p) = penalty b. */
    assert_true(fabs(2 * (1 - logistic_probability(b[0])) - 0.01 * b[0]) < 1e-3);
}

int main(void) {
    stats_begin();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_penalty_probabilities_are_shares),
        cmocka_unit_test(a_heavy_penalty_keeps_the_centre),
        cmocka_unit_test(a_row_of_weight_zero_is_left_out),
        cmocka_unit_test(rows_that_can_be_parted_stay_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
