#include "fixture.h"

#include "base/buffer.h"

#define HEAD "pack demo version 1.2.3 requires hearsay >= 0.1\n"
#define RULE(match, tests)                                                                         \
    HEAD                                                                                           \
        "rule r {\n meta: id = \"T-1\" severity = low\n terms:\n  $a = any(\"alpha\", \"ally\")\n" \
        "  $b = any(\"beta\")\n  $c = any(\"gamma\")\n match: " match "\n tests:\n" tests "}\n"

static void note_clause(void *context, const struct hearsay_clause *clause) {
    struct buffer *out = context;
    if (!clause->is_covered) {
        buffer_printf(out, "%.*s%s%.*s:%s%s\n", (int)clause->text.len, clause->text.ptr,
                      clause->member.len > 0 ? "/" : "", (int)clause->member.len,
                      clause->member.ptr, clause->made_fire ? " fires" : "",
                      clause->made_silent ? " silent" : "");
    }
}

static void note_survivor(void *context, const struct hearsay_mutant *mutant) {
    struct buffer *out = context;
    if (!mutant->is_killed) {
        buffer_printf(out, "%.*s: %.*s -> %.*s\n", (int)mutant->change.len, mutant->change.ptr,
                      (int)mutant->clause.len, mutant->clause.ptr, (int)mutant->mutated.len,
                      mutant->mutated.ptr);
    }
}

static struct hearsay_rules_cover_result cover(const char *rules, const char *uncovered) {
    struct fixture f = {.rules = rules};
    struct buffer out = {0};
    struct hearsay_rules_cover_options options = {.report = note_clause, .context = &out};
    struct hearsay_rules_cover_result result = {0};
    fixture_load(&f);
    assert_int_equal(hearsay_rules_cover(f.pack, &options, &result, NULL), HEARSAY_OK);
    buffer_append_byte(&out, '\0');
    assert_string_equal(out.ptr, uncovered);
    buffer_free(&out);
    fixture_free(&f);
    return result;
}

static struct hearsay_rules_mutate_result mutate(const char *rules, bool with_literals,
                                                 const char *survivors) {
    struct fixture f = {.rules = rules};
    struct buffer out = {0};
    struct hearsay_rules_mutate_options options = {
        .with_literals = with_literals, .report = note_survivor, .context = &out};
    struct hearsay_rules_mutate_result result = {0};
    fixture_load(&f);
    assert_int_equal(hearsay_rules_mutate(f.pack, &options, &result, NULL), HEARSAY_OK);
    buffer_append_byte(&out, '\0');
    assert_string_equal(out.ptr, survivors);
    buffer_free(&out);
    fixture_free(&f);
    return result;
}

#define WINDOW(tests)                                                                              \
    HEAD                                                                                           \
        "rule r {\n meta: id = \"T-1\"\n where: not account.label == often\n match: true\n"        \
        " over 1m by platform: count >= 3 and not distinct(account) > 4\n outcome: label account " \
        "\"often\" for 1d\n tests:\n" tests "}\n"
#define POST(id, account, time)                                                                    \
    "{\"platform\":\"x\",\"id\":\"" id "\",\"account\":\"" account "\","                           \
    "\"created_at\":\"2024-05-01T10:" time "Z\",\"text\":\"any\"}\n"

static void has(const struct buffer *out, const char *part) {
    if (!strstr(out->ptr, part)) {
        fail_msg("`%s` is not in:\n%s", part, out->ptr);
    }
}

/* Three posts of one minute; what a series does not show, it does not miss. */
static void changes_of_a_window_are_noticed_by_series(void **state) {
    (void)state;
    static const char three[] =
        POST("1", "a", "00:00") POST("2", "b", "00:20") POST("3", "c", "00:40");
    struct fixture f = {.rules =
                            WINDOW("series \"three\" from \"a\" { silent at 2; fires at 3 }\n"),
                        .list = three};
    struct buffer out = {0};
    struct hearsay_rules_mutate_options options = {.report = note_survivor, .context = &out};
    struct hearsay_rules_mutate_result result = {0};
    fixture_load(&f);
    assert_int_equal(hearsay_rules_mutate(f.pack, &options, &result, NULL), HEARSAY_OK);
    buffer_append_byte(&out, '\0');
#define OVER "over 1m by post.platform: count >= 3 and not distinct(account.id) > 4"
#define CHANGED(duration, condition) OVER " -> over " duration " by post.platform: " condition "\n"
    static const char survivors[] =
        "twice the duration: " CHANGED("2m", "count >= 3 and not distinct(account.id) > 4");
    static const char bounds[] =
        "bound minus 1: " CHANGED("1m", "count >= 3 and not distinct(account.id) > 3");
    has(&out, survivors);
    has(&out, bounds);
    has(&out, "drop operand: " CHANGED("1m", "count >= 3"));
    has(&out, "drop operand: not account.label == \"often\" -> \n");
    assert_int_equal(result.mutants, 14);
    assert_int_equal(result.killed, 9); /* bound plus 1 is the fifth that lives */
    buffer_free(&out);
    fixture_free(&f);
    mutate(
        HEAD "rule r {\n meta: id = \"T-1\"\n match: true\n over 1m by lang: count > 1\n}\n", false,
        "half the duration: over 1m by post.lang: count > 1 -> over 30s by post.lang: count > 1\n"
        "twice the duration: over 1m by post.lang: count > 1 -> over 2m by post.lang: count > 1\n"
        "bound minus 1: over 1m by post.lang: count > 1 -> over 1m by post.lang: count > 0\n"
        "bound plus 1: over 1m by post.lang: count > 1 -> over 1m by post.lang: count > 2\n"
        "negate: over 1m by post.lang: count > 1 -> over 1m by post.lang: not count > 1\n");
}

#define SAID(id, account, time, text)                                                              \
    "{\"platform\":\"x\",\"id\":\"" id "\",\"account\":\"" account "\","                           \
    "\"created_at\":\"2024-05-01T10:" time "Z\",\"text\":\"" text "\"}\n"

/* No text of a test tells that $b and the label are asked for: a series does. Without prefilter: a
 * post that lacks $b is judged too. */
static void changes_of_conditions_are_noticed_by_series(void **state) {
    (void)state;
    static const char posts[] =
        SAID("1", "a", "00:00", "alpha") SAID("2", "b", "00:01", "alpha beta")
            SAID("3", "c", "00:02", "gamma") SAID("4", "a", "00:03", "alpha beta")
                SAID("5", "c", "00:04", "alpha") SAID("6", "c", "00:05", "beta")
                    SAID("7", "c", "00:06", "alpha beta") SAID("8", "c", "00:56", "alpha beta");
    struct fixture f = {.rules = HEAD
                        "rule g {\n meta: id = \"T-2\"\n terms: $c = \"gamma\"\n match: $c\n"
                        " outcome: label account \"seen\" for 1h\n}\n"
                        "rule r {\n meta: id = \"T-1\"\n where: account.label == seen\n"
                        " terms: $a = \"alpha\" $b = \"beta\"\n match: $a and $b\n"
                        " over 1m by platform: count >= 2\n tests:\n"
                        "  series \"six\" from \"a\" { silent at 7; fires at 8 }\n}\n",
                        .list = posts};
    struct buffer out = {0};
    struct hearsay_rules_mutate_options options = {
        .run = "r", .report = note_survivor, .context = &out};
    struct hearsay_rules_mutate_result result = {0};
    fixture_load(&f);
    struct hearsay_rules_cover_options covering = {
        .run = "r", .report = note_clause, .context = &out};
    struct hearsay_rules_cover_result covered = {0};
    assert_int_equal(hearsay_rules_cover(f.pack, &covering, &covered, NULL), HEARSAY_OK);
    buffer_append_byte(&out, '\0');
    assert_string_equal(out.ptr,
                        "$a and $b:\n$a:\n$b:\n"); /* by texts alone; the label is covered */
    assert_int_equal(covered.covered, 1);
    buffer_clear(&out);
    assert_int_equal(hearsay_rules_mutate(f.pack, &options, &result, NULL), HEARSAY_OK);
    buffer_append_byte(&out, '\0');
    assert_string_equal(out.ptr, "twice the duration: over 1m by post.platform: count >= 2 -> over "
                                 "2m by post.platform: count >= 2\n");
    buffer_free(&out);
    fixture_free(&f);
}

static void a_clause_is_covered_when_tests_make_it_decide_both_ways(void **state) {
    (void)state;
    struct hearsay_rules_cover_result result =
        cover(RULE("$a and $b", "  fires \"alpha beta\"\n  silent \"alpha\"\n  silent \"gamma\"\n"),
              "$a: fires\n");
    assert_int_equal(result.clauses, 3);
    assert_int_equal(result.covered, 2);
    cover(RULE("$a and $b", "  fires \"alpha beta\"\n  silent \"alpha\"\n  silent \"beta\"\n"), "");
    cover(RULE("$a or $b", "  fires \"alpha beta\"\n  silent \"gamma\"\n"),
          "$a: silent\n$b: silent\n");
}

static void tests_that_fail_or_are_todo_cover_nothing(void **state) {
    (void)state;
    cover(RULE("$a", "  fires \"alpha\"\n  fires \"beta\"\n  todo silent \"beta\"\n"),
          "$a: fires\n");
}

static void scopes_and_sets_have_clauses_too(void **state) {
    (void)state;
    cover(RULE("$a and not $c before/2 $a",
               "  fires \"alpha\"\n  silent \"gamma alpha\"\n  silent \"beta\"\n"),
          "");
    cover(RULE("any of ($a, $b)", "  fires \"alpha\"\n  silent \"gamma\"\n"),
          "any of ($a, $b)/b: silent\n");
    cover(RULE("$c near/2 any of ($a, $b)", "  fires \"alpha gamma\"\n  silent \"gamma\"\n"),
          "any of ($a, $b)/b:\n");
}

static void a_mutant_survives_when_no_test_misses_its_clause(void **state) {
    (void)state;
    struct hearsay_rules_mutate_result result =
        mutate(RULE("$a and $b", "  fires \"alpha beta\"\n  silent \"alpha\"\n"), false,
               "drop operand: $a -> \n");
    assert_int_equal(result.mutants, 5);
    assert_int_equal(result.killed, 4);
    assert_int_equal(result.literals, 0);
    mutate(RULE("$a and $b", "  fires \"alpha beta\"\n  silent \"alpha\"\n  silent \"beta\"\n"),
           false, "");
}

static void distances_bounds_sets_and_scopes_are_changed(void **state) {
    (void)state;
    mutate(RULE("$a near/4 $b", "  fires \"alpha beta\"\n  silent \"alpha\"\n"), false,
           "half the distance: $a near/4 $b -> $a near/2 $b\n"
           "twice the distance: $a near/4 $b -> $a near/8 $b\n"
           "near to before: $a near/4 $b -> $a before/4 $b\n");
    mutate(RULE("#$a >= 2", "  fires \"alpha alpha alpha\"\n  silent \"beta\"\n"), false,
           "bound plus 1: #$a >= 2 -> #$a >= 3\nbound minus 1: #$a >= 2 -> #$a >= 1\n");
    mutate(RULE("2 of ($a, $b, $c)", "  fires \"alpha beta\"\n  silent \"gamma\"\n"), false,
           "drop term: 2 of ($a, $b, $c) -> all of ($a, $b)\n");
    mutate(RULE("$a and $b within sentence", "  fires \"alpha beta\"\n  silent \"alpha\"\n"
                                             "  silent \"beta\"\n"),
           false, "drop within: $a and $b within sentence -> $a and $b\n");
}

static void a_literal_is_dropped_from_its_own_rule_only(void **state) {
    (void)state;
    struct hearsay_rules_mutate_result result =
        mutate(RULE("$a", "  fires \"alpha\"\n  silent \"beta\"\n"), true,
               "drop literal: $a with \"ally\" -> $a without \"ally\"\n"
               "drop literal: $b with \"beta\" -> $b without \"beta\"\n"
               "drop literal: $c with \"gamma\" -> $c without \"gamma\"\n");
    assert_int_equal(result.literals, 4);
    assert_int_equal(result.literals_killed, 1);
    mutate(HEAD "rule q {\n meta: id = \"T-2\" severity = low\n terms: $a = any(\"alpha\")\n"
                " match: $a and r\n tests:\n  fires \"alpha\"\n  silent \"beta\"\n}\n"
                "private rule r {\n terms: $a = any(\"alpha\")\n match: $a\n tests:\n"
                "  fires \"alpha\"\n  silent \"beta\"\n}\n",
           true, "drop operand: $a -> \ndrop operand: r -> \nand to or: $a and r -> $a or r\n");
}

static void each_puts_every_literal_into_a_frame(void **state) {
    (void)state;
    struct hearsay_rules_mutate_result result =
        mutate(RULE("$a and not $c",
                    "  fires each $a \"an {}\"\n  silent \"alpha gamma\"\n  silent \"beta\"\n"),
               true, "drop literal: $b with \"beta\" -> $b without \"beta\"\n");
    assert_int_equal(result.literals, 4);
    cover(RULE("$a", "  fires each $a \"an {}\"\n  silent each $b \"no {}\"\n"), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_of_a_window_are_noticed_by_series),
        cmocka_unit_test(changes_of_conditions_are_noticed_by_series),
        cmocka_unit_test(a_clause_is_covered_when_tests_make_it_decide_both_ways),
        cmocka_unit_test(tests_that_fail_or_are_todo_cover_nothing),
        cmocka_unit_test(scopes_and_sets_have_clauses_too),
        cmocka_unit_test(a_mutant_survives_when_no_test_misses_its_clause),
        cmocka_unit_test(distances_bounds_sets_and_scopes_are_changed),
        cmocka_unit_test(a_literal_is_dropped_from_its_own_rule_only),
        cmocka_unit_test(each_puts_every_literal_into_a_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
