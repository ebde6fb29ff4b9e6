#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void order_is_bytewise_and_shorter_first(void **state) {
    (void)state;
    assert_true(str_compare(STR("ab"), STR("abc")) < 0);
    assert_true(str_compare(STR("b"), STR("abc")) > 0);
    assert_true(str_compare(STR("\xff"), STR("a")) > 0);
    assert_int_equal(str_compare(STR("a\0b"), STR("a\0b")), 0);
    assert_int_equal(str_compare(STR_EMPTY, (struct str){NULL, 0}), 0);
}

static void search_finds_overlapping_beginnings(void **state) {
    (void)state;
    assert_int_equal(str_find(STR("aaab"), STR("aab"), 0), 1);
    assert_int_equal(str_find(STR("abab"), STR("ab"), 1), 2);
    assert_true(str_find(STR("abc"), STR("abcd"), 0) == STR_NOT_FOUND);
    assert_true(str_find(STR("abc"), STR("c"), 3) == STR_NOT_FOUND);
    assert_int_equal(str_find(STR("abc"), STR_EMPTY, 3), 3);
}

static void slices_are_clamped(void **state) {
    (void)state;
    assert_true(str_is(str_slice(STR("hello"), 1, 99), "ello"));
    assert_int_equal(str_slice(STR("hello"), 4, 2).len, 0);
    assert_true(str_is(str_trim(STR(" \t a b\r\n")), "a b"));
}

static void integers_that_do_not_fit_are_refused(void **state) {
    (void)state;
    uint64_t u;
    int64_t i;
    assert_true(str_to_u64(STR("18446744073709551615"), &u) && u == UINT64_MAX);
    assert_false(str_to_u64(STR("18446744073709551616"), &u));
    assert_false(str_to_u64(STR(""), &u));
    assert_false(str_to_u64(STR("1x"), &u));
    assert_true(str_to_i64(STR("-9223372036854775808"), &i) && i == INT64_MIN);
    assert_false(str_to_i64(STR("9223372036854775808"), &i));
    assert_false(str_to_i64(STR("-"), &i));
}

static void only_plain_decimals_are_numbers(void **state) {
    (void)state;
    double d;
    assert_true(str_to_double(STR("-1.5e3"), &d) && d == -1500);
    assert_true(str_to_double(STR(".5"), &d) && d == 0.5);
    assert_false(str_to_double(STR("0x10"), &d));
    assert_false(str_to_double(STR("inf"), &d));
    assert_false(str_to_double(STR("1e999"), &d));
    assert_false(str_to_double(STR("1e"), &d));
    assert_false(str_to_double(STR("."), &d));
}

static void ascii_case_is_ignored_only_for_letters(void **state) {
    (void)state;
    assert_true(str_equal_ascii_case(STR("TweetID"), STR("tweetid")));
    assert_false(str_equal_ascii_case(STR("a["), STR("a{")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_bytewise_and_shorter_first),
        cmocka_unit_test(search_finds_overlapping_beginnings),
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(integers_that_do_not_fit_are_refused),
        cmocka_unit_test(only_plain_decimals_are_numbers),
        cmocka_unit_test(ascii_case_is_ignored_only_for_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
