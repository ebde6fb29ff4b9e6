#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/fold.h"
#include "text/quantity.h"
#include "text/quantity_words.h"

struct expectation {
    const char *text;
    const char *quoted; /* of the only quantity; NULL: there is none */
    double value;
    const char *unit; /* "" for none */
};

static const struct expectation expectations[] = {
    /* English */
    {"leaked 4.2 million records today", "4.2 million records", 4.2e6, "records"},
    {"a dump of 1.2M users", "1.2M users", 1.2e6, "users"},
    {"about 1.5m accounts", "1.5m accounts", 1.5e6, "accounts"},
    {"over 500k accounts", "500k accounts", 5e5, "accounts"},
    {"500,000+ customers", "500,000+ customers", 5e5, "customers"},
    {"1,234,567 rows", "1,234,567 rows", 1234567, "rows"},
    {"21 million lines", "21 million lines", 21e6, "lines"},
    {"2.5bn emails", "2.5bn emails", 2.5e9, "emails"},
    {"3B records", "3B records", 3e9, "records"},
    {"533 million users", "533 million users", 533e6, "users"},
    {"4.2-million user records", "4.2-million user records", 4.2e6, "records"},
    {"40 colleges were named", "40 colleges", 40, "colleges"},
    {"two million passports", "two million passports", 2e6, "passports"},
    {"half a million people", "half a million people", 5e5, "people"},
    {"a million accounts", "a million accounts", 1e6, "accounts"},
    {"one hundred thousand files", "one hundred thousand files", 1e5, "files"},
    {"3 dozen sites", "3 dozen sites", 36, "sites"},
    {"12,500 students", "12,500 students", 12500, "students"},
    {"1.234 million rows", "1.234 million rows", 1.234e6, "rows"},
    {"10000 passports", "10000 passports", 10000, "passports"},
    {"7 billion in all", "7 billion", 7e9, ""},
    {"5 million of their customers", "5 million of their customers", 5e6, "customers"},
    {"80 million unique email addresses", "80 million unique email addresses", 80e6, "addresses"},
    {"4'200'000 rows", "4'200'000 rows", 4.2e6, "rows"},
    {"4 200 000 rows", "4 200 000 rows", 4.2e6, "rows"},
    {"1,234,567.50 users", "1,234,567.50 users", 1234567.5, "users"},
    {"1.5 trillion records", "1.5 trillion records", 1.5e12, "records"},
    {"the 300 thousand employees", "300 thousand employees", 3e5, "employees"},
    /* India and its neighbours */
    {"10 lakh users", "10 lakh users", 1e6, "users"},
    {"2.5 crore records", "2.5 crore records", 2.5e7, "records"},
    {"81.5 crore citizens", "81.5 crore citizens", 8.15e8, "citizens"},
    {"12,34,567 accounts", "12,34,567 accounts", 1234567, "accounts"},
    {"1 lakh crore rows", "1 lakh crore rows", 1e12, "rows"},
    {"10 लाख लोगों", "10 लाख लोगों", 1e6, "लोगों"},
    {"२५ करोड़ लोग", "२५ करोड़ लोग", 2.5e8, "लोग"},
    {"5 हजार खाते", "5 हजार खाते", 5e3, "खाते"},
    {"5 lacs files", "5 lacs files", 5e5, "files"},
    /* Amounts of data */
    {"a 100 GB archive", "100 GB", 1e11, "GB"},
    {"1.5TB of files", "1.5TB", 1.5e12, "TB"},
    {"500 MB", "500 MB", 5e8, "MB"},
    {"64 kb", "64 kb", 64e3, "kb"},
    {"2 PB", "2 PB", 2e15, "PB"},
    {"4 GiB", "4 GiB", 4294967296.0, "GiB"},
    {"3 terabytes of mail", "3 terabytes", 3e12, "terabytes"},
    {"1,024 MB", "1,024 MB", 1.024e9, "MB"},
    {"1.234 GB", "1.234 GB", 1.234e9, "GB"},
    {"20 ГБ данных", "20 ГБ", 2e10, "ГБ"},
    {"1,5 ТБ", "1,5 ТБ", 1.5e12, "ТБ"},
    {"15 гигабайт", "15 гигабайт", 1.5e10, "гигабайт"},
    {"100 Go de données", "100 Go", 1e11, "Go"},
    {"2 To", "2 To", 2e12, "To"},
    {"100GB的文件", "100GB", 1e11, "GB"},
    /* Russian and Ukrainian */
    {"23.5 млн записей", "23.5 млн записей", 23.5e6, "записей"},
    {"23,5 млн строк", "23,5 млн строк", 23.5e6, "строк"},
    {"5 млн. пользователей", "5 млн. пользователей", 5e6, "пользователей"},
    {"1,2 млрд учётных записей", "1,2 млрд учётных", 1.2e9, "учётных"},
    {"300 тыс. паспортов", "300 тыс. паспортов", 3e5, "паспортов"},
    {"500К клиентов", "500К клиентов", 5e5, "клиентов"},
    {"2кк строк", "2кк строк", 2e6, "строк"},
    {"пять миллионов человек", "пять миллионов человек", 5e6, "человек"},
    {"полтора миллиона номеров", "полтора миллиона номеров", 1.5e6, "номеров"},
    {"1 500 000 адресов", "1 500 000 адресов", 1.5e6, "адресов"},
    {"1 500 000 адресов", "1 500 000 адресов", 1.5e6, "адресов"},
    {"2 мільйони користувачів", "2 мільйони користувачів", 2e6, "користувачів"},
    {"700 тисяч записів", "700 тисяч записів", 7e5, "записів"},
    {"1,234 млн строк", "1,234 млн строк", 1.234e6, "строк"},
    /* Spanish, Portuguese, French, German, Turkish, Italian */
    {"5 millones de usuarios", "5 millones de usuarios", 5e6, "usuarios"},
    {"500 mil registros", "500 mil registros", 5e5, "registros"},
    {"2 mil millones de cuentas", "2 mil millones de cuentas", 2e9, "cuentas"},
    {"1,5 millones de personas", "1,5 millones de personas", 1.5e6, "personas"},
    {"dos millones de clientes", "dos millones de clientes", 2e6, "clientes"},
    {"1.234.567 usuarios", "1.234.567 usuarios", 1234567, "usuarios"},
    {"12.500 registros", "12.500 registros", 12500, "registros"},
    {"3 milhões de contas", "3 milhões de contas", 3e6, "contas"},
    {"1,2 bilhão de senhas", "1,2 bilhão de senhas", 1.2e9, "senhas"},
    {"220 milhões de pessoas", "220 milhões de pessoas", 220e6, "pessoas"},
    {"43 millions de comptes", "43 millions de comptes", 43e6, "comptes"},
    {"1,5 million d'utilisateurs", "1,5 million d'utilisateurs", 1.5e6, "utilisateurs"},
    {"2 milliards de lignes", "2 milliards de lignes", 2e9, "lignes"},
    {"500 mille adresses", "500 mille adresses", 5e5, "adresses"},
    {"3 Mio. Kunden", "3 Mio. Kunden", 3e6, "Kunden"},
    {"1,5 Millionen Datensätze", "1,5 Millionen Datensätze", 1.5e6, "Datensätze"},
    {"2 Mrd. Passwörter", "2 Mrd. Passwörter", 2e9, "Passwörter"},
    {"500 Tsd. Nutzer", "500 Tsd. Nutzer", 5e5, "Nutzer"},
    {"zwei Millionen Kunden", "zwei Millionen Kunden", 2e6, "Kunden"},
    {"85 milyon vatandaş", "85 milyon vatandaş", 85e6, "vatandaş"},
    {"500 bin kullanıcı", "500 bin kullanıcı", 5e5, "kullanıcı"},
    {"1,2 milyar kayıt", "1,2 milyar kayıt", 1.2e9, "kayıt"},
    {"3 milioni di utenti", "3 milioni di utenti", 3e6, "utenti"},
    /* Arabic, Persian, other digits */
    {"5 ملايين مستخدم", "5 ملايين مستخدم", 5e6, "مستخدم"},
    {"٢٫٥ مليون سجل", "٢٫٥ مليون سجل", 2.5e6, "سجل"},
    {"500 ألف حساب", "500 ألف حساب", 5e5, "حساب"},
    {"۳ میلیون کاربر", "۳ میلیون کاربر", 3e6, "کاربر"},
    {"۱۲ هزار نفر", "۱۲ هزار نفر", 12e3, "نفر"},
    {"１２万件", "１２万件", 12e4, "件"},
    {"１．５ million rows", "１．５ million rows", 1.5e6, "rows"},
    /* Chinese */
    {"2300萬筆資料外洩", "2300萬筆資料", 2.3e7, "資料"},
    {"2300萬筆外洩", "2300萬筆", 2.3e7, "筆"},
    {"2300萬筆個資", "2300萬筆個資", 2.3e7, "個資"},
    {"泄露1亿用户", "1亿用户", 1e8, "用户"},
    {"八百多萬房客", "八百多萬房客", 8e6, "房客"},
    {"三千名学生", "三千名学生", 3e3, "学生"},
    {"三千", "三千", 3e3, ""},
    {"500万条记录", "500万条记录", 5e6, "记录"},
    {"1.2亿条", "1.2亿条", 1.2e8, "条"},
    {"1亿2000万人", "1亿2000万人", 1.2e8, "人"},
    {"10万余名用户", "10万余名用户", 1e5, "用户"},
    {"二十三萬個帳戶", "二十三萬個帳戶", 23e4, "帳戶"},
    {"百万用户", "百万用户", 1e6, "用户"},
    {"一千零五个网站", "一千零五个网站", 1005, "网站"},
    {"三万五千人", "三万五千人", 35000, "人"},
    {"1.5万亿行", "1.5万亿行", 1.5e12, "行"},
    {"三点五亿公民", "三点五亿公民", 3.5e8, "公民"},
    {"500 万 用户", "500 万 用户", 5e6, "用户"},
    {"40所大学", "40所大学", 40, "大学"},
    /* Japanese, Korean, Thai, Vietnamese, Indonesian */
    {"約50万件の個人情報", "50万件の個人情報", 5e5, "個人情報"},
    {"3億人分", "3億人分", 3e8, "人分"},
    {"2500万アカウント", "2500万アカウント", 2.5e7, "アカウント"},
    {"500만 건의 기록", "500만 건의 기록", 5e6, "기록"},
    {"2천만명의 고객", "2천만명의 고객", 2e7, "고객"},
    {"1억 2000만 계정", "1억 2000만 계정", 1.2e8, "계정"},
    {"3백만 명", "3백만 명", 3e6, "명"},
    {"5 ล้านรายการ", "5 ล้านรายการ", 5e6, "รายการ"},
    {"2 triệu người", "2 triệu người", 2e6, "người"},
    {"105 juta pengguna", "105 juta pengguna", 105e6, "pengguna"},
    /* Seen in posts */
    {"900,000个客户的个人信息", "900,000个客户", 9e5, "客户"},
    {"90GBs of mail", "90GBs", 9e10, "GBs"},
    {"740w条", "740w条", 7.4e6, "条"},
    {"20多万人", "20多万人", 2e5, "人"},
    {"上万名学生", "万名学生", 1e4, "学生"},
    {"هفت میلیون کاربر", "هفت میلیون کاربر", 7e6, "کاربر"},
    {"4 milhões. Cliente novo", "4 milhões", 4e6, ""},
    /* Left out */
    {"数百万用户", NULL, 0, ""},
    {"in 2024 it was said", NULL, 0, ""},
    {"на 2023 год", NULL, 0, ""},
    {"2024年", NULL, 0, ""},
    {"on 2024-09-23", NULL, 0, ""},
    {"on 23.09.2024", NULL, 0, ""},
    {"on 23/09/2024", NULL, 0, ""},
    {"on 23 September", NULL, 0, ""},
    {"September 23", NULL, 0, ""},
    {"9月23日", NULL, 0, ""},
    {"at 12:30", NULL, 0, ""},
    {"at 5 pm or 10 a.m.", NULL, 0, ""},
    {"version 2.1", NULL, 0, ""},
    {"v1.2.3 and 10.4.7", NULL, 0, ""},
    {"host 192.168.0.1", NULL, 0, ""},
    {"for $4.2 million", NULL, 0, ""},
    {"for 500 dollars", NULL, 0, ""},
    {"for 5 млн рублей", NULL, 0, ""},
    {"500万元", NULL, 0, ""},
    {"500 €", NULL, 0, ""},
    {"after 24 hours", NULL, 0, ""},
    {"24/7", NULL, 0, ""},
    {"5m ago", NULL, 0, ""},
    {"about 45%", NULL, 0, ""},
    {"see https://example.com/4000000/records", NULL, 0, ""},
    {"@user500 #2million", NULL, 0, ""},
    {"CVE-2024-12345", NULL, 0, ""},
    {"4chan", NULL, 0, ""},
    {"1st", NULL, 0, ""},
    {"call +1 555 123 4567", NULL, 0, ""},
    {"千万不要，万一，一些", NULL, 0, ""},
    {"第三百名", NULL, 0, ""},
    {"24小时", NULL, 0, ""},
    {"Top 10 Go libraries", NULL, 0, ""},
    {"1234567890123456", NULL, 0, ""},
};

static void report(const struct expectation *wanted, const struct quantity_list *found) {
    print_message("in \"%s\": %zu found\n", wanted->text, found->count);
    for (size_t i = 0; i < found->count; i++) {
        const struct quantity *item = &found->items[i];
        print_message("  \"%.*s\" = %.17g, unit \"%.*s\"\n", (int)(item->end - item->start),
                      wanted->text + item->start, item->value, (int)item->unit.len, item->unit.ptr);
    }
}

static bool is_met(const struct expectation *wanted, const struct quantity_list *found) {
    if (!wanted->quoted) {
        return found->count == 0;
    }
    if (found->count != 1) {
        return false;
    }
    const struct quantity *item = &found->items[0];
    struct str quoted = str_slice(str_from_c(wanted->text), item->start, item->end);
    return str_is(quoted, wanted->quoted) && str_is(item->unit, wanted->unit) &&
           fabs(item->value - wanted->value) <= wanted->value * 1e-12 &&
           item->has_unit == (wanted->unit[0] != '\0');
}

static void every_form_gives_its_number_and_unit(void **state) {
    (void)state;
    size_t failed = 0;
    struct quantity_list found = {0};
    for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
        assert_true(quantities_of(str_from_c(expectations[i].text), &found));
        if (!is_met(&expectations[i], &found)) {
            report(&expectations[i], &found);
            failed++;
        }
    }
    quantity_list_free(&found);
    assert_int_equal(failed, 0);
}

static void several_quantities_keep_their_order_and_place(void **state) {
    (void)state;
    struct quantity_list found = {0};
    struct str text =
        STR("100 GB: 4.2 million users, 300 тыс. паспортов; see https://a.example/5000");
    assert_true(quantities_of(text, &found));
    assert_int_equal(found.count, 3);
    assert_true(found.items[0].is_size);
    assert_false(found.items[1].is_size);
    assert_true(found.items[0].end <= found.items[1].start);
    assert_true(found.items[1].end <= found.items[2].start);
    quantity_list_free(&found);
}

static void assert_folded(const struct quantity_group *groups, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char folded[8192];
        struct str forms = str_from_c(groups[i].forms);
        assert_true(forms.len * 18 < sizeof folded * 8);
        size_t len = fold_simple(forms, folded);
        assert_int_equal(len, forms.len);
        assert_memory_equal(folded, forms.ptr, len);
        assert_true(forms.len > 0 && !strstr(forms.ptr, ";;") && forms.ptr[forms.len - 1] != ';');
    }
}

static void every_form_in_the_tables_is_folded(void **state) {
    (void)state;
    assert_folded(quantity_numerals, quantity_numerals_count);
    assert_folded(quantity_suffixes, quantity_suffixes_count);
    assert_folded(quantity_multipliers, quantity_multipliers_count);
    assert_folded(quantity_sizes, quantity_sizes_count);
    assert_folded(quantity_nouns, quantity_nouns_count);
    assert_folded(quantity_outs, quantity_outs_count);
    assert_folded(quantity_alone, quantity_alone_count);
}

static void any_bytes_give_places_inside_the_text(void **state) {
    (void)state;
    static const char *const pieces[] = {"1",
                                         "23",
                                         ",",
                                         ".",
                                         " ",
                                         "万",
                                         "million",
                                         "k",
                                         "GB",
                                         "\xff",
                                         "亿",
                                         "百",
                                         "records",
                                         "千",
                                         "点",
                                         "多",
                                         "\xe2\x80\x8b",
                                         "-",
                                         "٣",
                                         "八",
                                         "만",
                                         "half",
                                         " a ",
                                         "$",
                                         "https://",
                                         "#",
                                         "½"};
    uint32_t number = 99;
    struct quantity_list found = {0};
    for (int round = 0; round < 50000; round++) {
        char text[128];
        size_t len = 0;
        for (int i = 0; i < 1 + round % 9; i++) {
            number = number * 1664525 + 1013904223;
            const char *piece = pieces[(number >> 8) % (sizeof pieces / sizeof pieces[0])];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        assert_true(quantities_of((struct str){text, len}, &found));
        size_t before = 0;
        for (size_t i = 0; i < found.count; i++) {
            const struct quantity *item = &found.items[i];
            assert_true(item->start >= before && item->start < item->end && item->end <= len);
            assert_true(item->value >= 0);
            before = item->end;
        }
    }
    quantity_list_free(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_gives_its_number_and_unit),
        cmocka_unit_test(several_quantities_keep_their_order_and_place),
        cmocka_unit_test(every_form_in_the_tables_is_folded),
        cmocka_unit_test(any_bytes_give_places_inside_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
