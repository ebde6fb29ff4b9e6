/* The comparison with CooRTweet against its definition, word for word and pair by pair, on small
 * tables made of the input: the same weights, sorted pairs, evidence that adds up, and nothing that
 * depends on the order of rows. */
#include <stdlib.h>
#include <string.h>

#include "coordination/compare.h"

#define ROWS_LIMIT 64
#define ACCOUNTS 6
#define IDS 24
#define ROW_BYTES 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static uint64_t distance(int64_t a, int64_t b) {
    return a < b ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b;
}

/* Steps b) and c) of compare.c. */
static bool is_pair(const struct cooretweet_row *x, const struct cooretweet_row *y,
                    uint64_t window_s) {
    return x->object == y->object && distance(x->time_s, y->time_s) <= window_s &&
           x->account != y->account && x->content != y->content && x->object != x->content &&
           x->object != y->content;
}

/* Step d): which contents keep their pairs. */
static void contents_find(const struct cooretweet_row *rows, size_t count,
                          const struct cooretweet_options *options, bool counts[IDS]) {
    bool occurs[IDS] = {false};
    uint64_t participation[ACCOUNTS] = {0};
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            occurs[rows[i].content] |= is_pair(&rows[i], &rows[j], options->window_s);
        }
    }
    for (size_t i = 0; i < count; i++) {
        participation[rows[i].account] += occurs[rows[i].content];
    }
    memset(counts, 0, IDS * sizeof *counts);
    for (size_t i = 0; i < count; i++) {
        counts[rows[i].content] |=
            occurs[rows[i].content] && participation[rows[i].account] >= options->min_participation;
    }
}

/* The whole definition; `rows` is overwritten. */
static void weights_find(struct cooretweet_row *rows, size_t count,
                         const struct cooretweet_options *options,
                         uint64_t weights[ACCOUNTS][ACCOUNTS]) {
    uint64_t totals[ACCOUNTS] = {0};
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        totals[rows[i].account]++;
    }
    for (size_t i = 0; i < count; i++) {
        if (totals[rows[i].account] >= options->min_participation) {
            rows[kept++] = rows[i];
        }
    }
    bool counts[IDS];
    contents_find(rows, kept, options, counts);
    for (size_t i = 0; i < kept; i++) {
        for (size_t j = i + 1; j < kept; j++) {
            if (is_pair(&rows[i], &rows[j], options->window_s) &&
                (counts[rows[i].content] || counts[rows[j].content])) {
                weights[rows[i].account][rows[j].account]++;
                weights[rows[j].account][rows[i].account]++;
            }
        }
    }
}

static void result_check(const struct cooretweet_result *result,
                         uint64_t weights[ACCOUNTS][ACCOUNTS]) {
    size_t wanted = 0;
    for (size_t a = 0; a < ACCOUNTS; a++) {
        for (size_t b = a + 1; b < ACCOUNTS; b++) {
            wanted += weights[a][b] > 0;
        }
    }
    demand(result->pair_count == wanted);
    size_t shares = 0;
    for (size_t i = 0; i < result->pair_count; i++) {
        const struct cooretweet_pair *pair = &result->pairs[i];
        demand(pair->account_a < pair->account_b);
        demand(pair->weight == weights[pair->account_a][pair->account_b]);
        demand(i == 0 || pair[-1].account_a < pair->account_a ||
               (pair[-1].account_a == pair->account_a && pair[-1].account_b < pair->account_b));
        demand(pair->first == shares);
        shares += pair->weight;
    }
    demand(shares == result->share_count);
}

static void results_equal(const struct cooretweet_result *x, const struct cooretweet_result *y) {
    demand(x->pair_count == y->pair_count && x->share_count == y->share_count);
    for (size_t i = 0; i < x->share_count; i++) {
        const struct cooretweet_share *a = &x->shares[i];
        const struct cooretweet_share *b = &y->shares[i];
        demand(a->account_a == b->account_a && a->account_b == b->account_b &&
               a->object == b->object && a->time_s == b->time_s && a->gap_s == b->gap_s &&
               a->content_a == b->content_a && a->content_b == b->content_b);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) {
        return 0;
    }
    struct cooretweet_options options = {data[0] % 32, data[1] % 5};
    struct cooretweet_row rows[ROWS_LIMIT];
    struct cooretweet_row reversed[ROWS_LIMIT];
    size_t count = (size - 2) / ROW_BYTES < ROWS_LIMIT ? (size - 2) / ROW_BYTES : ROWS_LIMIT;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *bytes = data + 2 + i * ROW_BYTES;
        rows[i] = (struct cooretweet_row){.object = bytes[0] % 4,
                                          .content = bytes[1] % IDS,
                                          .account = bytes[2] % ACCOUNTS,
                                          .time_s = (int8_t)bytes[3]};
        reversed[count - 1 - i] = rows[i];
    }
    struct cooretweet_row definition[ROWS_LIMIT];
    memcpy(definition, rows, count * sizeof *rows);
    uint64_t weights[ACCOUNTS][ACCOUNTS] = {{0}};
    weights_find(definition, count, &options, weights);
    struct cooretweet_result result = {0};
    struct cooretweet_result turned = {0};
    demand(cooretweet_run(rows, count, &options, &result, NULL) == HEARSAY_OK);
    demand(cooretweet_run(reversed, count, &options, &turned, NULL) == HEARSAY_OK);
    result_check(&result, weights);
    results_equal(&result, &turned);
    cooretweet_result_free(&result);
    cooretweet_result_free(&turned);
    return 0;
}
