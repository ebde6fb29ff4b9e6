#include "coordination/compare_qut.h"

#include <stdlib.h>

#include "base/failure.h"

static int order(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

static int row_compare(const void *left, const void *right) {
    const struct cooretweet_row *a = left;
    const struct cooretweet_row *b = right;
    int result = order(a->object, b->object);
    if (result == 0) {
        result = (a->time_s > b->time_s) - (a->time_s < b->time_s);
    }
    if (result == 0) {
        result = order(a->content, b->content);
    }
    return result != 0 ? result : order(a->account, b->account);
}

static uint64_t distance(int64_t gap_s) {
    return gap_s < 0 ? 0 - (uint64_t)gap_s : (uint64_t)gap_s;
}

/* By accounts, then message; of the matches of one message the nearest comes first. */
static int match_compare(const void *left, const void *right) {
    const struct qut_match *a = left;
    const struct qut_match *b = right;
    int result = order(a->account_a, b->account_a);
    if (result == 0) {
        result = order(a->account_b, b->account_b);
    }
    if (result == 0) {
        result = order(a->message_a, b->message_a);
    }
    if (result == 0) {
        result = order(distance(a->gap_s), distance(b->gap_s));
    }
    return result != 0 ? result : order(a->message_b, b->message_b);
}

static bool match_add(struct qut_result *result, size_t *capacity, const struct cooretweet_row *a,
                      const struct cooretweet_row *b) {
    if (result->match_count == *capacity) {
        size_t wanted = *capacity ? 2 * *capacity : 1024;
        struct qut_match *matches = realloc(result->matches, wanted * sizeof *matches);
        if (!matches) {
            return false;
        }
        result->matches = matches;
        *capacity = wanted;
    }
    result->matches[result->match_count++] = (struct qut_match){.time_s = a->time_s,
                                                                .gap_s = b->time_s - a->time_s,
                                                                .account_a = a->account,
                                                                .account_b = b->account,
                                                                .message_a = a->content,
                                                                .message_b = b->content,
                                                                .object = a->object};
    return true;
}

/* Both directions of every pair of messages inside the window. */
static bool matches_make(const struct cooretweet_row *rows, size_t count,
                         const struct qut_options *options, struct qut_result *result) {
    size_t capacity = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1;
             j < count && rows[j].object == rows[i].object &&
             (uint64_t)rows[j].time_s - (uint64_t)rows[i].time_s <= options->window_s;
             j++) {
            bool is_loop = rows[i].account == rows[j].account;
            if (rows[i].content == rows[j].content || (is_loop && !options->has_loops)) {
                continue;
            }
            if (!match_add(result, &capacity, &rows[i], &rows[j]) ||
                !match_add(result, &capacity, &rows[j], &rows[i])) {
                return false;
            }
        }
    }
    return true;
}

static bool is_same_edge(const struct qut_match *a, const struct qut_match *b) {
    return a->account_a == b->account_a && a->account_b == b->account_b;
}

/* One match per message, and one edge per pair that has enough of them. */
static bool edges_make(const struct qut_options *options, struct qut_result *result) {
    size_t kept = 0;
    if (result->match_count > 0) {
        qsort(result->matches, result->match_count, sizeof *result->matches, match_compare);
    }
    for (size_t i = 0; i < result->match_count; i++) {
        const struct qut_match *last = kept ? &result->matches[kept - 1] : NULL;
        if (!last || !is_same_edge(last, &result->matches[i]) ||
            last->message_a != result->matches[i].message_a) {
            result->matches[kept++] = result->matches[i];
        }
    }
    result->match_count = kept;
    result->edges = malloc((kept ? kept : 1) * sizeof *result->edges);
    for (size_t i = 0; result->edges && i < kept;) {
        size_t end = i + 1;
        while (end < kept && is_same_edge(&result->matches[i], &result->matches[end])) {
            end++;
        }
        if (end - i >= options->min_weight) {
            result->edges[result->edge_count++] =
                (struct qut_edge){.first = i,
                                  .weight = end - i,
                                  .account_a = result->matches[i].account_a,
                                  .account_b = result->matches[i].account_b};
        }
        i = end;
    }
    return result->edges != NULL;
}

enum hearsay_status qut_run(struct cooretweet_row *rows, size_t count,
                            const struct qut_options *options, struct qut_result *result,
                            struct hearsay_failure *failure) {
    struct qut_result found = {0};
    if (count > 0) {
        qsort(rows, count, sizeof *rows, row_compare);
    }
    if (!matches_make(rows, count, options, &found) || !edges_make(options, &found)) {
        qut_result_free(&found);
        return failure_memory(failure);
    }
    *result = found;
    return HEARSAY_OK;
}

void qut_result_free(struct qut_result *result) {
    free(result->edges);
    free(result->matches);
    *result = (struct qut_result){0};
}
