#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "rule/sieve.h"

enum { TEXT_MOST = 1024 };

struct search {
    uint32_t key;
    size_t start; /* where the key should begin */
    unsigned found;
};

static bool note(void *context, uint32_t key, uint32_t offset, size_t at) {
    struct search *search = context;
    search->found += key == search->key && at == search->start + offset;
    return true;
}

/* How often key number `key` is reported as one that begins at `start`. For keys whose blanks stand
 * for one byte each in the text. */
static unsigned reports(const struct sieve *sieve, struct str text, uint32_t key, size_t start) {
    static char bytes[TEXT_MOST + SIEVE_PADDING];
    struct search search = {key, start, 0};
    struct sieve_reader reader = {note, &search, false, true};
    assert_true(text.len <= TEXT_MOST);
    memset(bytes, 'x', sizeof bytes); /* what stands behind a text does not matter */
    memcpy(bytes, text.ptr, text.len);
    sieve_read(sieve, (struct str){bytes, text.len}, 0, text.len, &reader);
    bool is_ascii = true;
    for (size_t i = 0; i < text.len; i++) {
        is_ascii = is_ascii && (unsigned char)text.ptr[i] < 0x80;
    }
    if (is_ascii) {
        struct search again = {key, start, 0};
        struct sieve_reader ascii = {note, &again, true, true};
        sieve_read(sieve, (struct str){bytes, text.len}, 0, text.len, &ascii);
        assert_int_equal(search.found, again.found);
    }
    return search.found;
}

static void keys_are_found_inside_each_other_and_at_the_ends(void **state) {
    (void)state;
    const struct sieve_key keys[] = {{STR("she"), false, false},     {STR("he"), false, false},
                                     {STR("hers"), false, false},    {STR("data"), false, false},
                                     {STR("user data"), true, true}, {STR("?"), false, false},
                                     {STR("he"), true, true}};
    struct sieve sieve;
    assert_true(sieve_build(&sieve, keys, 7));
    assert_int_equal(reports(&sieve, STR("ushers"), 0, 1), 1);
    assert_int_equal(reports(&sieve, STR("ushers"), 1, 2), 1);
    assert_int_equal(reports(&sieve, STR("ushers"), 2, 2), 1);
    assert_int_equal(reports(&sieve, STR("my user data"), 3, 8), 1);
    assert_int_equal(reports(&sieve, STR("my user data"), 4, 3), 1);
    assert_int_equal(reports(&sieve, STR("who?"), 5, 3), 1);
    assert_int_equal(reports(&sieve, STR("he"), 6, 0), 1);
    assert_int_equal(reports(&sieve, STR("ushers"), 6, 2), 0);
    sieve_free(&sieve);
}

static void a_blank_stands_for_any_white_space(void **state) {
    (void)state;
    static const char spaces[] = " \t\n\v\f\r";
    const struct sieve_key keys[] = {{STR("pm me"), true, true}, {STR("y a un"), true, true}};
    struct sieve sieve;
    assert_true(sieve_build(&sieve, keys, 2));
    for (size_t i = 0; i < sizeof spaces - 1; i++) {
        char text[] = "pm me y a un";
        text[2] = spaces[i];
        text[7] = spaces[i];
        text[9] = spaces[i];
        assert_int_equal(reports(&sieve, str_from_c(text), 0, 0), 1);
        assert_int_equal(reports(&sieve, str_from_c(text), 1, 6), 1);
    }
    sieve_free(&sieve);
}

static void bound_keys_are_not_reported_inside_words(void **state) {
    (void)state;
    const struct sieve_key keys[] = {{STR("is"), true, true},
                                     {STR("\xd0\xbd\xd0\xb0"), true, true}};
    struct sieve sieve;
    assert_true(sieve_build(&sieve, keys, 2));
    assert_int_equal(reports(&sieve, STR("it is."), 0, 3), 1);
    assert_int_equal(reports(&sieve, STR("is"), 0, 0), 1);
    assert_int_equal(reports(&sieve, STR("this"), 0, 2), 0);
    assert_int_equal(reports(&sieve, STR("isle"), 0, 0), 0);
    assert_int_equal(reports(&sieve, STR("x \xd0\xbd\xd0\xb0 y"), 1, 2), 1);
    assert_int_equal(reports(&sieve, STR("\xd0\xb0\xd0\xbd\xd0\xb0"), 1, 2), 0);
    assert_int_equal(reports(&sieve, STR("\xd0\xbd\xd0\xb0\xd0\xb0"), 1, 0), 0);
    sieve_free(&sieve);
}

/* ---- Against a naive search ---- */

static uint32_t draw(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % below;
}

/* Characters of one to four bytes, and few, so that keys share windows. */
static const char *const alphabet[] = {"a",
                                       "b",
                                       "c",
                                       " ",
                                       "\xd0\xb0",
                                       "\xd0\xb1",
                                       "1",
                                       "\xe6\xb3\x84",
                                       "\xe6\xbc\x8f",
                                       "\xf0\x9f\x94\xa5"};

static struct str write_text(char *bytes, uint32_t characters, uint32_t *seed) {
    struct str text = {bytes, 0};
    for (uint32_t i = 0; i < characters; i++) {
        const char *character = alphabet[draw(seed, sizeof alphabet / sizeof alphabet[0])];
        bool is_second_blank = character[0] == ' ' && (text.len == 0 || bytes[text.len - 1] == ' ');
        size_t len = is_second_blank ? 0 : strlen(character);
        memcpy(bytes + text.len, character, len);
        text.len += len;
    }
    while (text.len > 0 && bytes[text.len - 1] == ' ') {
        text.len--;
    }
    return text;
}

static void nothing_that_a_naive_search_finds_is_missed(void **state) {
    (void)state;
    enum { KEYS = 60, CHARACTERS = 200 };
    static char bytes[KEYS][64];
    static char text[CHARACTERS * 4];
    struct sieve_key keys[KEYS];
    uint32_t seed = 12345;
    unsigned places = 0;
    for (unsigned round = 0; round < 60; round++) {
        for (unsigned i = 0; i < KEYS; i++) {
            do {
                keys[i] = (struct sieve_key){
                    write_text(bytes[i], 1 + draw(&seed, round % 2 ? 12 : 4), &seed), false, false};
            } while (keys[i].text.len == 0);
        }
        struct str whole = write_text(text, CHARACTERS, &seed);
        struct sieve sieve;
        assert_true(sieve_build(&sieve, keys, KEYS));
        for (unsigned i = 0; i < KEYS; i++) {
            size_t at = str_find(whole, keys[i].text, 0);
            for (; at != STR_NOT_FOUND; at = str_find(whole, keys[i].text, at + 1)) {
                assert_int_equal(reports(&sieve, whole, i, at), 1);
                places++;
            }
        }
        sieve_free(&sieve);
    }
    assert_true(places > 10000);
}

static void no_keys_find_nothing(void **state) {
    (void)state;
    struct sieve sieve;
    assert_true(sieve_build(&sieve, NULL, 0));
    assert_int_equal(reports(&sieve, STR("anything at all"), 0, 0), 0);
    sieve_free(&sieve);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_found_inside_each_other_and_at_the_ends),
        cmocka_unit_test(a_blank_stands_for_any_white_space),
        cmocka_unit_test(bound_keys_are_not_reported_inside_words),
        cmocka_unit_test(nothing_that_a_naive_search_finds_is_missed),
        cmocka_unit_test(no_keys_find_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
