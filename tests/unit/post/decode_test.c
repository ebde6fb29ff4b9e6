#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "records.h"

/* Reads `input` through both lanes; each must give exactly `expected`. */
static void expect_in_both_lanes(const char *format, struct str input, const char *expected) {
    for (int lane = 0; lane < 2; lane++) {
        struct reading reading =
            read_records(input, (struct reading_options){.format = format, .repair_lane = lane});
        assert_int_equal(reading.status, HEARSAY_OK);
        assert_string_equal(reading.text.ptr, expected);
        buffer_free(&reading.text);
    }
}

static void expect_detail(struct str input, const char *detail) {
    struct reading reading =
        read_records(input, (struct reading_options){.format = "ndjson", .with_detail = true});
    assert_int_equal(reading.status, HEARSAY_OK);
    if (!strstr(reading.text.ptr, detail)) {
        fail_msg("\"%s\" is not in: %s", detail, reading.text.ptr);
    }
    buffer_free(&reading.text);
}

static void every_canonical_field_is_read(void **state) {
    (void)state;
    expect_in_both_lanes(
        "ndjson",
        STR("{\"platform\":\"x\",\"id\":\"1\",\"account\":\"a\",\"handle\":\"h\","
            "\"display_name\":\"D\",\"created_at\":\"2024-01-02T03:04:05Z\",\"text\":\"t\","
            "\"lang\":\"EN\",\"urls\":[\"u1\",\"u2\"],\"hashtags\":[\"g\"],\"mentions\":[\"m\"],"
            "\"reply_to\":\"2\",\"repost_of\":\"3\",\"quote_of\":\"4\",\"thread\":\"5\","
            "\"media\":[{\"hash\":\"q\"}],\"account_created_at\":0,\"followers\":7,"
            "\"following\":8,\"collected_at\":9,\"unknown\":{\"a\":[1]}}"),
        "1 repost platform=x id=1 account=a handle=h name=D at=1704164645000000/s lang=en "
        "reply_to=2 repost_of=3 quote_of=4 thread=5 url=u1 url=u2 tag=g mention=m media=q since=0 "
        "followers=7 following=8 text=t\n");
}

static void null_counts_as_absent(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson",
                         STR("{\"id\":1,\"account\":null,\"created_at\":null,\"text\":\"t\","
                             "\"urls\":null,\"followers\":null}"),
                         "1 post platform=unknown id=1 text=t\n");
}

static void numbers_as_ids_keep_every_digit(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson",
                         STR("{\"id\":18446744073709551617,\"account\":9007199254740993,"
                             "\"repost_of\":1234567890123456789012345678901234567890}"),
                         "1 repost platform=unknown id=18446744073709551617 "
                         "account=9007199254740993 "
                         "repost_of=1234567890123456789012345678901234567890\n");
}

static void escapes_are_resolved(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson",
                         STR("{\"id\":1,\"t\\u0065xt\":\"a\\\"\\\\\\/\\n\\u00e9\\ud83d\\ude00"
                             "\\u0000z\"}"),
                         "1 post platform=unknown id=1 "
                         "text=a\"\\/\\10\xc3\xa9\xf0\x9f\x98\x80\\0z\n");
}

static void a_missing_id_is_derived_from_the_content(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson", STR("{\"text\":\"t\"}"),
                         "1 post platform=unknown derived=h: text=t\n");
}

static void an_empty_text_is_a_text_but_none_is_not(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson", STR("{\"id\":1,\"text\":\"\"}\n{\"id\":2}\n{\"text\":null}"),
                         "1 post platform=unknown id=1 text=\n2 rejected no_text\n"
                         "3 rejected no_text\n");
}

static void wrong_types_are_rejected_by_name(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson",
                         STR("{\"text\":5}\n{\"text\":\"t\",\"urls\":\"u\"}\n"
                             "{\"text\":\"t\",\"urls\":[1]}\n{\"text\":\"t\",\"id\":true}\n"
                             "{\"text\":\"t\",\"followers\":-1}\n[]\n7"),
                         "1 rejected bad_type\n2 rejected bad_type\n3 rejected bad_type\n"
                         "4 rejected bad_type\n5 rejected bad_type\n6 rejected bad_type\n"
                         "7 rejected bad_type\n");
    expect_detail(STR("{\"text\":5}"), "the field \"text\" is not a string");
}

static void impossible_dates_are_rejected_with_their_value(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson", STR("{\"text\":\"t\",\"created_at\":\"2023-02-29\"}"),
                         "1 rejected bad_time\n");
    expect_detail(STR("{\"text\":\"t\",\"created_at\":\"2023-02-29\"}"), "2023-02-29");
}

static void a_key_that_comes_twice_is_rejected(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson",
                         STR("{\"text\":\"a\",\"text\":\"b\"}\n"
                             "{\"text\":\"a\",\"x\":{\"k\":1,\"\\u006b\":2}}\n"
                             "{\"text\":\"a\",\"id\":1,\"di\":2}"),
                         "1 rejected duplicate_key\n2 rejected duplicate_key\n"
                         "3 post platform=unknown id=1 text=a\n");
    expect_detail(STR("{\"text\":\"a\",\"id\":1,\"id\":2}"), "the same key twice: \"id\"");
}

static void nesting_is_allowed_to_64_levels(void **state) {
    (void)state;
    struct buffer row = {0};
    for (int depth = 63; depth <= 64; depth++) {
        buffer_append_c(&row, "{\"id\":1,\"text\":\"t\",\"x\":");
        for (int i = 0; i < depth; i++) {
            buffer_append_byte(&row, '[');
        }
        for (int i = 0; i < depth; i++) {
            buffer_append_byte(&row, ']');
        }
        buffer_append_c(&row, "}\n");
    }
    expect_in_both_lanes("ndjson", buffer_str(&row),
                         "1 post platform=unknown id=1 text=t\n2 rejected too_deep column=87\n");
    buffer_free(&row);
}

static void a_row_nested_ten_thousand_deep_is_rejected(void **state) {
    (void)state;
    struct buffer row = {0};
    buffer_append_c(&row, "{\"text\":");
    for (int i = 0; i < 10000; i++) {
        buffer_append_byte(&row, '[');
    }
    expect_in_both_lanes("ndjson", buffer_str(&row), "1 rejected too_deep column=72\n");
    buffer_free(&row);
}

static void what_can_be_mended_is_mended_and_counted(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson",
                         STR("{\"id\":1,\"text\":\"a\\xe9\"}\n{\"id\":2,\"text\":\"\\ud800b\"}\n"
                             "{\"id\":3,\"text\":\"a\tb\"}\n{\"id\":4,\"text\":\"\xff\xe4\xb8z\"}\n"
                             "\xef\xbb\xbf{\"id\":5,\"text\":\"t\"}"),
                         "1 post platform=unknown id=1 text=a\xc3\xa9 +backslash_x\n"
                         "2 post platform=unknown id=2 text=\xef\xbf\xbd"
                         "b +lone_surrogate\n"
                         "3 post platform=unknown id=3 text=a\\9b +raw_control\n"
                         "4 post platform=unknown id=4 text=\xef\xbf\xbd\xef\xbf\xbdz "
                         "+invalid_utf8\n"
                         "5 post platform=unknown id=5 text=t\n");
}

static void broken_json_is_rejected_with_its_place(void **state) {
    (void)state;
    expect_in_both_lanes("ndjson",
                         STR("{\"text\":\"t\"} x\n{\"text\":\"t\",}\n{\"text\" \"t\"}\n"
                             "{\"text\":\"t\"\n{\"text\":01}\n{\"text\":nul}\n{\"a\":\"\\q\"}\n"
                             "{\"text\":\"t\"]\n{text:1}\n{\"text\":\"cut\n"
                             "{\"text\":\"t\"}{\"text\":\"t\"}"),
                         "1 rejected bad_json column=14\n2 rejected bad_json column=13\n"
                         "3 rejected bad_json column=9\n4 rejected bad_json column=12\n"
                         "5 rejected bad_json column=9\n6 rejected bad_json column=9\n"
                         "7 rejected bad_json column=7\n8 rejected bad_json column=12\n"
                         "9 rejected bad_json column=2\n10 rejected bad_json column=13\n"
                         "11 rejected bad_json column=13\n");
}

static void an_object_with_very_many_keys_is_read(void **state) {
    (void)state;
    struct buffer row = {0};
    buffer_append_byte(&row, '{');
    for (int i = 0; i < 1000; i++) {
        buffer_printf(&row, "\"k%d\":%d,", i, i);
    }
    buffer_append_c(&row, "\"id\":1,\"text\":\"t\"}");
    expect_in_both_lanes("ndjson", buffer_str(&row), "1 post platform=unknown id=1 text=t\n");
    buffer_free(&row);
}

static void rows_at_the_limit_are_read_and_longer_ones_rejected(void **state) {
    (void)state;
    struct str input = STR("{\"id\":1,\"text\":\"12345\"}\n{\"id\":1,\"text\":\"123456\"}\n"
                           "{\"id\":1,\"text\":\"1\"}");
    static const char expected[] = "1 post platform=unknown id=1 text=12345\n2 rejected too_long\n"
                                   "3 post platform=unknown id=1 text=1\n";
    struct reading reading =
        read_records(input, (struct reading_options){.format = "ndjson", .limit = 23});
    assert_string_equal(reading.text.ptr, expected);
    buffer_free(&reading.text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_canonical_field_is_read),
        cmocka_unit_test(null_counts_as_absent),
        cmocka_unit_test(numbers_as_ids_keep_every_digit),
        cmocka_unit_test(escapes_are_resolved),
        cmocka_unit_test(a_missing_id_is_derived_from_the_content),
        cmocka_unit_test(an_empty_text_is_a_text_but_none_is_not),
        cmocka_unit_test(wrong_types_are_rejected_by_name),
        cmocka_unit_test(impossible_dates_are_rejected_with_their_value),
        cmocka_unit_test(a_key_that_comes_twice_is_rejected),
        cmocka_unit_test(nesting_is_allowed_to_64_levels),
        cmocka_unit_test(a_row_nested_ten_thousand_deep_is_rejected),
        cmocka_unit_test(what_can_be_mended_is_mended_and_counted),
        cmocka_unit_test(broken_json_is_rejected_with_its_place),
        cmocka_unit_test(an_object_with_very_many_keys_is_read),
        cmocka_unit_test(rows_at_the_limit_are_read_and_longer_ones_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
