/* The binomial tail against sums of exact fractions. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/burst.h"

static void p_is_the_exact_binomial_tail(void **state) {
    (void)state;
    static const struct {
        uint32_t recent;
        uint32_t total;
        double share;
        double p;
    } cases[] = {
        {5, 5, 0.5, 3.12500000000000000e-02},
        {1, 10, 0.25, 9.43686485290527344e-01},
        {7, 10, 0.25, 3.50570678710937500e-03},
        {50, 100, 0.5, 5.39794618693589356e-01},
        {2, 100, 0.125, 9.99975728811683062e-01},
        {30, 4096, 0.015625, 9.99999333997516726e-01},
        {300, 4096, 0.015625, 4.23554000916087548e-104},
        {450, 450, 0.25, 1.18305218616677471e-271},
        {498, 500, 0.25, 1.04922255636586233e-295},
        {99, 100, 0.0009765625, 9.54738014364977945e-297},
        {1000, 4096, 0.0625, 1.17919578793865419e-304},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double p = burst_p(cases[i].recent, cases[i].total, cases[i].share);
        if (!(fabs(p - cases[i].p) <= 1e-10 * cases[i].p)) {
            fail_msg("case %zu: %.17g, not %.17g", i, p, cases[i].p);
        }
    }
}

static void nothing_recent_is_no_burst(void **state) {
    (void)state;
    assert_true(burst_p(0, 10, 0.5) == 1);
    assert_true(burst_p(0, 0, 0.5) == 1);
}

static void p_falls_as_more_is_recent(void **state) {
    (void)state;
    double before = 1;
    for (uint32_t recent = 1; recent <= 200; recent++) {
        double p = burst_p(recent, 200, 0.1);
        assert_true(p >= 0 && p <= before);
        before = p;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p_is_the_exact_binomial_tail),
        cmocka_unit_test(nothing_recent_is_no_burst),
        cmocka_unit_test(p_falls_as_more_is_recent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
