#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <stdlib.h>

#include "rule/regex.h"
#include "rule/regex_check.h"

static void a_pattern_that_does_not_compile_tells_where_and_why(void **state) {
    (void)state;
    struct buffer message = {0};
    size_t offset = 99;
    assert_false(regex_check(STR("ab(c"), STR(""), &offset, &message));
    assert_int_equal(offset, 4);
    assert_true(str_find(buffer_str(&message), STR("parenthesis"), 0) != STR_NOT_FOUND);
    buffer_clear(&message);
    assert_false(regex_check(STR("a\\Cb"), STR(""), &offset, &message));
    assert_true(message.len > 0);
    assert_true(regex_check(STR("(?<n>\\d+)"), STR("imsx"), &offset, &message));
    assert_true(regex_check(STR(""), STR(""), &offset, &message));
    buffer_free(&message);
}

static void matches_are_never_empty_and_groups_have_ranges(void **state) {
    (void)state;
    struct regex *regex = regex_new(STR("(?<word>\\w+)?(?<digits>\\d*)x?"), STR(""));
    struct regex_scratch *scratch = regex_scratch_new();
    struct str text = STR("  ab1  ");
    size_t start;
    size_t end;
    assert_int_equal(regex_find(regex, scratch, text, 0, true, &start, &end), REGEX_FOUND);
    assert_int_equal(start, 2);
    assert_int_equal(end, 5);
    assert_true(regex_group(regex, scratch, STR("word"), &start, &end));
    assert_int_equal(start, 2);
    assert_false(regex_group(regex, scratch, STR("other"), &start, &end));
    assert_int_equal(regex_find(regex, scratch, text, 5, true, &start, &end), REGEX_NONE);
    regex_free(regex);
    regex_scratch_free(scratch);
}

static void flags_and_unicode_classes_apply_with_and_without_jit(void **state) {
    (void)state;
    struct regex *regex = regex_new(STR("^\\w+ \xd0\x94\xd0\x90$"), STR("im"));
    struct regex_scratch *scratch = regex_scratch_new();
    struct str text = STR("x\r\n\xd0\xb6\xc3\xa9 \xd0\xb4\xd0\xb0\r\ny");
    for (int jit = 0; jit < 2; jit++) {
        size_t start;
        size_t end;
        assert_int_equal(regex_find(regex, scratch, text, 0, jit, &start, &end), REGEX_FOUND);
        assert_int_equal(start, 3);
        assert_int_equal(end, 12);
    }
    regex_free(regex);
    regex_scratch_free(scratch);
}

static void the_match_limit_stops_both_ways(void **state) {
    (void)state;
    struct regex *regex = regex_new(STR("(x+x+)+[0-9]"), STR(""));
    struct regex_scratch *scratch = regex_scratch_new();
    struct str text = STR("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    size_t start;
    size_t end;
    assert_int_equal(regex_find(regex, scratch, text, 0, true, &start, &end), REGEX_LIMIT);
    assert_int_equal(regex_find(regex, scratch, text, 0, false, &start, &end), REGEX_LIMIT);
    regex_free(regex);
    regex_scratch_free(scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_that_does_not_compile_tells_where_and_why),
        cmocka_unit_test(matches_are_never_empty_and_groups_have_ranges),
        cmocka_unit_test(flags_and_unicode_classes_apply_with_and_without_jit),
        cmocka_unit_test(the_match_limit_stops_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
