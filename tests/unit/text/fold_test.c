#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fold_properties.h"

static struct folder folder; /* of the test program, not of the code under test */

static struct folded fold(struct str raw) {
    struct folded folded;
    assert_true(fold_text(&folder, raw, &folded));
    return folded;
}

static void assert_fold(const char *raw, const char *expected) {
    struct str text = fold(str_from_c(raw)).text;
    assert_int_equal(text.len, strlen(expected));
    assert_memory_equal(text.ptr, expected, text.len);
}

static void assert_span(const char *raw, const char *needle, const char *quoted) {
    struct str text = str_from_c(raw);
    struct folded folded = fold(text);
    size_t at = str_find(folded.text, str_from_c(needle), 0);
    size_t start;
    size_t end;
    assert_int_not_equal(at, STR_NOT_FOUND);
    folded_span(&folded, text, at, at + strlen(needle), &start, &end);
    assert_int_equal(end - start, strlen(quoted));
    assert_memory_equal(raw + start, quoted, end - start);
}

static void ascii_is_lowered_and_keeps_its_offsets(void **state) {
    (void)state;
    struct folded folded = fold(STR("ALL 4.2M Records Of ACME @[`{ were LEAKED, they SAY\n\x7f"));
    assert_true(folded.is_ascii);
    assert_null(folded.to_raw);
    assert_ptr_equal(folded.text.ptr, folded.simple.ptr);
    assert_memory_equal(folded.text.ptr,
                        "all 4.2m records of acme @[`{ were leaked, they say\n\x7f", 53);
    assert_int_equal(folded.text.len, 53);
}

static void every_ascii_byte_at_every_place_in_a_block_is_lowered(void **state) {
    (void)state;
    for (int byte = 0; byte < 128; byte++) {
        for (size_t place = 0; place < 40; place++) {
            char raw[40];
            memset(raw, 'x', sizeof raw);
            raw[place] = (char)byte;
            struct folded folded = fold((struct str){raw, sizeof raw});
            raw[place] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            assert_memory_equal(folded.text.ptr, raw, sizeof raw);
        }
    }
}

static void width_case_and_invisible_characters_do_not_matter(void **state) {
    (void)state;
    assert_fold("Ｌｅａｋ ＤＵＭＰ１２", "leak dump12");
    assert_fold("le\xe2\x80\x8b"
                "ak\xef\xb8\x8f\xc2\xad",
                "leak");
    assert_fold("ПАРОЛИ", "пароли");
    assert_fold("Straße", "strasse");
    assert_fold("①½㎏", "11\xe2\x81\x84"
                        "2kg");
    assert_fold("ﬁle", "file");
}

static void traditional_becomes_simplified(void **state) {
    (void)state;
    assert_fold("數據庫被駭，臺灣萬億", "数据库被骇,台湾万亿");
    assert_fold("数据库", "数据库");
}

static void marks_compose_with_the_letter_before_them(void **state) {
    (void)state;
    assert_fold("cafe\xcc\x81", "caf\xc3\xa9");
    assert_fold("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "\xed\x95\x9c");
    assert_fold("e\xe2\x80\x8d\xcc\x81", "\xc3\xa9");
    assert_fold("ｶﾞ", "ガ");
    /* Marks in the wrong order are put in order before they compose. */
    assert_fold("q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87");
}

static void a_composed_text_keeps_the_context_free_view(void **state) {
    (void)state;
    struct folded folded = fold(STR("a leake\xcc\x81"));
    assert_true(folded.simple.ptr != folded.text.ptr);
    assert_true(is_in(STR("leake"), folded.simple));
    assert_false(is_in(STR("leake"), folded.text));
}

static void look_alikes_go_to_the_majority_script_of_their_word(void **state) {
    (void)state;
    assert_fold("p\xd0\xb0ss\xd1\x80ort leak", "passport leak");
    assert_fold("\xd0\x9f"
                "a\xd1\x80oль",
                "пароль");
    assert_fold("le\xce\xb1k", "leak");
    assert_fold("АСМЕ leak", "асме leak"); /* a word of one script stays */
    assert_fold("\xd0\xb0 leak", "\xd0\xb0 leak");
    assert_fold("B\xd0\xa0"
                "EAC\xd0\x9d",
                "bpeach");
}

static void letters_without_a_look_alike_tell_what_a_word_is_written_in(void **state) {
    (void)state;
    /* Most letters are Cyrillic, but k, d and l exist in Latin only. */
    assert_fold("h\xd0\xb0\xd1\x81k\xd0\xb5"
                "d",
                "hacked");
    assert_fold("\xd0\xa0\xd0\xb0\xd1\x80\xd0\xb5\xd1\x80l", "papepl");
    assert_fold("п"
                "apo"
                "л",
                "парол");
    /* Every letter suits both: the text before it decides, then the majority. */
    assert_fold("we had a\xd1\x81\xd1\x81\xd0\xb5ss", "we had access");
    assert_fold("мы хотим c\xd0\xbe\xd0\xbep", "мы хотим соор");
    assert_fold("c\xd0\xbe\xd0\xbe", "соо");
}

static void letters_written_apart_are_joined(void **state) {
    (void)state;
    assert_fold("all L E A K E D now", "all leaked now");
    assert_fold("l.e.a.k.e.d l-e-a-k l_e_a_k l*e*a*k", "leaked leak leak leak");
    assert_fold("с л и в базы", "слив базы");
    assert_fold("數 據 庫 洩 露", "数据库泄露");
    assert_fold("f u i t e", "fuite");
    assert_fold("v o l\xc3\xa9 e", "v o l\xc3\xa9 e");
    assert_fold("v o l \xc3\xa9 e s", "vol\xc3\xa9"
                                      "es");
    assert_fold("w e l e a k e d it", "weleaked it");
}

static void what_only_looks_written_apart_stays(void **state) {
    (void)state;
    assert_fold("a b c", "a b c");                       /* too few */
    assert_fold("1 2 3 4 5 6", "1 2 3 4 5 6");           /* digits */
    assert_fold("v 1 w 2 x 3", "v 1 w 2 x 3");           /* digits among letters */
    assert_fold("a b.c d-e f", "a b.c d-e f");           /* several signs */
    assert_fold("a  b  c  d", "a  b  c  d");             /* more than one */
    assert_fold("a b c \xd0\xb4 x", "a b c \xd0\xb4 x"); /* two scripts */
    assert_fold("to be or it is", "to be or it is");
    assert_fold("do.b.c.d now", "do.b.c.d now"); /* three only stand alone */
    assert_fold("it's a b c day", "it's a b c day");
}

static void a_joined_text_says_where_and_keeps_the_context_free_view(void **state) {
    (void)state;
    struct folded folded = fold(STR("we L e a k all"));
    assert_int_equal(folded.join_count, 1);
    assert_int_equal(folded.joins[0].from, 3);
    assert_int_equal(folded.joins[0].to, 7);
    assert_true(is_in(STR("l e a k"), folded.simple));
    assert_false(folded_is_inside_join(&folded, 3));
    assert_true(folded_is_inside_join(&folded, 4));
    assert_true(folded_is_inside_join(&folded, 6));
    assert_false(folded_is_inside_join(&folded, 7));
    assert_span("we L e a k all", "leak", "L e a k");
    assert_span("we L e a k all", "all", "all");
    assert_span("в с л и в базы", "слив", "с л и в");
}

static void digits_and_words_of_one_script_are_never_changed(void **state) {
    (void)state;
    assert_fold("0день covid19 10к", "0день covid19 10к");
    assert_fold("в 2022г iPhone", "в 2022г iphone");
}

static void ill_formed_bytes_become_replacement_characters(void **state) {
    (void)state;
    assert_fold("a\xff\xe2\x82z", "a\xef\xbf\xbd\xef\xbf\xbdz");
}

static void spans_quote_whole_raw_characters(void **state) {
    (void)state;
    assert_span("Ｌｅａｋ of 數據", "leak", "Ｌｅａｋ");
    assert_span("x 數據庫 y", "据", "據");
    assert_span("cafe\xcc\x81 x", "caf\xc3\xa9", "cafe\xcc\x81");
    assert_span("pa\xe2\x80\x8bss\xe2\x80\x8b x", "pass", "pa\xe2\x80\x8bss");
    assert_span("① ½ x", "2", "½");
    assert_span("plain LEAK", "leak", "LEAK");
    assert_span("x p\xd0\xb0ss y", "pass", "p\xd0\xb0ss");
}

/* Whether the texts differ in Han characters only, one for one. */
static bool is_han_only_changed(struct str before, struct str after) {
    size_t from = 0;
    size_t to = 0;
    while (from < before.len && to < after.len) {
        size_t width_before;
        size_t width_after;
        uint32_t a = utf8_decode(before, from, &width_before);
        uint32_t b = utf8_decode(after, to, &width_after);
        if (a != b && (a < 0x2e80 || b < 0x2e80)) {
            return false;
        }
        from += width_before;
        to += width_after;
    }
    return from == before.len && to == after.len;
}

static void every_character_alone_agrees_with_icu(void **state) {
    (void)state;
    size_t changed_by_opencc = 0;
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        char bytes[4];
        char simple[18 * 4 + 1];
        if (cp >= 0xd800 && cp <= 0xdfff) {
            continue;
        }
        struct str raw = {bytes, utf8_encode(cp, bytes)};
        struct oracle oracle = oracle_casefold(raw);
        struct str text = fold(raw).text;
        struct str alone = {simple, fold_simple(raw, simple)};
        assert_true(str_equal(alone, text));
        if (!str_equal(text, oracle.text)) {
            assert_true(is_han_only_changed(oracle.text, text));
            changed_by_opencc++;
        }
        free(oracle.bytes);
    }
    assert_in_range(changed_by_opencc, 2500, 8000);
}

/* Characters that meet in hostile and in ordinary ways. */
static const char *const pieces[] = {
    "a",
    "E",
    "\xcc\x81",
    "\xcc\xa3",
    "\xcd\x85",
    "\xe2\x80\x8d",
    "\xef\xb8\x8f",
    "\xd0\xb0",
    "Р",
    "о",
    "\xce\xb1",
    "й",
    "\xcc\x86",
    "и",
    "1",
    " ",
    "數",
    "国",
    "ｶ",
    "ﾞ",
    "か",
    "\xe3\x82\x99",
    "\xe1\x84\x80",
    "\xe1\x85\xa1",
    "\xe1\x86\xa8",
    "가",
    "ÅΩ",
    "\xe2\x84\xab",
    "\xe0\xa4\x95",
    "\xe0\xa4\xbc",
    "\xe0\xa5\x8d",
    "\xff",
    "\xe2\x82",
    "ß",
    "İ",
    "ı",
    "ﷺ",
    "¨",
    "\xcd\x84",
    "\xe0\xbd\xb1\xe0\xbd\xb2",
    "\xe0\xbd\xb3",
    "① ",
    "ﬀ",
    "™",
    "\xf0\x9d\x94\xb8",
    "п",
    "b",
    "\xcc\xb8",
};
#define PIECE_COUNT (sizeof pieces / sizeof pieces[0])

static void any_neighbours_keep_the_properties(void **state) {
    (void)state;
    uint32_t number = 12345;
    for (size_t round = 0; round < 60000; round++) {
        char raw[64];
        size_t len = 0;
        for (size_t i = 0; i < 2 + round % 6; i++) {
            number = number * 1664525 + 1013904223;
            const char *piece = pieces[(number >> 8) % PIECE_COUNT];
            memcpy(raw + len, piece, strlen(piece));
            len += strlen(piece);
        }
        const char *broken = fold_violation((struct str){raw, len}, number >> 12);
        if (broken) {
            fail_msg("%s: %.*s", broken, (int)len, raw);
        }
    }
}

static void a_million_marks_are_folded_in_linear_time(void **state) {
    (void)state;
    size_t count = 300000;
    char *raw = malloc(count * 2);
    for (size_t i = 0; i < count; i++) {
        memcpy(raw + i * 2, i % 2 ? "\xcc\xa3" : "\xcc\x81", 2);
    }
    raw[0] = 'a';
    raw[1] = 'b';
    struct folded folded = fold((struct str){raw, count * 2});
    assert_int_equal(folded.to_raw[folded.text.len], count * 2);
    free(raw);
}

static void an_empty_text_is_fine(void **state) {
    (void)state;
    assert_int_equal(fold(STR_EMPTY).text.len, 0);
    assert_int_equal(fold(STR("\xe2\x80\x8b")).text.len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ascii_is_lowered_and_keeps_its_offsets),
        cmocka_unit_test(every_ascii_byte_at_every_place_in_a_block_is_lowered),
        cmocka_unit_test(width_case_and_invisible_characters_do_not_matter),
        cmocka_unit_test(traditional_becomes_simplified),
        cmocka_unit_test(marks_compose_with_the_letter_before_them),
        cmocka_unit_test(a_composed_text_keeps_the_context_free_view),
        cmocka_unit_test(look_alikes_go_to_the_majority_script_of_their_word),
        cmocka_unit_test(letters_without_a_look_alike_tell_what_a_word_is_written_in),
        cmocka_unit_test(letters_written_apart_are_joined),
        cmocka_unit_test(what_only_looks_written_apart_stays),
        cmocka_unit_test(a_joined_text_says_where_and_keeps_the_context_free_view),
        cmocka_unit_test(digits_and_words_of_one_script_are_never_changed),
        cmocka_unit_test(ill_formed_bytes_become_replacement_characters),
        cmocka_unit_test(spans_quote_whole_raw_characters),
        cmocka_unit_test(every_character_alone_agrees_with_icu),
        cmocka_unit_test(any_neighbours_keep_the_properties),
        cmocka_unit_test(a_million_marks_are_folded_in_linear_time),
        cmocka_unit_test(an_empty_text_is_fine),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    folder_free(&folder);
    return failed;
}
