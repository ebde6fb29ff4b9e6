/* Directed co-retweets, by hand: what counts as a match and what an edge's weight is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "coordination/compare_qut.h"

/* Account 0 reposts twice within the window of account 1, which reposts once; account 2 comes a
 * second too late; account 3 only repeats itself. */
static const struct cooretweet_row table[] = {
    {.time_s = 100, .object = 1, .content = 10, .account = 0},
    {.time_s = 130, .object = 1, .content = 11, .account = 0},
    {.time_s = 160, .object = 1, .content = 12, .account = 1},
    {.time_s = 221, .object = 1, .content = 13, .account = 2},
    {.time_s = 160, .object = 2, .content = 14, .account = 3},
    {.time_s = 160, .object = 2, .content = 15, .account = 3},
};
#define ROWS (sizeof table / sizeof table[0])

static struct qut_result run(const struct qut_options *options, bool is_reversed) {
    struct cooretweet_row rows[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        rows[is_reversed ? ROWS - 1 - i : i] = table[i];
    }
    struct qut_result result = {0};
    struct hearsay_failure failure = {0};
    assert_int_equal(qut_run(rows, ROWS, options, &result, &failure), HEARSAY_OK);
    return result;
}

static void edges_are_directed_and_count_messages(void **state) {
    (void)state;
    struct qut_options options = {.window_s = 60, .min_weight = 1};
    for (int is_reversed = 0; is_reversed < 2; is_reversed++) {
        struct qut_result result = run(&options, is_reversed);
        assert_int_equal(result.edge_count, 2);
        assert_int_equal(result.edges[0].account_a, 0);
        assert_int_equal(result.edges[0].weight, 2);
        assert_int_equal(result.edges[1].account_a, 1);
        assert_int_equal(result.edges[1].weight, 1);
        /* the nearest of account 0's messages speaks for the match */
        assert_int_equal(result.matches[result.edges[1].first].message_b, 11);
        assert_int_equal(result.matches[result.edges[1].first].gap_s, -30);
        qut_result_free(&result);
    }
}

static void the_window_is_inclusive(void **state) {
    (void)state;
    struct qut_options options = {.window_s = 61, .min_weight = 1};
    struct qut_result result = run(&options, false);
    assert_int_equal(result.edge_count, 4); /* 1 and 2 match now, in both directions */
    qut_result_free(&result);
}

static void least_weights_and_loops_are_options(void **state) {
    (void)state;
    struct qut_options options = {.window_s = 60, .min_weight = 2};
    struct qut_result result = run(&options, false);
    assert_int_equal(result.edge_count, 1);
    qut_result_free(&result);
    options.has_loops = true;
    result = run(&options, false);
    assert_int_equal(result.edge_count, 3); /* 0 with 0, 0 with 1, 3 with 3 */
    assert_int_equal(result.edges[2].account_a, 3);
    assert_int_equal(result.edges[2].account_b, 3);
    qut_result_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_are_directed_and_count_messages),
        cmocka_unit_test(the_window_is_inclusive),
        cmocka_unit_test(least_weights_and_loops_are_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
