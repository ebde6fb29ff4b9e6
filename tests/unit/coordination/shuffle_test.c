#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordination/pair.h"
#include "coordination/shuffle.h"
#include "coordination/strata.h"
#include "world.h"

/* Actions of `count` posts: each shares a link and a tag, every third also answers a post. */
#define POSTS 600u
#define ACCOUNTS 40u

struct deck {
    struct action actions[3 * POSTS];
    size_t count;
    uint32_t posts[ACCOUNTS];
    struct coordination_options options;
};

static void deck_add(struct deck *deck, enum layer layer, uint32_t object, uint32_t post,
                     uint32_t account, int64_t time_s) {
    uint32_t key[2] = {layer, object};
    struct str name = {(const char *)key, sizeof key};
    struct action *action = &deck->actions[deck->count++];
    *action = (struct action){.object = hash128(name),
                              .time_us = time_s * 1000000,
                              .post = hash128((struct str){(const char *)&post, sizeof post}),
                              .evidence = post,
                              .account = account,
                              .layer = (uint8_t)layer};
}

static struct deck *deck_new(void) {
    struct deck *deck = calloc(1, sizeof *deck);
    uint32_t state = 5;
    for (uint32_t post = 0; post < POSTS; post++) {
        uint32_t account = world_random(&state) % ACCOUNTS;
        int64_t time = world_random(&state) % (60 * 86400);
        deck->posts[account]++;
        deck_add(deck, LAYER_LINK, world_random(&state) % 50, post, account, time);
        deck_add(deck, LAYER_HASHTAG, world_random(&state) % 9, post, account, time);
        if (post % 3 == 0) {
            deck_add(deck, LAYER_REPLY, world_random(&state) % 20, post, account, time);
        }
    }
    deck->options = (struct coordination_options){
        .account_count = ACCOUNTS, .account_rank = world_rank, .posts_per_account = deck->posts};
    return deck;
}

static int by_object(const void *left, const void *right) {
    const struct action *a = left;
    const struct action *b = right;
    int order = digest_compare(a->object, b->object);
    return order != 0 ? order : digest_compare(a->post, b->post);
}

/* Strata of sorted actions need the first time of each object. */
static void count_strata(struct action *actions, size_t count, struct strata *strata,
                         struct memory_budget *budget) {
    struct strata_log log = {.budget = budget};
    struct strata_log *logs[1] = {&log};
    qsort(actions, count, sizeof *actions, by_object);
    for (size_t first = 0; first < count;) {
        size_t end = first;
        int64_t since = INT64_MAX;
        for (; end < count && digest_equal(actions[end].object, actions[first].object); end++) {
            since = actions[end].time_us < since ? actions[end].time_us : since;
        }
        for (size_t i = first; i < end; i++) {
            uint8_t age = age_class((uint64_t)(actions[i].time_us - since));
            uint32_t stratum = action_stratum(actions[i].layer, actions[i].time_us, age);
            assert_true(strata_log_add(&log, actions[i].account, stratum));
        }
        first = end;
    }
    *strata = (struct strata){.budget = budget};
    assert_true(strata_build(strata, logs, 1, ACCOUNTS));
}

static void a_shuffle_keeps_objects_times_and_activity(void **state) {
    (void)state;
    struct deck *before = deck_new();
    struct deck *after = deck_new();
    assert_int_equal(shuffle_actions(after->actions, after->count, &after->options, 1), HEARSAY_OK);
    struct memory_budget budget = {.limit_bytes = UINT64_MAX};
    struct strata old;
    struct strata new;
    count_strata(before->actions, before->count, &old, &budget);
    count_strata(after->actions, after->count, &new, &budget);
    size_t moved = 0;
    for (size_t i = 0; i < before->count; i++) {
        const struct action *a = &before->actions[i];
        const struct action *b = &after->actions[i];
        assert_true(digest_equal(a->object, b->object) && digest_equal(a->post, b->post));
        assert_true(a->time_us == b->time_us && a->layer == b->layer);
        moved += a->account != b->account;
    }
    assert_true(moved > before->count / 2);
    for (unsigned family = 0; family < FAMILY_COUNT; family++) {
        for (uint32_t a = 0; a < ACCOUNTS; a++) {
            for (uint32_t b = 0; b < ACCOUNTS; b++) { /* shared counts, stratum by stratum */
                assert_true(strata_trials(&old, family, a, b) == strata_trials(&new, family, a, b));
            }
        }
    }
    strata_free(&old);
    strata_free(&new);
    free(before);
    free(after);
}

static void one_post_keeps_one_account(void **state) {
    (void)state;
    struct deck *deck = deck_new();
    assert_int_equal(shuffle_actions(deck->actions, deck->count, &deck->options, 9), HEARSAY_OK);
    for (size_t i = 1; i < deck->count; i++) { /* they come back post by post */
        if (digest_equal(deck->actions[i].post, deck->actions[i - 1].post)) {
            assert_int_equal(deck->actions[i].account, deck->actions[i - 1].account);
        }
    }
    free(deck);
}

static void order_does_not_matter_and_the_seed_does(void **state) {
    (void)state;
    struct deck *one = deck_new();
    struct deck *other = deck_new();
    struct deck *seeded = deck_new();
    for (size_t i = 0, j = other->count - 1; i < j; i++, j--) {
        struct action kept = other->actions[i];
        other->actions[i] = other->actions[j];
        other->actions[j] = kept;
    }
    shuffle_actions(one->actions, one->count, &one->options, 3);
    shuffle_actions(other->actions, other->count, &other->options, 3);
    shuffle_actions(seeded->actions, seeded->count, &seeded->options, 4);
    size_t differ = 0;
    for (size_t i = 0; i < one->count; i++) {
        assert_int_equal(one->actions[i].account, other->actions[i].account);
        differ += one->actions[i].account != seeded->actions[i].account;
    }
    assert_true(differ > 0);
    free(one);
    free(other);
    free(seeded);
}

static void testable_pairs_are_counted_and_estimated(void **state) {
    (void)state;
    struct deck *deck = deck_new();
    bool meets[ACCOUNTS][ACCOUNTS] = {0};
    double expected = 0.0;
    for (size_t i = 0; i < deck->count; i++) {
        for (size_t j = 0; j < deck->count; j++) {
            uint32_t a = deck->actions[i].account;
            uint32_t b = deck->actions[j].account;
            bool is_pair = a < b && digest_equal(deck->actions[i].object, deck->actions[j].object);
            expected += is_pair && !meets[a][b];
            meets[a][b] = meets[a][b] || is_pair;
        }
    }
    double pairs = 0.0;
    assert_int_equal(testable_pairs(deck->actions, deck->count, &deck->options, 1e9, &pairs),
                     HEARSAY_OK);
    assert_true(pairs == expected);
    assert_int_equal(testable_pairs(deck->actions, deck->count, &deck->options, 5000.0, &pairs),
                     HEARSAY_OK);
    assert_true(pairs > 0.8 * expected && pairs < 1.2 * expected);
    double all = ACCOUNTS * (ACCOUNTS - 1) / 2.0;
    assert_true(account_pairs(&deck->options) == all);
    deck->posts[3] = 1;
    assert_true(account_pairs(&deck->options) == all - (ACCOUNTS - 1));
    free(deck);
}

static void an_unknown_account_is_refused(void **state) {
    (void)state;
    struct deck *deck = deck_new();
    deck->actions[5].account = ACCOUNTS;
    assert_int_equal(shuffle_actions(deck->actions, deck->count, &deck->options, 1),
                     HEARSAY_BAD_ARGUMENT);
    assert_int_equal(shuffle_actions(deck->actions, 0, &deck->options, 1), HEARSAY_OK);
    free(deck);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shuffle_keeps_objects_times_and_activity),
        cmocka_unit_test(one_post_keeps_one_account),
        cmocka_unit_test(order_does_not_matter_and_the_seed_does),
        cmocka_unit_test(testable_pairs_are_counted_and_estimated),
        cmocka_unit_test(an_unknown_account_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
