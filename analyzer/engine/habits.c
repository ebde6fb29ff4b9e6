#include "engine/habits.h"

#include <math.h>
#include <stdlib.h>

#include "base/sort.h"
#include "stats/burst.h"
#include "stats/rhythm.h"

#define HOUR_US 3600000000ll
#define DAY_US (24 * HOUR_US)
#define PRECISION_MOST_US ((uint32_t)HOUR_US)

/* Posts of an account in all workers, duplicates included: never fewer than its own. */
static uint64_t *posts_most(const struct accounts *accounts, const struct worker *workers,
                            size_t worker_count) {
    uint64_t *most = calloc((size_t)accounts->count + 1, sizeof *most);
    for (size_t w = 0; most && w < worker_count; w++) {
        size_t count = workers[w].accounts.count;
        for (size_t i = 0; i < count && i < workers[w].account_posts_capacity; i++) {
            most[accounts->ranks[w][i]] += workers[w].account_posts[i];
        }
    }
    return most;
}

bool habits_begin(struct habits *habits, const struct accounts *accounts,
                  const struct worker *workers, size_t worker_count, struct memory_budget *budget) {
    *habits = (struct habits){.accounts = accounts->count, .budget = budget};
    habits->begins = posts_most(accounts, workers, worker_count);
    habits->counts = calloc((size_t)accounts->count + 1, sizeof *habits->counts);
    if (!habits->begins || !habits->counts) {
        return false;
    }
    for (uint32_t rank = 0; rank < accounts->count; rank++) {
        uint64_t most = habits->begins[rank];
        habits->begins[rank] = habits->capacity;
        habits->capacity += most >= HABIT_POSTS_LEAST ? most : 0;
    }
    habits->begins[accounts->count] = habits->capacity;
    habits->is_left_out = habits->capacity * sizeof *habits->moments > budget->limit_bytes / 2;
    if (habits->is_left_out) { /* by the number of posts alone, so that no order can matter */
        habits->capacity = 0;
        return true;
    }
    memory_force(budget, habits->capacity * sizeof *habits->moments);
    habits->moments = malloc((habits->capacity + 1) * sizeof *habits->moments);
    return habits->moments != NULL;
}

void habits_add(struct habits *habits, uint32_t rank, const struct moment *moment) {
    if (habits->is_left_out || habits->begins[rank] == habits->begins[rank + 1]) {
        return;
    }
    uint32_t at = atomic_fetch_add_explicit(&habits->counts[rank], 1, memory_order_relaxed);
    habits->moments[habits->begins[rank] + at] = *moment;
}

static int moment_compare(const void *left, const void *right) {
    const struct moment *a = left;
    const struct moment *b = right;
    if (a->time_us != b->time_us) {
        return a->time_us < b->time_us ? -1 : 1;
    }
    return (a->text > b->text) - (a->text < b->text);
}

/* Texts of an account, and how many of them repeat an earlier one; `marks` is scratch. */
static size_t repeats_count(const struct moment *moments, size_t count, uint32_t *marks,
                            size_t *texts) {
    *texts = 0;
    for (size_t i = 0; i < count; i++) {
        if (moments[i].text != 0) {
            marks[(*texts)++] = moments[i].text;
        }
    }
    return *texts - sort_distinct(marks, *texts);
}

static const struct moment *moments_of(const struct habits *habits, uint32_t rank, size_t *count) {
    *count = habits->is_left_out ? 0 : atomic_load(&habits->counts[rank]);
    return *count > 0 ? habits->moments + habits->begins[rank] : NULL;
}

bool habits_end(struct habits *habits) {
    size_t longest = 1;
    for (uint32_t rank = 0; rank < habits->accounts; rank++) {
        size_t count;
        moments_of(habits, rank, &count);
        longest = count > longest ? count : longest;
    }
    habits->scratch = malloc(longest * sizeof *habits->scratch);
    for (uint32_t rank = 0; habits->scratch && rank < habits->accounts; rank++) {
        size_t count;
        size_t texts;
        const struct moment *moments = moments_of(habits, rank, &count);
        if (count >= HABIT_POSTS_LEAST) {
            sort_records(habits->moments + habits->begins[rank], count, sizeof *moments,
                         moment_compare);
            habits->repeats += repeats_count(moments, count, (uint32_t *)habits->scratch, &texts);
            habits->texts += texts;
        }
    }
    return habits->scratch != NULL;
}

/* The most posts of any hour, and the chance of so many. */
static void find_burst(const struct moment *moments, size_t count, struct account_habits *found) {
    size_t first = 0;
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        while (moments[i].time_us - moments[first].time_us > HOUR_US) {
            first++;
        }
        most = i - first + 1 > most ? i - first + 1 : most;
    }
    double span = (double)moments[count - 1].time_us - (double)moments[0].time_us;
    found->most_in_hour = most;
    found->burst_p = span > 2.0 * (double)HOUR_US ? rhythm_scan(most, count, HOUR_US / span) : 1.0;
}

static void find_silence(const double *intervals, size_t count, struct account_habits *found) {
    double longest = 0.0;
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        longest = fmax(longest, intervals[i]);
        sum += intervals[i];
    }
    found->silence_s = longest;
    found->silence_p = sum > 0 ? rhythm_dormancy(longest / sum, count) : 1.0;
}

static void find_rhythm(const struct moment *moments, size_t count, double *values,
                        struct account_habits *found) {
    uint32_t precision_us = 1;
    for (size_t i = 0; i < count; i++) {
        int64_t of_day = moments[i].time_us % DAY_US;
        values[i] = (double)(of_day < 0 ? of_day + DAY_US : of_day) / (double)HOUR_US;
        precision_us =
            moments[i].precision_us > precision_us ? moments[i].precision_us : precision_us;
    }
    struct rhythm_circle circle = rhythm_circle(values, count);
    found->hour_concentration = circle.concentration;
    found->mean_hour = circle.mean_hour;
    found->hour_p = circle.p;
    for (size_t i = 0; i + 1 < count; i++) {
        values[i] = ((double)moments[i + 1].time_us - (double)moments[i].time_us) / 1e6;
    }
    double step_s = (double)precision_us / 1e6;
    size_t coarse = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        coarse += values[i] < 2.0 * step_s;
    }
    struct rhythm_regularity regularity = rhythm_regularity(values, count - 1, step_s);
    found->burstiness = regularity.burstiness;
    /* A clock that hides most intervals makes them look even. */
    found->regular_p = 2 * coarse > count ? (double)NAN : regularity.p_regular;
    find_silence(values, count - 1, found);
}

/* The share of repeated texts against that of all accounts together. */
static void find_repeats(const struct habits *habits, const struct moment *moments, size_t count,
                         uint32_t *marks, struct account_habits *found) {
    size_t texts;
    size_t repeats = repeats_count(moments, count, marks, &texts);
    double usual = ((double)habits->repeats + 1.0) / ((double)habits->texts + 2.0);
    found->texts = texts;
    found->repeats = repeats;
    found->repeat_p = texts > 0 ? burst_p((uint32_t)repeats, (uint32_t)texts, usual) : 1.0;
}

bool habits_of(const struct habits *habits, uint32_t rank, struct account_habits *found) {
    size_t count;
    const struct moment *moments = moments_of(habits, rank, &count);
    if (count < HABIT_POSTS_LEAST) {
        return false;
    }
    *found = (struct account_habits){.posts = count};
    find_burst(moments, count, found);
    find_rhythm(moments, count, habits->scratch, found);
    find_repeats(habits, moments, count, (uint32_t *)habits->scratch, found);
    return true;
}

void habits_free(struct habits *habits) {
    if (habits->moments) {
        memory_give(habits->budget, habits->capacity * sizeof *habits->moments);
    }
    free(habits->begins);
    free(habits->counts);
    free(habits->moments);
    free(habits->scratch);
    *habits = (struct habits){0};
}
