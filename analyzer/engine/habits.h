/* When an account posts and how often it repeats itself: tests of single accounts beside
 * coordination, with stats/rhythm.h. Observations, never a verdict: news desks, schedulers, shift
 * workers and fans pass all of them. */
#ifndef HEARSAY_ENGINE_HABITS_H
#define HEARSAY_ENGINE_HABITS_H

#include <stdatomic.h>

#include "engine/accounts.h"
#include "report/report.h"

/* Accounts with fewer posts have none: the tests would say nothing. */
#define HABIT_POSTS_LEAST 20u

struct moment {
    int64_t time_us;
    uint32_t text;         /* mark of the text; 0: none of its own */
    uint32_t precision_us; /* of the clock it was taken from, at most an hour */
};

struct habits {
    struct memory_budget *budget;
    uint64_t *begins;         /* per rank, and one more: where its moments begin */
    _Atomic uint32_t *counts; /* per rank: moments there */
    struct moment *moments;
    uint32_t accounts;
    uint64_t capacity;
    uint64_t texts;   /* of all accounts with habits, known after habits_end */
    uint64_t repeats; /* of these, texts that their account had written before */
    double *scratch;  /* as long as the longest list of moments */
    bool is_left_out; /* the moments would take over a quarter of the memory */
};

/* Room for the posts of every account that may have HABIT_POSTS_LEAST. False: memory is out.
 * habits_free also then. */
bool habits_begin(struct habits *habits, const struct accounts *accounts,
                  const struct worker *workers, size_t worker_count, struct memory_budget *budget);
/* One distinct post. From several threads. */
void habits_add(struct habits *habits, uint32_t rank, const struct moment *moment);
/* Sorts what came and counts repetitions; false: memory is out. */
bool habits_end(struct habits *habits);
/* False: the account has too few posts. Call after habits_end, from one thread. */
bool habits_of(const struct habits *habits, uint32_t rank, struct account_habits *found);
void habits_free(struct habits *habits);

#endif
