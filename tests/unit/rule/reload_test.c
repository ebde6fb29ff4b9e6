/* Packs that are exchanged while they work: the old one stays when the new one is bad, and lives as
 * long as anybody holds it. */
#include "fixture.h"

#define PACK(literal)                                                                              \
    "pack demo version 1.0.0\nrule r {\n  meta: id = x\n  terms: $a = \"" literal                  \
    "\"\n  match: $a\n  outcome: weight 1\n}\n"

static enum hearsay_status load(const char *text, struct hearsay_rules **rules) {
    static const char *const files[] = {"rules/pack.rules"};
    struct fixture source = {.rules = text};
    struct hearsay_failure failure = {0};
    struct hearsay_rules_options options = {
        .files = files, .file_count = 1, .read_file = fixture_read, .context = &source};
    return hearsay_rules_load(&options, rules, &failure);
}

static void a_bad_pack_leaves_the_old_one_in_place(void **state) {
    (void)state;
    struct fixture f = {.rules = PACK("old")};
    fixture_load(&f);
    struct hearsay_rules *current = f.pack;
    assert_int_equal(load(PACK("new") "rule s {", &current), HEARSAY_BAD_RULES);
    assert_ptr_equal(current, f.pack);
    assert_true(fixture_matches(&f, "r", "an old text"));
    fixture_free(&f);
}

static void a_pack_lives_while_somebody_holds_it(void **state) {
    (void)state;
    struct fixture f = {.rules = PACK("old")};
    struct hearsay_rules *next = NULL;
    fixture_load(&f);
    struct hearsay_rules *held = hearsay_rules_retain(f.pack); /* a worker begins a batch */
    assert_ptr_equal(held, f.pack);
    assert_int_equal(load(PACK("new"), &next), HEARSAY_OK);
    hearsay_rules_free(f.pack); /* the owner turns to the new pack */
    assert_true(fixture_matches(&f, "r", "an old text"));
    hearsay_rules_free(next);
    fixture_free(&f); /* the worker is done */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bad_pack_leaves_the_old_one_in_place),
        cmocka_unit_test(a_pack_lives_while_somebody_holds_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
