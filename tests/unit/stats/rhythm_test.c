/* Exact values of the tests of rhythm, and their chance of a false alarm on random events. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>

#include "stats/random.h"
#include "stats/rhythm.h"

static void equal_intervals_are_regular(void **state) {
    (void)state;
    const double intervals[] = {60, 60, 60, 60, 60, 60, 60, 60};
    struct rhythm_regularity result = rhythm_regularity(intervals, 8, 1);
    assert_float_equal(result.burstiness, -1, 1e-12);
    assert_true(result.p_regular < 1e-12);
    assert_float_equal(result.p_bursty, 1, 1e-12);
    assert_true(isnan(rhythm_regularity(intervals, 1, 1).p_regular));
}

static void moran_of_two_intervals_by_hand(void **state) {
    (void)state;
    const double intervals[] = {1, 3};
    struct rhythm_regularity result = rhythm_regularity(intervals, 2, 1);
    /* 2 (2 ln 2 - ln 3) / (1 + 3/12) = 0.46029; chi-square with one degree of freedom. */
    double moran = 2 * (2 * log(2) - log(3)) / 1.25;
    assert_float_equal(result.p_regular, erf(sqrt(moran / 2)), 1e-9);
    assert_float_equal(result.p_regular + result.p_bursty, 1, 1e-12);
}

static void rayleigh_has_known_values(void **state) {
    (void)state;
    const double even[] = {0, 6, 12, 18};
    const double same[] = {23, 23, 23, 23, 23, 47, -1, 23, 23, 23};
    struct rhythm_circle circle = rhythm_circle(even, 4);
    assert_float_equal(circle.concentration, 0, 1e-12);
    assert_true(isnan(circle.mean_hour));
    assert_float_equal(circle.p, 1, 1e-12);
    circle = rhythm_circle(same, 10);
    assert_float_equal(circle.concentration, 1, 1e-12);
    assert_float_equal(circle.mean_hour, 23, 1e-9);
    assert_float_equal(circle.p, exp(sqrt(41) - 21), 1e-9);
    assert_true(isnan(rhythm_circle(NULL, 0).p));
}

static void dormancy_has_known_values(void **state) {
    (void)state;
    /* Two spacings: the longer one is over g with chance 2 (1 - g) for g >= 1/2. */
    assert_float_equal(rhythm_dormancy(0.75, 2), 0.5, 1e-12);
    /* Three: 3 (1-g)^2 - 3 (1-2g)^2 for 1/3 < g < 1/2. */
    assert_float_equal(rhythm_dormancy(0.4, 3), 3 * 0.36 - 3 * 0.04, 1e-12);
    assert_float_equal(rhythm_dormancy(1.0 / 3, 3), 1, 1e-9);
    assert_float_equal(rhythm_dormancy(1, 5), 0, 0);
    assert_float_equal(rhythm_dormancy(0.00005, 100000), 1, 1e-6);
    assert_true(rhythm_dormancy(0.001, 100000) < 1e-30);
}

static void a_scan_has_known_values(void **state) {
    (void)state;
    /* All n within a share w of the span: n w^(n-1) - (n-1) w^n. */
    assert_float_equal(rhythm_scan(5, 5, 0.1), 5e-4 - 4e-5, 1e-12);
    assert_float_equal(rhythm_scan(1, 9, 0.1), 1, 0);
    assert_float_equal(rhythm_scan(10, 9, 0.1), 1, 0);
    assert_true(rhythm_scan(40, 1000, 1e-4) < 1e-60);
}

/* Does some stretch of `width` hold `most` of `count` sorted events? */
static bool has_stretch(const double *sorted, size_t count, size_t most, double width) {
    for (size_t i = 0; i + most <= count; i++) {
        if (sorted[i + most - 1] - sorted[i] <= width) {
            return true;
        }
    }
    return false;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static void a_scan_is_close_to_simulation(void **state) {
    (void)state;
    struct random *random = random_new(3);
    size_t hits = 0;
    for (size_t draw = 0; draw < 4000; draw++) {
        double events[60];
        for (size_t i = 0; i < 60; i++) {
            events[i] = random_uniform(random);
        }
        qsort(events, 60, sizeof *events, ascending);
        hits += has_stretch(events, 60, 6, 0.01);
    }
    double p = rhythm_scan(6, 60, 0.01);
    assert_true(p > 0.005 && p < 0.2);
    assert_float_equal((double)hits / 4000, p, 0.2 * p + 0.005);
    random_free(random);
}

/* Events at random: each test cries wolf about as often as it says. */
static void random_events_keep_the_level(void **state) {
    (void)state;
    enum { ROUNDS = 2000, EVENTS = 30 };
    struct random *random = random_new(3);
    int regular = 0;
    int circle = 0;
    int dormant = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double intervals[EVENTS];
        double hours[EVENTS];
        double sum = 0;
        double longest = 0;
        for (int i = 0; i < EVENTS; i++) {
            intervals[i] = random_exponential(random, 100);
            hours[i] = 24 * random_uniform(random);
            sum += intervals[i];
            longest = intervals[i] > longest ? intervals[i] : longest;
        }
        regular += rhythm_regularity(intervals, EVENTS, 1e-9).p_regular <= 0.05;
        circle += rhythm_circle(hours, EVENTS).p <= 0.05;
        dormant += rhythm_dormancy(longest / sum, EVENTS) <= 0.05;
    }
    random_free(random);
    /* 100 expected, deviation 9.7. */
    assert_in_range(regular, 65, 135);
    assert_in_range(circle, 65, 135);
    assert_in_range(dormant, 65, 135);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_intervals_are_regular),
        cmocka_unit_test(moran_of_two_intervals_by_hand),
        cmocka_unit_test(rayleigh_has_known_values),
        cmocka_unit_test(dormancy_has_known_values),
        cmocka_unit_test(a_scan_has_known_values),
        cmocka_unit_test(a_scan_is_close_to_simulation),
        cmocka_unit_test(random_events_keep_the_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
