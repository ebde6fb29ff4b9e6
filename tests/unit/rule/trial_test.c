/* Packs tried on past posts: what is gained and lost, that order changes nothing, that a text
 * cannot leave its code span, and which rules overlap. */
#include "fixture.h"

#include "base/buffer.h"

#define HEAD "pack demo version 1.0.0 requires hearsay >= 0.1\nprior 0\n"
#define RULE(name, id, literal, weight)                                                            \
    "rule " name " {\n  meta: id = \"" id "\" severity = low\n  terms: $a = \"" literal            \
    "\" fold\n  match: $a\n  outcome: weight " weight "\n}\n"

static void append(void *context, const char *text, size_t len) {
    buffer_append(context, text, len);
}

static const char *const posts[] = {
    "{\"id\":\"1\",\"account\":\"a\",\"text\":\"alpha one\"}",
    "{\"id\":\"2\",\"account\":\"b\",\"text\":\"beta two\"}",
    "{\"id\":\"3\",\"account\":\"c\",\"text\":\"alpha beta `` three\"}",
    "{\"id\":\"4\",\"account\":\"d\",\"text\":\"beta two\"}",
    "{\"id\":\"5\",\"account\":\"e\",\"text\":\"gamma\"}",
    "{\"id\":\"6\",\"account\":\"f\",\"text\":\"alpha beta six\"}",
    "{\"id\":\"7\",\"account\":\"g\",\"text\":\"alpha beta seven\"}",
};
enum { POST_COUNT = sizeof posts / sizeof posts[0] };

/* The report over the posts, in the order i * step modulo their number, as one or several inputs.
 */
static void report(struct fixture *old_pack, struct fixture *new_pack, enum hearsay_trial_form form,
                   const char *labels, size_t step, bool is_split, struct buffer *out) {
    struct hearsay_failure failure = {0};
    struct hearsay_trial *trial = NULL;
    struct hearsay_trial_options options = {
        .rules = new_pack->pack, .old_rules = old_pack ? old_pack->pack : NULL, .format = "ndjson"};
    assert_int_equal(hearsay_trial_open(&options, &trial, &failure), HEARSAY_OK);
    if (labels) {
        assert_int_equal(hearsay_trial_labels(trial, labels, strlen(labels), &failure), HEARSAY_OK);
    }
    assert_int_equal(hearsay_trial_input_begin(trial, "a", &failure), HEARSAY_OK);
    for (size_t i = 0; i < POST_COUNT; i++) {
        const char *post = posts[i * step % POST_COUNT];
        if (is_split && i == 3) {
            assert_int_equal(hearsay_trial_input_end(trial, &failure), HEARSAY_OK);
            assert_int_equal(hearsay_trial_input_begin(trial, "b", &failure), HEARSAY_OK);
        }
        assert_int_equal(hearsay_trial_feed(trial, post, strlen(post), &failure), HEARSAY_OK);
        assert_int_equal(hearsay_trial_feed(trial, "\n", 1, &failure), HEARSAY_OK);
    }
    assert_int_equal(hearsay_trial_input_end(trial, &failure), HEARSAY_OK);
    buffer_clear(out);
    assert_int_equal(hearsay_trial_report(trial, form, append, out, &failure), HEARSAY_OK);
    assert_true(buffer_append_byte(out, '\0'));
    hearsay_trial_close(trial);
}

static void has(const struct buffer *out, const char *part) {
    if (!strstr(out->ptr, part)) {
        fail_msg("`%s` is not in:\n%s", part, out->ptr);
    }
}

static void lacks(const struct buffer *out, const char *part) {
    if (strstr(out->ptr, part)) {
        fail_msg("`%s` is in:\n%s", part, out->ptr);
    }
}

static void load_pair(struct fixture *a, struct fixture *b) {
    *a = (struct fixture){.rules = HEAD RULE("first", "T-1", "alpha", "1")
                              RULE("gone", "T-2", "gamma", "-1")};
    *b = (struct fixture){.rules = HEAD RULE("first", "T-1", "beta", "1")};
    fixture_load(a);
    fixture_load(b);
}

static void gains_and_losses_are_counted_and_copies_once(void **state) {
    (void)state;
    struct fixture a, b;
    struct buffer out = {0};
    load_pair(&a, &b);
    report(&a, &b, HEARSAY_DIFF_TEXT, NULL, 1, false, &out);
    has(&out, "on 7 posts");
    has(&out, "T-1 first: 4 -> 5 hits, 2 gained, 1 lost");
    has(&out, "T-2 gone (removed): 1 -> 0 hits, 0 gained, 1 lost");
    has(&out, "Flag: 2 posts gained, 1 lost; distinct texts: 1 gained, 1 lost");
    has(&out, "p = 1.");
    lacks(&out, "precision");
    buffer_free(&out);
    fixture_free(&a);
    fixture_free(&b);
}

static void labels_give_precision_and_recall_of_both(void **state) {
    (void)state;
    struct fixture a, b;
    struct buffer out = {0};
    load_pair(&a, &b);
    report(&a, &b, HEARSAY_DIFF_TEXT,
           "{\"id\":\"1\",\"flag\":1}\n{\"id\":\"2\",\"flag\":0}\n{\"id\":\"3\",\"flag\":true}\n",
           1, false, &out);
    has(&out, "precision of the flag: 1 (2 of 2, ");
    has(&out, "-> 0.5 (1 of 2, ");
    has(&out, "0 texts now judged rightly that were not, 2 the other way; p = 0.5");
    buffer_free(&out);
    fixture_free(&a);
    fixture_free(&b);
}

static void the_order_and_the_split_of_posts_change_nothing(void **state) {
    (void)state;
    struct fixture a, b;
    struct buffer first = {0};
    struct buffer other = {0};
    load_pair(&a, &b);
    for (int form = HEARSAY_DIFF_TEXT; form <= HEARSAY_OVERLAP_JSON; form++) {
        bool is_diff = form <= HEARSAY_DIFF_MARKDOWN;
        report(is_diff ? &a : NULL, &b, form, NULL, 1, false, &first);
        for (size_t step = 2; step < POST_COUNT; step++) {
            report(is_diff ? &a : NULL, &b, form, NULL, step, step % 2, &other);
            assert_string_equal(first.ptr, other.ptr);
        }
    }
    buffer_free(&first);
    buffer_free(&other);
    fixture_free(&a);
    fixture_free(&b);
}

#define TIMED(id, account, time, text)                                                             \
    "{\"platform\":\"x\",\"id\":\"" id "\",\"account\":\"" account                                 \
    "\",\"created_at\":\"2024-05-01T10:" time "Z\","                                               \
    "\"text\":\"" text "\"}\n"
#define WINDOW(least)                                                                              \
    "rule many { meta: id = \"T-1\" terms: $a = \"alpha\" match: $a over 1m by platform: "         \
    "distinct(account) >= " least " outcome: weight 3 label account \"seen\" for 1h "              \
    "tests: fires \"alpha\" }\n"                                                                   \
    "rule again { meta: id = \"T-2\" where: account.label == seen terms: $b = \"beta\" match: $b " \
    "outcome: weight 1 tests: fires \"beta\" }\n"

/* Out of order, with a copy of the third post: the window of two opens at post 2, of three at 3. */
static void windows_and_labels_are_compared_in_the_order_of_time(void **state) {
    (void)state;
    static const char timed[] =
        TIMED("3", "c", "00:30", "alpha und") TIMED("1", "a", "00:10", "alpha und")
            TIMED("5", "b", "20:00", "beta von b") TIMED("4", "c", "10:00", "beta von c")
                TIMED("2", "b", "00:20", "alpha zwei") TIMED("3", "c", "00:30", "alpha und");
    struct fixture a = {.rules = HEAD WINDOW("2")};
    struct fixture b = {.rules = HEAD WINDOW("3")};
    struct buffer out = {0};
    struct hearsay_failure failure = {0};
    struct hearsay_trial *trial = NULL;
    fixture_load(&a);
    fixture_load(&b);
    struct hearsay_trial_options options = {
        .rules = b.pack, .old_rules = a.pack, .format = "ndjson"};
    assert_int_equal(hearsay_trial_open(&options, &trial, &failure), HEARSAY_OK);
    hearsay_trial_input_begin(trial, "a", &failure);
    assert_int_equal(hearsay_trial_feed(trial, timed, sizeof timed - 1, &failure), HEARSAY_OK);
    assert_int_equal(hearsay_trial_input_end(trial, &failure), HEARSAY_OK);
    for (int i = 0; i < 2; i++) { /* a second report says the same */
        buffer_clear(&out);
        assert_int_equal(hearsay_trial_report(trial, HEARSAY_DIFF_MARKDOWN, append, &out, &failure),
                         HEARSAY_OK);
        buffer_append_byte(&out, '\0');
        has(&out, "- gained ` alpha und `\n");
        has(&out, "- lost ` alpha zwei `\n");
        has(&out, "- gained ` beta von c `\n");
        has(&out, "- lost ` beta von b `\n");
    }
    assert_int_equal(hearsay_trial_input_begin(trial, "b", &failure), HEARSAY_BAD_ARGUMENT);
    hearsay_trial_close(trial);
    buffer_free(&out);
    fixture_free(&a);
    fixture_free(&b);
}

/* Feeds one post of 1,000 bytes after the other; returns how many were taken. */
static unsigned fed_until_full(const char *rules, uint64_t memory_bytes,
                               struct hearsay_failure *failure) {
    struct fixture f = {.rules = rules};
    struct hearsay_trial *trial = NULL;
    enum hearsay_status status = HEARSAY_OK;
    unsigned count = 0;
    fixture_load(&f);
    struct hearsay_trial_options options = {
        .rules = f.pack, .format = "ndjson", .memory_bytes = memory_bytes};
    assert_int_equal(hearsay_trial_open(&options, &trial, failure), HEARSAY_OK);
    for (; count < 300 && status == HEARSAY_OK; count++) {
        char post[1200];
        int len = snprintf(post, sizeof post,
                           "{\"id\":\"%u\",\"account\":\"a\",\"created_at\":"
                           "\"2024-05-01T10:00:00Z\",\"text\":\"alpha %0900u\"}\n",
                           count, count);
        assert_int_equal(hearsay_trial_input_begin(trial, "a", failure), HEARSAY_OK);
        status = hearsay_trial_feed(trial, post, (size_t)len, failure);
        status = status == HEARSAY_OK ? hearsay_trial_input_end(trial, failure) : status;
    }
    assert_true(status == HEARSAY_OK || status == HEARSAY_LIMIT);
    hearsay_trial_close(trial);
    fixture_free(&f);
    return count;
}

static void posts_that_wait_are_bounded(void **state) {
    (void)state;
    struct hearsay_failure failure = {0};
    unsigned count = fed_until_full(HEAD WINDOW("2"), 100000, &failure);
    assert_in_range(count, 50, 105);
    assert_int_equal(failure.status, HEARSAY_LIMIT);
    assert_non_null(strstr(failure.message, "more than 100000 bytes"));
    assert_int_equal(fed_until_full(HEAD WINDOW("2"), 0, &failure), 300);
    /* without windows and labels no post waits */
    assert_int_equal(fed_until_full(HEAD RULE("r", "T-1", "alpha", "1"), 1, &failure), 300);
}

static void a_text_cannot_leave_its_code_span(void **state) {
    (void)state;
    struct fixture a = {.rules = HEAD RULE("first", "T-1", "nothing", "1")
                            RULE("gone", "T-5", "nowhere", "1")};
    struct fixture b = {.rules = HEAD RULE("first", "T-1", "three", "1") RULE(
                            "new", "T-9", "nowhere", "1") RULE("newer", "T-7", "nowhere", "1")};
    struct buffer out = {0};
    fixture_load(&a);
    fixture_load(&b);
    report(&a, &b, HEARSAY_DIFF_MARKDOWN, NULL, 1, false, &out);
    has(&out, "- gained ``` alpha beta `` three ```\n");
    has(&out, "| T-1 first | 0 | 1 | 1 | 0 |");
    has(&out, "\nNew rules that hit nothing on these posts: 2, T-7 to T-9.\n");
    has(&out, "\nRules of the old pack alone that hit nothing on these posts: 1, T-5.\n");
    buffer_free(&out);
    fixture_free(&a);
    fixture_free(&b);
}

static void bad_labels_are_refused_with_their_line(void **state) {
    (void)state;
    static const char *const bad[] = {"{\"id\":\"1\",\"flag\":1}\n{\"id\":\"1\",\"flag\":0}\n",
                                      "\n{\"id\":\"1\"}\n", "\n[1]\n", "\nnonsense\n"};
    struct fixture f = {.rules = HEAD RULE("first", "T-1", "alpha", "1")};
    fixture_load(&f);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct hearsay_failure failure = {0};
        struct hearsay_trial *trial = NULL;
        struct hearsay_trial_options options = {.rules = f.pack, .old_rules = f.pack};
        assert_int_equal(hearsay_trial_open(&options, &trial, &failure), HEARSAY_OK);
        assert_int_equal(hearsay_trial_labels(trial, bad[i], strlen(bad[i]), &failure),
                         HEARSAY_BAD_INPUT);
        assert_int_equal(failure.line, 2);
        hearsay_trial_close(trial);
    }
    fixture_free(&f);
}

static void overlaps_are_named_with_their_counts(void **state) {
    (void)state;
    static char rules[2048];
    struct fixture f = {.rules = rules};
    struct buffer out = {0};
    struct hearsay_failure failure = {0};
    struct hearsay_trial *trial = NULL;
    snprintf(rules, sizeof rules, "%s",
             HEAD RULE("wide", "T-1", "alpha", "1") RULE("narrow", "T-2", "beta", "1")
                 RULE("twin", "T-3", "alpha*", "1") RULE("often", "T-4", "delta", "1")
                     RULE("selects", "T-5", "gamma", "0"));
    fixture_load(&f);
    struct hearsay_trial_options options = {.rules = f.pack, .format = "ndjson"};
    assert_int_equal(hearsay_trial_open(&options, &trial, &failure), HEARSAY_OK);
    hearsay_trial_input_begin(trial, "a", &failure);
    for (int i = 0; i < 20; i++) {
        char post[200];
        int len = snprintf(post, sizeof post, "{\"id\":\"%d\",\"text\":\"%s%s%s%s %d\"}\n", i,
                           i < 15 ? "alpha " : "", i < 9 ? "gamma " : "", i < 6 ? "beta " : "",
                           i >= 5 && i < 16 ? "delta" : "", i);
        assert_int_equal(hearsay_trial_feed(trial, post, (size_t)len, &failure), HEARSAY_OK);
    }
    assert_int_equal(hearsay_trial_input_end(trial, &failure), HEARSAY_OK);
    hearsay_trial_report(trial, HEARSAY_OVERLAP_TEXT, append, &out, &failure);
    buffer_append_byte(&out, '\0');
    has(&out, "T-1 wide hits the same posts as T-3 twin: 15 and 15 hits, 15 common");
    has(&out, "T-2 narrow hits only posts of T-1 wide: 6 and 15 hits, 6 common");
    has(&out, "T-4 often often adds to T-1 wide: 11 and 15 hits, 10 common, Jaccard 0.625");
    lacks(&out, "T-2 narrow often");
    lacks(&out, "T-5");
    has(&out, "Not listed: 3 pairs");
    assert_int_equal(hearsay_trial_report(trial, HEARSAY_DIFF_TEXT, append, &out, &failure),
                     HEARSAY_BAD_ARGUMENT);
    hearsay_trial_close(trial);
    buffer_free(&out);
    fixture_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gains_and_losses_are_counted_and_copies_once),
        cmocka_unit_test(labels_give_precision_and_recall_of_both),
        cmocka_unit_test(the_order_and_the_split_of_posts_change_nothing),
        cmocka_unit_test(windows_and_labels_are_compared_in_the_order_of_time),
        cmocka_unit_test(posts_that_wait_are_bounded),
        cmocka_unit_test(a_text_cannot_leave_its_code_span),
        cmocka_unit_test(bad_labels_are_refused_with_their_line),
        cmocka_unit_test(overlaps_are_named_with_their_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
