#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <stdlib.h>

#include "rule/automaton.h"

static bool has_key(const struct automaton *automaton, const struct automaton_hit *hit,
                    uint32_t key, size_t end) {
    const struct automaton_output *output = &automaton->outputs[hit->output];
    for (uint32_t k = 0; k < output->count; k++) {
        if (automaton->order[output->first + k] == key && hit->end == end) {
            return true;
        }
    }
    return false;
}

/* Does some hit report key number `key` at `end`? */
static bool reports(const struct automaton *automaton, struct str text, uint32_t key, size_t end) {
    struct automaton_hit hits[AUTOMATON_KEY_BYTES];
    static struct automaton_scan scan;
    bool found = false;
    scan.at = 0;
    scan.state = automaton->start;
    while (automaton_step(automaton, text, &scan)) {
        for (uint32_t lane = 0; lane < scan.lane_count; lane++) {
            for (uint32_t e = 0; e < scan.counts[lane]; e++) {
                uint32_t count =
                    automaton_report(automaton, text, true, &scan.events[lane][e], hits);
                for (uint32_t i = 0; i < count; i++) {
                    found = found || has_key(automaton, &hits[i], key, end);
                }
            }
        }
    }
    return found;
}

static void keys_are_found_inside_each_other_and_across_white_space(void **state) {
    (void)state;
    const struct automaton_key keys[] = {
        {STR("she"), false, false},       {STR("he"), false, false},   {STR("hers"), false, false},
        {STR("user data"), false, false}, {STR("data"), false, false}, {STR("he"), true, true}};
    struct automaton automaton;
    assert_true(automaton_build(&automaton, keys, 6));
    assert_true(reports(&automaton, STR("ushers"), 0, 4));
    assert_true(reports(&automaton, STR("ushers"), 1, 4));
    assert_true(reports(&automaton, STR("ushers"), 2, 6));
    assert_true(reports(&automaton, STR("x user \n\t data"), 3, 14));
    assert_true(reports(&automaton, STR("x user \n\t data"), 4, 14));
    assert_false(reports(&automaton, STR("userdata"), 3, 8));
    assert_true(reports(&automaton, STR("he"), 5, 2));
    automaton_free(&automaton);
}

static void bound_keys_are_not_reported_inside_words(void **state) {
    (void)state;
    const struct automaton_key keys[] = {{STR("is"), true, true},
                                         {STR("\xd0\xbd\xd0\xb0"), true, true}};
    struct automaton automaton;
    assert_true(automaton_build(&automaton, keys, 2));
    assert_true(reports(&automaton, STR("it is."), 0, 5));
    assert_true(reports(&automaton, STR("is"), 0, 2));
    assert_false(reports(&automaton, STR("this"), 0, 4));
    assert_false(reports(&automaton, STR("isle"), 0, 2));
    assert_true(reports(&automaton, STR("x \xd0\xbd\xd0\xb0 y"), 1, 6));
    assert_false(reports(&automaton, STR("\xd0\xb0\xd0\xbd\xd0\xb0"), 1, 6));
    assert_false(reports(&automaton, STR("\xd0\xbd\xd0\xb0\xd0\xb0"), 1, 4));
    automaton_free(&automaton);
}

/* Random keys over a small alphabet: every place where a key stands is reported where its cut
 * beginning ends. */
static void nothing_that_a_naive_search_finds_is_missed(void **state) {
    (void)state;
    enum { KEYS = 40, TEXT = 400 };
    static const char alphabet[] = "abc";
    char bytes[KEYS][20];
    char text[TEXT];
    struct automaton_key keys[KEYS];
    struct automaton automaton;
    uint32_t seed = 12345;
    for (unsigned round = 0; round < 20; round++) {
        for (unsigned i = 0; i < KEYS; i++) {
            seed = seed * 1664525u + 1013904223u;
            keys[i] = (struct automaton_key){{bytes[i], 1 + (seed >> 16) % 18}, false, false};
            for (size_t k = 0; k < keys[i].text.len; k++) {
                seed = seed * 1664525u + 1013904223u;
                bytes[i][k] = alphabet[(seed >> 16) % 3];
            }
        }
        for (unsigned i = 0; i < TEXT; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = alphabet[(seed >> 16) % 3];
        }
        struct str whole = {text, TEXT};
        assert_true(automaton_build(&automaton, keys, KEYS));
        for (unsigned i = 0; i < KEYS; i++) {
            size_t at = str_find(whole, keys[i].text, 0);
            for (; at != STR_NOT_FOUND; at = str_find(whole, keys[i].text, at + 1)) {
                assert_true(reports(&automaton, whole, i, at + automaton.key_lens[i]));
            }
        }
        automaton_free(&automaton);
    }
}

static void no_keys_find_nothing(void **state) {
    (void)state;
    struct automaton automaton;
    assert_true(automaton_build(&automaton, NULL, 0));
    assert_false(reports(&automaton, STR("anything at all"), 0, 3));
    automaton_free(&automaton);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_found_inside_each_other_and_across_white_space),
        cmocka_unit_test(bound_keys_are_not_reported_inside_words),
        cmocka_unit_test(nothing_that_a_naive_search_finds_is_missed),
        cmocka_unit_test(no_keys_find_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
