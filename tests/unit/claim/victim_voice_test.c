/* Whose word is the victim's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/victim_voice.h"

static bool voice(const char *victim, const char *account, const char *domain) {
    struct name_maker maker = {0};
    bool is_voice = false;
    assert_true(victim_voice(&maker, str_from_c(victim), str_from_c(account), str_from_c(domain),
                             &is_voice));
    name_maker_free(&maker);
    return is_voice;
}

static void the_victim_speaks_by_its_account_or_its_site(void **state) {
    (void)state;
    assert_true(voice("Norvale Library", "NorvaleLibrary", ""));
    assert_true(voice("Norvale Library", "norvale_library", ""));
    assert_true(voice("Norvale Library Ltd", "norvalelibrary", ""));
    assert_true(voice("Norvale", "somebody", "norvale.com"));
    assert_true(voice("norvale.com", "somebody", "norvale.com"));
    assert_true(voice("諾維爾圖書館", "诺维尔图书馆", ""));
}

static void others_do_not_speak_for_it(void **state) {
    (void)state;
    assert_false(voice("Norvale Library", "NorvaleLibraryFans", ""));
    assert_false(voice("Norvale Library", "herald", "herald.example"));
    assert_false(voice("", "", ""));
    assert_false(voice("AB", "ab", "ab.com")); /* too short to tell */
    assert_false(voice("a bank", "bank", "bank.com"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_victim_speaks_by_its_account_or_its_site),
        cmocka_unit_test(others_do_not_speak_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
