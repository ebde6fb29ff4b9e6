#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/sources.h"

#define SECOND 1000000LL
#define MINUTE (60 * SECOND)

static struct source_times stamps(size_t count, int64_t step_us, enum time_precision notation) {
    struct source_times times = {0};
    for (size_t i = 0; i < count; i++) {
        source_times_add(&times, (int64_t)(i + 7) * step_us, notation);
    }
    return times;
}

static void whole_minutes_are_minute_precision(void **state) {
    (void)state;
    struct source_times times = stamps(20, MINUTE, TIME_SECOND);
    assert_int_equal(source_precision(&times), TIME_MINUTE);
    struct source_times one = stamps(1, SECOND, TIME_SECOND);
    source_times_merge(&times, &one);
    assert_int_equal(source_precision(&times), TIME_SECOND);
}

static void a_few_stamps_prove_nothing(void **state) {
    (void)state;
    struct source_times times = stamps(SOURCE_EVIDENCE - 1, MINUTE, TIME_SECOND);
    assert_int_equal(source_precision(&times), TIME_SECOND);
    times = stamps(2, MINUTE, TIME_MINUTE);
    assert_int_equal(source_precision(&times), TIME_MINUTE);
}

static void merging_in_parts_gives_the_same(void **state) {
    (void)state;
    struct source_times all = stamps(10, SECOND, TIME_MILLISECOND);
    struct source_times other = stamps(10, MINUTE, TIME_SECOND);
    struct source_times merged = {0};
    source_times_merge(&merged, &other);
    source_times_merge(&merged, &all);
    source_times_merge(&all, &other);
    assert_memory_equal(&all, &merged, sizeof all);
    assert_int_equal(source_precision(&all), TIME_SECOND);
}

static void sources_are_numbered_and_the_last_number_stands_for_the_rest(void **state) {
    (void)state;
    struct sources sources;
    assert_true(sources_init(&sources));
    assert_int_equal(sources_number(&sources, STR("ndjson"), STR("x")), 0);
    assert_int_equal(sources_number(&sources, STR("ndjson"), STR("weibo")), 1);
    assert_int_equal(sources_number(&sources, STR("ndjson"), STR("x")), 0);
    char platform = 1;
    for (int i = 0; i < 300; i++) {
        char name[2] = {platform, (char)(i % 128)};
        platform = (char)(1 + i / 100);
        sources_number(&sources, STR("csv"), (struct str){name, 2});
    }
    assert_int_equal(sources_number(&sources, STR("new"), STR("one")), SOURCE_OTHER);
    sources_free(&sources);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_minutes_are_minute_precision),
        cmocka_unit_test(a_few_stamps_prove_nothing),
        cmocka_unit_test(merging_in_parts_gives_the_same),
        cmocka_unit_test(sources_are_numbered_and_the_last_number_stands_for_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
