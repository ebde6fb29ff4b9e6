#include "engine/compare.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "base/map.h"
#include "coordination/compare.h"
#include "coordination/compare_qut.h"
#include "engine/engine.h"
#include "report/report.h"

/* The tool's own defaults. */
#define PARTICIPATION_DEFAULT 2
#define WINDOW_DEFAULT_S 10
#define QUT_WINDOW_DEFAULT_S 60
#define QUT_WEIGHT_DEFAULT 1
#define WRITE_BYTES (1u << 20)
#define MICROSECONDS 1000000

struct compare {
    struct cooretweet_options options;
    struct qut_options qut;
    bool is_qut;
    struct map accounts;
    struct map objects; /* objects and contents together: a content may be the object itself */
    struct cooretweet_row *rows;
    size_t row_count;
    size_t row_capacity;
    struct str platform; /* of the first row; a share table has one */
    struct arena arena;
    uint64_t incomplete; /* rows without account, object or time */
};

static bool rows_ready(struct compare *compare) {
    if (compare->row_count < compare->row_capacity) {
        return true;
    }
    size_t capacity = compare->row_capacity ? compare->row_capacity * 2 : 1024;
    struct cooretweet_row *rows = realloc(compare->rows, capacity * sizeof *rows);
    if (!rows) {
        return false;
    }
    compare->rows = rows;
    compare->row_capacity = capacity;
    return true;
}

/* Whole seconds, downwards, as the tool's integer column. */
static int64_t whole_seconds(int64_t time_us) {
    int64_t seconds = time_us / MICROSECONDS;
    return time_us % MICROSECONDS < 0 ? seconds - 1 : seconds;
}

enum hearsay_status compare_add(struct compare *compare, const struct post *post) {
    if (post->account.len == 0 || post->repost_of.len == 0 || !post->has_time) {
        compare->incomplete++;
        return HEARSAY_OK;
    }
    if (compare->row_count == 0 &&
        !arena_copy(&compare->arena, post->platform, &compare->platform)) {
        return HEARSAY_NO_MEMORY;
    }
    struct cooretweet_row row = {.time_s = whole_seconds(post->created_at_us),
                                 .object = map_intern(&compare->objects, post->repost_of, NULL),
                                 .content = map_intern(&compare->objects, post->id, NULL),
                                 .account = map_intern(&compare->accounts, post->account, NULL)};
    if (row.object == MAP_NONE || row.content == MAP_NONE || row.account == MAP_NONE ||
        !rows_ready(compare)) {
        return HEARSAY_NO_MEMORY;
    }
    compare->rows[compare->row_count++] = row;
    return HEARSAY_OK;
}

struct ranked {
    struct str name;
    uint32_t index;
};

static int ranked_compare(const void *left, const void *right) {
    const struct ranked *a = left;
    const struct ranked *b = right;
    return str_compare(a->name, b->name);
}

/* Replaces account indices by ranks in string order; names[rank] is the account. NULL: memory is
 * out. */
static struct str *accounts_rank(struct compare *compare) {
    uint32_t count = compare->accounts.count;
    struct ranked *ranked = malloc((count + 1ul) * sizeof *ranked);
    struct str *names = malloc((count + 1ul) * sizeof *names);
    uint32_t *ranks = malloc((count + 1ul) * sizeof *ranks);
    if (ranked && names && ranks) {
        for (uint32_t i = 0; i < count; i++) {
            ranked[i] = (struct ranked){compare->accounts.keys[i], i};
        }
        qsort(ranked, count, sizeof *ranked, ranked_compare);
        for (uint32_t rank = 0; rank < count; rank++) {
            names[rank] = ranked[rank].name;
            ranks[ranked[rank].index] = rank;
        }
        for (size_t i = 0; i < compare->row_count; i++) {
            compare->rows[i].account = ranks[compare->rows[i].account];
        }
    } else {
        free(names);
        names = NULL;
    }
    free(ranked);
    free(ranks);
    return names;
}

/* What both tools' results come down to: pairs of accounts with shares as evidence. */
struct counted_pair {
    uint32_t account_a;
    uint32_t account_b;
    uint64_t weight; /* number of shares */
    size_t first;    /* its first share */
};

struct counted_share {
    uint32_t post_a;
    uint32_t post_b;
    uint32_t object;
    int64_t time_s; /* of post a */
    int64_t gap_s;
};

struct counted {
    size_t pair_count;
    struct counted_pair (*pair)(const void *result, size_t index);
    struct counted_share (*share)(const void *result, size_t index);
    const void *result;
};

static struct counted_pair cooretweet_pair_at(const void *context, size_t index) {
    const struct cooretweet_pair *pair = &((const struct cooretweet_result *)context)->pairs[index];
    return (struct counted_pair){pair->account_a, pair->account_b, pair->weight, pair->first};
}

static struct counted_share cooretweet_share_at(const void *context, size_t index) {
    const struct cooretweet_share *share =
        &((const struct cooretweet_result *)context)->shares[index];
    return (struct counted_share){share->content_a, share->content_b, share->object, share->time_s,
                                  share->gap_s};
}

static struct counted_pair qut_pair_at(const void *context, size_t index) {
    const struct qut_edge *edge = &((const struct qut_result *)context)->edges[index];
    return (struct counted_pair){edge->account_a, edge->account_b, edge->weight, edge->first};
}

static struct counted_share qut_share_at(const void *context, size_t index) {
    const struct qut_match *match = &((const struct qut_result *)context)->matches[index];
    return (struct counted_share){match->message_a, match->message_b, match->object, match->time_s,
                                  match->gap_s};
}

static bool write_pair(const struct compare *compare, const struct counted *counted, size_t index,
                       const struct str *names, struct buffer *out) {
    const struct str *objects = compare->objects.keys;
    struct counted_pair pair = counted->pair(counted->result, index);
    struct edge_evidence *evidence = calloc(pair.weight + 1, sizeof *evidence);
    if (!evidence) {
        return false;
    }
    for (size_t i = 0; i < pair.weight; i++) {
        struct counted_share share = counted->share(counted->result, pair.first + i);
        int64_t earlier_s = share.gap_s < 0 ? share.time_s + share.gap_s : share.time_s;
        evidence[i] = (struct edge_evidence){objects[share.post_a], objects[share.post_b],
                                             objects[share.object], earlier_s * MICROSECONDS,
                                             (double)share.gap_s};
    }
    struct edge_layer layer = {.layer = "share",
                               .weight = (double)pair.weight,
                               .co_actions = evidence,
                               .co_action_count = pair.weight};
    struct edge_row row = {.platform = compare->platform,
                           .a = names[pair.account_a],
                           .b = names[pair.account_b],
                           .weight = (double)pair.weight,
                           .layers = &layer,
                           .layer_count = 1};
    bool is_written = report_edge(out, &row);
    free(evidence);
    return is_written;
}

static enum hearsay_status write_pairs(struct hearsay_engine *engine, const struct counted *counted,
                                       const struct str *names, struct hearsay_failure *failure) {
    struct buffer out = {0};
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; i < counted->pair_count && status == HEARSAY_OK; i++) {
        if (!write_pair(engine->compare, counted, i, names, &out)) {
            status = failure_memory(failure);
        } else if (out.len >= WRITE_BYTES) {
            status = engine_write(engine, HEARSAY_EDGES, buffer_str(&out), failure);
            buffer_clear(&out);
        }
    }
    if (status == HEARSAY_OK) {
        status = engine_write(engine, HEARSAY_EDGES, buffer_str(&out), failure);
    }
    buffer_free(&out);
    return status;
}

static void counts_fill(struct hearsay_engine *engine, uint64_t edges) {
    const struct worker *worker = &engine->workers[0];
    struct hearsay_counts *counts = &engine->counts;
    counts->records_in = worker->records_in;
    counts->other_events = tally_total(&worker->other_events);
    counts->rejected = tally_total(&worker->rejected);
    counts->repaired = worker->repaired;
    /* The tool knows no duplicates: every row counts. */
    counts->reposts = engine->compare->row_count;
    counts->posts = engine->compare->incomplete;
    counts->accounts = engine->compare->accounts.count;
    counts->edges = edges;
}

static enum hearsay_status finish_cooretweet(struct hearsay_engine *engine, const struct str *names,
                                             struct hearsay_failure *failure) {
    struct compare *compare = engine->compare;
    struct cooretweet_result result = {0};
    enum hearsay_status status =
        cooretweet_run(compare->rows, compare->row_count, &compare->options, &result, failure);
    if (status == HEARSAY_OK) {
        counts_fill(engine, result.pair_count);
        struct counted counted = {result.pair_count, cooretweet_pair_at, cooretweet_share_at,
                                  &result};
        status = write_pairs(engine, &counted, names, failure);
    }
    cooretweet_result_free(&result);
    return status;
}

static enum hearsay_status finish_qut(struct hearsay_engine *engine, const struct str *names,
                                      struct hearsay_failure *failure) {
    struct compare *compare = engine->compare;
    struct qut_result result = {0};
    enum hearsay_status status =
        qut_run(compare->rows, compare->row_count, &compare->qut, &result, failure);
    if (status == HEARSAY_OK) {
        counts_fill(engine, result.edge_count);
        struct counted counted = {result.edge_count, qut_pair_at, qut_share_at, &result};
        status = write_pairs(engine, &counted, names, failure);
    }
    qut_result_free(&result);
    return status;
}

enum hearsay_status compare_finish(struct hearsay_engine *engine, struct hearsay_failure *failure) {
    struct str *names = accounts_rank(engine->compare);
    if (!names) {
        return failure_memory(failure);
    }
    enum hearsay_status status = engine->compare->is_qut
                                     ? finish_qut(engine, names, failure)
                                     : finish_cooretweet(engine, names, failure);
    if (status == HEARSAY_OK) {
        status = summary_write(engine, NULL, NULL, failure);
    }
    free(names);
    return status;
}

void compare_free(struct compare *compare) {
    if (!compare) {
        return;
    }
    map_free(&compare->accounts);
    map_free(&compare->objects);
    arena_free(&compare->arena);
    free(compare->rows);
    free(compare);
}

static enum hearsay_status compare_check(const struct hearsay_compare_options *compare,
                                         struct hearsay_failure *failure) {
    if (!compare->like ||
        (strcmp(compare->like, "cooretweet") != 0 && strcmp(compare->like, "qut") != 0)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "unknown tool to compare with: %s (known: cooretweet, qut)",
                           compare->like ? compare->like : "none");
    }
    bool is_whole = isfinite(compare->window_s) && compare->window_s >= 0 &&
                    compare->window_s == floor(compare->window_s) && compare->window_s < 1e15;
    if (!is_whole) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "tools count in whole seconds: the window must be a whole number "
                           "of seconds");
    }
    return HEARSAY_OK;
}

enum hearsay_status hearsay_compare_open(const struct hearsay_options *options,
                                         const struct hearsay_compare_options *compare,
                                         struct hearsay_engine **engine,
                                         struct hearsay_failure *failure) {
    enum hearsay_status status = compare_check(compare, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    struct hearsay_options single = *options;
    single.threads = 1; /* rows go into one table */
    single.rules = NULL;
    struct hearsay_engine *opened;
    status = hearsay_open(&single, &opened, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    opened->compare = calloc(1, sizeof *opened->compare);
    if (!opened->compare) {
        hearsay_close(opened);
        return failure_memory(failure);
    }
    opened->compare->options = (struct cooretweet_options){
        .window_s = compare->window_s > 0 ? (uint64_t)compare->window_s : WINDOW_DEFAULT_S,
        .min_participation =
            compare->min_participation ? compare->min_participation : PARTICIPATION_DEFAULT};
    opened->compare->is_qut = strcmp(compare->like, "qut") == 0;
    opened->compare->qut = (struct qut_options){
        .window_s = compare->window_s > 0 ? (uint64_t)compare->window_s : QUT_WINDOW_DEFAULT_S,
        .min_weight = compare->min_weight ? compare->min_weight : QUT_WEIGHT_DEFAULT,
        .has_loops = compare->has_loops};
    *engine = opened;
    return HEARSAY_OK;
}
