#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordination/null.h"
#include "coordination/score.h"

static struct coincidence rare(void) {
    return (struct coincidence){.posts_total = 100000,
                                .posts_a = 5,
                                .posts_b = 5,
                                .sharers = 2,
                                .gap_s = 3,
                                .window_s = 60,
                                .precision_s = 1};
}

static void activity_popularity_and_distance_lower_surprise(void **state) {
    (void)state;
    struct coincidence c = rare();
    double surprise = coincidence_surprise(&c);
    assert_true(surprise > 5.0 && surprise < log(100000.0) + 2.0);
    c.posts_b = 500;
    assert_true(coincidence_surprise(&c) < surprise);
    c = rare();
    c.sharers = 1000;
    assert_true(coincidence_surprise(&c) < surprise);
    c = rare();
    c.gap_s = 50;
    assert_true(coincidence_surprise(&c) < surprise);
    c = rare();
    c.posts_total = 1000;
    assert_true(coincidence_surprise(&c) < surprise);
}

static void surprise_is_symmetric_and_never_negative(void **state) {
    (void)state;
    struct coincidence c = rare();
    c.posts_a = 400;
    struct coincidence turned = rare();
    turned.posts_b = 400;
    assert_true(coincidence_surprise(&c) == coincidence_surprise(&turned));
    c = (struct coincidence){.posts_total = 0, .sharers = 0, .window_s = 1};
    assert_true(coincidence_surprise(&c) >= 0.0);
    c = (struct coincidence){.posts_total = UINT64_MAX,
                             .posts_a = UINT32_MAX,
                             .sharers = UINT32_MAX,
                             .gap_s = 1e300,
                             .window_s = 1e-6};
    assert_true(isfinite(coincidence_surprise(&c)));
    assert_true(coincidence_surprise(&c) >= 0.0);
}

/* The bounds that spare logarithms decide as the formulas do, at gaps and sharers of all sizes. */
static void bounds_agree_with_the_surprise(void **state) {
    (void)state;
    unsigned surprising = 0;
    for (uint32_t sharers = 2; sharers < 200000; sharers = sharers * 5 / 4 + 1) {
        for (double gap_s = 0.0; gap_s <= 60.0; gap_s += 0.25) {
            struct coincidence c = rare();
            c.sharers = sharers;
            c.gap_s = gap_s;
            c.precision_s = 1e-6;
            double surprise = coincidence_surprise(&c);
            struct shared_object object = {0, surprise, 1.0};
            assert_int_equal(coincidence_is_surprising(&c), surprise >= SURPRISE_LEAST);
            assert_true(surprise <= log(fmax(1.0, coincidence_power_most(&c))));
            if (coincidence_power_most(&c) < evidence_power_least(c.posts_total)) {
                assert_true(pair_evidence(&object, 1, c.posts_total) == 0.0);
            }
            surprising += coincidence_is_surprising(&c);
        }
    }
    assert_true(surprising > 100);
    double log_of_rate = null_rate_surprise(NEAR_RATE_MOST);
    assert_true(fabs(log_of_rate - NEAR_SURPRISE_LEAST) < 1e-12);
}

static void one_episode_counts_once(void **state) {
    (void)state;
    const int64_t minute = 60 * 1000000ll;
    struct shared_object burst[4];
    struct shared_object spread[4];
    for (int i = 0; i < 4; i++) {
        burst[i] = (struct shared_object){i * minute, 6.0, 0.5};
        spread[i] = (struct shared_object){i * 61 * minute, 6.0, 0.5};
    }
    double once = pair_evidence(burst, 4, 1000);
    double four = pair_evidence(spread, 4, 1000);
    double search = log(1000.0) - 3.25;
    assert_true(fabs(once - (6.0 - search)) < 1e-9);
    assert_true(fabs(four - (24.0 - search)) < 1e-9);
}

static void evidence_does_not_depend_on_the_order_of_objects(void **state) {
    (void)state;
    struct shared_object a[5] = {{INT64_MIN, 1.1, 0.1},
                                 {INT64_MAX, 7.7, 0.2},
                                 {0, 2.3, 0.01},
                                 {5, 2.3, 0.3},
                                 {5, 9.1, 0.07}};
    struct shared_object b[5] = {a[4], a[2], a[1], a[0], a[3]};
    assert_true(pair_evidence(a, 5, 50) == pair_evidence(b, 5, 50));
}

static void popular_objects_alone_are_little_evidence(void **state) {
    (void)state;
    struct shared_object popular[1] = {{0, 20.0, 0.001}};
    struct shared_object rare_one[1] = {{0, 20.0, 1.0}};
    assert_true(pair_evidence(popular, 1, 1000) < 0.1);
    assert_true(pair_evidence(rare_one, 1, 1000) > 10.0);
    assert_true(pair_evidence(NULL, 0, 1000) == 0.0);
    assert_true(pair_evidence(rare_one, 1, 0) == 20.0);
}

static void scores_are_monotone_and_within_bounds(void **state) {
    (void)state;
    double before = -1.0;
    double evidence = 0.0;
    for (int i = 0; i < 40; i++) {
        double score = evidence_score(account_evidence(evidence, evidence, 20), evidence, 7);
        assert_true(score > before && score <= 1.0);
        before = score;
        evidence = evidence * 2 + 0.01;
    }
    assert_true(evidence_score(0, 0, 0) == 0.0);
    assert_true(evidence_score(-1, -1, 5) == 0.0);
    assert_true(account_evidence(-1, -1, 5) == 0.0);
    assert_true(account_evidence(10, 0, 2) > account_evidence(10, 0, 200));
}

static void chance_alone_makes_no_flag(void **state) {
    (void)state;
    double crowd = account_evidence(0, 1e12, 4);
    assert_true(crowd > account_evidence(0, 100, 4));
    assert_true(evidence_score(crowd, 1e9 * crowd, 1000000000u) < 0.5);
    assert_true(evidence_score(account_evidence(400, 1e12, 4), 0, 0) > 0.5);
}

static void company_raises_a_score_by_its_mean(void **state) {
    (void)state;
    assert_true(evidence_score(3, 20, 2) > evidence_score(3, 0, 2));
    assert_true(evidence_score(3, 20, 2) > evidence_score(3, 20, 9)); /* same sum, more partners */
    assert_true(evidence_score(3, 10, 1) < evidence_score(3, 100, 10)); /* few are shrunk */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(activity_popularity_and_distance_lower_surprise),
        cmocka_unit_test(surprise_is_symmetric_and_never_negative),
        cmocka_unit_test(bounds_agree_with_the_surprise),
        cmocka_unit_test(one_episode_counts_once),
        cmocka_unit_test(evidence_does_not_depend_on_the_order_of_objects),
        cmocka_unit_test(popular_objects_alone_are_little_evidence),
        cmocka_unit_test(scores_are_monotone_and_within_bounds),
        cmocka_unit_test(chance_alone_makes_no_flag),
        cmocka_unit_test(company_raises_a_score_by_its_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
