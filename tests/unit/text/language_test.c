#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/language.h"

struct pair {
    const char *given;
    const char *expected;
};

static const struct pair texts[] = {
    {"The customer database of a shop was put up for sale on a forum last night", "en"},
    {"База данных клиентов магазина выставлена на продажу на форуме", "ru"},
    {"Базу даних клієнтів крамниці виставили на продаж на форумі", "uk"},
    {"La base de datos de los clientes de una tienda se vende en un foro", "es"},
    {"O banco de dados dos clientes de uma loja está à venda em um fórum", "pt"},
    {"La base de données des clients d'un magasin est en vente sur un forum", "fr"},
    {"Die Kundendatenbank eines Ladens wird in einem Forum zum Verkauf angeboten", "de"},
    {"Bir mağazanın müşteri veritabanı bir forumda satışa çıkarıldı", "tr"},
    {"قاعدة بيانات عملاء متجر معروضة للبيع في منتدى منذ أمس", "ar"},
    {"پایگاه داده مشتریان یک فروشگاه در یک انجمن برای فروش گذاشته شد", "fa"},
    {"एक दुकान के ग्राहकों का डेटाबेस एक मंच पर बेचा जा रहा है", "hi"},
    {"一家商店的客户数据库在论坛上出售", "zh-Hans"},
    {"一家商店的客戶資料庫在論壇上出售", "zh-Hant"},
    {"店の顧客データベースが掲示板で売られている", "ja"},
    {"가게의 고객 데이터베이스가 게시판에서 팔리고 있다", "ko"},
    {"ฐานข้อมูลลูกค้าของร้านค้าถูกขายในกระดานสนทนา", "th"},
    {"", "und"},
    {"ok", "und"},
    {"γεια σου", "und"},
    {"4.2M 100GB #leak @acme https://a.example/database-of-customers-for-sale", "und"},
    {"\xff\xfe\x80", "und"},
    {"数据", "und"},
};

static void texts_are_recognised(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *found = language_detect(str_from_c(texts[i].given));
        if (strcmp(found, texts[i].expected) != 0) {
            fail_msg("%s: %s instead of %s", texts[i].given, found, texts[i].expected);
        }
    }
}

static const struct pair tags[] = {
    {"en", "en"},
    {"EN", "en"},
    {"en-US", "en"},
    {"en_GB", "en"},
    {"English", "en"},
    {"eng", "en"},
    {"Russian", "ru"},
    {"rus", "ru"},
    {"ru-RU", "ru"},
    {"Tagalog (Filipino)", "tl"},
    {"fil", "tl"},
    {"Farsi (Persian)", "fa"},
    {"iw", "he"},
    {"in", "id"},
    {"zh_TW", "zh-Hant"},
    {"zh-CN", "zh-Hans"},
    {"zh-Hant-HK", "zh-Hant"},
    {"zh-Hans-HK", "zh-Hans"},
    {"zh", "zh"},
    {"Chinese", "zh"},
    {"Simplified Chinese", "zh-Hans"},
    {"Chinese (Traditional)", "zh-Hant"},
    {"pt-BR", "pt"},
    {" uk ", "uk"},
    {"und", ""},
    {"", ""},
    {"qme", ""},
    {"zxx", ""},
    {"LANGUAGE UNDEFINED", ""},
    {"klingon", ""},
    {"x", ""},
    {"norwegian", "no"},
    {"nb-NO", "no"},
    {";", ""},
    {"-", ""},
};

static void tags_and_names_become_codes(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        const char *found = language_normal(str_from_c(tags[i].given));
        if (strcmp(found, tags[i].expected) != 0) {
            fail_msg("%s: \"%s\" instead of \"%s\"", tags[i].given, found, tags[i].expected);
        }
        assert_string_equal(language_normal(str_from_c(found)), found);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_recognised),
        cmocka_unit_test(tags_and_names_become_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
