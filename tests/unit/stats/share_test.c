/* Shares with few draws, and leading digits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/digits.h"
#include "stats/proportion.h"

static void a_share_of_no_draws_is_one_half_and_nearly_anything(void **state) {
    (void)state;
    struct proportion_posterior posterior = proportion_beta(0, 0, 0.95);
    assert_float_equal(posterior.mean, 0.5, 1e-12);
    assert_float_equal(posterior.interval.low, 0.025, 1e-9);
    assert_float_equal(posterior.interval.high, 0.975, 1e-9);
}

/* Beta(1, 1 + n) has the quantile function 1 - (1 - u)^(1 / (n + 1)). */
static void none_of_n_has_the_closed_form(void **state) {
    (void)state;
    struct proportion_posterior posterior = proportion_beta(0, 9, 0.95);
    assert_float_equal(posterior.mean, 1.0 / 11, 1e-12);
    assert_float_equal(posterior.interval.low, 1 - pow(0.975, 0.1), 1e-9);
    assert_float_equal(posterior.interval.high, 1 - pow(0.025, 0.1), 1e-9);
    struct proportion_posterior all = proportion_beta(9, 9, 0.95);
    assert_float_equal(all.interval.low, 1 - posterior.interval.high, 1e-9);
}

static void digits_of_the_law_pass_and_even_digits_fail(void **state) {
    (void)state;
    uint32_t lawful[10] = {0};
    uint32_t even[10] = {0};
    for (int digit = 1; digit <= 9; digit++) {
        lawful[digit] = (uint32_t)lround(1000 * log10(1 + 1.0 / digit));
        even[digit] = 100;
    }
    assert_true(digits_benford(lawful) > 0.99);
    assert_true(digits_benford(even) < 1e-10);
}

static void a_hundred_numbers_are_too_few_for_digits(void **state) {
    (void)state;
    uint32_t counts[10] = {0, 100};
    assert_true(isnan(digits_benford(counts)));
    counts[1] = 101;
    assert_true(digits_benford(counts) < 1e-6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_of_no_draws_is_one_half_and_nearly_anything),
        cmocka_unit_test(none_of_n_has_the_closed_form),
        cmocka_unit_test(digits_of_the_law_pass_and_even_digits_fail),
        cmocka_unit_test(a_hundred_numbers_are_too_few_for_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
