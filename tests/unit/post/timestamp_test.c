#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "post/time_format.h"
#include "post/timestamp.h"

static void expect_time(const char *text, int64_t us, enum time_precision precision) {
    struct timestamp time = {0};
    if (!timestamp_parse(str_from_c(text), &time)) {
        fail_msg("not read: %s", text);
    }
    if (time.us != us || time.precision != precision) {
        fail_msg("%s: %lld/%d", text, (long long)time.us, (int)time.precision);
    }
}

static void expect_no_time(const char *text) {
    struct timestamp time;
    if (timestamp_parse(str_from_c(text), &time)) {
        fail_msg("read: %s as %lld", text, (long long)time.us);
    }
}

#define AT 1539202764000000 /* 2018-10-10 20:19:24 UTC, by date(1) */

static void iso_8601_is_read_in_its_usual_forms(void **state) {
    (void)state;
    expect_time("2018-10-10T20:19:24Z", AT, TIME_SECOND);
    expect_time("2018-10-10 20:19:24", AT, TIME_SECOND);
    expect_time("2018-10-10T22:19:24+02:00", AT, TIME_SECOND);
    expect_time("2018-10-10T22:19:24 +0200", AT, TIME_SECOND);
    expect_time("2018-10-10 15:19:24 EST", AT, TIME_SECOND);
    expect_time("20181010T201924Z", AT, TIME_SECOND);
    expect_time("2018-10-10T20:19:24.5Z", AT + 500000, TIME_MILLISECOND);
    expect_time("2018-10-10T20:19:24,123456789Z", AT + 123456, TIME_MICROSECOND);
    expect_time("2018-10-10 20:19", AT - 24000000, TIME_MINUTE);
    expect_time("2018/10/10 20:19", AT - 24000000, TIME_MINUTE);
    expect_time(" 2018-10-10 ", 1539129600000000, TIME_DAY);
    expect_time("20181010", 1539129600000000, TIME_DAY);
}

static void twitter_and_mail_dates_are_read(void **state) {
    (void)state;
    expect_time("Wed Oct 10 20:19:24 +0000 2018", AT, TIME_SECOND);
    expect_time("Wed, 10 Oct 2018 22:19:24 +0200", AT, TIME_SECOND);
    expect_time("10 Oct 2018 20:19:24 GMT", AT, TIME_SECOND);
}

static void epoch_numbers_are_read_by_their_size(void **state) {
    (void)state;
    expect_time("1539202764", AT, TIME_SECOND);
    expect_time("1539202764.0", AT, TIME_SECOND);
    expect_time("1539202764.5", AT + 500000, TIME_MILLISECOND);
    expect_time("1606451170.518101", 1606451170518101, TIME_MICROSECOND);
    expect_time("1539202764123", AT + 123000, TIME_MILLISECOND);
    expect_time("1539202764123456", AT + 123456, TIME_MICROSECOND);
    expect_time("1.539202764E9", AT, TIME_SECOND);
    expect_time("0", 0, TIME_SECOND);
}

static void a_leap_second_is_the_last_microsecond_of_its_minute(void **state) {
    (void)state;
    expect_time("2016-12-31T23:59:60Z", 1483228799999999, TIME_SECOND);
}

static void dates_that_do_not_exist_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"2018-02-30",
                                      "2100-02-29",
                                      "2018-02-29T00:00:00Z",
                                      "2018-13-01",
                                      "2018-00-10",
                                      "2018-10-10T24:00:00",
                                      "2018-10-10T10:60",
                                      "2018-10-10T10:10:61",
                                      "1969-12-31T23:59:59Z",
                                      "2201-01-01",
                                      "0000-00-00 00:00:00",
                                      "Wed Okt 10 20:19:24 +0000 2018",
                                      "yesterday",
                                      "",
                                      "-5",
                                      "2018-10-10T",
                                      "2018-10-10X10:00",
                                      "8/7/15 9:54",
                                      "99999999999999999999",
                                      "1e99",
                                      "2018-10-10T20:19:24+25:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        expect_no_time(bad[i]);
    }
    expect_time("2020-02-29", 1582934400000000, TIME_DAY);
    expect_time("2200-12-31T23:59:59Z", 7289654399000000, TIME_SECOND);
}

static void expect_format(const char *format, const char *text, int64_t us,
                          enum time_precision precision) {
    struct timestamp time = {0};
    if (!time_format_parse(str_from_c(format), str_from_c(text), &time)) {
        fail_msg("not read: %s as %s", text, format);
    }
    if (time.us != us || time.precision != precision) {
        fail_msg("%s: %lld/%d", text, (long long)time.us, (int)time.precision);
    }
}

static void a_described_format_is_read_without_zero_padding(void **state) {
    (void)state;
    expect_format("%m/%d/%y %H:%M", "8/7/15 9:54", 1438941240000000, TIME_MINUTE);
    expect_format("%d.%m.%Y", "10.10.2018", 1539129600000000, TIME_DAY);
    expect_format("%e %B %Y %I:%M:%S %p", "10 October 2018 08:19:24 PM", AT, TIME_SECOND);
    expect_format("%Y-%j", "2018-283", 1539129600000000, TIME_DAY);
    expect_format("%d/%b/%Y:%H:%M:%S %z", "10/Oct/2018:22:19:24 +0200", AT, TIME_SECOND);
    expect_format("%s", "1539202764", AT, TIME_SECOND);
    expect_format("%I %p %d %m %y", "12 am 10 10 18", 1539129600000000, TIME_MINUTE);
}

static void a_described_format_refuses_other_texts(void **state) {
    (void)state;
    struct timestamp time;
    assert_false(time_format_parse(STR("%m/%d/%y"), STR("13/1/15"), &time));
    assert_false(time_format_parse(STR("%m/%d/%y"), STR("1/1/15 x"), &time));
    assert_false(time_format_parse(STR("%d/%m/%Y"), STR("30/02/2020"), &time));
    assert_false(time_format_parse(STR("%Y-%j"), STR("2019-366"), &time));
    assert_false(time_format_parse(STR("%I:%M %p"), STR("13:00 pm"), &time));
    assert_int_equal(time_format_unknown(STR("%Y %q")), 'q');
    assert_int_equal(time_format_unknown(STR("%Y %")), '%');
    assert_int_equal(time_format_unknown(STR("%d/%m/%y")), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso_8601_is_read_in_its_usual_forms),
        cmocka_unit_test(twitter_and_mail_dates_are_read),
        cmocka_unit_test(epoch_numbers_are_read_by_their_size),
        cmocka_unit_test(a_leap_second_is_the_last_microsecond_of_its_minute),
        cmocka_unit_test(dates_that_do_not_exist_are_refused),
        cmocka_unit_test(a_described_format_is_read_without_zero_padding),
        cmocka_unit_test(a_described_format_refuses_other_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
