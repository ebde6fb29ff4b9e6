/* Series tests: posts from a file under a rule with a window. */
#include "fixture.h"

#define RULE(tests)                                                                                \
    "pack p version 1.0.0\n"                                                                       \
    "rule r {\n"                                                                                   \
    "  meta: id = x\n"                                                                             \
    "  terms: $leak = \"leaked\"\n"                                                                \
    "  match: $leak\n"                                                                             \
    "  over 1m by similar(post.text, 0.8): distinct(account) >= 3\n"                               \
    "  outcome: weight 1\n"                                                                        \
    "  tests: " tests "\n"                                                                         \
    "}\n"

#define POST(id, account, time)                                                                    \
    "{\"id\":\"" id "\",\"account\":\"" account "\",\"created_at\":\"2024-05-01T10:" time "Z\","   \
    "\"text\":\"They leaked it\"}\n"

/* Not in the order of their times; the third account comes with the fourth post. */
static const char posts[] = POST("4", "c", "00:40") POST("1", "a", "00:00") POST("2", "b", "00:20")
    POST("3", "a", "00:30") POST("5", "d", "05:00");

struct told {
    unsigned passed;
    unsigned failed;
    char last[200];
};

static void note(void *context, const struct hearsay_test_outcome *outcome) {
    struct told *told = context;
    if (outcome->verdict == HEARSAY_FAILED) {
        snprintf(told->last, sizeof told->last, "%.*s", (int)outcome->message.len,
                 outcome->message.ptr);
    }
}

static struct told run(const char *rules, const char *file) {
    struct fixture fixture = {.rules = rules, .list = file};
    struct told told = {0};
    struct hearsay_failure failure = {0};
    struct hearsay_rules_test_result result = {0};
    struct hearsay_rules_test_options options = {.report = note, .context = &told};
    fixture_load(&fixture);
    assert_int_equal(hearsay_rules_test(fixture.pack, &options, &result, &failure), HEARSAY_OK);
    told.passed = (unsigned)result.passed;
    told.failed = (unsigned)result.failed;
    fixture_free(&fixture);
    return told;
}

static void a_series_takes_the_posts_own_times(void **state) {
    (void)state;
    struct told told = run(
        RULE("series \"three\" from \"a.ndjson\" { silent at 3; fires at 4; fires at 5 }"), posts);
    assert_int_equal(told.passed, 3);
    assert_int_equal(told.failed, 0);
}

static void a_wrong_point_says_where_the_rule_fires(void **state) {
    (void)state;
    struct told told = run(RULE("series \"three\" from \"a.ndjson\" { fires at 3 }"), posts);
    assert_int_equal(told.failed, 1);
    assert_string_equal(told.last, "after 3 posts it should have fired; it fires at post 4");
    told = run(RULE("series \"three\" from \"a.ndjson\" { silent at 6 }"), posts);
    assert_int_equal(told.failed, 1);
    assert_string_equal(told.last, "there are 5 posts only");
}

static void posts_that_cannot_be_read_fail_the_test(void **state) {
    (void)state;
    struct told told = run(RULE("series \"three\" from \"a.ndjson\" { silent at 1 }"),
                           POST("1", "a", "00:00") "{\"id\":\"2\",\"text\":\n");
    assert_int_equal(told.failed, 1);
    assert_string_equal(told.last, "the posts cannot be read: line 2 is rejected: bad_json");
}

static void a_todo_series_may_fail(void **state) {
    (void)state;
    struct told told = run(RULE("todo series \"three\" from \"a.ndjson\" { fires at 1 }"), posts);
    assert_int_equal(told.passed + told.failed, 0);
}

#define SAYS(id, account, time, text)                                                              \
    "{\"id\":\"" id "\",\"account\":\"" account "\",\"created_at\":\"2024-05-01T10:" time "Z\","   \
    "\"text\":\"" text "\"}\n"

/* The same text in other clothes: another last word, letter case, a link and a mention, a character
 * without width, a letter of another script; then a text of its own, and the third account. */
static void a_series_takes_near_duplicates_as_one_text(void **state) {
    (void)state;
    struct told told = run(
        RULE("series \"dressed up\" from \"a.ndjson\" { silent at 5; fires at 6 }"),
        SAYS("1", "a", "00:00", "They leaked it: every customer record of the shop, see here now")
            SAYS("2", "a", "00:01", "THEY LEAKED IT every customer record of the shop see here NOW")
                SAYS("3", "b", "00:02",
                     "@all They leaked it! Every customer record of the shop, see here today "
                     "https://a.example/1")
                    SAYS("4", "b", "00:03",
                         "They leaked it: every cus\\u200btomer rec\\u043erd of the shop, see here")
                        SAYS("5", "c", "00:04",
                             "Who leaked that? Nothing of the kind is known to us")
                            SAYS("6", "d", "00:05",
                                 "they leaked it - every customer record of the shops, see here"));
    assert_string_equal(told.last, "");
    assert_int_equal(told.passed, 2);
}

static void a_series_takes_near_duplicates_without_spaces(void **state) {
    (void)state;
    struct told told = run(
        RULE("series \"zh\" from \"a.ndjson\" { silent at 3; fires at 4 }"),
        SAYS("1", "a", "00:00", "leaked 某公司全部客户资料库已经被人公开到网上，请大家尽快下载保存")
            SAYS("2", "b", "00:01",
                 "leaked 某公司全部客户资料库已经被人公开到网上！请大家尽快下载保存吧")
                SAYS("3", "c", "00:02", "leaked 今天的天气很好，我们和孩子一起去公园散步拍照片")
                    SAYS("4", "d", "00:03",
                         "leaked 某公司全部客戶資料庫已經被人公開到網上請大家盡快下載保存"));
    assert_string_equal(told.last, "");
    assert_int_equal(told.passed, 2);
}

#define LABELLING(tests)                                                                           \
    "pack p version 1.0.0\n"                                                                       \
    "rule giver {\n"                                                                               \
    "  meta: id = y\n  match: true\n  over 1m by account: count >= 2\n"                            \
    "  outcome: weight 0 label account \"often\" for 10m\n  tests: fires \"any\"\n"                \
    "}\n"                                                                                          \
    "rule r {\n"                                                                                   \
    "  meta: id = x\n  where: not account.label == often\n  match: true\n  outcome: weight 1\n"    \
    "}\n"                                                                                          \
    "rule s {\n"                                                                                   \
    "  meta: id = z\n  where: account.label == often\n  match: true\n  outcome: weight 1\n"        \
    "  tests: " tests "\n"                                                                         \
    "}\n"

/* The third post is the account's second within a minute; the label serves from the fourth on, and
 * the fifth comes 10 minutes after the third. */
static void a_series_knows_labels_of_the_whole_pack(void **state) {
    (void)state;
    struct told told =
        run(LABELLING("series \"later\" from \"a.ndjson\" { silent at 3; fires at 4 }"),
            POST("1", "a", "00:00") POST("2", "b", "00:10") POST("3", "a", "00:20")
                POST("4", "a", "10:19") POST("5", "b", "10:20"));
    assert_string_equal(told.last, "");
    assert_int_equal(told.passed, 3);
    told = run(LABELLING("series \"late\" from \"a.ndjson\" { silent at 3 }"),
               POST("1", "a", "00:00") POST("3", "a", "00:20") POST("4", "a", "10:20"));
    assert_string_equal(told.last, "");
    assert_int_equal(told.passed, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_takes_the_posts_own_times),
        cmocka_unit_test(a_wrong_point_says_where_the_rule_fires),
        cmocka_unit_test(posts_that_cannot_be_read_fail_the_test),
        cmocka_unit_test(a_todo_series_may_fail),
        cmocka_unit_test(a_series_takes_near_duplicates_as_one_text),
        cmocka_unit_test(a_series_takes_near_duplicates_without_spaces),
        cmocka_unit_test(a_series_knows_labels_of_the_whole_pack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
