/* Learned weights: what they add up to, which files are refused, and that a text term sees no
 * unknown names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rule/pack.h"
#include "rule/weights.h"

#define HASH "\"pack_hash\": \"00000000000000000000000000000000\", "
#define HEAD                                                                                       \
    "{\"schema\": \"hearsay.weights/1\", \"pack\": \"demo\", " HASH                                \
    "\"data_hash\": \"00000000000000000000000000000000\", "
#define WEIGHTS                                                                                    \
    HEAD "\"intercept\": -1, \"scale\": 0.5, \"alone\": -0.25, \"rules\": {\"T-1\": 0.75}, "       \
         "\"text\": {\"unit\": 0.01, \"phrases\": {\"we have\": 100, \"have\": 50, \"them\": 0, "  \
         "\"<name> say\": -40}, \"names\": [\"norway\", \"peru\"]}}"

static const char pack_text[] =
    "pack demo version 1.0.0\nprior -3\n"
    "rule strong {\n meta: id = \"T-1\"\n terms: $a = any(\"leaked\") fold\n match: $a\n"
    " outcome: weight 4\n}\n"
    "rule topic {\n meta: id = \"T-2\"\n terms: $a = any(\"data\") fold\n match: $a\n"
    " outcome: weight 0\n}\n";

struct judge {
    const char *weights;
    char codes[64]; /* of the diagnostics */
    struct hearsay_rules *rules;
    struct matcher *matcher;
    struct folder folder;
    struct judgement judgement;
};

static enum hearsay_status read_file(void *context, const char *path, char **bytes, size_t *len) {
    const struct judge *judge = context;
    const char *text = strcmp(path, "weights.json") == 0 ? judge->weights : pack_text;
    *bytes = strdup(text);
    *len = strlen(text);
    return *bytes ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static void note_code(void *context, const struct hearsay_problem *problem) {
    strncat(((struct judge *)context)->codes, problem->code.ptr, problem->code.len);
}

static enum hearsay_status load(struct judge *judge, const char *weights) {
    static const char *const files[] = {"pack.rules"};
    *judge = (struct judge){.weights = weights};
    struct hearsay_rules_options options = {.files = files,
                                            .file_count = 1,
                                            .weights = weights ? "weights.json" : NULL,
                                            .read_file = read_file,
                                            .problem = note_code,
                                            .context = judge};
    enum hearsay_status status = hearsay_rules_load(&options, &judge->rules, NULL);
    if (status == HEARSAY_OK) {
        judge->matcher = matcher_new(judge->rules);
        assert_non_null(judge->matcher);
    }
    return status;
}

static double score(struct judge *judge, const char *text) {
    struct folded folded;
    struct post post = {.text = str_from_c(text)};
    assert_true(fold_text(&judge->folder, post.text, &folded));
    assert_int_equal(matcher_post(judge->matcher, &post, &folded, &judge->judgement), HEARSAY_OK);
    return judge->judgement.score;
}

static void drop(struct judge *judge) {
    matcher_free(judge->matcher);
    folder_free(&judge->folder);
    hearsay_rules_free(judge->rules);
}

static void assert_log_odds(struct judge *judge, const char *text, double expected) {
    double found = score(judge, text);
    assert_true(fabs(log(found / (1 - found)) - expected) < 1e-9);
}

static void weights_add_up_as_documented(void **state) {
    (void)state;
    struct judge judge;
    assert_int_equal(load(&judge, NULL), HEARSAY_OK);
    assert_log_odds(&judge, "leaked", -3 + 4);
    drop(&judge);
    assert_int_equal(load(&judge, WEIGHTS), HEARSAY_OK);
    assert_log_odds(&judge, "leaked", -1 + 0.5 * 4.75);
    /* Three known phrases, one of them of weight 0. */
    assert_log_odds(&judge, "we have them leaked", -1 + 0.5 * 4.75 + 1.5 / sqrt(3));
    assert_true(fabs(judge.judgement.wording.weight - 1.5 / sqrt(3)) < 1e-12);
    assert_int_equal(judge.judgement.wording.count, 2);
    drop(&judge);
}

static void text_alone_is_a_finding_from_a_score_on(void **state) {
    (void)state;
    struct judge judge;
    assert_int_equal(load(&judge, WEIGHTS), HEARSAY_OK);
    assert_log_odds(&judge, "we have data", -1 - 0.25 + 1.5 / sqrt(2));
    assert_true(score(&judge, "we have nothing") == 0);
    drop(&judge);
    assert_int_equal(load(&judge, HEAD "\"intercept\": -3, \"scale\": 1, \"alone\": -1, "
                                       "\"rules\": {}}"),
                     HEARSAY_OK);
    assert_true(score(&judge, "some data") == 0);
    assert_true(score(&judge, "leaked data") > 0.5);
    drop(&judge);
}

static void unknown_and_listed_names_move_nothing(void **state) {
    (void)state;
    struct judge judge;
    assert_int_equal(load(&judge, WEIGHTS), HEARSAY_OK);
    double first = score(&judge, "we have leaked data of Orvath Bank, Norway say");
    assert_true(first == score(&judge, "we have leaked data of Lumen and Sons, Peru say"));
    assert_true(first != score(&judge, "they leaked data of Orvath Bank, Norway say"));
    drop(&judge);
}

static void weights_of_another_state_warn(void **state) {
    (void)state;
    struct judge judge;
    assert_int_equal(load(&judge, WEIGHTS), HEARSAY_OK);
    assert_non_null(strstr(judge.codes, "W209"));
    drop(&judge);
}

static void other_files_are_refused(void **state) {
    (void)state;
    static const char *const files[] = {
        "",
        "{",
        "[]",
        "{\"schema\": \"hearsay.weights/2\"}",
        "{\"schema\": \"hearsay.weights/1\", \"pack\": \"other\", " HASH "\"intercept\": 0}",
        HEAD "\"intercept\": 0, \"scale\": 1, \"alone\": 0}",
        HEAD "\"intercept\": 1e9, \"scale\": 1, \"alone\": 0, \"rules\": {}}",
        HEAD "\"intercept\": 0, \"scale\": 1, \"alone\": 0, \"rules\": {\"T-1\": \"x\"}}",
        HEAD "\"intercept\": 0, \"scale\": 1, \"alone\": 0, \"rules\": {}, \"text\": {}}",
        HEAD "\"intercept\": 0, \"scale\": 1, \"alone\": 0, \"rules\": {}, \"text\": {\"unit\": 1, "
             "\"phrases\": {\"a\": 40000}}}",
        HEAD "\"intercept\": 0, \"scale\": 1, \"alone\": 0, \"rules\": {}, \"text\": {\"unit\": 1, "
             "\"phrases\": {\"a\": 1}, \"names\": [1]}}",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct judge judge;
        assert_int_equal(load(&judge, files[i]), HEARSAY_BAD_RULES);
        assert_null(judge.rules);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_add_up_as_documented),
        cmocka_unit_test(text_alone_is_a_finding_from_a_score_on),
        cmocka_unit_test(unknown_and_listed_names_move_nothing),
        cmocka_unit_test(weights_of_another_state_warn),
        cmocka_unit_test(other_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
