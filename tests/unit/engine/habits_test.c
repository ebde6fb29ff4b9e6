#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "engine/habits.h"
#include "stats/random.h"

#define HOUR_US 3600000000ll
#define DAY_US (24 * HOUR_US)

/* Three accounts of one worker: 0 posts by the clock, 1 at random, 2 too seldom. */
struct fixture {
    struct accounts accounts;
    struct worker worker;
    struct memory_budget budget;
    struct habits habits;
    uint32_t posts[3];
    uint32_t ranks[3];
    uint32_t *rank_list[1];
};

static struct fixture *fixture_new(uint64_t limit_bytes) {
    struct fixture *f = calloc(1, sizeof *f);
    f->posts[0] = 40;
    f->posts[1] = 60;
    f->posts[2] = HABIT_POSTS_LEAST - 1;
    f->ranks[1] = 1;
    f->ranks[2] = 2;
    f->rank_list[0] = f->ranks;
    f->accounts = (struct accounts){.count = 3, .ranks = f->rank_list, .worker_count = 1};
    f->worker.accounts.count = 3;
    f->worker.account_posts = f->posts;
    f->worker.account_posts_capacity = 3;
    f->budget.limit_bytes = limit_bytes;
    assert_true(habits_begin(&f->habits, &f->accounts, &f->worker, 1, &f->budget));
    return f;
}

static void fixture_free(struct fixture *f) {
    habits_free(&f->habits);
    assert_int_equal(f->budget.used_bytes, 0);
    free(f);
}

/* Posts of all three; with `is_reversed` they come last to first. */
static void fixture_fill(struct fixture *f, bool is_reversed) {
    struct moment moments[60];
    struct random *random = random_new(11);
    for (uint32_t account = 0; account < 3; account++) {
        for (uint32_t i = 0; i < f->posts[account]; i++) {
            int64_t days = (int64_t)(random_uniform(random) * 30.0 * (double)DAY_US);
            moments[i] = (struct moment){.time_us = account == 0 ? i * DAY_US : days,
                                         .text = account == 0 ? 7 : i + 100,
                                         .precision_us = 1000000};
        }
        for (uint32_t i = 0; i < f->posts[account]; i++) {
            uint32_t at = is_reversed ? f->posts[account] - 1 - i : i;
            habits_add(&f->habits, account, &moments[at]);
        }
    }
    random_free(random);
    assert_true(habits_end(&f->habits));
}

static void a_clock_and_chance_are_told_apart(void **state) {
    (void)state;
    struct fixture *f = fixture_new(1u << 20);
    struct account_habits clock;
    struct account_habits chance;
    fixture_fill(f, false);
    assert_true(habits_of(&f->habits, 0, &clock));
    assert_true(habits_of(&f->habits, 1, &chance));
    assert_false(habits_of(&f->habits, 2, &chance));
    assert_true(clock.regular_p < 1e-12 && clock.hour_p < 1e-12);
    assert_float_equal(clock.hour_concentration, 1, 1e-9);
    assert_float_equal(clock.silence_s, 86400, 1e-9);
    assert_int_equal(clock.most_in_hour, 1);
    assert_int_equal(clock.repeats, 39);
    assert_true(clock.repeat_p < 1e-6);
    assert_true(habits_of(&f->habits, 1, &chance));
    assert_true(chance.regular_p > 0.001 && chance.hour_p > 0.001 && chance.burst_p > 0.001);
    assert_int_equal(chance.repeats, 0);
    assert_float_equal(chance.repeat_p, 1, 1e-9);
    fixture_free(f);
}

static void order_does_not_matter(void **state) {
    (void)state;
    struct fixture *one = fixture_new(1u << 20);
    struct fixture *other = fixture_new(1u << 20);
    struct account_habits a = {0};
    struct account_habits b = {0};
    fixture_fill(one, false);
    fixture_fill(other, true);
    for (uint32_t rank = 0; rank < 2; rank++) {
        assert_true(habits_of(&one->habits, rank, &a) && habits_of(&other->habits, rank, &b));
        assert_memory_equal(&a, &b, sizeof a);
    }
    fixture_free(one);
    fixture_free(other);
}

/* Fifty posts at one second: a span of nothing is no ground for a p. */
static void one_second_gives_numbers(void **state) {
    (void)state;
    struct fixture *f = fixture_new(1u << 20);
    struct account_habits found;
    for (uint32_t i = 0; i < 40; i++) {
        habits_add(&f->habits, 0, &(struct moment){.time_us = -5, .precision_us = 1000000});
    }
    assert_true(habits_end(&f->habits));
    assert_true(habits_of(&f->habits, 0, &found));
    assert_int_equal(found.most_in_hour, 40);
    assert_float_equal(found.burst_p, 1, 0);
    assert_float_equal(found.silence_p, 1, 0);
    assert_true(isnan(found.regular_p));
    assert_float_equal(found.repeat_p, 1, 0);
    fixture_free(f);
}

static void little_memory_leaves_them_out(void **state) {
    (void)state;
    struct fixture *f = fixture_new(1024);
    struct account_habits found;
    fixture_fill(f, false);
    assert_true(f->habits.is_left_out);
    assert_false(habits_of(&f->habits, 0, &found));
    fixture_free(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_and_chance_are_told_apart),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(one_second_gives_numbers),
        cmocka_unit_test(little_memory_leaves_them_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
