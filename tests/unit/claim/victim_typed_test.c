/* Victims named by the kind of body that they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/victim_typed.h"
#include "victim_pairs.h"

static void a_kind_of_body_and_a_capitalised_name_are_the_victim(void **state) {
    (void)state;
    static const struct pair pairs[] = {
        {"Hackearon la clínica Robledal anoche", "clínica Robledal"},
        {"Portal de la alcaldía de Tarvén caído", "alcaldía de Tarvén"},
        {"Vazou tudo da universidade Serra Clara", "universidade Serra Clara"},
        {"Le site de la mairie de Corval est à nous", "mairie de Corval"},
        {"Die Daten vom Verein Unterfels sind online", "Verein Unterfels"},
        {"Слили базу банка Ольхов, ищите себя", "банка Ольхов"},
        {"Зламали сервер університету Ясен", "університету Ясен"},
        {"Olmak Üniversitesi hacklendi", "Olmak Üniversitesi"},
        {"We are inside Norvale General Hospital now", "Norvale General Hospital"},
        {"alguien entró en un banco", ""},
        {"The hospital was hit", ""},
        {"", ""},
    };
    assert_pairs(pairs, sizeof pairs / sizeof *pairs, victim_typed);
}

static void other_scripts_name_before_the_kind_or_in_the_next_word(void **state) {
    (void)state;
    static const struct pair pairs[] = {
        {"我們把青嶺招商局的首頁換了", "青嶺招商局"},
        {"澄岭大学的学生资料在卖", "澄岭大学"},
        {"若葉図書館のサーバに侵入", "若葉図書館"},
        {"새벽병원 서버를 뚫었다", "새벽병원"},
        {"بيانات طلاب جامعة الرابية للبيع", "جامعة الرابية"},
        {"سرور دانشگاه آویشن هک شد", "دانشگاه آویشن"},
        {"大学", ""},
    };
    assert_pairs(pairs, sizeof pairs / sizeof *pairs, victim_typed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kind_of_body_and_a_capitalised_name_are_the_victim),
        cmocka_unit_test(other_scripts_name_before_the_kind_or_in_the_next_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
