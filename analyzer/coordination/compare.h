/* Co-sharing exactly as the R package CooRTweet 2.1 counts it (Righetti and Balluff, Computational
 * Communication Research 7(1), 2025), for comparison with its published networks. No null model and
 * no scores: a pair is a count. Independent of coordination_run. */
#ifndef HEARSAY_COORDINATION_COMPARE_H
#define HEARSAY_COORDINATION_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#include "hearsay.h"

/* One row of a share table. Ids are interned by the caller: `object` and `content` in one map (a
 * content that is the object itself is left out), `account` as a rank in the accounts' string
 * order. */
struct cooretweet_row {
    int64_t time_s;
    uint32_t object;
    uint32_t content;
    uint32_t account;
};

struct cooretweet_options {
    uint64_t window_s;          /* inclusive */
    uint64_t min_participation; /* rows that an account needs */
};

/* One surviving pair of rows, as evidence. */
struct cooretweet_share {
    int64_t time_s;     /* of account a's row */
    int64_t gap_s;      /* time of b's row minus time of a's */
    uint32_t account_a; /* < account_b */
    uint32_t account_b;
    uint32_t object;
    uint32_t content_a;
    uint32_t content_b;
};

/* An undirected pair of accounts: its weight is the number of its shares. */
struct cooretweet_pair {
    size_t first; /* its shares are shares[first .. first + weight) */
    uint64_t weight;
    uint32_t account_a; /* < account_b */
    uint32_t account_b;
};

/* Zero-initialise. */
struct cooretweet_result {
    struct cooretweet_pair *pairs; /* sorted by accounts */
    size_t pair_count;
    struct cooretweet_share *shares; /* sorted by accounts, object, times, contents */
    size_t share_count;
};

/* Sorts `rows`. Time O(n log n + pairs inside the window), memory O(n + surviving pairs): pairs
 * outside the window are never made. The result does not depend on the order of rows. */
enum hearsay_status cooretweet_run(struct cooretweet_row *rows, size_t count,
                                   const struct cooretweet_options *options,
                                   struct cooretweet_result *result,
                                   struct hearsay_failure *failure);
void cooretweet_result_free(struct cooretweet_result *result);

#endif
