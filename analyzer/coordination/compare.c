/* CooRTweet's steps (detect_groups with remove_loops, generate_coordinated_network):
 *  a) drop accounts with fewer than min_participation rows in the whole table;
 *  b) per object, every unordered pair of rows with |dt| <= window;
 *  c) drop pairs where the object is one of the contents, or contents or accounts are equal;
 *  d) an account takes part if at least min_participation of its rows have a content that occurs in
 *     a pair of c); keep a pair if either of its contents is the content of such a row;
 *  e) weight of two accounts = number of their surviving pairs of rows.
 * d) keeps accounts that do not take part themselves. That is the package's behaviour, kept on
 * purpose. The windows are gone through twice, first to mark contents and then to keep pairs, so
 * that only surviving pairs are ever held. */
#include "coordination/compare.h"

#include <stdlib.h>

#include "base/failure.h"

struct comparison {
    struct cooretweet_row *rows; /* of accounts that pass a), sorted by object and time */
    size_t count;
    const struct cooretweet_options *options;
    struct cooretweet_result *result;
    size_t share_capacity;
    unsigned char *content_occurs; /* in a pair of c) */
    unsigned char *content_counts; /* belongs to an account that takes part */
    uint64_t *participation;       /* per account */
};

static int u64_compare(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}
static int i64_compare(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int row_compare(const void *left, const void *right) {
    const struct cooretweet_row *a = left;
    const struct cooretweet_row *b = right;
    int order = u64_compare(a->object, b->object);
    return order != 0 ? order : i64_compare(a->time_s, b->time_s);
}

static int share_compare(const void *left, const void *right) {
    const struct cooretweet_share *a = left;
    const struct cooretweet_share *b = right;
    int order = u64_compare(a->account_a, b->account_a);
    order = order ? order : u64_compare(a->account_b, b->account_b);
    order = order ? order : u64_compare(a->object, b->object);
    order = order ? order : i64_compare(a->time_s, b->time_s);
    order = order ? order : i64_compare(a->gap_s, b->gap_s);
    order = order ? order : u64_compare(a->content_a, b->content_a);
    return order ? order : u64_compare(a->content_b, b->content_b);
}

/* Step a): the rows that stay move to the front. */
static void rows_filter(struct comparison *c) {
    for (size_t i = 0; i < c->count; i++) {
        c->participation[c->rows[i].account]++;
    }
    size_t kept = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (c->participation[c->rows[i].account] >= c->options->min_participation) {
            c->rows[kept++] = c->rows[i];
        }
    }
    c->count = kept;
    if (c->count > 0) {
        qsort(c->rows, c->count, sizeof *c->rows, row_compare);
    }
}

/* Step c) for two rows of one object. */
static bool rows_pair(const struct cooretweet_row *x, const struct cooretweet_row *y) {
    return x->account != y->account && x->content != y->content && x->object != x->content &&
           x->object != y->content;
}

typedef bool rows_visit(struct comparison *c, const struct cooretweet_row *x,
                        const struct cooretweet_row *y);

/* Steps b) and c): calls `visit` for each pair until it returns false, and returns that. */
static bool pairs_each(struct comparison *c, rows_visit *visit) {
    for (size_t i = 0; i < c->count; i++) {
        const struct cooretweet_row *x = &c->rows[i];
        for (size_t j = i + 1; j < c->count; j++) {
            const struct cooretweet_row *y = &c->rows[j];
            if (y->object != x->object ||
                (uint64_t)y->time_s - (uint64_t)x->time_s > c->options->window_s) {
                break;
            }
            if (rows_pair(x, y) && !visit(c, x, y)) {
                return false;
            }
        }
    }
    return true;
}

static bool contents_mark(struct comparison *c, const struct cooretweet_row *x,
                          const struct cooretweet_row *y) {
    c->content_occurs[x->content] = 1;
    c->content_occurs[y->content] = 1;
    return true;
}

/* Step d), first half. Counts only rows of accounts that passed a). */
static void participation_count(struct comparison *c, size_t accounts) {
    memset(c->participation, 0, accounts * sizeof *c->participation);
    for (size_t i = 0; i < c->count; i++) {
        c->participation[c->rows[i].account] += c->content_occurs[c->rows[i].content];
    }
    for (size_t i = 0; i < c->count; i++) {
        const struct cooretweet_row *row = &c->rows[i];
        if (c->content_occurs[row->content] &&
            c->participation[row->account] >= c->options->min_participation) {
            c->content_counts[row->content] = 1;
        }
    }
}

/* Step d), second half. */
static bool share_keep(struct comparison *c, const struct cooretweet_row *x,
                       const struct cooretweet_row *y) {
    if (!c->content_counts[x->content] && !c->content_counts[y->content]) {
        return true;
    }
    struct cooretweet_result *result = c->result;
    if (result->share_count == c->share_capacity) {
        size_t capacity = c->share_capacity ? c->share_capacity * 2 : 1024;
        struct cooretweet_share *shares = realloc(result->shares, capacity * sizeof *shares);
        if (!shares) {
            return false;
        }
        result->shares = shares;
        c->share_capacity = capacity;
    }
    const struct cooretweet_row *a = x->account < y->account ? x : y;
    const struct cooretweet_row *b = a == x ? y : x;
    result->shares[result->share_count++] = (struct cooretweet_share){
        .time_s = a->time_s,
        .gap_s = (int64_t)((uint64_t)b->time_s - (uint64_t)a->time_s),
        .account_a = a->account,
        .account_b = b->account,
        .object = x->object,
        .content_a = a->content,
        .content_b = b->content,
    };
    return true;
}

static bool share_is_same_pair(const struct cooretweet_share *x, const struct cooretweet_share *y) {
    return x->account_a == y->account_a && x->account_b == y->account_b;
}

/* Step e). */
static bool pairs_count(struct cooretweet_result *result) {
    if (result->share_count > 0) {
        qsort(result->shares, result->share_count, sizeof *result->shares, share_compare);
    }
    size_t pairs = 0;
    for (size_t i = 0; i < result->share_count; i++) {
        pairs += i == 0 || !share_is_same_pair(&result->shares[i - 1], &result->shares[i]);
    }
    result->pairs = calloc(pairs ? pairs : 1, sizeof *result->pairs);
    if (!result->pairs) {
        return false;
    }
    for (size_t i = 0; i < result->share_count; i++) {
        const struct cooretweet_share *share = &result->shares[i];
        if (i == 0 || !share_is_same_pair(share - 1, share)) {
            result->pairs[result->pair_count++] = (struct cooretweet_pair){
                .first = i, .account_a = share->account_a, .account_b = share->account_b};
        }
        result->pairs[result->pair_count - 1].weight++;
    }
    return true;
}

static bool comparison_run(struct comparison *c, size_t accounts) {
    rows_filter(c);
    pairs_each(c, contents_mark);
    participation_count(c, accounts);
    return pairs_each(c, share_keep) && pairs_count(c->result);
}

enum hearsay_status cooretweet_run(struct cooretweet_row *rows, size_t count,
                                   const struct cooretweet_options *options,
                                   struct cooretweet_result *result,
                                   struct hearsay_failure *failure) {
    size_t accounts = 1;
    size_t contents = 1;
    for (size_t i = 0; i < count; i++) {
        accounts = rows[i].account >= accounts ? (size_t)rows[i].account + 1 : accounts;
        contents = rows[i].content >= contents ? (size_t)rows[i].content + 1 : contents;
    }
    struct cooretweet_result found = {0};
    struct comparison c = {.rows = rows, .count = count, .options = options, .result = &found};
    c.content_occurs = calloc(contents, 1);
    c.content_counts = calloc(contents, 1);
    c.participation = calloc(accounts, sizeof *c.participation);
    bool is_done =
        c.content_occurs && c.content_counts && c.participation && comparison_run(&c, accounts);
    free(c.content_occurs);
    free(c.content_counts);
    free(c.participation);
    if (!is_done) {
        cooretweet_result_free(&found);
        return failure_memory(failure);
    }
    *result = found;
    return HEARSAY_OK;
}

void cooretweet_result_free(struct cooretweet_result *result) {
    free(result->pairs);
    free(result->shares);
    *result = (struct cooretweet_result){0};
}
