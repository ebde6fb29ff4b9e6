#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

static void every_character_survives_a_round_trip(void **state) {
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        char bytes[4];
        size_t width;
        if (cp >= 0xd800 && cp <= 0xdfff) {
            continue;
        }
        struct str text = {bytes, utf8_encode(cp, bytes)};
        assert_int_equal(utf8_decode(text, 0, &width), cp);
        assert_int_equal(width, text.len);
        assert_int_equal(utf8_width(text, 0), text.len);
    }
}

static void ill_formed_bytes_are_replaced_by_maximal_subparts(void **state) {
    (void)state;
    size_t width;
    /* Overlong, surrogate, beyond U+10FFFF, lone continuation: one byte each (Unicode table 3-8).
     */
    assert_int_equal(utf8_decode(STR("\xc0\x80"), 0, &width), 0xfffd);
    assert_int_equal(width, 1);
    assert_int_equal(utf8_decode(STR("\xed\xa0\x80"), 0, &width), 0xfffd);
    assert_int_equal(width, 1);
    assert_int_equal(utf8_decode(STR("\xf4\x90\x80\x80"), 0, &width), 0xfffd);
    assert_int_equal(width, 1);
    /* A truncated character is one subpart. */
    assert_int_equal(utf8_decode(STR("\xe2\x82"), 0, &width), 0xfffd);
    assert_int_equal(width, 2);
    assert_int_equal(utf8_valid_prefix(STR("ok\xe2\x82")), 2);
}

static void clipping_keeps_whole_characters(void **state) {
    (void)state;
    assert_int_equal(utf8_clip(STR("a\xe6\x95\xb0"), 3).len, 1);
    assert_int_equal(utf8_clip(STR("a\xe6\x95\xb0"), 4).len, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_survives_a_round_trip),
        cmocka_unit_test(ill_formed_bytes_are_replaced_by_maximal_subparts),
        cmocka_unit_test(clipping_keeps_whole_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
