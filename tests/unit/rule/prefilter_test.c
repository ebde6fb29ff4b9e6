/* Texts put together at random from fragments that are apt to go wrong, judged by one pack with and
 * without the prefilter (fixture_judge_post compares). */
#include "fixture.h"

#include "base/buffer.h"

#define RULE(name, body)                                                                           \
    "rule " name " {\n meta: id = \"" name "\" severity = low\n" body "\n outcome: weight 1\n}\n"

static const char rules[] = "pack demo version 1.0.0 requires hearsay >= 0.1\n"
                            "list @sites = any(\"example.org\") as domain\n"                   //
    RULE("A1", " terms: $a = any(\"leak*\", \"*ware\", \"user data\") fold\n match: $a")       //
    RULE("A2", " terms: $a = any(\"leak\", \"Leak*\", \"caf\xc3\xa9\", \"cafe\")\n match: $a") //
    RULE("A3", " terms: $a = /l(e|\xc3\xa9)ak\\w*/i ungated\n match: $a")                      //
    RULE("A4", " terms: $a = /(leaked|hacked) data/i fold\n match: $a")                        //
    RULE("A5", " terms: $a = /\xd0\xb2\xd0\xb7\xd0\xbb\xd0\xbe\xd0\xbc\\w*/i\n match: $a")     //
    RULE("A6", " terms: $a = any(\"\xd0\xb2\xd0\xb7\xd0\xbb\xd0\xbe\xd0\xbc*\") fold\n"
               " $n = any(\"\xd0\xbd\xd0\xb5\") fold\n match: $a and not $n before/2 $a") //
    RULE("A7", " terms: $a = any(\"\xe6\xb3\x84\xe9\x9c\xb2\") fold\n"
               " $b = any(\"\xe6\xb4\xa9\xe9\x9c\xb2\")\n match: #$a >= 2 or $b") //
    RULE("A8", " terms: $a = any(\"hacked\") fold\n $b = any(\"data\", \"user data\") fold\n"
               " match: $a near/3 $b within sentence")                                        //
    RULE("A9", " terms: $a = any(\"hacked\")\n $b = /da.a/i ungated\n match: $a before/4 $b") //
    RULE("B1", " terms: $s = url(@sites)\n $a = any(\"data\") fold\n match: $s or #$a > 2")   //
    RULE("B2", " terms: $a = any(\"hacked\") fold\n $b = any(\"data\") fold\n"
               " match: $a and not $b within line") //
    RULE("B3", " terms: $a = /ki?s+/i ungated\n $b = any(\"fi*\", \"ss\", \"k\") fold\n"
               " match: $a and $b") //
    RULE("B4", " terms: $a = any(\"data\", \"a\", \"i\") fold\n $b = any(\"x\") fold\n"
               " $c = any(\"not\") fold\n match: 2 of them");

static const char *const fragments[] = {
    "leak",
    "Leaked",
    "LEAK",
    "data",
    "Data",
    "user data",
    "user\n data",
    "hacked",
    "HACKED",
    "not",
    "cafe",
    "caf\xc3\xa9",
    "cafe\xcc\x81",
    "mal",
    "ware",
    "a",
    "i",
    "x",
    "k",
    "s",
    " ",
    " ",
    " ",
    ". ",
    "! ",
    "\n",
    "\xcc\x81",
    "\xe2\x80\x8b",
    "\xc2\xad",
    "\xe2\x81\xa0",
    "\xef\xbb\xbf",
    "\xef\xbc\xac\xef\xbd\x85\xef\xbd\x81\xef\xbd\x8b", /* full-width Leak */
    "h\xd0\xb0\xd1\x81ked",                             /* hacked with Cyrillic letters */
    "d\xd0\xb0ta",
    "\xce\xb1",
    "\xef\xac\x81",
    "\xc3\x9f",
    "\xe1\xba\x9e",
    "\xe2\x84\xaa",
    "\xc5\xbf",
    "\xd0\x92\xd0\x97\xd0\x9b\xd0\x9e\xd0\x9c",
    "\xd0\xb2\xd0\xb7\xd0\xbb\xd0\xbe\xd0\xbc",
    "\xd0\xbd\xd0\xb5 ",
    "\xd0\xb8\xcc\x86",
    "\xe6\xb3\x84\xe9\x9c\xb2",
    "\xe6\xb4\xa9\xe9\x9c\xb2",
    "\xe3\x80\x80",
    "\xff",
    "\xc3",
    "\xe2\x82",
    "https://www.example.org/a",
    "\xf0\x9f\x94\xa5",
    "\xe3\x80\x82",
    "1.5",
    "\xea\xb0\x80",
    "\xe1\x84\x80\xe1\x85\xa1"};

static void generated_texts_are_judged_alike_with_and_without_prefilter(void **state) {
    (void)state;
    struct fixture f = {.rules = rules};
    struct buffer text = {0};
    uint64_t seed = 88172645463325252u;
    size_t hits = 0;
    fixture_load(&f);
    for (unsigned round = 0; round < 20000; round++) {
        buffer_clear(&text);
        for (unsigned i = 0; i < 3 + round % 12; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            buffer_append_c(&text, fragments[seed % (sizeof fragments / sizeof fragments[0])]);
        }
        f.post = (struct post){.text = buffer_str(&text), .lang = STR("en")};
        hits += fixture_judge_post(&f)->hit_count;
    }
    assert_true(hits > 20000); /* the texts do exercise the rules */
    buffer_free(&text);
    fixture_free(&f);
}

static void many_occurrences_are_cut_alike(void **state) {
    (void)state;
    struct fixture f = {.rules = rules};
    struct buffer text = {0};
    fixture_load(&f);
    for (unsigned i = 0; i < 300; i++) {
        buffer_append_c(&text, i % 3 ? "user data " : "leaked hacked i a ");
    }
    f.post = (struct post){.text = buffer_str(&text), .lang = STR("en")};
    const struct judgement *judgement = fixture_judge_post(&f);
    assert_true(judgement->hit_count > 3);
    assert_true(judgement->limit_acted);
    buffer_free(&text);
    fixture_free(&f);
}

static void texts_longer_than_regexes_read_are_still_searched_for_literals(void **state) {
    (void)state;
    struct fixture f = {.rules = rules};
    struct buffer text = {0};
    fixture_load(&f);
    for (unsigned i = 0; i < 20000; i++) {
        buffer_append_c(&text, "none ");
    }
    buffer_append_c(&text, "leak and leaked data");
    f.post = (struct post){.text = buffer_str(&text), .lang = STR("en")};
    const struct judgement *judgement = fixture_judge_post(&f);
    assert_int_equal(judgement->hit_count, 2); /* A1 and A2, not the regexes A3 and A4 */
    assert_true(judgement->limit_acted);
    buffer_free(&text);
    fixture_free(&f);
}

static void an_empty_text_matches_nothing(void **state) {
    (void)state;
    struct fixture f = {.rules = rules};
    fixture_load(&f);
    f.post = (struct post){.lang = STR("en")};
    assert_int_equal(fixture_judge_post(&f)->hit_count, 0);
    fixture_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generated_texts_are_judged_alike_with_and_without_prefilter),
        cmocka_unit_test(many_occurrences_are_cut_alike),
        cmocka_unit_test(texts_longer_than_regexes_read_are_still_searched_for_literals),
        cmocka_unit_test(an_empty_text_matches_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
