/* Keys of near-duplicate texts against their definition: the earliest live text of which the
 * Jaccard similarity is at least x. */
#include "fixture.h"

#include "base/buffer.h"
#include "rule/over.h"
#include "rule/resemblance.h"

#define SECOND 1000000ll

struct bench {
    struct resemblance *resemblance;
    struct over over;
    struct rule rule;
};

static void bench_open(struct bench *bench, double similarity) {
    *bench = (struct bench){
        .over = {.duration_us = 60 * SECOND, .key = OVER_SIMILAR, .similarity = similarity}};
    bench->rule.over = &bench->over;
    bench->resemblance = resemblance_new();
    assert_non_null(bench->resemblance);
}

static struct digest key_at(struct bench *bench, int64_t seconds, const char *words) {
    struct digest key;
    assert_true(resemblance_key(bench->resemblance, &bench->rule, seconds * SECOND,
                                str_from_c(words), &key));
    return key;
}

static bool joins(struct bench *bench, int64_t seconds, const char *words, const char *opener) {
    return digest_equal(key_at(bench, seconds, words), hash128(str_from_c(opener)));
}

/* ---- The definition ---- */

#define POSTS 1500

static uint64_t next_random(uint64_t *seed) {
    *seed = *seed * 6364136223846793005ull + 1442695040888963407ull;
    return *seed >> 33;
}

/* One of 12 texts of 12 words, some of its words exchanged: similarities of all sizes. */
static void random_words(uint64_t *seed, struct buffer *out) {
    uint64_t base = next_random(seed) % 12;
    uint64_t drawn = next_random(seed) % 8;
    uint64_t changes = drawn < 6 ? drawn : 0;
    buffer_clear(out);
    for (uint64_t i = 0; i < 12; i++) {
        bool is_changed = next_random(seed) % 12 < changes;
        uint64_t word = (is_changed ? next_random(seed) : base * 12 + i) * 0x9e3779b97f4a7c15ull;
        buffer_printf(out, "%s%.*s", i ? " " : "", (int)(3 + word % 5),
                      (char[]){(char)('a' + (word >> 8) % 26), (char)('a' + (word >> 16) % 26),
                               (char)('a' + (word >> 24) % 26), (char)('a' + (word >> 32) % 26),
                               (char)('a' + (word >> 40) % 26), (char)('a' + (word >> 48) % 26),
                               (char)('a' + (word >> 56) % 26), 0});
    }
}

struct told {
    struct shingles shingles;
    struct digest digest;
    struct digest key;
    int64_t seconds;
};

/* The key that the definition gives, from all posts before and their keys. */
static struct digest defined_key(const struct told *told, size_t last, double similarity) {
    for (size_t i = 0; i < last; i++) {
        if (!digest_equal(told[i].key, told[i].digest) ||
            shingles_jaccard(&told[i].shingles, &told[last].shingles) < similarity) {
            continue;
        }
        for (size_t k = last; k > i && told[k - 1].seconds > told[last].seconds - 60; k--) {
            if (digest_equal(told[k - 1].key, told[i].key)) {
                return told[i].key;
            }
        }
    }
    return told[last].digest;
}

static void compare_with_definition(double similarity) {
    struct told *told = calloc(POSTS, sizeof *told);
    struct buffer words = {0};
    struct bench bench;
    uint64_t seed = 11;
    size_t differ = 0;
    size_t joined = 0;
    assert_non_null(told);
    bench_open(&bench, similarity);
    for (size_t i = 0; i < POSTS; i++) {
        random_words(&seed, &words);
        told[i].seconds = (i ? told[i - 1].seconds : 0) + (int64_t)(next_random(&seed) % 3);
        told[i].digest = hash128(buffer_str(&words));
        shingles_of(buffer_str(&words), SHINGLE_CHARACTERS, &told[i].shingles);
        assert_true(resemblance_key(bench.resemblance, &bench.rule, told[i].seconds * SECOND,
                                    buffer_str(&words), &told[i].key));
        differ += !digest_equal(told[i].key, defined_key(told, i, similarity));
        joined += !digest_equal(told[i].key, told[i].digest);
    }
    assert_in_range(joined, POSTS / 20, POSTS - 12);
    assert_in_range(differ, 0, POSTS / 200);
    assert_int_equal(resemblance_report(bench.resemblance).posts_cut, 0);
    resemblance_free(bench.resemblance);
    buffer_free(&words);
    free(told);
}

static void keys_are_those_of_the_definition(void **state) {
    (void)state;
    const double similarities[] = {0.3, 0.5, 0.7, 0.8};
    for (size_t i = 0; i < sizeof similarities / sizeof similarities[0]; i++) {
        compare_with_definition(similarities[i]);
    }
}

/* ---- Single cases ---- */

#define TEXT "they have leaked the whole customer table of the company today"
#define REWORDED "they have leaked the whole customer table of the company now"
#define FURTHER "we have leaked the whole customer table of the shop now"

static void a_text_joins_the_earliest_that_it_resembles(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, 0.7);
    assert_true(joins(&bench, 0, TEXT, TEXT));
    assert_true(joins(&bench, 1, REWORDED, TEXT));
    assert_true(joins(&bench, 2, "nothing of that kind", "nothing of that kind"));
    /* like the reworded text, not like the one that opened the key: no chains */
    assert_true(joins(&bench, 3, FURTHER, FURTHER));
    assert_true(joins(&bench, 4, REWORDED, TEXT));
    resemblance_free(bench.resemblance);
}

static void a_text_whose_window_is_over_is_not_joined(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, 0.7);
    assert_true(joins(&bench, 0, TEXT, TEXT));
    assert_true(joins(&bench, 59, REWORDED, TEXT)); /* which lengthens its life */
    assert_true(joins(&bench, 118, REWORDED, TEXT));
    assert_true(joins(&bench, 178, REWORDED, REWORDED));
    resemblance_free(bench.resemblance);
}

static void equal_texts_only_are_similar_by_one(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, 1);
    assert_true(joins(&bench, 0, TEXT, TEXT));
    assert_true(joins(&bench, 1, REWORDED, REWORDED));
    assert_true(joins(&bench, 2, TEXT, TEXT));
    resemblance_free(bench.resemblance);
}

static void scripts_without_spaces_have_shingles_too(void **state) {
    (void)state;
    struct bench bench;
    bench_open(&bench, 0.6);
    assert_true(joins(&bench, 0, "某公司的客户资料库昨天被完整泄露到网上",
                      "某公司的客户资料库昨天被完整泄露到网上"));
    assert_true(joins(&bench, 2, "某公司的客户资料库昨天被完整泄露到网上了",
                      "某公司的客户资料库昨天被完整泄露到网上"));
    assert_true(joins(&bench, 3, "今天的天气很好我们去公园散步", "今天的天气很好我们去公园散步"));
    resemblance_free(bench.resemblance);
}

static void the_text_met_longest_ago_makes_room(void **state) {
    (void)state;
    struct bench bench;
    char words[64];
    bench_open(&bench, 0.9);
    key_at(&bench, 0, TEXT);
    key_at(&bench, 0, "another one that is met again");
    for (uint32_t i = 2; i < RESEMBLANCE_TEXTS_MOST; i++) {
        snprintf(words, sizeof words, "%08x %08x", i * 2654435761u, (i + 7) * 2246822519u);
        key_at(&bench, 1, words);
    }
    assert_true(joins(&bench, 2, "another one that is met again", "another one that is met again"));
    assert_int_equal(resemblance_report(bench.resemblance).texts_evicted, 0);
    key_at(&bench, 3, "one too many");
    assert_int_equal(resemblance_report(bench.resemblance).texts_evicted, 1);
    assert_true(joins(&bench, 4, REWORDED, REWORDED)); /* the text is gone */
    assert_int_equal(resemblance_report(bench.resemblance).texts_evicted, 2);
    resemblance_free(bench.resemblance);
}

static void texts_whose_window_is_over_are_no_loss(void **state) {
    (void)state;
    struct bench bench;
    char words[64];
    bench_open(&bench, 0.8);
    for (uint32_t i = 0; i < 3 * RESEMBLANCE_TEXTS_MOST; i++) {
        snprintf(words, sizeof words, "%08x %08x", i * 2654435761u, (i + 7) * 2246822519u);
        key_at(&bench, i / 100, words);
    }
    assert_int_equal(resemblance_report(bench.resemblance).texts_evicted, 0);
    resemblance_free(bench.resemblance);
}

/* Texts that share half their shingles with all others and join none. */
static void what_a_post_is_compared_with_is_bounded_and_counted(void **state) {
    (void)state;
    struct bench bench;
    char words[128];
    bench_open(&bench, 0.5);
    for (uint32_t i = 0; i < 2 * RESEMBLANCE_COMPARED_MOST; i++) {
        snprintf(words, sizeof words, "all of these begin alike %08x %08x %08x", i * 2654435761u,
                 (i + 7) * 2246822519u, i * 3266489917u + 5);
        key_at(&bench, 0, words);
    }
    assert_true(resemblance_report(bench.resemblance).posts_cut > 0);
    resemblance_free(bench.resemblance);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_those_of_the_definition),
        cmocka_unit_test(a_text_joins_the_earliest_that_it_resembles),
        cmocka_unit_test(a_text_whose_window_is_over_is_not_joined),
        cmocka_unit_test(equal_texts_only_are_similar_by_one),
        cmocka_unit_test(scripts_without_spaces_have_shingles_too),
        cmocka_unit_test(the_text_met_longest_ago_makes_room),
        cmocka_unit_test(texts_whose_window_is_over_are_no_loss),
        cmocka_unit_test(what_a_post_is_compared_with_is_bounded_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
