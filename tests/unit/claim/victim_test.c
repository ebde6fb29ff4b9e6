/* Quoted victims and the trimming of names that a pattern cut too wide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/victim.h"
#include "victim_pairs.h"

static void a_quoted_name_is_the_victim_unless_it_is_a_group(void **state) {
    (void)state;
    static const struct pair pairs[] = {
        {"Слили базу аптеки «Луговая», ищите себя", "Луговая"},
        {"Мы, «Тёмный плёс», взломали сеть театра", ""},
        {"Группа «Плёс» положила сайт завода «Ясень»", "Ясень"},
        {"【出售】藥局「青嶺生活」會員資料", "青嶺生活"},
        {"我們是「夜鷺」。青嶺局的公文全部公開", ""},
        {"「 青 嶺 」內 網 已 拿 下", "青 嶺"},
        {"ذكرت صحيفة «الندى» أن متجر «نسيم» تعرض لهجوم", "نسيم"},
        {"به گروه «باد» هتل «آویشن» را هک کرد", "آویشن"},
        {"'새벽살롱' 회원 정보 유출", "새벽살롱"},
        {"They can't and 'won't' pay", ""},
        {"Website der Werft »Nordlicht« ist weg", "Nordlicht"},
        {"Il crie « je suis dans le système de la ville » et part", ""},
        {"«", ""},
        {"", ""},
    };
    assert_pairs(pairs, sizeof pairs / sizeof *pairs, victim_quoted);
}

static void small_words_marks_and_possessives_leave_a_name(void **state) {
    (void)state;
    static const struct pair pairs[] = {
        {"Acme Did NOT", "Acme"},
        {"Norvale Library Over", "Norvale Library"},
        {"Norvale's", "Norvale"},
        {"Norvale. They", "Norvale"},
        {"\"Norvale", "Norvale"},
        {"Bank of Orsk", "Bank of Orsk"},
        {"St. Orsk Clinic", "St. Orsk Clinic"},
        {"Over", "Over"},
        {"", ""},
    };
    assert_pairs(pairs, sizeof pairs / sizeof *pairs, victim_trim);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quoted_name_is_the_victim_unless_it_is_a_group),
        cmocka_unit_test(small_words_marks_and_possessives_leave_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
