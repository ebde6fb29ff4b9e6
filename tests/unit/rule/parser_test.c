/* What conditions, terms and lists become in the AST. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "rule/print.h"
#include "rule_sample.h"

#define HEAD                                                                                       \
    "pack p version 1.0.0\nlist @words from \"words.txt\" fold\n"                                  \
    "list @sites from \"sites.txt\" as domain\n"                                                   \
    "private rule helper { match: true }\n"                                                        \
    "rule r { meta: id = \"X-1\" terms: $a = \"aa\" $b = \"bb\" $c = \"cc\" $c2 = \"dd\" "         \
    "$w = any(\"own\", @words) $s = url(@sites) match: "

struct condition {
    struct buffer text; /* the AST borrows it */
    struct sample sample;
};

/* Filled in place: the AST points to the sample's own file. */
static void open_condition(struct condition *condition, const char *written) {
    *condition = (struct condition){0};
    buffer_append_c(&condition->text, HEAD);
    buffer_append_c(&condition->text, written);
    buffer_append_c(&condition->text, "\n}\n");
    assert_false(condition->text.failed);
    assert_true(sample_open(&condition->sample, buffer_str(&condition->text)));
}

static void close_condition(struct condition *condition) {
    sample_close(&condition->sample);
    buffer_free(&condition->text);
}

static const struct expr *match_of(const struct condition *condition) {
    const struct ast *ast = &condition->sample.ast;
    assert_int_equal(ast->rule_count, 2);
    assert_non_null(ast->rules[1].match);
    return ast->rules[1].match;
}

static void conditions_print_with_the_parentheses_that_they_need(void **state) {
    (void)state;
    static const struct {
        const char *written;
        const char *printed;
    } conditions[] = {
        {"$a or $b and $c", "$a or $b and $c"},
        {"($a or $b) and $c", "($a or $b) and $c"},
        {"($a or $b) or $c", "($a or $b) or $c"},
        {"((($a)))", "$a"},
        {"not $a and $b", "not $a and $b"},
        {"not ($a and $b)", "not ($a and $b)"},
        {"not $a before/4 $b", "not $a before/4 $b"},
        {"$a near/8 $b and $c within sentence and $c2",
         "$a near/8 $b and $c within sentence and $c2"},
        {"$c2 and ($a near/8 $b within sentence)", "$c2 and ($a near/8 $b within sentence)"},
        {"$a and $b within line and $c and $c2 within sentence",
         "$a and $b within line and ($c and $c2 within sentence)"},
        {"($a and $b) within line", "$a and $b within line"},
        {"($a and $b within line) within post", "($a and $b within line) within post"},
        {"any of ($a, $c*) near/3 $b", "any of ($a, $c, $c2) near/3 $b"},
        {"all of ($a, $b)", "all of ($a, $b)"},
        {"2 of ($a, $b, $c)", "2 of ($a, $b, $c)"},
        {"any of them within line", "any of ($a, $b, $c, $c2, $w, $s) within line"},
        {"#$a >= 2 or #$b != 0", "#$a >= 2 or #$b != 0"},
        {"post.is_reply == false and post.lang not in [en]",
         "post.is_reply == false and post.lang not in [\"en\"]"},
        {"post.is_reply and helper and true", "post.is_reply and helper and true"},
    };
    for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
        struct condition condition;
        open_condition(&condition, conditions[i].written);
        assert_int_equal(condition.sample.diagnostics.error_count, 0);
        struct buffer out = {0};
        expr_print(match_of(&condition), &out);
        buffer_append_byte(&out, '\0');
        assert_string_equal(out.ptr, conditions[i].printed);
        buffer_free(&out);
        close_condition(&condition);
    }
}

static void and_binds_closer_than_or_and_not_closer_than_and(void **state) {
    (void)state;
    struct condition condition;
    open_condition(&condition, "$a or not $b and $c");
    const struct expr *match = match_of(&condition);
    assert_int_equal(match->kind, EXPR_OR);
    assert_int_equal(match->child_count, 2);
    assert_int_equal(match->children[1]->kind, EXPR_AND);
    assert_int_equal(match->children[1]->children[0]->kind, EXPR_NOT);
    close_condition(&condition);
}

static void not_takes_a_whole_proximity(void **state) {
    (void)state;
    struct condition condition;
    open_condition(&condition, "not $a before/4 $b");
    const struct expr *match = match_of(&condition);
    assert_int_equal(match->kind, EXPR_NOT);
    assert_int_equal(match->children[0]->kind, EXPR_BEFORE);
    assert_int_equal(match->children[0]->number, 4);
    close_condition(&condition);
}

static void within_binds_the_operands_before_it_and_no_later_ones(void **state) {
    (void)state;
    struct condition condition;
    open_condition(&condition, "$a near/8 $b and $c within sentence and not $c2");
    const struct expr *match = match_of(&condition);
    assert_int_equal(match->kind, EXPR_AND);
    assert_false(match->has_within);
    assert_int_equal(match->child_count, 2);
    const struct expr *bound = match->children[0];
    assert_int_equal(bound->kind, EXPR_AND);
    assert_true(bound->has_within);
    assert_int_equal(bound->within, WITHIN_SENTENCE);
    assert_int_equal(bound->child_count, 2);
    assert_int_equal(match->children[1]->kind, EXPR_NOT);
    close_condition(&condition);
}

static void all_of_needs_every_term_of_its_set(void **state) {
    (void)state;
    struct condition condition;
    open_condition(&condition, "all of ($a, $c*)");
    assert_int_equal(match_of(&condition)->term_count, 3);
    assert_int_equal(match_of(&condition)->of_minimum, 3);
    close_condition(&condition);
}

static void a_term_holds_its_own_literals_and_then_those_of_its_lists(void **state) {
    (void)state;
    struct condition condition;
    open_condition(&condition, "true");
    const struct term *term = &condition.sample.ast.rules[1].terms[4];
    assert_int_equal(term->own_count, 1);
    assert_int_equal(term->literal_count, 5);
    assert_true(str_is(term->literals[0].text, "own"));
    assert_true(str_is(term->literals[1].text, "leaked"));
    assert_true(str_is(term->literals[3].text, "ware") && term->literals[3].is_suffix);
    assert_true(str_is(term->literals[4].text, "hack") && term->literals[4].is_prefix);
    assert_true(term->fold); /* the list is marked so */
    assert_int_equal(condition.sample.ast.lists[0].hash_hex.len, 32);
    assert_int_equal(condition.sample.ast.rules[1].terms[5].list->count, 2);
    close_condition(&condition);
}

static void rule_references_point_to_their_rules(void **state) {
    (void)state;
    struct condition condition;
    open_condition(&condition, "helper");
    assert_ptr_equal(match_of(&condition)->rule, &condition.sample.ast.rules[0]);
    close_condition(&condition);
}

static void rules_count_by_file_name_whatever_the_order_given(void **state) {
    (void)state;
    struct source_file files[] = {
        {STR("b.rules"), STR("rule second { meta: id = b match: first }")},
        {STR("a.rules"), STR("pack p version 1.0.0\nrule first { meta: id = a match: true }")},
    };
    struct ast ast = {.files = files, .file_count = 2};
    struct diagnostics diagnostics = {0};
    assert_int_equal(rules_parse(&ast, &diagnostics, NULL, NULL), HEARSAY_OK);
    assert_int_equal(rules_check(&ast, &diagnostics), HEARSAY_OK);
    assert_int_equal(diagnostics.error_count, 0);
    assert_true(str_is(ast.rules[0].name, "first"));
    assert_int_equal(ast.rules[0].name_place.file, 1);
    assert_int_equal(ast.rules[1].index, 1);
    diagnostics_free(&diagnostics);
    arena_free(&ast.arena);
}

static void escapes_become_characters_and_escaped_stars_stay(void **state) {
    (void)state;
    struct str text = STR("list @a = any(\"\\u{1F30D}\\n\\\"\\\\\", \"\\*x\\**\")\n");
    struct sample sample;
    assert_true(sample_open(&sample, text));
    assert_int_equal(sample.ast.lists[0].count, 2);
    assert_true(str_is(sample.ast.lists[0].items[0].text, "\xf0\x9f\x8c\x8d\n\"\\"));
    assert_true(str_is(sample.ast.lists[0].items[1].text, "*x*"));
    assert_false(sample.ast.lists[0].items[1].is_suffix);
    assert_true(sample.ast.lists[0].items[1].is_prefix);
    sample_close(&sample);
}

static void a_hash_before_a_term_counts_and_elsewhere_begins_a_comment(void **state) {
    (void)state;
    struct condition condition;
    open_condition(&condition, "#$a > 1 # $b and nonsense %\n and $b # the end");
    assert_int_equal(condition.sample.diagnostics.error_count, 0);
    assert_int_equal(match_of(&condition)->child_count, 2);
    close_condition(&condition);
}

static void line_ends_of_all_systems_are_the_same(void **state) {
    (void)state;
    static const char *const texts[] = {
        "pack p version 1.0.0\n# c\nrule r { meta: id = a\n match: true }\n",
        "\xef\xbb\xbfpack p version 1.0.0\r\n# c\r\nrule r { meta: id = a\r\n match: true }\r\n",
        "pack p version 1.0.0\r# c\rrule r { meta: id = a\r match: true }\r",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct sample sample;
        assert_true(sample_open(&sample, str_from_c(texts[i])));
        assert_int_equal(sample.diagnostics.error_count, 0);
        assert_int_equal(sample.ast.rule_count, 1);
        sample_close(&sample);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_print_with_the_parentheses_that_they_need),
        cmocka_unit_test(and_binds_closer_than_or_and_not_closer_than_and),
        cmocka_unit_test(not_takes_a_whole_proximity),
        cmocka_unit_test(within_binds_the_operands_before_it_and_no_later_ones),
        cmocka_unit_test(all_of_needs_every_term_of_its_set),
        cmocka_unit_test(a_term_holds_its_own_literals_and_then_those_of_its_lists),
        cmocka_unit_test(rule_references_point_to_their_rules),
        cmocka_unit_test(rules_count_by_file_name_whatever_the_order_given),
        cmocka_unit_test(escapes_become_characters_and_escaped_stars_stay),
        cmocka_unit_test(a_hash_before_a_term_counts_and_elsewhere_begins_a_comment),
        cmocka_unit_test(line_ends_of_all_systems_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
