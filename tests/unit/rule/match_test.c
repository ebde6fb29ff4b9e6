#include "fixture.h"

#define HEAD "pack demo version 1.0.0 requires hearsay >= 0.1\n"
#define RULE(name, id) "rule " name " {\n  meta: id = \"" id "\" severity = low\n"

static void literals_match_whole_words_unless_starred(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD RULE("whole", "T-1") "  terms: $a = any(\"leak\") fold\n"
                                           "  match: $a\n}\n" //
        RULE("prefix", "T-2") "  terms: $a = any(\"leak*\") fold\n  match: $a\n}\n" RULE(
            "suffix",
            "T-3") "  terms: $a = any(\"*ware\") fold\n  match: $a\n}\n" RULE("han",
                                                                              "T-4") "  terms: $a "
                                                                                     "= "
                                                                                     "any(\"泄露\")"
                                                                                     " fold\n  "
                                                                                     "match: "
                                                                                     "$a\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "whole", "A LEAK!"));
    assert_false(fixture_matches(&f, "whole", "leaked"));
    assert_false(fixture_matches(&f, "whole", "oleak"));
    assert_true(fixture_matches(&f, "prefix", "it leaked"));
    assert_false(fixture_matches(&f, "prefix", "oleaks"));
    assert_true(fixture_matches(&f, "suffix", "ransomware!"));
    assert_false(fixture_matches(&f, "suffix", "wares of malwares"));
    assert_true(fixture_matches(&f, "han", "数据泄露事件"));
    assert_true(fixture_matches(&f, "han", "數據泄露事件"));
    fixture_free(&f);
}

static void starred_literals_span_the_whole_word(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD RULE("r", "T-1") "  terms: $a = any(\"leak*\") fold\n"
                                                       "  match: $a\n}\n"};
    fixture_load(&f);
    const struct judgement *judgement = fixture_judge(&f, "It was leakéd now");
    assert_int_equal(judgement->span_count, 1);
    assert_int_equal(judgement->spans[0].start, 7);
    assert_int_equal(judgement->spans[0].end, 14);
    fixture_free(&f);
}

static void blanks_of_folded_literals_match_any_run_of_white_space(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD RULE("r", "T-1") "  terms: $a = any(\"user data\") fold\n"
                                                       "  match: $a\n}\n" //
                        RULE("raw", "T-2") "  terms: $a = any(\"user data\")\n  match: $a\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "r", "the User \n\t Data of all"));
    assert_true(fixture_matches(&f, "r",
                                "user\xc2\xa0"
                                "data"));
    assert_false(fixture_matches(&f, "r", "userdata"));
    assert_true(fixture_matches(&f, "raw", "user data"));
    assert_false(fixture_matches(&f, "raw", "user  data"));
    assert_false(fixture_matches(&f, "raw", "User data"));
    fixture_free(&f);
}

static void folded_terms_see_through_disguise_and_raw_terms_do_not(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD RULE("fold", "T-1") "  terms: $a = any(\"hacked\") fold\n  match: $a\n}\n" //
        RULE("raw", "T-2") "  terms: $a = any(\"hacked\")\n  match: $a\n}\n"                     //
        RULE("regex", "T-3") "  terms: $a = /hack\\w+/\n  match: $a\n}\n"                        //
        RULE("folded", "T-4") "  terms: $a = /hack\\w+/ fold\n  match: $a\n}\n"};
    fixture_load(&f);
    const char *const disguised[] = {"we HACKED it",
                                     "we h\xe2\x80\x8b"
                                     "acked it",
                                     "we ｈａｃｋｅｄ it", "we hаcked it"};
    for (size_t i = 0; i < sizeof disguised / sizeof disguised[0]; i++) {
        assert_true(fixture_matches(&f, "fold", disguised[i]));
        assert_true(fixture_matches(&f, "folded", disguised[i]));
        assert_false(fixture_matches(&f, "raw", disguised[i]));
        assert_false(fixture_matches(&f, "regex", disguised[i]));
    }
    assert_true(fixture_matches(&f, "raw", "we hacked it"));
    assert_true(fixture_matches(&f, "regex", "we hacked it"));
    fixture_free(&f);
}

static void an_accent_that_follows_hides_no_raw_hit_from_the_prefilter(void **state) {
    (void)state;
    struct fixture f = {.rules =
                            HEAD RULE("regex", "T-1") "  terms: $a = /cafe/\n  match: $a\n}\n" RULE(
                                "starred", "T-2")                        //
                        "  terms: $a = any(\"cafe*\")\n  match: $a\n}\n" //
                        RULE("whole", "T-3") "  terms: $a = any(\"cafe\")\n  match: $a\n}\n"};
    fixture_load(&f);
    const char *text = "the cafe\xcc\x81s list";
    assert_true(fixture_matches(&f, "regex", text));
    assert_true(fixture_matches(&f, "starred", text));
    assert_false(fixture_matches(&f, "whole", text));
    fixture_free(&f);
}

static void near_counts_the_words_between_in_either_order(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD RULE("two", "T-1") "  terms: $a = any(\"alpha\") fold\n"
                                         "         $b = any(\"beta\") fold\n"
                                         "  match: $a near/2 $b\n}\n" //
        RULE("next", "T-2") "  terms: $a = any(\"alpha\") fold\n         $b = any(\"beta\") fold\n"
                            "  match: $a near/1 $b\n}\n" //
        RULE("order", "T-3") "  terms: $a = any(\"alpha\") fold\n         $b = any(\"beta\") fold\n"
                             "  match: $a before/2 $b\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "two", "alpha one two beta"));
    assert_true(fixture_matches(&f, "two", "beta one two, alpha"));
    assert_false(fixture_matches(&f, "two", "alpha one two three beta"));
    assert_true(fixture_matches(&f, "next", "alpha beta"));
    assert_true(fixture_matches(&f, "next", "alpha one beta"));
    assert_false(fixture_matches(&f, "next", "alpha one two beta"));
    assert_true(fixture_matches(&f, "order", "alpha x y beta"));
    assert_false(fixture_matches(&f, "order", "beta x y alpha"));
    assert_true(fixture_matches(&f, "order", "beta alpha q beta"));
    fixture_free(&f);
}

static void within_wants_all_operands_in_one_sentence_or_line(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD RULE("sentence", "T-1") "  terms: $a = any(\"alpha\") fold\n"
                                              "         $b = any(\"beta\") fold\n"
                                              "  match: $a and $b within sentence\n}\n" //
        RULE("line", "T-2") "  terms: $a = any(\"alpha\") fold\n         $b = any(\"beta\") fold\n"
                            "  match: $a and $b within line\n}\n" //
        RULE("without", "T-3") "  terms: $a = any(\"alpha\") fold\n"
                               "         $b = any(\"beta\") fold\n"
                               "  match: $a and not $b within sentence\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "sentence", "One alpha and a beta. End."));
    assert_false(fixture_matches(&f, "sentence", "One alpha. A beta. End."));
    assert_true(fixture_matches(&f, "sentence", "One alpha. A beta. Then beta with alpha."));
    assert_true(fixture_matches(&f, "line", "One alpha. A beta."));
    assert_false(fixture_matches(&f, "line", "One alpha\nA beta"));
    assert_true(fixture_matches(&f, "without", "Beta. Alpha here."));
    assert_false(fixture_matches(&f, "without", "Beta alpha."));
    fixture_free(&f);
}

static void a_negation_takes_away_only_what_it_stands_before(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD RULE("scope", "T-1") "  terms: $leak = any(\"leaked\") fold\n"
                                           "         $deny = any(\"not\") fold\n"
                                           "  match: $leak and not $deny before/2 $leak\n}\n" //
        RULE("alone", "T-2") "  terms: $leak = any(\"leaked\") fold\n"
                             "         $deny = any(\"not\") fold\n"
                             "         $data = any(\"data\") fold\n"
                             "  match: $data and not $deny before/2 $leak\n}\n" //
        RULE("close", "T-3") "  terms: $leak = any(\"leaked\") fold\n"
                             "         $deny = any(\"not\") fold\n"
                             "         $data = any(\"data\") fold\n"
                             "  match: $leak near/2 $data and not $deny before/2 $leak\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "scope", "it leaked"));
    assert_false(fixture_matches(&f, "scope", "it was not leaked"));
    assert_true(fixture_matches(&f, "scope", "it was not leaked, others say it leaked"));
    assert_true(fixture_matches(&f, "scope", "not that anyone minds but it leaked"));
    assert_true(fixture_matches(&f, "alone", "data"));
    assert_true(fixture_matches(&f, "alone", "data leaked"));
    assert_false(fixture_matches(&f, "alone", "data not leaked and then leaked"));
    assert_true(fixture_matches(&f, "close", "data leaked"));
    /* The leak that is near the data is denied; the other one is far away. */
    assert_false(fixture_matches(&f, "close", "data not leaked, though a b c d e f leaked"));
    assert_true(fixture_matches(&f, "close", "not leaked a b c d e data leaked"));
    fixture_free(&f);
}

static void counts_and_sets_count_occurrences_that_do_not_overlap(void **state) {
    (void)state;
    struct fixture f = {.rules =
                            HEAD RULE("count", "T-1") "  terms: $a = any(\"na*\", \"nana\") fold\n"
                                                      "  match: #$a >= 3\n}\n" //
                        RULE("none", "T-2") "  terms: $a = any(\"na*\") fold\n"
                                            "  match: #$a == 0\n}\n" //
                        RULE("two", "T-3") "  terms: $a = any(\"one\") fold\n"
                                           "         $b = any(\"two\") fold\n"
                                           "         $c = any(\"three\") fold\n"
                                           "  match: 2 of them\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "count", "na nana na"));
    assert_false(fixture_matches(&f, "count", "nana nana"));
    assert_true(fixture_matches(&f, "none", "other"));
    assert_false(fixture_matches(&f, "none", "nah"));
    assert_false(fixture_matches(&f, "two", "one one"));
    assert_true(fixture_matches(&f, "two", "three one"));
    fixture_free(&f);
}

static void rules_use_rules_and_private_ones_are_no_hits(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD "private rule base {\n  terms: $a = any(\"alpha\") fold\n"
                                      "  match: $a\n}\n" //
                        RULE("user", "T-1") "  terms: $b = any(\"beta\") fold\n"
                                            "  match: base and $b\n}\n" //
                        RULE("negated", "T-2") "  terms: $b = any(\"gamma\") fold\n"
                                               "  match: not base and $b\n}\n"};
    fixture_load(&f);
    const struct judgement *judgement = fixture_judge(&f, "alpha beta");
    assert_int_equal(judgement->hit_count, 1);
    assert_int_equal(judgement->span_count, 2);
    assert_string_equal("base", "base");
    assert_true(str_is(judgement->spans[0].rule->name, "base"));
    assert_true(fixture_matches(&f, "negated", "gamma"));
    assert_false(fixture_matches(&f, "negated", "gamma alpha"));
    fixture_free(&f);
}

static void bytes_that_are_not_utf8_hide_nothing(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD RULE("r", "T-1") "  terms: $a = /lea.ked/\n"
                                                       "  match: $a\n}\n" //
                        RULE("raw", "T-2") "  terms: $a = any(\"hacked\")\n  match: $a\n}\n"};
    fixture_load(&f);
    const struct judgement *judgement =
        fixture_judge(&f, "\xff\xc3 lea\xffked \x80 hacked \xe2\x82");
    assert_int_equal(judgement->hit_count, 2);
    assert_int_equal(judgement->spans[0].start, 3);
    assert_int_equal(judgement->spans[0].end, 10);
    assert_int_equal(judgement->spans[1].start, 13);
    fixture_free(&f);
}

static void a_match_limit_counts_as_absent_and_is_told(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD RULE("r", "T-1") "  terms: $a = /(x+x+)+[0-9]/ ungated\n"
                                                       "  match: $a\n}\n"};
    fixture_load(&f);
    const struct judgement *judgement =
        fixture_judge(&f, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    assert_int_equal(judgement->hit_count, 0);
    assert_true(judgement->limit_acted);
    judgement = fixture_judge(&f, "xxx7");
    assert_int_equal(judgement->hit_count, 1);
    assert_false(judgement->limit_acted);
    fixture_free(&f);
}

static void the_score_is_the_logistic_of_prior_and_capped_weights(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD
        "prior -2\nthreshold 0.6\n" //
        "rule one {\n  meta: id = \"T-1\" severity = low incident = data_leak stance = relay\n"
        "  terms: $a = any(\"alpha\") fold\n  match: $a\n"
        "  outcome: weight 2 group \"g\" cap 3\n}\n" //
        "rule two {\n  meta: id = \"T-2\" severity = low incident = extortion\n"
        "  terms: $a = any(\"beta\") fold\n  match: $a\n"
        "  outcome: weight 2.5 group \"g\" cap 3\n}\n" //
        "rule three {\n  meta: id = \"T-3\" severity = low stance = denial\n"
        "  terms: $a = any(\"gamma\") fold\n  match: $a\n  outcome: weight -1\n}\n" //
        "rule four {\n  meta: id = \"T-4\" severity = low\n"
        "  terms: $a = any(\"delta\") fold\n  match: $a\n"
        "  outcome: weight -5 group \"g\" cap 3\n}\n"};
    fixture_load(&f);
    const struct judgement *judgement = fixture_judge(&f, "nothing");
    assert_true(judgement->score == 0.0);
    assert_false(judgement->flag);
    judgement = fixture_judge(&f, "alpha");
    assert_float_equal(judgement->score, 0.5, 1e-12);
    assert_false(judgement->flag);
    judgement = fixture_judge(&f, "alpha beta");
    assert_float_equal(judgement->score, 0.7310585786300049, 1e-12);
    assert_true(judgement->flag);
    assert_float_equal(judgement->hits[0].weight, 0.5, 1e-12);
    assert_float_equal(judgement->hits[1].weight, 2.5, 1e-12);
    assert_true(str_is(judgement->incident, "extortion"));
    assert_true(str_is(judgement->stance, "relay"));
    judgement = fixture_judge(&f, "gamma");
    assert_true(str_is(judgement->incident, "none"));
    assert_true(str_is(judgement->stance, "denial"));
    judgement = fixture_judge(&f, "alpha beta delta");
    assert_float_equal(judgement->score, 0.11920292202211755, 1e-12); /* -2 + 3 - 3 */
    fixture_free(&f);
}

/* A rule of one stance that finds one word. */
#define STANCE_RULE(id, stance, incident, word, weight)                                            \
    "rule r" id " {\n  meta: id = \"T-" id "\" severity = low incident = " incident                \
    " stance = " stance "\n  terms: $a = any(\"" word "\") fold\n  match: $a\n"                    \
    "  outcome: weight " weight "\n}\n"

static void the_stance_follows_the_flag(void **state) {
    (void)state;
    struct fixture f = {.rules = HEAD "prior -1\n" //
                        STANCE_RULE("1", "relay", "data_leak", "leak", "2.5")
                            STANCE_RULE("2", "sourced_report", "none", "police", "-1.6")
                                STANCE_RULE("3", "sourced_report", "none", "court", "-1.5")
                                    STANCE_RULE("4", "denial", "none", "untrue", "-2") STANCE_RULE(
                                        "5", "general", "none", "advice", "-4")
                                        STANCE_RULE("6", "self_claim", "intrusion", "we", "2")
                                            STANCE_RULE("7", "relay", "ddos_outage", "down", "1")};
    static const struct {
        const char *text;
        const char *stance;
        const char *incident;
    } cases[] = {
        {"leak", "relay", "data_leak"},
        {"we", "self_claim", "intrusion"},
        /* An intrusion is what is left when nothing more is said, however strong the rule. */
        {"we down", "self_claim", "ddos_outage"},
        {"leak we down", "relay", "data_leak"},
        /* Flagged: what speaks against it does not name the stance. */
        {"leak we untrue", "relay", "data_leak"},
        /* Not flagged: the stance with the most weight against, whatever speaks for a claim. */
        {"leak police", "sourced_report", "data_leak"},
        {"leak untrue police", "denial", "data_leak"},
        {"leak untrue police court", "sourced_report", "data_leak"},
        {"leak untrue advice", "general", "none"},
        {"untrue", "denial", "none"},
    };
    fixture_load(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct judgement *judgement = fixture_judge(&f, cases[i].text);
        if (!str_is(judgement->stance, cases[i].stance) ||
            !str_is(judgement->incident, cases[i].incident)) {
            fail_msg("%s: %.*s, %.*s", cases[i].text, (int)judgement->stance.len,
                     judgement->stance.ptr, (int)judgement->incident.len, judgement->incident.ptr);
        }
    }
    fixture_free(&f);
}

static void extracts_take_the_named_group_of_the_strongest_hit(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD RULE("one", "T-1") "  terms: $n = /(?<size>\\d+) records/i\n"
                                         "  match: $n\n"
                                         "  outcome: weight 1 extract quantity = $n\n}\n" //
        RULE("two", "T-2") "  terms: $n = /(?<size>\\d+) records of (?<who>\\w+)/i fold\n"
                           "  match: $n\n"
                           "  outcome: weight 2\n"
                           "    extract quantity = $n.size, victim = $n.who\n}\n"};
    fixture_load(&f);
    const struct judgement *judgement = fixture_judge(&f, "See 400 Records here");
    assert_true(str_is(judgement->quantity, "400 Records"));
    assert_true(str_is(judgement->victim, ""));
    judgement = fixture_judge(&f, "See 400 Records of ＡＣＭＥ here");
    assert_true(str_is(judgement->quantity, "400"));
    assert_true(str_is(judgement->victim, "ＡＣＭＥ"));
    fixture_free(&f);
}

static void links_match_by_host_in_the_text_and_beside_it(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD "list @press = any(\"www.Example.org\", \"news.example.com\") as domain\n" //
        RULE("src", "T-1") "  terms: $src = url(@press)\n  match: $src\n}\n"                     //
        RULE("none", "T-2") "  terms: $src = url(@press)\n         $a = any(\"leak\") fold\n"
                            "  match: $a and #$src == 0\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "src", "see https://Example.org/a?b=c"));
    assert_true(fixture_matches(&f, "src", "see HTTP://www.example.org:80/x."));
    assert_true(fixture_matches(&f, "src", "see https://deep.news.example.com"));
    assert_false(fixture_matches(&f, "src", "see https://example.com/example.org"));
    assert_false(fixture_matches(&f, "src", "see https://badexample.org/"));
    assert_true(fixture_matches(&f, "none", "leak https://example.com"));
    assert_false(fixture_matches(&f, "none", "leak https://example.org"));
    const struct str beside[] = {STR("https://example.org/long")};
    f.post = (struct post){.text = STR("leak, see below"), .lang = STR("en")};
    f.post.urls = (struct str_list){beside, 1};
    const struct judgement *judgement = fixture_judge_post(&f);
    assert_int_equal(judgement->hit_count, 1);
    assert_true(str_is(judgement->hits[0].rule->name, "src"));
    assert_int_equal(judgement->span_count, 0); /* it has no place in the text */
    fixture_free(&f);
}

static void shadow_rules_weigh_nothing_and_deprecated_ones_do_not_run(void **state) {
    (void)state;
    struct fixture f = {
        .rules = HEAD "rule dark {\n  meta: id = \"T-1\" severity = low status = shadow\n"
                      "  terms: $a = any(\"alpha\") fold\n  match: $a\n  outcome: weight 2\n}\n" //
                      "rule old {\n  meta: id = \"T-2\" severity = low status = deprecated\n"
                      "  terms: $a = any(\"alpha\") fold\n  match: $a\n  outcome: weight 2\n}\n"};
    fixture_load(&f);
    const struct judgement *judgement = fixture_judge(&f, "alpha");
    assert_int_equal(judgement->hit_count, 1);
    assert_true(judgement->hits[0].weight == 0.0);
    assert_float_equal(judgement->score, 0.5, 1e-12);
    fixture_free(&f);
}

static void words_are_found_in_letters_written_apart(void **state) {
    (void)state;
    struct fixture f = {.rules = "pack p version 1.0.0\n"
                                 "rule word {\n meta: id = \"T-1\" severity = low\n"
                                 " terms: $a = any(\"leaked\", \"we\") fold\n match: $a\n}\n"
                                 "rule apart {\n meta: id = \"T-2\" severity = low\n"
                                 " terms: $a = any(\"d a t a\") fold\n match: $a\n}\n"
                                 "rule raw {\n meta: id = \"T-3\" severity = low\n"
                                 " terms: $a = any(\"d a t a\")\n match: $a\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "word", "all l e a k e d now"));
    assert_int_equal(f.judgement.spans[0].start, 4);
    assert_int_equal(f.judgement.spans[0].end, 15);
    /* Where words of a run end is not seen, and short ones are not looked for in it. */
    assert_true(fixture_matches(&f, "word", "i l e a k e d i t all"));
    assert_false(fixture_matches(&f, "word", "s w e e p"));
    assert_false(fixture_matches(&f, "word", "unleaked"));
    /* What is written apart in a rule is found where it is apart in the text. */
    assert_true(fixture_matches(&f, "apart", "D.a.t.a of all"));
    assert_false(fixture_matches(&f, "apart", "data of all"));
    assert_true(fixture_matches(&f, "raw", "d a t a of all"));
    assert_false(fixture_matches(&f, "raw", "D.a.t.a of all"));
    fixture_free(&f);
}

static void leetspeak_is_undone_where_asked(void **state) {
    (void)state;
    struct fixture f = {.rules = "pack p version 1.0.0\n"
                                 "rule word {\n meta: id = \"T-1\" severity = low\n"
                                 " terms: $a = any(\"leak*\", \"files\") fold leet\n match: $a\n}\n"
                                 "rule pattern {\n meta: id = \"T-2\" severity = low\n"
                                 " terms: $a = /\\bhack(ed|ers)\\b/ fold leet\n match: $a\n}\n"
                                 "rule plain {\n meta: id = \"T-3\" severity = low\n"
                                 " terms: $a = any(\"leak*\") fold\n match: $a\n}\n"};
    fixture_load(&f);
    assert_true(fixture_matches(&f, "word", "all L34K3D now"));
    assert_int_equal(f.judgement.spans[0].start, 4);
    assert_int_equal(f.judgement.spans[0].end, 10);
    assert_false(fixture_matches(&f, "plain", "all L34K3D now"));
    assert_true(fixture_matches(&f, "word", "f1les"));
    assert_true(fixture_matches(&f, "word", "\xef\xbd\x86\xef\xbc\x91les 1eaked"));
    assert_int_equal(f.judgement.span_count, 2);
    assert_int_equal(f.judgement.spans[0].end, 9);
    assert_true(fixture_matches(&f, "word", "leaked user@leaks"));
    assert_int_equal(f.judgement.span_count, 4); /* two of them of the rule plain */
    assert_true(fixture_matches(&f, "pattern", "site h@ck3d by h4ckers"));
    assert_int_equal(f.judgement.span_count, 2);
    assert_false(fixture_matches(&f, "pattern", "h@ck3dd"));
    fixture_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_in_letters_written_apart),
        cmocka_unit_test(leetspeak_is_undone_where_asked),
        cmocka_unit_test(literals_match_whole_words_unless_starred),
        cmocka_unit_test(starred_literals_span_the_whole_word),
        cmocka_unit_test(blanks_of_folded_literals_match_any_run_of_white_space),
        cmocka_unit_test(folded_terms_see_through_disguise_and_raw_terms_do_not),
        cmocka_unit_test(an_accent_that_follows_hides_no_raw_hit_from_the_prefilter),
        cmocka_unit_test(near_counts_the_words_between_in_either_order),
        cmocka_unit_test(within_wants_all_operands_in_one_sentence_or_line),
        cmocka_unit_test(a_negation_takes_away_only_what_it_stands_before),
        cmocka_unit_test(counts_and_sets_count_occurrences_that_do_not_overlap),
        cmocka_unit_test(rules_use_rules_and_private_ones_are_no_hits),
        cmocka_unit_test(bytes_that_are_not_utf8_hide_nothing),
        cmocka_unit_test(a_match_limit_counts_as_absent_and_is_told),
        cmocka_unit_test(the_score_is_the_logistic_of_prior_and_capped_weights),
        cmocka_unit_test(the_stance_follows_the_flag),
        cmocka_unit_test(extracts_take_the_named_group_of_the_strongest_hit),
        cmocka_unit_test(links_match_by_host_in_the_text_and_beside_it),
        cmocka_unit_test(shadow_rules_weigh_nothing_and_deprecated_ones_do_not_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
