/* Field tests against posts: every field, absence, comparison. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/field.h"

static struct field_test test_of(const char *field, enum comparison comparison) {
    struct field_test test = {
        .field_index = field_find(str_from_c(field)), .comparison = comparison, .boolean = true};
    assert_int_not_equal(test.field_index, FIELD_NONE);
    test.field = field_at(test.field_index);
    return test;
}

static bool text_holds(const char *field, enum comparison comparison, const char *right,
                       const struct post *post, const char *language) {
    struct str text = str_from_c(right);
    struct field_test test = test_of(field, comparison);
    test.texts = &text;
    test.text_count = 1;
    return field_test_holds(&test, post, str_from_c(language));
}

static bool number_holds(const char *field, enum comparison comparison, double right,
                         const struct post *post) {
    struct field_test test = test_of(field, comparison);
    test.number = right;
    return field_test_holds(&test, post, STR_EMPTY);
}

static bool is_true(const char *field, const struct post *post) {
    struct field_test test = test_of(field, COMPARE_EQ);
    return field_test_holds(&test, post, STR_EMPTY);
}

static void languages_hold_for_their_longer_tags_only(void **state) {
    (void)state;
    struct post post = {0};
    assert_true(text_holds("post.lang", COMPARE_IN, "zh", &post, "zh-Hans"));
    assert_false(text_holds("post.lang", COMPARE_IN, "zh-Hans", &post, "zh"));
    assert_false(text_holds("post.lang", COMPARE_IN, "z", &post, "zh"));
    assert_true(text_holds("post.lang", COMPARE_EQ, "EN", &post, "en"));
    assert_true(text_holds("post.lang", COMPARE_EQ, "und", &post, ""));
    assert_true(text_holds("post.lang", COMPARE_NE, "ru", &post, "en"));
}

static void only_language_tests_ask_for_the_language(void **state) {
    (void)state;
    for (uint32_t i = 0; field_at(i); i++) {
        struct field_test test = {.field_index = i};
        assert_int_equal(field_test_reads_language(&test),
                         strcmp(field_at(i)->name, "post.lang") == 0);
    }
}

static void an_absent_field_fails_every_test(void **state) {
    (void)state;
    struct post post = {0};
    assert_false(number_holds("account.followers", COMPARE_LT, 10, &post));
    assert_false(number_holds("account.followers", COMPARE_NE, 10, &post));
    assert_false(number_holds("account.following", COMPARE_EQ, 0, &post));
    assert_false(number_holds("account.age_days", COMPARE_GE, 0, &post));
    assert_false(text_holds("post.platform", COMPARE_NE, "x", &post, ""));
    assert_false(text_holds("account.handle", COMPARE_NE, "x", &post, ""));
}

static void numbers_compare_with_every_sign(void **state) {
    (void)state;
    struct post post = {.followers = 5, .has_followers = true};
    assert_true(number_holds("account.followers", COMPARE_EQ, 5, &post));
    assert_true(number_holds("account.followers", COMPARE_NE, 4, &post));
    assert_true(number_holds("account.followers", COMPARE_LT, 5.5, &post));
    assert_false(number_holds("account.followers", COMPARE_LT, 5, &post));
    assert_true(number_holds("account.followers", COMPARE_LE, 5, &post));
    assert_true(number_holds("account.followers", COMPARE_GE, 5, &post));
    assert_false(number_holds("account.followers", COMPARE_GT, 5, &post));
}

static void each_truth_reads_its_own_part_of_the_post(void **state) {
    (void)state;
    struct str one = STR("a");
    struct str_list list = {&one, 1};
    const struct {
        const char *field;
        struct post post;
    } truths[] = {
        {"post.is_repost", {.is_repost = true}}, {"post.is_repost", {.repost_of = one}},
        {"post.is_reply", {.reply_to = one}},    {"post.is_quote", {.quote_of = one}},
        {"post.has_link", {.urls = list}},       {"post.has_media", {.media_hashes = list}},
        {"post.has_time", {.has_time = true}},
    };
    struct post empty = {0};
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        assert_true(is_true(truths[i].field, &truths[i].post));
        assert_false(is_true(truths[i].field, &empty));
        for (size_t j = 0; j < sizeof truths / sizeof truths[0]; j++) {
            if (strcmp(truths[i].field, truths[j].field) != 0) {
                assert_false(is_true(truths[i].field, &truths[j].post));
            }
        }
    }
}

static void counts_and_lengths_are_in_characters_and_items(void **state) {
    (void)state;
    struct str items[] = {STR("a"), STR("b"), STR("c")};
    struct post post = {.text = STR("\xe6\xb3\x84\xff"
                                    "ab"),
                        .urls = {items, 1},
                        .hashtags = {items, 2},
                        .mentions = {items, 3}};
    assert_true(number_holds("post.length", COMPARE_EQ, 4, &post));
    assert_true(number_holds("post.links", COMPARE_EQ, 1, &post));
    assert_true(number_holds("post.hashtags", COMPARE_EQ, 2, &post));
    assert_true(number_holds("post.mentions", COMPARE_EQ, 3, &post));
}

static void age_is_days_from_creation_to_post_at_any_clock(void **state) {
    (void)state;
    struct post post = {.has_time = true, .has_account_created_at = true};
    post.created_at_us = 3 * 86400000000;
    assert_true(number_holds("account.age_days", COMPARE_EQ, 3, &post));
    post.created_at_us = INT64_MAX;
    post.account_created_at_us = INT64_MIN;
    assert_true(number_holds("account.age_days", COMPARE_GT, 1e8, &post));
    post.has_time = false;
    assert_false(number_holds("account.age_days", COMPARE_GT, 0, &post));
}

static void not_in_holds_when_none_is_equal(void **state) {
    (void)state;
    struct post post = {.platform = STR("bluesky")};
    struct str texts[] = {STR("x"), STR("Bluesky")};
    struct field_test test = test_of("post.platform", COMPARE_IN);
    test.texts = texts;
    test.text_count = 1;
    test.negated = true;
    assert_true(field_test_holds(&test, &post, STR_EMPTY));
    test.text_count = 2;
    assert_false(field_test_holds(&test, &post, STR_EMPTY));
}

static void every_field_has_a_name_of_two_words_and_a_meaning(void **state) {
    (void)state;
    for (uint32_t i = 0; field_at(i); i++) {
        struct str name = str_from_c(field_at(i)->name);
        assert_true(str_starts_with(name, STR("post.")) || str_starts_with(name, STR("account.")));
        assert_int_equal(field_find(name), i);
        assert_true(strlen(field_at(i)->meaning) > 5);
    }
    assert_int_equal(field_find(STR("post.land")), FIELD_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_hold_for_their_longer_tags_only),
        cmocka_unit_test(only_language_tests_ask_for_the_language),
        cmocka_unit_test(an_absent_field_fails_every_test),
        cmocka_unit_test(numbers_compare_with_every_sign),
        cmocka_unit_test(each_truth_reads_its_own_part_of_the_post),
        cmocka_unit_test(counts_and_lengths_are_in_characters_and_items),
        cmocka_unit_test(age_is_days_from_creation_to_post_at_any_clock),
        cmocka_unit_test(not_in_holds_when_none_is_equal),
        cmocka_unit_test(every_field_has_a_name_of_two_words_and_a_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
