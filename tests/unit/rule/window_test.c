/* Windows against their definition: every measure is computed anew from all posts before. */
#include "fixture.h"

#include <math.h>

#include "rule/window.h"

#define PACK(over)                                                                                 \
    "pack p version 1.0.0\n"                                                                       \
    "rule r { meta: id = x match: true over " over " outcome: weight 1 }\n"
#define SECOND 1000000ll

struct bench {
    struct fixture fixture;
    struct windows *windows;
    const struct rule *rule;
};

static void bench_open(struct bench *bench, const char *rules) {
    *bench = (struct bench){.fixture = {.rules = rules}};
    fixture_load(&bench->fixture);
    bench->windows = windows_new(bench->fixture.pack);
    bench->rule = pack_rule(bench->fixture.pack, 0);
    assert_non_null(bench->windows);
    assert_true(pack_has_windows(bench->fixture.pack));
}

static void bench_close(struct bench *bench) {
    windows_free(bench->windows);
    fixture_free(&bench->fixture);
}

static bool enter(struct bench *bench, int64_t time_us, uint64_t key, uint64_t value) {
    struct digest digest = {key, key};
    uint64_t values[OVER_MEASURES_MOST] = {value, value % 2};
    struct window_post post = {.rule = bench->rule,
                               .time_us = time_us,
                               .keys = &digest,
                               .key_count = 1,
                               .values = values,
                               .present = 3};
    bool fires;
    assert_int_equal(windows_enter(bench->windows, &post, &fires), HEARSAY_OK);
    return fires;
}

/* ---- The definition ---- */

#define POSTS 4000

struct told {
    int64_t time_us;
    uint64_t key;
    uint64_t value;
    bool is_true;
};

static uint64_t next_random(uint64_t *seed) {
    *seed = *seed * 6364136223846793005ull + 1442695040888963407ull;
    return *seed >> 33;
}

/* count >= 4 and distinct >= 3 or share > 0.7, over the posts of (t - 60 s, t]. */
static bool defined_true(const struct told *told, size_t last, bool *was_empty) {
    size_t count = 0;
    size_t different = 0;
    size_t odd = 0;
    for (size_t i = 0; i <= last; i++) {
        if (told[i].key != told[last].key || told[i].time_us <= told[last].time_us - 60 * SECOND) {
            continue;
        }
        bool is_new = true;
        for (size_t k = 0; k < i && is_new; k++) {
            is_new = told[k].key != told[i].key || told[k].value != told[i].value ||
                     told[k].time_us <= told[last].time_us - 60 * SECOND;
        }
        count++;
        different += is_new;
        odd += told[i].value % 2;
    }
    *was_empty = count == 1;
    return (count >= 4 && different >= 3) || (double)odd / (double)count > 0.7;
}

static bool before_was_true(const struct told *told, size_t last) {
    for (size_t i = last; i > 0; i--) {
        if (told[i - 1].key == told[last].key) {
            return told[i - 1].is_true;
        }
    }
    return false;
}

static void rules_fire_where_the_definition_says(void **state) {
    (void)state;
    static struct told told[POSTS];
    struct bench bench;
    uint64_t seed = 7;
    int64_t time_us = 0;
    size_t fired = 0;
    bench_open(&bench, PACK("60s by account: count >= 4 and distinct(account) >= 3 or "
                            "share(post.is_reply) > 0.7"));
    for (size_t i = 0; i < POSTS; i++) {
        bool was_empty;
        time_us += (int64_t)(next_random(&seed) % 6) * SECOND;
        told[i] = (struct told){time_us, next_random(&seed) % 9, next_random(&seed) % 5, false};
        told[i].is_true = defined_true(told, i, &was_empty);
        bool expected = told[i].is_true && (was_empty || !before_was_true(told, i));
        fired += expected;
        assert_int_equal(enter(&bench, time_us, told[i].key, told[i].value), expected);
    }
    assert_true(fired > 50 && fired < POSTS / 2);
    assert_int_equal(windows_report(bench.windows).posts, POSTS);
    assert_int_equal(windows_report(bench.windows).fired, fired);
    bench_close(&bench);
}

/* ---- Single cases ---- */

static void a_window_ends_before_the_duration_is_full(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, PACK("60s by account: count >= 2"));
    assert_false(enter(&bench, 0, 1, 0));
    assert_false(enter(&bench, 60 * SECOND, 1, 0));
    assert_true(enter(&bench, 120 * SECOND - 1, 1, 0));
    bench_close(&bench);
}

static void a_rule_fires_again_once_its_window_ran_empty(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, PACK("60s by account: count >= 1"));
    assert_true(enter(&bench, 0, 1, 0));
    assert_false(enter(&bench, 59 * SECOND, 1, 0));
    assert_false(enter(&bench, 100 * SECOND, 1, 0));
    assert_true(enter(&bench, 160 * SECOND, 1, 0));
    bench_close(&bench);
}

static void all_posts_at_one_second_share_a_window(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, PACK("1s by account: count >= 100 and entropy(account) > 6"));
    for (uint64_t i = 0; i < 200; i++) {
        assert_int_equal(enter(&bench, SECOND, 1, i), i == 99);
    }
    bench_close(&bench);
}

static void the_oldest_key_is_forgotten_first(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, PACK("1h by account: count >= 2"));
    enter(&bench, 0, 0, 0);
    for (uint64_t key = 1; key < WINDOW_KEYS_MOST; key++) {
        enter(&bench, SECOND, key, 0);
    }
    assert_int_equal(windows_report(bench.windows).keys_evicted, 0);
    enter(&bench, 2 * SECOND, WINDOW_KEYS_MOST, 0);
    assert_int_equal(windows_report(bench.windows).keys_evicted, 1);
    assert_false(enter(&bench, 3 * SECOND, 0, 0)); /* begins anew, and another key goes */
    assert_true(enter(&bench, 3 * SECOND, WINDOW_KEYS_MOST, 0));
    assert_int_equal(windows_report(bench.windows).keys_evicted, 2);
    bench_close(&bench);
}

static void keys_whose_window_is_over_are_no_loss(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, PACK("1m by account: count >= 2"));
    for (uint64_t key = 0; key < 3 * WINDOW_KEYS_MOST; key++) {
        enter(&bench, (int64_t)key * SECOND, key, 0);
    }
    assert_int_equal(windows_report(bench.windows).keys_evicted, 0);
    bench_close(&bench);
}

static void a_key_holds_its_latest_posts(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, PACK("1h by account: count == 4096 and median(post.length) > 1"));
    double one = 1;
    double two = 2;
    uint64_t small;
    uint64_t large;
    memcpy(&small, &one, sizeof small);
    memcpy(&large, &two, sizeof large);
    uint32_t fired_at = 0;
    for (uint32_t i = 1; i <= 2 * OVER_POSTS_MOST; i++) {
        if (enter(&bench, i, 1, i <= OVER_POSTS_MOST ? small : large)) {
            fired_at = i;
        }
    }
    /* of 4,096 values the lower middle one is the 2,048th: 2,049 large ones are needed */
    assert_int_equal(fired_at, OVER_POSTS_MOST + 2049);
    assert_int_equal(windows_report(bench.windows).posts_dropped, OVER_POSTS_MOST);
    bench_close(&bench);
}

static void a_burst_is_compared_with_the_time_that_was_seen(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, PACK("1h by account: burst(1m) p < 1e-6"));
    for (int64_t i = 0; i < 50; i++) { /* the first minute has nothing to be compared with */
        assert_false(enter(&bench, i * SECOND, 1, 0));
    }
    for (int64_t minute = 1; minute < 40; minute++) {
        assert_false(enter(&bench, minute * 60 * SECOND, 2, 0));
    }
    bool fired = false;
    for (int64_t i = 0; i < 20; i++) {
        fired = enter(&bench, 2400 * SECOND + i, 2, 0) || fired;
    }
    assert_true(fired);
    bench_close(&bench);
}

/* ---- From a post to its keys ---- */

static size_t keys_of(const char *over, const struct post *post) {
    struct fixture fixture = {.rules = over};
    fixture_load(&fixture);
    fixture.post = *post;
    const struct judgement *judgement = fixture_judge_post(&fixture);
    assert_int_equal(judgement->hit_count, 0);
    size_t keys = judgement->pending_count ? judgement->pending[0].key_count : 0;
    fixture_free(&fixture);
    return keys;
}

static void a_post_has_each_of_its_keys_once(void **state) {
    (void)state;
    const struct str tags[] = {STR("Leak"), STR("leak"), STR("data")};
    const struct str urls[] = {STR("https://a.example/1?utm_source=x"), STR("http://a.example/1"),
                               STR("nothing")};
    struct post post = {.text = STR("One @two https://a.example/1"),
                        .account = STR("a"),
                        .hashtags = {tags, 3},
                        .urls = {urls, 3},
                        .has_time = true};
    assert_int_equal(keys_of(PACK("1h by hashtag: count > 1"), &post), 2);
    assert_int_equal(keys_of(PACK("1h by link: count > 1"), &post), 1);
    assert_int_equal(keys_of(PACK("1h by account: count > 1"), &post), 1);
    assert_int_equal(keys_of(PACK("1h by mention: count > 1"), &post), 0);
    assert_int_equal(keys_of(PACK("1h by account.handle: count > 1"), &post), 0);
    assert_int_equal(keys_of(PACK("1h by similar(post.text, 0.8): count > 1"), &post), 1);
    post.text = STR("https://a.example/1 @two ...");
    assert_int_equal(keys_of(PACK("1h by similar(post.text, 0.8): count > 1"), &post), 0);
    post.has_time = false;
    assert_int_equal(keys_of(PACK("1h by account: count > 1"), &post), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_fire_where_the_definition_says),
        cmocka_unit_test(a_window_ends_before_the_duration_is_full),
        cmocka_unit_test(a_rule_fires_again_once_its_window_ran_empty),
        cmocka_unit_test(all_posts_at_one_second_share_a_window),
        cmocka_unit_test(the_oldest_key_is_forgotten_first),
        cmocka_unit_test(keys_whose_window_is_over_are_no_loss),
        cmocka_unit_test(a_key_holds_its_latest_posts),
        cmocka_unit_test(a_burst_is_compared_with_the_time_that_was_seen),
        cmocka_unit_test(a_post_has_each_of_its_keys_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
