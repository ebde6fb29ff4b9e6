/* The stated limits of the language: exceeded, they are errors; reached, they are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "rule_sample.h"

#define PACK "pack p version 1.0.0\n"

static size_t errors_with(const struct sample *sample, const char *code) {
    size_t count = 0;
    for (size_t i = 0; i < sample->diagnostics.count; i++) {
        count += strcmp(sample->diagnostics.items[i].code, code) == 0 ? 1 : 0;
    }
    return count;
}

/* Errors with `code` in the text of the buffer, which is given back. */
static size_t errors_of(struct buffer *text, const char *code) {
    struct sample sample;
    assert_false(text->failed);
    assert_true(sample_open(&sample, buffer_str(text)));
    size_t count = errors_with(&sample, code);
    sample_close(&sample);
    buffer_free(text);
    return count;
}

static void append_times(struct buffer *text, const char *what, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_append_c(text, what);
    }
}

static void a_file_over_10_mb_is_refused(void **state) {
    (void)state;
    struct buffer text = {0};
    buffer_append_c(&text, PACK "#");
    append_times(&text, "0123456789", 1000000);
    assert_int_equal(errors_of(&text, "E002"), 1);
}

static struct buffer rules_of(size_t count) {
    struct buffer text = {0};
    buffer_append_c(&text, PACK);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&text, "rule r%zu{meta:id=x%zu match:true}\n", i, i);
    }
    return text;
}

static void a_pack_holds_100000_rules_and_no_more(void **state) {
    (void)state;
    struct buffer most = rules_of(100000);
    assert_int_equal(errors_of(&most, "E014"), 0);
    struct buffer more = rules_of(100005);
    assert_int_equal(errors_of(&more, "E014"), 1);
}

static struct buffer nested(const char *open, size_t depth, const char *close) {
    struct buffer text = {0};
    buffer_append_c(&text, PACK "rule r { meta: id = x match: ");
    append_times(&text, open, depth);
    buffer_append_c(&text, "true");
    append_times(&text, close, depth);
    buffer_append_c(&text, " }");
    return text;
}

static void conditions_nest_64_deep_and_no_deeper(void **state) {
    (void)state;
    struct buffer most = nested("(", 64, ")");
    assert_int_equal(errors_of(&most, "E055"), 0);
    struct buffer more = nested("(", 65, ")");
    assert_int_equal(errors_of(&more, "E055"), 1);
    struct buffer negated = nested("not ", 100000, "");
    assert_int_equal(errors_of(&negated, "E055"), 1);
}

static struct buffer chain_of(size_t count) {
    struct buffer text = {0};
    buffer_append_c(&text, PACK);
    for (size_t i = 0; i + 1 < count; i++) {
        buffer_printf(&text, "rule r%zu { meta: id = x%zu match: r%zu }\n", i, i, i + 1);
    }
    buffer_printf(&text, "rule r%zu { meta: id = x%zu match: true }\n", count - 1, count - 1);
    return text;
}

static void references_between_rules_go_64_deep_and_no_deeper(void **state) {
    (void)state;
    struct buffer most = chain_of(65);
    assert_int_equal(errors_of(&most, "E075"), 0);
    struct buffer more = chain_of(66);
    assert_int_equal(errors_of(&more, "E075"), 1);
    struct buffer longest = chain_of(50000);
    assert_int_equal(errors_of(&longest, "E075"), 1);
}

static struct buffer terms_of(size_t count, size_t sets) {
    struct buffer text = {0};
    buffer_append_c(&text, PACK "rule r { meta: id = x terms: ");
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&text, "$t%zu = \"aa\"\n", i);
    }
    buffer_append_c(&text, "match: true");
    append_times(&text, " and any of them", sets);
    buffer_append_c(&text, " }");
    return text;
}

static void a_rule_holds_256_terms_and_no_more(void **state) {
    (void)state;
    struct buffer most = terms_of(256, 1);
    assert_int_equal(errors_of(&most, "E083"), 0);
    struct buffer more = terms_of(300, 1);
    assert_int_equal(errors_of(&more, "E083"), 1);
}

static void sets_name_4_million_terms_and_no_more(void **state) {
    (void)state;
    struct buffer more = terms_of(256, 4000000 / 256 + 1);
    assert_int_equal(errors_of(&more, "E080"), 1);
}

static void terms_hold_4_million_literals_and_no_more(void **state) {
    (void)state;
    struct buffer text = {0};
    buffer_append_c(&text, PACK "list @a = any(\"aa\"");
    append_times(&text, ", \"aa\"", 100000);
    buffer_append_c(&text, ")\n");
    for (size_t i = 0; i < 40; i++) {
        buffer_printf(&text, "rule r%zu { meta: id = x%zu terms: $a = any(@a) $b = any(\"b\", @a) ",
                      i, i);
        buffer_append_c(&text, "match: $a and $b }\n");
    }
    /* A term that is one list alone shares it and costs nothing. */
    assert_int_equal(errors_of(&text, "E099"), 1);
}

/* No rule begins a line, and every match lacks its terms: looking ahead for them must stay short.
 * The last of 100 errors stands behind 200,000 lines. */
static void mistakes_of_a_large_file_are_told_in_bounded_time(void **state) {
    (void)state;
    struct buffer text = {0};
    struct buffer out = {0};
    struct sample sample;
    buffer_append_c(&text, PACK);
    append_times(&text, "# a comment\n", 200000);
    append_times(&text, "rule r { match: $leek } ", 90000);
    assert_true(sample_open(&sample, buffer_str(&text)));
    assert_true(sample.diagnostics.error_count > 90000);
    for (size_t i = 0; i < sample.diagnostics.count; i++) {
        assert_true(diagnostic_render(&sample.diagnostics.items[i], sample.ast.files,
                                      sample.ast.file_count, false, &out));
    }
    assert_true(str_find(buffer_str(&out), STR("a.rules:200002:"), 0) != STR_NOT_FOUND);
    buffer_free(&out);
    sample_close(&sample);
    buffer_free(&text);
}

static void at_most_100_errors_are_kept_and_all_are_counted(void **state) {
    (void)state;
    struct buffer text = {0};
    buffer_append_c(&text, PACK);
    append_times(&text, "nothing\nlist @a (\n", 150);
    struct sample sample;
    assert_true(sample_open(&sample, buffer_str(&text)));
    assert_true(sample.diagnostics.error_count > 150);
    assert_int_equal(sample.diagnostics.count, DIAGNOSTICS_KEPT);
    struct buffer total = {0};
    assert_true(diagnostics_render_total(&sample.diagnostics, false, &total));
    assert_true(str_find(buffer_str(&total), STR("not shown"), 0) != STR_NOT_FOUND);
    buffer_free(&total);
    sample_close(&sample);
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_over_10_mb_is_refused),
        cmocka_unit_test(a_pack_holds_100000_rules_and_no_more),
        cmocka_unit_test(conditions_nest_64_deep_and_no_deeper),
        cmocka_unit_test(references_between_rules_go_64_deep_and_no_deeper),
        cmocka_unit_test(a_rule_holds_256_terms_and_no_more),
        cmocka_unit_test(sets_name_4_million_terms_and_no_more),
        cmocka_unit_test(terms_hold_4_million_literals_and_no_more),
        cmocka_unit_test(mistakes_of_a_large_file_are_told_in_bounded_time),
        cmocka_unit_test(at_most_100_errors_are_kept_and_all_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
