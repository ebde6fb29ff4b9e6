#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/nearest.h"
#include "cli/value.h"

static double duration(const char *text) {
    double seconds = -1;
    return value_duration(str_from_c(text), &seconds) ? seconds : -1;
}

static uint64_t size(const char *text) {
    uint64_t bytes = 0;
    return value_size(str_from_c(text), &bytes) ? bytes : 0;
}

static void durations_take_every_unit(void **state) {
    (void)state;
    assert_float_equal(duration("60s"), 60, 0);
    assert_float_equal(duration("60"), 60, 0);
    assert_float_equal(duration("1.5h"), 5400, 0);
    assert_float_equal(duration("250ms"), 0.25, 1e-12);
    assert_float_equal(duration("5 m"), 300, 0);
    assert_float_equal(duration("2D"), 172800, 0);
}

static void what_is_no_duration_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"",    "s",   "-5s", "0",      "0s",   "5x",
                                        "5s5", "inf", "nan", "1e400s", "1,5s", "99999999d"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_float_equal(duration(wrong[i]), -1, 0);
    }
}

static void sizes_are_powers_of_1024(void **state) {
    (void)state;
    assert_int_equal(size("512M"), 536870912);
    assert_int_equal(size("2g"), 2147483648);
    assert_int_equal(size("1GiB"), 1073741824);
    assert_int_equal(size("65536"), 65536);
    assert_int_equal(size("0.5K"), 512);
    assert_int_equal(size("0"), 0);
    assert_int_equal(size("-1M"), 0);
    assert_int_equal(size("5 apples"), 0);
    assert_int_equal(size("99999999999T"), 0);
}

static void counts_keep_to_their_range(void **state) {
    (void)state;
    uint64_t count = 7;
    assert_true(value_count(STR("64"), 1, 64, &count));
    assert_int_equal(count, 64);
    assert_false(value_count(STR("65"), 1, 64, &count));
    assert_false(value_count(STR("0"), 1, 64, &count));
    assert_false(value_count(STR("2x"), 1, 64, &count));
    assert_false(value_count(STR("-1"), 1, 64, &count));
    assert_int_equal(count, 64); /* untouched on failure */
}

static void the_distance_counts_single_edits(void **state) {
    (void)state;
    assert_int_equal(nearest_distance(STR("scan"), STR("scan")), 0);
    assert_int_equal(nearest_distance(STR("scna"), STR("scan")), 1);
    assert_int_equal(nearest_distance(STR(""), STR("abc")), 3);
    assert_int_equal(nearest_distance(STR("kitten"), STR("sitting")), 3);
    char longer[NEAREST_NAME_BYTES + 1];
    memset(longer, 'x', sizeof longer);
    struct str too_long = {longer, sizeof longer};
    assert_true(nearest_distance(too_long, STR("x")) == SIZE_MAX);
}

static void the_distance_is_the_same_both_ways(void **state) {
    (void)state;
    static const char *const words[] = {"",       "a",      "ab",      "ba",
                                        "window", "widnow", "threads", "quiet"};
    enum { COUNT = sizeof words / sizeof words[0] };
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < COUNT; j++) {
            struct str a = str_from_c(words[i]);
            struct str b = str_from_c(words[j]);
            assert_int_equal(nearest_distance(a, b), nearest_distance(b, a));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_take_every_unit),
        cmocka_unit_test(what_is_no_duration_is_refused),
        cmocka_unit_test(sizes_are_powers_of_1024),
        cmocka_unit_test(counts_keep_to_their_range),
        cmocka_unit_test(the_distance_counts_single_edits),
        cmocka_unit_test(the_distance_is_the_same_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
