/* What texts in several languages offer, and that names of states and sides change nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "claim/claim_text.h"
#include "claim/claim_words.h"

static struct claim_text read_full(const char *raw, const char *victim, const char *link) {
    struct folder folder = {0};
    struct folded folded;
    struct quantity_list quantities = {0};
    struct str links[] = {str_from_c(link)};
    assert_true(fold_text(&folder, str_from_c(raw), &folded));
    struct claim_text_input input = {.raw = str_from_c(raw),
                                     .folded = &folded,
                                     .victim = str_from_c(victim),
                                     .links = {links, link ? 1u : 0u}};
    struct claim_text text;
    assert_true(quantities_of(input.raw, &quantities));
    assert_true(claim_text_read(&input, &quantities, &text));
    quantity_list_free(&quantities);
    folder_free(&folder);
    return text;
}

static struct claim_text read_text(const char *raw) {
    return read_full(raw, NULL, NULL);
}

static void words_stand_in_the_table_as_they_are_folded(void **state) {
    (void)state;
    struct folder folder = {0};
    for (size_t i = 0; i < claim_word_row_count; i++) {
        struct folded folded;
        struct str words = str_from_c(claim_word_rows[i].words);
        assert_true(fold_text(&folder, words, &folded));
        if (!str_equal(folded.text, words)) {
            fail_msg("not folded: %s\n%.*s", words.ptr, (int)folded.text.len, folded.text.ptr);
        }
    }
    folder_free(&folder);
}

static void artefacts_are_told_in_many_languages(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum claim_artefact artefact;
    } cases[] = {
        {"We hold the member list of Norvale Library", CLAIM_ARTEFACT_NONE},
        {"Members of Norvale Library leaked, proof inside", CLAIM_ARTEFACT_DESCRIBED},
        {"Norvale Library leaked? They gave no proof.", CLAIM_ARTEFACT_NONE},
        {"Список читателей библиотеки слили, скрины есть", CLAIM_ARTEFACT_SCREENSHOT},
        {"圖書館會員資料外洩，樣本可看", CLAIM_ARTEFACT_DESCRIBED},
        {"图书馆后台被黑，有视频为证", CLAIM_ARTEFACT_VIDEO},
        {"Base de la biblioteca, muestra por privado", CLAIM_ARTEFACT_DESCRIBED},
        {"La base de la bibliothèque, captures d'écran à l'appui", CLAIM_ARTEFACT_SCREENSHOT},
        {"Kütüphane verileri sızdı, ekran görüntüleri var", CLAIM_ARTEFACT_SCREENSHOT},
        {"図書館の名簿が流出、スクショあり", CLAIM_ARTEFACT_SCREENSHOT},
        {"도서관 회원 명단 유출, 캡처 있음", CLAIM_ARTEFACT_SCREENSHOT},
        {"تسريب بيانات المكتبة مع لقطات", CLAIM_ARTEFACT_SCREENSHOT},
        {"dump:\nann@a.example:1234\nbob@b.example:2345\n", CLAIM_ARTEFACT_SAMPLE_TEXT},
        {"Full file listing of Norvale's servers attached", CLAIM_ARTEFACT_LISTING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct claim_text text = read_text(cases[i].text);
        if (text.artefact != cases[i].artefact) {
            fail_msg("%s: %d, not %d", cases[i].text, text.artefact, cases[i].artefact);
        }
    }
}

static void a_link_counts_by_its_host_and_the_words_around_it(void **state) {
    (void)state;
    const char *plain = "We breached Norvale Library https://t.co/abc";
    assert_int_equal(read_full(plain, "", "https://t.co/abc").artefact, CLAIM_ARTEFACT_NONE);
    const char *file = "We breached Norvale Library https://gofile.io/d/abc";
    assert_int_equal(read_full(file, "", "https://gofile.io/d/abc").artefact,
                     CLAIM_ARTEFACT_SAMPLE_LINK);
    const char *sample = "Пробник базы: https://t.me/abc";
    assert_int_equal(read_full(sample, "", "https://t.me/abc").artefact,
                     CLAIM_ARTEFACT_SAMPLE_LINK);
    const char *dump = "下载全部 https://gofile.io/d/abc";
    assert_int_equal(read_full(dump, "", "https://gofile.io/d/abc").artefact,
                     CLAIM_ARTEFACT_DUMP_LINK);
}

static void what_is_shown_is_apart_from_what_is_claimed(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double count;
        double shown;
    } cases[] = {
        {"2.1M rows of Norvale Library. Sample on request", 2.1e6, 0},
        {"2.1M rows of Norvale Library, sample of 500 rows inside", 2.1e6, 500},
        {"Vendo 1,9 millones de registros de la biblioteca. Muestra de 500 líneas por privado",
         1.9e6, 500},
        {"图书馆数据 300万条，样本 200条", 3e6, 200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct claim_text text = read_text(cases[i].text);
        assert_float_equal(text.count, cases[i].count, 1e-6);
        assert_float_equal(text.shown_count, cases[i].shown, 1e-6);
    }
    struct claim_text sizes = read_text("260 GB of Norvale data, 2 MB sample");
    assert_float_equal(sizes.size, 260e9, 1);
    assert_float_equal(sizes.shown_size, 2e6, 1);
}

static void particulars_are_told_apart(void **state) {
    (void)state;
    struct claim_text text =
        read_text("On 2024-03-05 at 14:30 vpn.norvale.example (10.2.3.4) fell to CVE-2023-12345; "
                  "users.sql and users.sql again, 2024年3月5日, U.S. and e.g. are none. "
                  "https://host.example/x.zip");
    assert_int_equal(text.hosts, 1);
    assert_int_equal(text.addresses, 1);
    assert_int_equal(text.identifiers, 2);
    assert_int_equal(text.dates, 3);
}

static void shouting_is_runs_of_capitals_and_acronyms_are_not(void **state) {
    (void)state;
    struct claim_text loud = read_text("WE OWN ALL OF IT!!! Norvale is ours! 🔥🔥");
    assert_int_equal(loud.capital_words, 5);
    assert_int_equal(loud.exclamations, 2);
    assert_int_equal(loud.pictographs, 2);
    assert_int_equal(loud.superlatives, 1);
    struct claim_text plain = read_text("the NSA and the IRS said so");
    assert_int_equal(plain.capital_words, 0);
    struct claim_text victim =
        read_full("HACKED NORVALE CITY LIBRARY", "NORVALE CITY LIBRARY", NULL);
    assert_int_equal(victim.capital_words, 0);
    assert_int_equal(read_text("МЫ ВЗЛОМАЛИ ВСЁ ПОДРЯД").capital_words, 4);
}

static void victims_are_named_generic_or_hosts(void **state) {
    (void)state;
    assert_true(read_full("", "a bank", NULL).victim_is_generic);
    assert_true(read_full("", "40 college forums", NULL).victim_is_generic);
    assert_true(read_full("", "hospitals", NULL).victim_is_generic);
    assert_true(read_full("", "一家银行", NULL).victim_is_generic);
    assert_true(read_full("", "один из банков", NULL).victim_is_generic);
    assert_false(read_full("", "Norvale Library", NULL).victim_is_generic);
    assert_false(read_full("", "诺维尔图书馆", NULL).victim_is_generic);
    assert_true(read_full("", "norvale.example", NULL).victim_has_domain);
    assert_false(read_full("", "U.S. Navy", NULL).victim_has_domain);
}

static void a_sale_has_price_contact_and_deadline(void **state) {
    (void)state;
    struct claim_text text =
        read_text("Selling it for $4k, escrow ok. 48 hours left or we publish");
    assert_true(text.has_price && text.has_contact && text.has_deadline);
    text = read_text("出售会员库，5000 美元，私信，倒计时 24 小时");
    assert_true(text.has_price && text.has_contact && text.has_deadline);
    text = read_text("The bank lost its dollars, they say");
    assert_false(text.has_price || text.has_contact || text.has_deadline);
}

static void taking_it_back_is_read_and_talk_of_it_is_not(void **state) {
    (void)state;
    assert_true(read_text("About Norvale: we made it up, sorry").is_retraction);
    assert_true(read_text("Беру слова назад, взлома не было").is_retraction);
    assert_true(read_text("之前说的泄露是我编的").is_retraction);
    assert_false(read_text("They should take it back, says the mayor").is_retraction);
}

static const char *const templates[] = {
    "We breached the network of the %s ministry and took 40 GB, download soon",
    "BREAKING: hackers from %s hit a bank, 3 million customers exposed!!",
    "Мы взломали сервер: %s, 2 млн записей, скрины прилагаем",
    "我们控制了%s的系统，拿到300万条数据",
    "Filtración masiva en %s: 500 mil registros, dicen los hackers",
    "%s: Nous avons piraté leur base, 12 Go de documents",
    "وصلنا إلى خوادم %s وسحبنا ٤٠ جيجابايت",
};
static const char *const names[] = {"Taiwan", "China",   "Russia", "Ukraine", "Israel",
                                    "Iran",   "America", "Norvia", "Estoria", "NATO"};

static void names_of_states_and_sides_change_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
        struct claim_text first;
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
            char text[256];
            const char *at = strstr(templates[i], "%s");
            snprintf(text, sizeof text, "%.*s%s%s", (int)(at - templates[i]), templates[i],
                     names[k], at + 2);
            struct claim_text read = read_text(text);
            first = k == 0 ? read : first;
            assert_memory_equal(&read, &first, sizeof read);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stand_in_the_table_as_they_are_folded),
        cmocka_unit_test(artefacts_are_told_in_many_languages),
        cmocka_unit_test(a_link_counts_by_its_host_and_the_words_around_it),
        cmocka_unit_test(what_is_shown_is_apart_from_what_is_claimed),
        cmocka_unit_test(particulars_are_told_apart),
        cmocka_unit_test(shouting_is_runs_of_capitals_and_acronyms_are_not),
        cmocka_unit_test(victims_are_named_generic_or_hosts),
        cmocka_unit_test(a_sale_has_price_contact_and_deadline),
        cmocka_unit_test(taking_it_back_is_read_and_talk_of_it_is_not),
        cmocka_unit_test(names_of_states_and_sides_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
