#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "report/report.h"

static void assert_line(struct buffer *out, const char *expected) {
    buffer_append_byte(out, '\0');
    assert_string_equal(out->ptr, expected);
    buffer_free(out);
}

static void a_time_is_written_in_utc_without_an_empty_fraction(void **state) {
    (void)state;
    struct buffer out = {0};
    assert_true(report_time(&out, 0));
    buffer_append_byte(&out, ' ');
    assert_true(report_time(&out, 1582934399000001)); /* the last second before a leap day */
    buffer_append_byte(&out, ' ');
    assert_true(report_time(&out, 1582934400000000));
    buffer_append_byte(&out, ' ');
    assert_true(report_time(&out, -1));
    assert_line(&out, "1970-01-01T00:00:00Z 2020-02-28T23:59:59.000001Z 2020-02-29T00:00:00Z "
                      "1969-12-31T23:59:59.999999Z");
}

static void a_time_at_either_end_of_its_range_is_written(void **state) {
    (void)state;
    struct buffer out = {0};
    assert_true(report_time(&out, INT64_MAX));
    assert_true(report_time(&out, INT64_MIN));
    assert_true(out.len > 40);
    buffer_free(&out);
}

static void a_finding_has_every_field_in_the_fixed_order(void **state) {
    (void)state;
    const struct finding_rule rules[] = {{STR("HS-1"), 2.5}, {STR("HS-2"), -1}};
    const struct finding_span spans[] = {{STR("$leak"), 3, 9, STR("le\"ked")}};
    const struct finding_phrase phrases[] = {{STR("we leaked"), 0.25}};
    struct finding_row row = {.post = STR("1"),
                              .platform = STR("x"),
                              .account = STR("a"),
                              .created_at_us = 1000000,
                              .has_time = true,
                              .score = 0.75,
                              .flag = true,
                              .incident = STR("data_leak"),
                              .stance = STR("relay"),
                              .quantity = STR("4 million"),
                              .claim = STR("00ff00ff00ff00ff"),
                              .rules = rules,
                              .rule_count = 2,
                              .has_text_term = true,
                              .text_weight = 0.5,
                              .phrases = phrases,
                              .phrase_count = 1,
                              .spans = spans,
                              .span_count = 1};
    struct buffer out = {0};
    assert_true(report_finding(&out, &row));
    assert_line(
        &out,
        "{\"schema\":\"hearsay.finding/1\",\"post\":\"1\",\"platform\":\"x\","
        "\"account\":\"a\",\"created_at\":\"1970-01-01T00:00:01Z\",\"score\":0.75,"
        "\"flag\":true,\"incident\":\"data_leak\",\"stance\":\"relay\",\"victim\":null,"
        "\"quantity\":\"4 "
        "million\",\"claim\":\"00ff00ff00ff00ff\",\"rules\":[{\"id\":\"HS-1\",\"weight\":2.5},"
        "{\"id\":\"HS-2\",\"weight\":-1}],\"text_term\":{\"weight\":0.5,\"phrases\":["
        "{\"text\":\"we leaked\",\"weight\":0.25}]},\"spans\":[{\"term\":\"$leak\",\"start\":3,"
        "\"end\":9,\"text\":\"le\\\"ked\"}]}\n");
}

static void what_is_absent_is_null(void **state) {
    (void)state;
    struct finding_row row = {.post = STR("1"), .platform = STR("x")};
    struct buffer out = {0};
    assert_true(report_finding(&out, &row));
    assert_line(&out, "{\"schema\":\"hearsay.finding/1\",\"post\":\"1\",\"platform\":\"x\","
                      "\"account\":null,\"created_at\":null,\"score\":0,\"flag\":false,"
                      "\"incident\":null,\"stance\":null,\"victim\":null,\"quantity\":null,"
                      "\"claim\":null,\"rules\":[],\"text_term\":null,\"spans\":[]}\n");
}

static void an_account_shows_its_layers_by_name(void **state) {
    (void)state;
    const struct layer_value layers[] = {{"link", 1.5}, {"text", 1234567}};
    struct account_row row = {.platform = STR("x"),
                              .account = STR("did:plc:a"),
                              .posts = 3,
                              .findings = 1,
                              .score = 0.5,
                              .low = 0.25,
                              .high = 0.75,
                              .flag = true,
                              .reasons = {STR("one"), STR("two")},
                              .reason_count = 2,
                              .cluster = 4,
                              .role = "bridge",
                              .layers = layers,
                              .layer_count = 2,
                              .partners = 7};
    struct buffer out = {0};
    assert_true(report_account(&out, &row));
    assert_line(&out,
                "{\"schema\":\"hearsay.account/1\",\"platform\":\"x\",\"account\":\"did:plc:"
                "a\",\"posts\":3,\"findings\":1,\"claims\":0,\"claims_without_artefact\":0,"
                "\"claims_without_artefact_interval\":null,\"score\":0.5,\"score_interval\":[0.25,"
                "0.75],\"flag\":true,\"reasons\":[\"one\",\"two\"],\"layers\":{\"link\":1.5,"
                "\"text\":1234567},\"partners\":7,\"cluster\":4,\"role\":\"bridge\","
                "\"habits\":null}\n");
}

static void an_edge_carries_its_co_actions_and_no_invented_significance(void **state) {
    (void)state;
    const struct edge_evidence evidence[] = {{STR("p1"), STR("p2"), STR("http://e.org"), 0, 2.5}};
    const struct edge_layer layers[] = {{"link", 1, evidence, 1}, {"text", 2, NULL, 0}};
    struct edge_row row = {.platform = STR("x"),
                           .a = STR("a"),
                           .b = STR("b"),
                           .weight = 3,
                           .layers = layers,
                           .layer_count = 2,
                           .omitted_co_actions = 5};
    struct buffer out = {0};
    assert_true(report_edge(&out, &row));
    assert_line(&out,
                "{\"schema\":\"hearsay.edge/1\",\"platform\":\"x\",\"a\":\"a\",\"b\":\"b\","
                "\"weight\":3,\"p\":null,\"q\":null,\"layers\":[{\"layer\":\"link\",\"weight\":1,"
                "\"co_actions\":[{\"post_a\":\"p1\",\"post_b\":\"p2\",\"object\":\"http://e.org\","
                "\"gap_s\":2.5,\"at\":\"1970-01-01T00:00:00Z\"}]},{\"layer\":\"text\",\"weight\":2,"
                "\"co_actions\":[]}],\"omitted_co_actions\":5}\n");
}

static void a_cluster_lists_its_accounts(void **state) {
    (void)state;
    const struct str accounts[] = {STR("a"), STR("b")};
    struct buffer out = {0};
    struct cluster_row row = {
        .cluster = 4, .platform = STR("x"), .accounts = accounts, .account_count = 2, .edges = 1};
    assert_true(report_cluster(&out, &row));
    assert_line(&out, "{\"schema\":\"hearsay.cluster/1\",\"cluster\":4,\"platform\":\"x\","
                      "\"edges\":1,\"density\":1,\"accounts\":[\"a\",\"b\"]}\n");
}

static void hostile_text_stays_one_line_of_valid_json(void **state) {
    (void)state;
    char bytes[256];
    for (int i = 0; i < 256; i++) {
        bytes[i] = (char)i;
    }
    struct str hostile = {bytes, sizeof bytes};
    struct account_row row = {.platform = hostile, .account = hostile};
    struct buffer out = {0};
    assert_true(report_account(&out, &row));
    assert_int_equal(str_find_byte(buffer_str(&out), '\n', 0), out.len - 1);
    json_t *value = NULL;
    assert_int_equal(json_parse(buffer_str(&out), STR("line"), &value, NULL), HEARSAY_OK);
    json_decref(value);
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_written_in_utc_without_an_empty_fraction),
        cmocka_unit_test(a_time_at_either_end_of_its_range_is_written),
        cmocka_unit_test(a_finding_has_every_field_in_the_fixed_order),
        cmocka_unit_test(what_is_absent_is_null),
        cmocka_unit_test(an_account_shows_its_layers_by_name),
        cmocka_unit_test(an_edge_carries_its_co_actions_and_no_invented_significance),
        cmocka_unit_test(a_cluster_lists_its_accounts),
        cmocka_unit_test(hostile_text_stays_one_line_of_valid_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
