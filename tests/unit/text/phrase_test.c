/* What a text's phrases are, and what they do not know. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/names.h"
#include "text/phrase.h"

static bool append(void *context, struct str phrase) {
    struct buffer *out = context;
    buffer_append_str(out, phrase);
    return buffer_append_byte(out, '|');
}

/* The phrases of a text, each with a | behind it. */
static struct buffer phrases(const char *text, const struct map *names) {
    struct folder folder = {0};
    struct folded folded;
    struct word_list words = {0};
    struct phrase_scratch scratch = {0};
    struct buffer out = {0};
    struct str raw = str_from_c(text);
    assert_true(fold_text(&folder, raw, &folded));
    assert_true(words_of(folded.text, &words));
    struct phrase_source source = {&folded, raw, &words, names};
    assert_true(phrases_of(&source, &scratch, append, &out));
    buffer_append_byte(&out, '\0');
    phrase_scratch_free(&scratch);
    word_list_free(&words);
    folder_free(&folder);
    return out;
}

static void assert_phrases(const char *text, const struct map *names, const char *expected) {
    struct buffer out = phrases(text, names);
    assert_string_equal(out.ptr, expected);
    buffer_free(&out);
}

static void assert_alike(const char *text, const char *other, const struct map *names) {
    struct buffer out = phrases(other, names);
    assert_phrases(text, names, out.ptr);
    buffer_free(&out);
}

static void words_pairs_and_beginnings_are_phrases(void **state) {
    (void)state;
    assert_phrases("we leaked it", NULL,
                   "we|leaked|we leaked|leake*|lea*|*leak*|*eake*|*aked*|*ked|it|leaked it|");
    assert_phrases("an. us", NULL, "an|us|");
    assert_phrases("", NULL, "");
}

static void pieces_are_shorter_in_scripts_with_denser_words(void **state) {
    (void)state;
    assert_phrases("хакеры", NULL, "хакеры|хакер*|хак*|*хаке*|*акер*|*керы*|*еры|");
    assert_phrases("هکرها", NULL, "هکرها|هکره*|هک*|*هکر*|*کره*|*رها*|*ها|");
    assert_phrases("해킹된", NULL, "해킹된|해킹*|");
}

static void german_nouns_are_words_and_not_names(void **state) {
    (void)state;
    struct map none = {0};
    struct buffer out = phrases("wir sind Daten", &none);
    assert_string_equal(out.ptr, "wir|wir*|*wir|sind|wir sind|sin*|*sind*|*ind|daten|sind daten|");
    buffer_free(&out);
    assert_int_not_equal(map_intern(&none, STR("china"), NULL), MAP_NONE);
    out = phrases("das ist China", &none);
    assert_string_equal(out.ptr, "das|das*|*das|ist|das ist|ist*|*ist|");
    buffer_free(&out);
    out = phrases("es sind Daten", &none);
    assert_string_equal(out.ptr, "es|sind|es sind|sin*|*sind*|*ind|<name>|sind <name>|");
    buffer_free(&out);
    map_free(&none);
}

static void scripts_without_spaces_give_runs_of_characters(void **state) {
    (void)state;
    assert_phrases("被入侵了", NULL, "被入|入侵|被入侵|侵了|入侵了|被入侵了|");
}

static void which_number_link_or_account_it_was_is_not_known(void **state) {
    (void)state;
    assert_alike("sold 4.2 million to @anna see https://a.example/x #one",
                 "sold 17 million to @bert see http://other.example/yy/zz?q=1 #two", NULL);
}

static void names_are_told_by_their_capitals(void **state) {
    (void)state;
    struct map none = {0};
    assert_phrases("it is Leakford", NULL, "it|is|it is|leakford|is leakford|");
    assert_phrases("it is Leakford", &none, "it|is|it is|<name>|is <name>|");
    assert_alike("it was done by Dark Finch (Orvath)", "it was done by Grey Old Heron", &none);
    assert_alike("Dark Finch says it was us", "Grey Heron says it was us", &none);
    assert_phrases("Records sold", &none, "records|sold|records sold|sol*|*sold*|*old|");
    assert_phrases("IT IS LEAKFORD", &none, "it|is|it is|leakford|is leakford|");
    assert_alike("黑客入侵教育部", "黑客入侵国防部", &none);
}

static bool add_name(void *context, struct str name, bool is_country) {
    struct map *names = context;
    struct folder folder = {0};
    struct folded folded;
    struct word_list words = {0};
    struct phrase_scratch scratch = {0};
    struct buffer out = {0};
    struct buffer stem = {0};
    bool ok = fold_text(&folder, name, &folded) && words_of(folded.text, &words) &&
              phrase_of_name(&folded, name, &words, &scratch, &out);
    if (ok && out.len > 0) { /* else it has more words than a name may have */
        ok = map_intern(names, buffer_str(&out), NULL) != MAP_NONE &&
             phrase_stem_of_name(buffer_str(&out), &stem);
    }
    if (ok && is_country && stem.len > 0) {
        ok = map_intern(names, buffer_str(&stem), NULL) != MAP_NONE;
    }
    buffer_free(&stem);
    buffer_free(&out);
    phrase_scratch_free(&scratch);
    word_list_free(&words);
    folder_free(&folder);
    return ok;
}

static void countries_can_be_exchanged(void **state) {
    (void)state;
    struct map names = {0};
    assert_true(names_of_places(add_name, &names));
    assert_true(names.count > 2000);
    assert_phrases(
        "hackers from Norway say", &names,
        "hackers|hacke*|hac*|*hack*|*acke*|*cker*|*kers*|*ers|"
        "from|hackers from|fro*|*from*|*rom|<name>|from <name>|say|<name> say|say*|*say|");
    assert_alike("hackers from Norway say", "hackers from United States say", &names);
    assert_alike("хакеры из России", "хакеры из Норвегии", &names);
    assert_alike("黑客入侵中国某公司", "黑客入侵挪威某公司", &names);
    assert_alike("미국의 은행", "노르웨이의 은행", &names);
    assert_alike("교육부 해킹", "외교부 해킹", &names);
    assert_alike("norwegian bank", "russian bank", &names);
    map_free(&names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_pairs_and_beginnings_are_phrases),
        cmocka_unit_test(pieces_are_shorter_in_scripts_with_denser_words),
        cmocka_unit_test(german_nouns_are_words_and_not_names),
        cmocka_unit_test(scripts_without_spaces_give_runs_of_characters),
        cmocka_unit_test(which_number_link_or_account_it_was_is_not_known),
        cmocka_unit_test(names_are_told_by_their_capitals),
        cmocka_unit_test(countries_can_be_exchanged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
