#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordination/discovery.h"

/* p = 0.001, 0.008, 0.039, 0.041 of ten tests: m p / i = 0.01, 0.04, 0.13, 0.1025. */
static void q_follows_benjamini_and_hochberg(void **state) {
    (void)state;
    static const double ps[] = {0.039, 0.001, 0.041, 0.008};
    static const double qs[] = {0.1025, 0.01, 0.1025, 0.04};
    struct discovery discovery = {0};
    for (size_t i = 0; i < 4; i++) {
        assert_true(discovery_add(&discovery, log(ps[i])));
    }
    discovery_rank(&discovery, 10);
    for (size_t i = 0; i < 4; i++) {
        assert_true(fabs(discovery_log_q(&discovery, log(ps[i])) - log(qs[i])) < 1e-12);
    }
    discovery_free(&discovery);
}

static void q_is_finite_and_at_most_one(void **state) {
    (void)state;
    struct discovery discovery = {0};
    discovery_rank(&discovery, 5); /* nothing was tested */
    assert_true(discovery_log_q(&discovery, -3.0) == 0.0);
    assert_true(discovery_add(&discovery, 0.0) && discovery_add(&discovery, -1e9));
    discovery_rank(&discovery, 0);
    assert_true(discovery_log_q(&discovery, 0.0) == 0.0);
    assert_true(fabs(discovery_log_q(&discovery, -1e9) - (log(2.0) - 1e9)) < 1.0);
    discovery_free(&discovery);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(q_follows_benjamini_and_hochberg),
        cmocka_unit_test(q_is_finite_and_at_most_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
