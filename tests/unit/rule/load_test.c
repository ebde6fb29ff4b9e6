#include "fixture.h"

#include "base/buffer.h"

#define HEAD "pack demo version 1.2.3 requires hearsay >= 0.1\n"

static enum hearsay_status try_load(struct fixture *f, struct hearsay_failure *failure) {
    const char *const files[] = {"rules/pack.rules"};
    struct hearsay_rules_options options = {
        .files = files, .file_count = 1, .read_file = fixture_read, .context = f};
    return hearsay_rules_load(&options, &f->pack, failure);
}

static void a_pack_knows_its_name_version_and_size(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD "rule r {\n meta: id = \"T-1\" severity = low\n"
                                      " terms: $a = any(\"a\") fold\n match: $a\n}\n"};
    fixture_load(&f);
    assert_string_equal(hearsay_rules_name(f.pack), "demo");
    assert_string_equal(hearsay_rules_version(f.pack), "1.2.3");
    assert_int_equal(hearsay_rules_count(f.pack), 1);
    assert_int_equal(pack_hash(f.pack).len, 32);
    fixture_free(&f);
}

static void the_hash_follows_the_rules_and_their_lists(void **state) {
    (void)state;
    struct fixture a = {.rules = HEAD "list @x from \"lists/x.txt\"\n"
                                      "rule r {\n meta: id = \"T-1\" severity = low\n"
                                      " terms: $a = any(@x) fold\n match: $a\n}\n",
                        .list = "alpha\nbeta\n"};
    struct fixture b = a;
    struct fixture c = a;
    b.list = "alpha\ngamma\n";
    fixture_load(&a);
    fixture_load(&b);
    fixture_load(&c);
    assert_true(str_equal(pack_hash(a.pack), pack_hash(c.pack)));
    assert_false(str_equal(pack_hash(a.pack), pack_hash(b.pack)));
    assert_true(fixture_matches(&a, "r", "beta"));
    assert_false(fixture_matches(&b, "r", "beta"));
    fixture_free(&a);
    fixture_free(&b);
    fixture_free(&c);
}

static void mistakes_are_bad_rules_and_unreadable_files_are_input_errors(void **state) {
    (void)state;
    struct hearsay_failure failure = {0};
    struct fixture f = {.rules = HEAD "rule r {\n match: $nothing\n}\n"};
    assert_int_equal(try_load(&f, &failure), HEARSAY_BAD_RULES);
    assert_null(f.pack);
    f.rules = HEAD;
    const char *const files[] = {"rules/missing.rules"};
    struct hearsay_rules_options options = {
        .files = files, .file_count = 1, .read_file = fixture_read, .context = &f};
    assert_int_equal(hearsay_rules_load(&options, &f.pack, &failure), HEARSAY_IO);
    assert_string_equal(failure.file, "rules/missing.rules");
    options.file_count = 0;
    assert_int_equal(hearsay_rules_load(&options, &f.pack, &failure), HEARSAY_BAD_ARGUMENT);
}

/* r0 is used by r1, r1 by r2 ... */
static void chains_of_rules_that_are_too_long_are_refused(void **state) {
    (void)state;
    struct buffer text = {0};
    struct hearsay_failure failure = {0};
    buffer_append_c(&text, HEAD "private rule r0 {\n terms: $a = any(\"a\") fold\n match: $a\n}\n");
    for (unsigned i = 1; i < 100; i++) {
        buffer_printf(&text, "%srule r%u {\n%s match: r%u\n}\n", i < 99 ? "private " : "", i,
                      i < 99 ? "" : " meta: id = \"T-1\" severity = low\n", i - 1);
    }
    buffer_append_byte(&text, '\0');
    struct fixture f = {.rules = text.ptr};
    enum hearsay_status status = try_load(&f, &failure);
    assert_true(status == HEARSAY_LIMIT || status == HEARSAY_BAD_RULES);
    buffer_free(&text);
}

static void collect(void *context, const char *text, size_t len) {
    buffer_append(context, text, len);
}

static void collect_failed(void *context, const struct hearsay_test_outcome *outcome) {
    if (outcome->verdict == HEARSAY_FAILED) {
        collect(context, outcome->report.ptr, outcome->report.len);
    }
}

static void tests_of_a_pack_say_which_clause_decided(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD
                        "rule r {\n meta: id = \"T-1\" severity = low\n"
                        " terms:\n  $leak = any(\"leaked\") fold\n  $data = any(\"data\") fold\n"
                        "  $deny = any(\"not\") fold\n"
                        " match: $leak near/2 $data and not $deny before/1 $leak\n"
                        " tests:\n"
                        "  fires \"data leaked\" { $leak = \"leaked\" }\n"
                        "  fires \"data that nobody at all has leaked\"\n"
                        "  fires \"data LEAKED\" { $leak = \"data\" }\n"
                        "  silent \"data leaked now\"\n"
                        "  silent \"data not leaked\" because $deny\n"
                        "  silent \"data\" because $deny\n"
                        "  todo fires \"dump\"\n}\n"};
    struct hearsay_rules_test_result result;
    struct buffer report = {0};
    struct hearsay_rules_test_options options = {.report = collect_failed, .context = &report};
    fixture_load(&f);
    assert_int_equal(hearsay_rules_test(f.pack, &options, &result, NULL), HEARSAY_OK);
    buffer_append_byte(&report, '\0');
    assert_int_equal(result.passed, 2);
    assert_int_equal(result.failed, 4);
    assert_int_equal(result.todo, 1);
    assert_non_null(strstr(report.ptr, "rules/pack.rules:11: T-1 r should fire and is silent"));
    assert_non_null(strstr(report.ptr, "`$leak near/2 $data` (line 8) does not hold"));
    assert_non_null(strstr(report.ptr, "fires, but $leak should be \"data\""));
    assert_non_null(strstr(report.ptr, "should be silent and fires"));
    assert_non_null(strstr(report.ptr, "is silent, but not because of $deny"));
    assert_null(strstr(report.ptr, "dump"));
    buffer_free(&report);
    fixture_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pack_knows_its_name_version_and_size),
        cmocka_unit_test(the_hash_follows_the_rules_and_their_lists),
        cmocka_unit_test(mistakes_are_bad_rules_and_unreadable_files_are_input_errors),
        cmocka_unit_test(chains_of_rules_that_are_too_long_are_refused),
        cmocka_unit_test(tests_of_a_pack_say_which_clause_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
