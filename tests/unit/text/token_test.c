#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "text/token.h"

/* "word/sentence.line word/sentence.line ..." */
static void assert_words(const char *text, const char *expected) {
    struct word_list words = {0};
    struct buffer out = {0};
    assert_true(words_of(str_from_c(text), &words));
    for (size_t i = 0; i < words.count; i++) {
        struct word word = words.items[i];
        assert_true(buffer_printf(&out, "%s%.*s/%u.%u", i ? " " : "", (int)(word.end - word.start),
                                  text + word.start, word.sentence, word.line));
    }
    if (!str_is(buffer_str(&out), expected)) {
        fail_msg("%.*s\nexpected\n%s", (int)out.len, out.ptr, expected);
    }
    buffer_free(&out);
    word_list_free(&words);
}

static void words_are_letters_marks_and_digits(void **state) {
    (void)state;
    assert_words("acme's db_dump 4.2m caf\xc3\xa9 e\xcc\x81t",
                 "acme/0.0 s/0.0 db/0.0 dump/0.0 4/0.0 2m/0.0 "
                 "caf\xc3\xa9/0.0 e\xcc\x81t/0.0");
    assert_words("утечка данных12", "утечка/0.0 данных12/0.0");
    assert_words("데이터 유출", "데이터/0.0 유출/0.0");
    assert_words("मिलियन", "मिलियन/0.0");
    assert_words("", "");
    assert_words(" .,!", "");
}

static void characters_of_scripts_without_spaces_are_words(void **state) {
    (void)state;
    assert_words("数据db库", "数/0.0 据/0.0 db/0.0 库/0.0");
    assert_words("データ", "デ/0.0 ー/0.0 タ/0.0");
    assert_words("ข้อมูล", "ข้/0.0 อ/0.0 มู/0.0 ล/0.0");
}

static void sentences_end_at_marks_before_space(void **state) {
    (void)state;
    assert_words("one. two! three? four", "one/0.0 two/1.0 three/2.0 four/3.0");
    assert_words("a 4.2 b example.com c", "a/0.0 4/0.0 2/0.0 b/0.0 example/0.0 com/0.0 c/0.0");
    assert_words("he said \"no.\" then", "he/0.0 said/0.0 no/0.0 then/1.0");
    assert_words("wait... what", "wait/0.0 what/1.0");
    assert_words("كلمة؟ كلمة", "كلمة/0.0 كلمة/1.0");
    assert_words("... first", "first/0.0");
}

static void chinese_marks_end_sentences_without_space(void **state) {
    (void)state;
    assert_words("泄。露", "泄/0.0 露/1.0");
    assert_words("泄!露?数", "泄/0.0 露/1.0 数/2.0");
}

static void lines_end_sentences_too(void **state) {
    (void)state;
    assert_words("one\ntwo\r\nthree\rfour", "one/0.0 two/1.1 three/2.2 four/3.3");
    assert_words("\n\none", "one/0.2");
}

static void word_borders_are_seen_from_both_sides(void **state) {
    (void)state;
    struct str text = STR("ab \xd1\x8f"
                          "数1");
    assert_true(is_word_at(text, 0));
    assert_false(is_word_before(text, 0));
    assert_true(is_word_before(text, 2));
    assert_false(is_word_at(text, 2));
    assert_true(is_word_at(text, 3));
    assert_true(is_word_before(text, 5));
    assert_false(is_word_at(text, 5)); /* Han is no alphabetic script */
    assert_false(is_word_before(text, 8));
    assert_true(is_word_at(text, 8));
    assert_true(is_word_before(text, 9));
    assert_false(is_word_at(text, 9));
    assert_false(is_word_at(STR("\xff\xfe"), 0));
    assert_false(is_word_before(STR("\x80\x80\x80\x80\x80"), 5));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_letters_marks_and_digits),
        cmocka_unit_test(characters_of_scripts_without_spaces_are_words),
        cmocka_unit_test(sentences_end_at_marks_before_space),
        cmocka_unit_test(chinese_marks_end_sentences_without_space),
        cmocka_unit_test(lines_end_sentences_too),
        cmocka_unit_test(word_borders_are_seen_from_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
