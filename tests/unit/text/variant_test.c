#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/fold.h"
#include "text/variant.h"

#define SEEDS 200u

static struct buffer make(const char *text, enum variant_kind kind, uint64_t seed) {
    struct buffer out = {0};
    assert_true(variant_append(str_from_c(text), kind, seed, &out));
    return out;
}

/* Kinds that folding undoes must fold to what the text folds to, whatever the seed. */
static void assert_undone(const char *text, enum variant_kind kind) {
    struct folder folder = {0};
    struct folder other = {0};
    struct folded expected;
    assert_true(fold_text(&other, str_from_c(text), &expected));
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct buffer out = make(text, kind, seed);
        struct folded folded;
        assert_false(str_equal(buffer_str(&out), str_from_c(text)));
        assert_true(fold_text(&folder, buffer_str(&out), &folded));
        if (!str_equal(folded.text, expected.text)) {
            fail_msg("%s: %.*s folds to %.*s", variant_name(kind), (int)out.len, out.ptr,
                     (int)folded.text.len, folded.text.ptr);
        }
        buffer_free(&out);
    }
    folder_free(&folder);
    folder_free(&other);
}

static void what_folding_undoes_folds_to_the_same(void **state) {
    (void)state;
    const enum variant_kind kinds[] = {VARIANT_CASE, VARIANT_FULL_WIDTH, VARIANT_ZERO_WIDTH,
                                       VARIANT_SOFT_HYPHEN, VARIANT_HOMOGLYPH};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        assert_undone("The Portal of Acme was breached, 4.2 million rows", kinds[i]);
    }
    assert_undone("\xd0\xb4\xd0\xb0\xd0\xbd\xd0\xbd\xd1\x8b\xd0\xb5", VARIANT_CASE);
    assert_undone("\xd0\xb4\xd0\xb0\xd0\xbd\xd0\xbd\xd1\x8b\xd0\xb5", VARIANT_SOFT_HYPHEN);
    assert_undone("\xe6\x95\xb0\xe6\x8d\xae\xe6\xb3\x84\xe9\x9c\xb2", VARIANT_ZERO_WIDTH);
}

static void the_same_seed_gives_the_same_and_others_differ(void **state) {
    (void)state;
    const char *text = "customer records leaked today";
    for (int kind = 0; kind < VARIANT_COUNT; kind++) {
        struct buffer first = make(text, (enum variant_kind)kind, 7);
        struct buffer again = make(text, (enum variant_kind)kind, 7);
        bool differs = false;
        assert_true(str_equal(buffer_str(&first), buffer_str(&again)));
        for (uint64_t seed = 0; seed < SEEDS && !differs; seed++) {
            struct buffer other = make(text, (enum variant_kind)kind, seed);
            differs = !str_equal(buffer_str(&first), buffer_str(&other));
            buffer_free(&other);
        }
        assert_int_equal(differs, kind != VARIANT_FULL_WIDTH); /* which draws nothing */
        buffer_free(&first);
        buffer_free(&again);
    }
}

static void names_and_numbers_stay(void **state) {
    (void)state;
    const char *text =
        "@someone #hacktag https://example.org/leaked www.example.net 2300000 4.2 abc";
    for (int kind = 0; kind < VARIANT_COUNT; kind++) {
        struct buffer out = make(text, (enum variant_kind)kind, 3);
        assert_true(str_equal(buffer_str(&out), str_from_c(text)));
        buffer_free(&out);
    }
}

static void leet_keeps_a_letter_and_spacing_takes_a_word(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct buffer out = make("toilets", VARIANT_LEET, seed);
        bool has_letter = false;
        bool has_sign = false;
        for (size_t i = 0; i < out.len; i++) {
            bool is_letter = out.ptr[i] >= 'a' && out.ptr[i] <= 'z';
            has_letter = has_letter || is_letter;
            has_sign = has_sign || !is_letter;
        }
        assert_int_equal(out.len, 7);
        assert_true(has_letter && has_sign);
        buffer_free(&out);
    }
    struct buffer out = make("data leaked", VARIANT_SPACED, 1);
    assert_true(str_starts_with(buffer_str(&out), STR("d a t a ")));
    buffer_free(&out);
}

static void any_bytes_are_taken(void **state) {
    (void)state;
    const char *texts[] = {"", "\xff\xfe abcd\xc3", "    ", "#", "e\xcc\x81"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (int kind = 0; kind < VARIANT_COUNT; kind++) {
            struct buffer out = make(texts[i], (enum variant_kind)kind, i);
            assert_true(out.len >= strlen(texts[i]));
            buffer_free(&out);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_folding_undoes_folds_to_the_same),
        cmocka_unit_test(the_same_seed_gives_the_same_and_others_differ),
        cmocka_unit_test(names_and_numbers_stay),
        cmocka_unit_test(leet_keeps_a_letter_and_spacing_takes_a_word),
        cmocka_unit_test(any_bytes_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
