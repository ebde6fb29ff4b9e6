/* The shipped pack rules/breach-claims: its own tests, what every rule must state, symmetry between
 * names, and its measure on the labelled posts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "rule/pack.h"
#include "text/fold.h"

#define PACK_FOLDER HEARSAY_SOURCE_DIR "/rules/breach-claims"

struct judge {
    struct hearsay_rules *rules;
    struct matcher *matcher;
    struct folder folder;
};

static enum hearsay_status read_file(void *context, const char *path, char **bytes, size_t *len) {
    (void)context;
    FILE *file = fopen(path, "rb");
    if (!file) {
        return HEARSAY_IO;
    }
    size_t capacity = 1 << 20;
    *bytes = malloc(capacity);
    *len = *bytes ? fread(*bytes, 1, capacity, file) : 0;
    bool is_whole = *bytes && *len < capacity && !ferror(file);
    fclose(file);
    if (!is_whole) {
        free(*bytes);
        return HEARSAY_IO;
    }
    return HEARSAY_OK;
}

static void print_text(void *context, const char *text, size_t len) {
    (void)context;
    fwrite(text, 1, len, stderr);
}

static void print_failed(void *context, const struct hearsay_test_outcome *outcome) {
    if (outcome->verdict == HEARSAY_FAILED) {
        print_text(context, outcome->report.ptr, outcome->report.len);
    }
}

static int load(void **state) {
    static struct judge judge;
    glob_t found;
    assert_int_equal(glob(PACK_FOLDER "/*.rules", 0, NULL, &found), 0);
    struct hearsay_rules_options options = {.files = (const char *const *)found.gl_pathv,
                                            .file_count = found.gl_pathc,
                                            .weights = PACK_FOLDER "/weights.json",
                                            .read_file = read_file,
                                            .diagnostic = print_text,
                                            .errors_only = true};
    struct hearsay_failure failure = {0};
    assert_int_equal(hearsay_rules_load(&options, &judge.rules, &failure), HEARSAY_OK);
    globfree(&found);
    judge.matcher = matcher_new(judge.rules);
    assert_non_null(judge.matcher);
    *state = &judge;
    return 0;
}

static int unload(void **state) {
    struct judge *judge = *state;
    matcher_free(judge->matcher);
    folder_free(&judge->folder);
    hearsay_rules_free(judge->rules);
    return 0;
}

static struct judgement judge_text(struct judge *judge, struct str text, struct str lang) {
    struct post post = {.text = text, .lang = lang};
    struct folded folded;
    struct judgement judgement;
    assert_true(fold_text(&judge->folder, text, &folded));
    assert_int_equal(matcher_post(judge->matcher, &post, &folded, &judgement), HEARSAY_OK);
    return judgement;
}

static double score_reference(struct judge *judge, struct str text, struct str lang) {
    struct post post = {.text = text, .lang = lang};
    struct folded folded;
    struct judgement judgement;
    assert_true(fold_text(&judge->folder, text, &folded));
    assert_int_equal(matcher_post_reference(judge->matcher, &post, &folded, &judgement),
                     HEARSAY_OK);
    return judgement.score;
}

static void the_tests_in_the_pack_pass(void **state) {
    struct judge *judge = *state;
    struct hearsay_rules_test_result result = {0};
    struct hearsay_rules_test_options options = {.report = print_failed};
    struct hearsay_failure failure = {0};
    assert_int_equal(hearsay_rules_test(judge->rules, &options, &result, &failure), HEARSAY_OK);
    assert_int_equal(result.failed, 0);
    assert_true(result.passed >= 2 * hearsay_rules_count(judge->rules));
}

static void every_rule_has_a_note_and_tests_of_both_kinds(void **state) {
    struct judge *judge = *state;
    const struct ast *ast = pack_ast(judge->rules);
    for (uint32_t i = 0; i < ast->rule_count; i++) {
        const struct rule *rule = &ast->rules[i];
        bool fires = false;
        bool is_silent = false;
        for (uint32_t k = 0; k < rule->test_count; k++) {
            fires = fires || rule->tests[k].kind == TEST_FIRES;
            is_silent = is_silent || rule->tests[k].kind == TEST_SILENT;
        }
        if (!fires || !is_silent || rule->meta.note.len == 0) {
            fail_msg("%.*s lacks a note or a test", (int)rule->name.len, rule->name.ptr);
        }
    }
}

/* One %s is the name. Which state, party or organisation is named must not move the score. */
static const char *const templates[] = {
    "Hackers from %s stole customer data from a bank",
    "We hacked the ministry of transport of %s and took 40 GB of data",
    "The ministry of %s suffered a data breach, officials said",
    "BREAKING: website of the government of %s hacked",
    "Selling: database of voters of %s, 2M rows, escrow",
    "There was no breach, says %s",
    "How to protect yourself from hackers in %s",
    "DDoS attack on the parliament of %s",
    "Хакеры взломали сайт министерства, пишут из страны %s",
    "Сегодня мы выложили базу министерства, %s, 90 ГБ",
    "%s政府网站被黑客入侵，会员资料外泄",
    "有人在论坛出售%s户籍资料",
    "Hackers de %s robaron la base de datos de un hospital",
    "Ciberataque contra %s, dicen que borraron los respaldos",
    "Hackers de %s vazaram os dados de um hospital",
    "Fuite de données chez %s, publiée sur un forum",
    "Des pirates de %s ont volé les dossiers d'une clinique",
    "Hacker aus %s haben die Datenbank einer Klinik gestohlen",
    "Die Website der Regierung von %s haben wir lahmgelegt, das bleibt so",
    "%s merkezli hackerlar bir kliniğin hasta kayıtlarını çaldı",
    "Hackers from %s break into a hospital and wipe its servers",
};
static const char *const names_latin[] = {"China", "Taiwan", "Russia", "Ukraine", "Israel", "Iran",
                                          "India", "France", "Brazil", "Japan",   "Norland"};
static const char *const names_cyrillic[] = {"Россия", "Украина", "Китай", "Франция", "Польша"};
static const char *const names_han[] = {"中国", "台湾", "美国", "日本", "法国", "印度"};

static void same_scores(struct judge *judge, const char *form, const char *const *names,
                        size_t count) {
    double first = 0;
    for (size_t i = 0; i < count; i++) {
        char text[512];
        const char *hole = strstr(form, "%s");
        snprintf(text, sizeof text, "%.*s%s%s", (int)(hole - form), form, names[i], hole + 2);
        struct judgement judgement = judge_text(judge, str_from_c(text), STR_EMPTY);
        first = i == 0 ? judgement.score : first;
        if (fabs(judgement.score - first) > 1e-12) {
            fail_msg("%s: score %g, with %s %g", text, judgement.score, names[0], first);
        }
    }
}

static void the_name_of_a_state_does_not_move_the_score(void **state) {
    struct judge *judge = *state;
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
        same_scores(judge, templates[i], names_latin, sizeof names_latin / sizeof *names_latin);
        same_scores(judge, templates[i], names_cyrillic,
                    sizeof names_cyrillic / sizeof *names_cyrillic);
        same_scores(judge, templates[i], names_han, sizeof names_han / sizeof *names_han);
    }
}

struct confusion {
    unsigned right;
    unsigned wrong;
    unsigned missed;
};

static void count_row(struct judge *judge, const char *line, size_t len,
                      struct confusion *confusion) {
    json_t *row = NULL;
    struct hearsay_failure failure = {0};
    assert_int_equal(json_parse((struct str){line, len}, STR("real.jsonl"), &row, &failure),
                     HEARSAY_OK);
    struct str text = json_member(row, "text");
    struct str lang = json_member(row, "lang");
    bool is_flagged = json_integer_value(json_object_get(row, "flag")) == 1;
    struct judgement judgement = judge_text(judge, text, lang);
    bool flag = judgement.flag;
    double score = judgement.score;
    confusion->right += flag && is_flagged;
    confusion->wrong += flag && !is_flagged;
    confusion->missed += !flag && is_flagged;
    assert_true(fabs(score - score_reference(judge, text, lang)) < 1e-12);
    json_decref(row);
}

static void labelled_posts_are_judged_with_f1_over_0_80(void **state) {
    struct judge *judge = *state;
    const char *corpora = getenv("HEARSAY_CORPORA");
    char path[1024];
    snprintf(path, sizeof path, "%s/claims/real.jsonl",
             corpora ? corpora : HEARSAY_SOURCE_DIR "/../shared/corpora");
    FILE *file = fopen(path, "r");
    if (!file) {
        print_message("no labelled posts: HEARSAY_CORPORA is not there\n");
        skip();
    }
    struct confusion confusion = {0};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    while ((len = getline(&line, &capacity, file)) > 0) {
        count_row(judge, line, (size_t)len, &confusion);
    }
    free(line);
    fclose(file);
    double f1 =
        2.0 * confusion.right / (2.0 * confusion.right + confusion.wrong + confusion.missed);
    print_message("right %u, wrong %u, missed %u, F1 %.3f\n", confusion.right, confusion.wrong,
                  confusion.missed, f1);
    assert_true(f1 >= 0.80);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tests_in_the_pack_pass),
        cmocka_unit_test(every_rule_has_a_note_and_tests_of_both_kinds),
        cmocka_unit_test(the_name_of_a_state_does_not_move_the_score),
        cmocka_unit_test(labelled_posts_are_judged_with_f1_over_0_80),
    };
    return cmocka_run_group_tests_name("breach-claims", tests, load, unload);
}
