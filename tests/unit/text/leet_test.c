#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/fold.h"
#include "text/leet.h"

static const char zeros[FOLD_ZEROS];

static void assert_undone(const char *folded, const char *as_i, const char *as_l) {
    struct leet leet = {0};
    struct buffer text = {0}; /* with zeros behind it, as folding gives */
    assert_true(buffer_append_c(&text, folded) && buffer_append(&text, zeros, sizeof zeros));
    assert_true(leet_undo(&leet, (struct str){text.ptr, text.len - sizeof zeros}, false));
    const char *wanted[LEET_VIEWS] = {as_i, as_l};
    assert_int_equal(leet.view_count, as_l ? 2 : as_i ? 1 : 0);
    for (uint32_t i = 0; i < leet.view_count; i++) {
        struct str view = buffer_str(&leet.views[i]);
        assert_int_equal(view.len, strlen(wanted[i]));
        if (memcmp(view.ptr, wanted[i], view.len) != 0) {
            fail_msg("%s: %.*s", folded, (int)view.len, view.ptr);
        }
    }
    buffer_free(&text);
    leet_free(&leet);
}

static void signs_stand_for_letters_in_mixed_words(void **state) {
    (void)state;
    assert_undone("acm3 cust0mers dump3d", "acme customers dumped", NULL);
    assert_undone("p@ssw0rd$ h@ck3d!", "passwords hacked!", NULL);
    assert_undone("4ccounts d4t4", "accounts data", NULL);
    assert_undone("4000 p@sswords, 1.4million acc0unts", "4000 passwords, 1.4million accounts",
                  NULL);
    assert_undone("1eaked f1les", "ieaked files", "leaked flles");
    assert_undone("h|t !eak", "hit !eak", "hlt !eak");
}

static void numbers_and_what_belongs_to_them_stay(void **state) {
    (void)state;
    const char *texts[] = {"4.2m rows",   "100gb 1st 24h 2fa", "100records user123 2024",
                           "4 million",   "4million records",  "2300k",
                           "$40 @name !", "plain words",       "",
                           "\xff 3"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_undone(texts[i], NULL, NULL);
    }
    assert_undone("4million records of acm3", "4million records of acme", NULL);
}

static void links_stay(void **state) {
    (void)state;
    assert_undone("see https://t.co/zw5il3m https://acm3.example", NULL, NULL);
    assert_undone("https://t.co/zw5il3m\nacm3", "https://t.co/zw5il3m\nacme", NULL);
    assert_undone("https acm3 http:// acm3", "https acme http:// acme", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_stand_for_letters_in_mixed_words),
        cmocka_unit_test(numbers_and_what_belongs_to_them_stay),
        cmocka_unit_test(links_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
