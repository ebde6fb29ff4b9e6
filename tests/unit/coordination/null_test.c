#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordination/null.h"

/* Reference values: the sum of coordination/null.h in 80-digit arithmetic (Python's decimal). */
static void tails_equal_exact_values(void **state) {
    (void)state;
    static const struct {
        double surprise;
        uint64_t trials;
        double truncation;
        double log_p;
    } cases[] = {
        {3.1, 2, 0.05, -2.42935670396484},     {10, 5, 0.05, -5.74481868612103},
        {25, 20, 0.05, -8.52818306807838},     {100, 20, 0.05, -57.9110059394767},
        {800, 20, 0.5, -712.397723587571},     {800, 1000, 0.05, -127.693280577711},
        {5000, 1000, 0.05, -2714.00871778021}, {2, 2, 0.5, -1.03923100059562},
        {40, 30, 0.5, -4.32519412611734},      {1000, 2, 0.5, -993.091631203619},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double log_p = null_tail_log(cases[i].surprise, cases[i].trials, cases[i].truncation);
        assert_true(fabs(log_p - cases[i].log_p) <= 1e-9 * fabs(cases[i].log_p));
    }
}

/* One trial: the chance of a surprise s is e^-s, whatever it is cut at. */
static void one_trial_is_its_own_chance(void **state) {
    (void)state;
    for (double surprise = 3.0; surprise < 1e6; surprise *= 3.0) {
        double log_p = null_tail_log(surprise, 1, 0.05);
        assert_true(fabs(log_p + surprise) <= 1e-9 * surprise);
    }
}

static void tails_fall_with_surprise_and_rise_with_trials(void **state) {
    (void)state;
    double before = 0.0;
    for (double surprise = 0.0; surprise < 4000.0; surprise += 7.3) {
        double log_p = null_tail_log(surprise, 40, 0.5);
        assert_true(log_p <= before && log_p <= 0.0);
        assert_true(null_tail_log(surprise, 41, 0.5) >= log_p);
        before = log_p;
    }
}

static void extremes_give_numbers(void **state) {
    (void)state;
    static const double surprises[] = {0.0, -1.0, 1e-300, 0.7, 745.0, 1e6, 1e9};
    static const uint64_t trials[] = {0, 1, 2, 1000, UINT32_MAX, UINT64_MAX};
    for (size_t i = 0; i < sizeof surprises / sizeof surprises[0]; i++) {
        for (size_t j = 0; j < sizeof trials / sizeof trials[0]; j++) {
            if (surprises[i] < 1e9 || trials[j] <= 1000) { /* more is out of any pair's reach */
                double log_p = null_tail_log(surprises[i], trials[j], 0.05);
                assert_true(isfinite(log_p) && log_p <= 0.0);
            }
        }
    }
    assert_true(isfinite(null_surprise(0, 0, 0)));
    assert_true(isfinite(null_surprise(1e300, 1e300, 1)));
    assert_true(isfinite(null_surprise(1, 1, 1.8e19)));
    assert_true(null_surprise(5, 0, 100) > 0.0);
    assert_true(null_surprise(NAN, 1, 10) >= 0.0);
}

/* -ln(1 - e^-r) at r = d n / M. */
static void a_surprise_falls_with_activity_and_crowds(void **state) {
    (void)state;
    assert_true(fabs(null_surprise(10, 1, 1e6) - 11.512930464970228) < 1e-9);
    assert_true(fabs(null_surprise(1, 1, 1) - 0.45867514538708193) < 1e-12);
    assert_true(null_surprise(20, 1, 1e6) < null_surprise(10, 1, 1e6));
    assert_true(null_surprise(10, 2, 1e6) < null_surprise(10, 1, 1e6));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_equal_exact_values),
        cmocka_unit_test(one_trial_is_its_own_chance),
        cmocka_unit_test(tails_fall_with_surprise_and_rise_with_trials),
        cmocka_unit_test(extremes_give_numbers),
        cmocka_unit_test(a_surprise_falls_with_activity_and_crowds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
