/* Registries indexed by victim: what matches, what does not, and how well a language is covered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/registry_index.h"

#define SECOND 1000000ll

static const char breaches[] =
    "[{\"Name\":\"NorvaleLibrary\",\"Title\":\"Norvale City Library\",\"Domain\":\"norvale.com\","
    "\"BreachDate\":\"2015-03-01\",\"IsFabricated\":false},"
    "{\"Name\":\"Quillon\",\"Title\":\"Quillon\",\"Domain\":\"quillon.ru\","
    "\"BreachDate\":\"2012-01-01\",\"IsFabricated\":true},"
    "{\"Name\":\"Quillon2\",\"Title\":\"Quillon\",\"Domain\":\"shop.quillon.ru\","
    "\"BreachDate\":\"2018-01-01\",\"IsFabricated\":false},"
    "{\"Name\":\"tarsel.jp\",\"Title\":\"Tarsel\",\"Domain\":\"tarsel.jp\","
    "\"BreachDate\":\"2018-01-01\",\"IsFabricated\":false},"
    "{\"Name\":\"碧湖图书馆\",\"Title\":\"碧湖图书馆\",\"Domain\":\"\","
    "\"BreachDate\":\"bad date\",\"IsFabricated\":false}]";
static const char news[] =
    "{\"articles\":["
    "{\"title\":\"Norvale Library says readers' data was taken\",\"domain\":\"herald.example\","
    "\"seendate\":\"20260310T101500Z\",\"language\":\"English\"},"
    "{\"title\":\"More on Norvale Library\",\"domain\":\"herald.example\","
    "\"seendate\":\"20260311T101500Z\",\"language\":\"English\"},"
    "{\"title\":\"Norvale Library, again\",\"domain\":\"gazette.example\","
    "\"seendate\":\"20240311T101500Z\",\"language\":\"English\"},"
    "{\"title\":\"The norvalelibraryan way of life\",\"domain\":\"odd.example\","
    "\"seendate\":\"20260311T101500Z\",\"language\":\"Russian\"}]}";

static struct hearsay_registry breaches_as(const char *bytes) {
    return (struct hearsay_registry){.name = "hibp",
                                     .role = HEARSAY_REGISTRY_BREACHES,
                                     .name_key = "Name",
                                     .title_key = "Title",
                                     .domain_key = "Domain",
                                     .date_key = "BreachDate",
                                     .fabricated_key = "IsFabricated",
                                     .taken_at_s = 1700000000,
                                     .bytes = bytes,
                                     .len = strlen(bytes)};
}

static struct hearsay_registry news_as(const char *bytes) {
    return (struct hearsay_registry){.name = "news",
                                     .role = HEARSAY_REGISTRY_NEWS,
                                     .records_key = "articles",
                                     .name_key = "title",
                                     .domain_key = "domain",
                                     .date_key = "seendate",
                                     .language_key = "language",
                                     .taken_at_s = 1700000000,
                                     .bytes = bytes,
                                     .len = strlen(bytes)};
}

struct fixture {
    struct registry_index index;
    struct claim_registry found[CLAIM_REGISTRY_ROLES];
};

static int setup(void **state) {
    static struct fixture fixture;
    fixture = (struct fixture){0};
    struct hearsay_registry first = breaches_as(breaches);
    struct hearsay_registry second = news_as(news);
    *state = &fixture;
    return registry_index_add(&fixture.index, &first, NULL) != HEARSAY_OK ||
           registry_index_add(&fixture.index, &second, NULL) != HEARSAY_OK;
}

static int teardown(void **state) {
    struct fixture *fixture = *state;
    registry_index_free(&fixture->index);
    return 0;
}

static const struct claim_registry *look(struct fixture *fixture, const char *victim,
                                         enum claim_registry_role role) {
    struct registry_query query = {.victim = str_from_c(victim),
                                   .lang = STR("ru"),
                                   .news_from_us = 1772323200 * SECOND, /* 2026-03-01 */
                                   .news_to_us = 1774915200 * SECOND};
    assert_true(registry_index_look(&fixture->index, &query, fixture->found));
    return &fixture->found[role];
}

static void a_victim_is_found_by_name_title_domain_and_first_label(void **state) {
    static const char *const victims[] = {"Norvale City Library",
                                          "norvale city library, Inc.",
                                          "norvale.com",
                                          "https://www.norvale.com/x",
                                          "NORVALE",
                                          "Ｎｏｒｖａｌｅ",
                                          "Norvale Library"};
    for (size_t i = 0; i < sizeof victims / sizeof victims[0]; i++) {
        const struct claim_registry *found = look(*state, victims[i], CLAIM_REGISTRY_BREACHES);
        if (found->matches != 1) {
            fail_msg("%s: %u", victims[i], found->matches);
        }
        assert_int_equal(found->first_match_us, 1425168000 * SECOND);
    }
}

static void others_are_not_found(void **state) {
    static const char *const victims[] = {"",    "Norvale Bank", "library",
                                          "Nor", "norvale.org",  "a city library"};
    for (size_t i = 0; i < sizeof victims / sizeof victims[0]; i++) {
        assert_int_equal(look(*state, victims[i], CLAIM_REGISTRY_BREACHES)->matches, 0);
    }
}

static void entries_are_counted_once_and_the_earliest_is_shown(void **state) {
    const struct claim_registry *found = look(*state, "quillon.ru", CLAIM_REGISTRY_BREACHES);
    assert_int_equal(found->matches, 2);
    assert_true(str_is(found->first_match, "Quillon"));
    assert_true(found->is_fabricated);
    assert_int_equal(look(*state, "Quillon", CLAIM_REGISTRY_BREACHES)->matches, 2);
    /* by its name and by its domain */
    assert_int_equal(look(*state, "tarsel.jp", CLAIM_REGISTRY_BREACHES)->matches, 1);
}

static void traditional_and_simplified_names_are_one(void **state) {
    const struct claim_registry *found = look(*state, "碧湖圖書館", CLAIM_REGISTRY_BREACHES);
    assert_int_equal(found->matches, 1);
    assert_int_equal(found->first_match_us, 0); /* undated, not the year 0 */
}

static void news_count_outlets_by_whole_words_within_their_time(void **state) {
    const struct claim_registry *found = look(*state, "Norvale Library", CLAIM_REGISTRY_NEWS);
    assert_int_equal(found->matches, 2);
    assert_int_equal(found->domains, 1);
    assert_int_equal(look(*state, "library", CLAIM_REGISTRY_NEWS)->matches, 2);
    assert_int_equal(look(*state, "libraryan", CLAIM_REGISTRY_NEWS)->matches, 0);
}

static void coverage_counts_entries_of_the_language(void **state) {
    const struct claim_registry *found = look(*state, "x", CLAIM_REGISTRY_BREACHES);
    assert_float_equal(found->coverage, 2.0 / 52, 1e-12);
    found = look(*state, "x", CLAIM_REGISTRY_NEWS);
    assert_float_equal(found->coverage, 1.0 / 51, 1e-12);
    assert_false(look(*state, "x", CLAIM_REGISTRY_LISTINGS)->is_loaded);
}

static void what_is_no_registry_is_refused_and_leaves_nothing(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "", "{}", "[]", "[1]", "[{\"a\":1}]", "Too many requests", "{\"articles\":[]}"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct registry_index index = {0};
        struct hearsay_failure failure = {0};
        struct hearsay_registry registry = breaches_as(bodies[i]);
        assert_int_equal(registry_index_add(&index, &registry, &failure), HEARSAY_BAD_INPUT);
        assert_true(failure.message[0] != '\0');
        assert_false(index.tables[CLAIM_REGISTRY_BREACHES].is_loaded);
        registry_index_free(&index);
    }
}

static void a_role_takes_one_registry(void **state) {
    struct fixture *fixture = *state;
    struct hearsay_registry again = breaches_as(breaches);
    assert_int_equal(registry_index_add(&fixture->index, &again, NULL), HEARSAY_BAD_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_victim_is_found_by_name_title_domain_and_first_label),
        cmocka_unit_test(others_are_not_found),
        cmocka_unit_test(entries_are_counted_once_and_the_earliest_is_shown),
        cmocka_unit_test(traditional_and_simplified_names_are_one),
        cmocka_unit_test(news_count_outlets_by_whole_words_within_their_time),
        cmocka_unit_test(coverage_counts_entries_of_the_language),
        cmocka_unit_test(what_is_no_registry_is_refused_and_leaves_nothing),
        cmocka_unit_test(a_role_takes_one_registry),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
