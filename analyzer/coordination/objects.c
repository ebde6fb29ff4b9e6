/* First stage: the actions of one partition, sorted by object and time, give pair records. A window
 * slides over each object's actions, O(n log n + co-actions). */
#include <stdlib.h>

#include "base/sort.h"
#include "coordination/null.h"
#include "coordination/pair.h"
#include "coordination/run.h"
#include "coordination/score.h"

/* An action as sorted. */
struct row {
    uint64_t high;
    uint64_t low;
    int64_t time_us;
    const struct action *action;
    uint32_t rank;
    uint16_t platform; /* number of the account's platform */
    uint8_t source;
};

static int u64_compare(uint64_t a, uint64_t b) {
    return (a > b) - (a < b);
}

static int row_compare(const void *left, const void *right) {
    const struct row *a = left;
    const struct row *b = right;
    int order = u64_compare(a->high, b->high);
    if (order == 0) {
        order = u64_compare(a->low, b->low);
    }
    if (order == 0) {
        order = (int)a->platform - (int)b->platform;
    }
    if (order == 0) {
        order = (a->time_us > b->time_us) - (a->time_us < b->time_us);
    }
    if (order == 0) {
        order = u64_compare(a->rank, b->rank);
    }
    return order != 0 ? order : digest_compare(a->action->post, b->action->post);
}

static bool row_is_same_object(const struct row *a, const struct row *b) {
    return a->high == b->high && a->low == b->low && a->platform == b->platform;
}

static bool row_is_duplicate(const struct row *a, const struct row *b) {
    return row_is_same_object(a, b) && a->rank == b->rank &&
           digest_equal(a->action->post, b->action->post);
}

static uint8_t source_coarser(struct run *run, uint8_t a, uint8_t b) {
    return run_precision_us(run, a) < run_precision_us(run, b) ? b : a;
}

/* Distinct accounts among the rows of one object; counts the pairs of them that can be tested. */
static uint32_t sharers_count(struct run *run, struct object_worker *worker, const struct row *rows,
                              size_t count) {
    uint32_t sharers = 0;
    uint64_t testable = 0;
    uint32_t number = ++worker->object_number;
    for (size_t i = 0; i < count; i++) {
        if (worker->seen[rows[i].rank] != number) {
            worker->seen[rows[i].rank] = number;
            sharers++;
            testable += run->options->posts_per_account[rows[i].rank] >= 2;
        }
    }
    worker->testable_pairs += testable > 1 ? testable * (testable - 1) / 2 : 0;
    return sharers;
}

/* One object's rows on their way through the window. */
struct object {
    const struct row *rows;
    size_t count;
    uint32_t sharers;
    uint64_t skipped;
    /* rows at most `gap` away from the earlier row of the pair in hand, and the first row that is
     * over `gap` after the later one; they move one way only while the gap grows */
    size_t low;
    size_t high;
    size_t later_high;
    size_t tie; /* first row of the earlier row's time */
};

static uint64_t rows_gap_us(const struct row *earlier, const struct row *later) {
    return (uint64_t)later->time_us - (uint64_t)earlier->time_us;
}

static void near_start(struct object *object, size_t at) {
    while (rows_gap_us(&object->rows[object->tie], &object->rows[at]) > 0) {
        object->tie++;
    }
    object->low = at;
    object->high = at;
    object->later_high = at;
}

/* Rows other than the anchor within the gap of rows `at` and `later`, around either of them. */
static uint32_t near_count(struct object *object, size_t at, size_t later) {
    const struct row *rows = object->rows;
    uint64_t gap_us = rows_gap_us(&rows[at], &rows[later]);
    while (object->low > 0 && rows_gap_us(&rows[object->low - 1], &rows[at]) <= gap_us) {
        object->low--;
    }
    while (object->high < object->count && rows_gap_us(&rows[at], &rows[object->high]) <= gap_us) {
        object->high++;
    }
    object->later_high = object->later_high < object->high ? object->high : object->later_high;
    while (object->later_high < object->count &&
           rows_gap_us(&rows[later], &rows[object->later_high]) <= gap_us) {
        object->later_high++;
    }
    size_t around_earlier = object->high - object->low - 1;
    size_t around_later = object->later_high - object->tie - 1;
    size_t near = around_earlier > around_later ? around_earlier : around_later;
    return near < UINT32_MAX ? (uint32_t)near : UINT32_MAX;
}

static uint8_t row_age_class(const struct object *object, const struct row *row) {
    return age_class(rows_gap_us(&object->rows[0], row));
}

static struct pair_record pair_make(struct run *run, const struct object *object,
                                    const struct row *earlier, const struct row *later) {
    bool is_b_first = earlier->rank > later->rank;
    const struct row *a = is_b_first ? later : earlier;
    const struct row *b = is_b_first ? earlier : later;
    return (struct pair_record){
        .time_us = earlier->time_us,
        .gap_us = (uint64_t)later->time_us - (uint64_t)earlier->time_us,
        .object = earlier->low,
        .evidence_a = a->action->evidence,
        .evidence_b = b->action->evidence,
        .a = a->rank,
        .b = b->rank,
        .sharers = object->sharers,
        .tie = (uint32_t)(a->action->post.low * 31 + b->action->post.low),
        .writer_a = a->action->writer,
        .writer_b = b->action->writer,
        .layer = earlier->action->layer,
        .source = source_coarser(run, earlier->source, later->source),
        .is_b_first = is_b_first,
        .age_classes = (uint8_t)(row_age_class(object, a) + AGE_CLASSES * row_age_class(object, b)),
    };
}

/* Can it be told before its stratum is known that a co-action says next to nothing? Only on objects
 * of many accounts, which would fill the memory with such pairs. */
static bool pair_is_idle(struct run *run, const struct pair_record *pair) {
    if (pair->sharers <= SHARERS_KEPT_ALWAYS) {
        return false;
    }
    struct coincidence coincidence = run_coincidence(run, pair);
    uint32_t most =
        coincidence.posts_a > coincidence.posts_b ? coincidence.posts_a : coincidence.posts_b;
    if (null_rate(most, pair->near, (double)run->posts_total) <= NEAR_RATE_MOST) {
        return false;
    }
    return pair->layer == LAYER_REPLY || !coincidence_is_surprising(&coincidence);
}

static enum hearsay_status pair_add(struct run *run, struct object_worker *worker,
                                    const struct pair_record *pair) {
    worker->counts.co_actions[pair->layer]++;
    unsigned partition =
        (unsigned)((uint64_t)pair->a * TABLE_PARTITIONS / run->options->account_count);
    return table_add(&worker->pairs, partition, pair);
}

/* Are two rows inside the window that their own sources allow? */
static bool rows_are_near(struct run *run, const struct row *earlier, const struct row *later) {
    uint8_t source = source_coarser(run, earlier->source, later->source);
    return (uint64_t)later->time_us - (uint64_t)earlier->time_us <=
           run_window_us(run, earlier->action->layer, source);
}

/* Is the account too quiet to be paired on an object of many? */
static bool row_is_quiet(const struct run *run, const struct object *object,
                         const struct row *row) {
    return object->sharers > SHARERS_KEPT_ALWAYS &&
           run->options->posts_per_account[row->rank] < POSTS_PAIRED_LEAST;
}

/* Pairs one action with those that follow inside the object's widest window: rows (at..end). */
static enum hearsay_status partners_add(struct run *run, struct object_worker *worker,
                                        struct object *object, size_t at, size_t end) {
    const struct row *rows = object->rows;
    if (row_is_quiet(run, object, &rows[at])) {
        object->skipped += end - at - 1;
        return HEARSAY_OK;
    }
    unsigned partners = 0;
    near_start(object, at);
    for (size_t j = at + 1; j < end; j++) {
        if (rows[j].rank == rows[at].rank || !rows_are_near(run, &rows[at], &rows[j])) {
            continue;
        }
        if (partners == PARTNERS_LIMIT) {
            object->skipped += end - j;
            break;
        }
        if (row_is_quiet(run, object, &rows[j])) {
            object->skipped++;
            continue;
        }
        partners++;
        struct pair_record pair = pair_make(run, object, &rows[at], &rows[j]);
        pair.near = near_count(object, at, j);
        if (pair_is_idle(run, &pair)) {
            object->skipped++;
            continue;
        }
        enum hearsay_status status = pair_add(run, worker, &pair);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    return HEARSAY_OK;
}

static uint64_t widest_window_us(struct run *run, const struct row *rows, size_t count) {
    uint8_t source = rows[0].source;
    for (size_t i = 1; i < count; i++) {
        source = source_coarser(run, source, rows[i].source);
    }
    return run_window_us(run, rows[0].action->layer, source);
}

/* Counts the object's actions in their strata. */
static bool activity_add(struct object_worker *worker, const struct object *object) {
    for (size_t i = 0; i < object->count; i++) {
        const struct row *row = &object->rows[i];
        uint32_t stratum =
            action_stratum(row->action->layer, row->time_us, row_age_class(object, row));
        if (!strata_log_add(&worker->activity, row->rank, stratum)) {
            return false;
        }
    }
    return true;
}

static enum hearsay_status object_pairs(struct run *run, struct object_worker *worker,
                                        const struct row *rows, size_t count) {
    unsigned layer = rows[0].action->layer;
    uint64_t window_us = widest_window_us(run, rows, count);
    if (window_us > worker->counts.window_us[layer]) {
        worker->counts.window_us[layer] = window_us;
    }
    struct object object = {.rows = rows, .count = count};
    object.sharers = sharers_count(run, worker, rows, count);
    if (!activity_add(worker, &object)) {
        return HEARSAY_NO_MEMORY;
    }
    if (object.sharers < 2) {
        return HEARSAY_OK;
    }
    worker->counts.objects[layer]++;
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        while (end < count && rows_gap_us(&rows[i], &rows[end]) <= window_us) {
            end++;
        }
        enum hearsay_status status = partners_add(run, worker, &object, i, end);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    worker->counts.skipped_pairs[layer] += object.skipped;
    worker->counts.capped_objects[layer] += object.skipped > 0;
    return HEARSAY_OK;
}

/* Drops duplicates from sorted rows; the new count. A post that came from two sources has the
 * coarser precision: which of the two arrived first must not show. */
static size_t rows_unique(struct run *run, struct row *rows, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !row_is_duplicate(&rows[kept - 1], &rows[i])) {
            rows[kept++] = rows[i];
        } else {
            rows[kept - 1].source = source_coarser(run, rows[kept - 1].source, rows[i].source);
        }
    }
    return kept;
}

static enum hearsay_status rows_pairs(struct run *run, struct object_worker *worker,
                                      const struct row *rows, size_t count) {
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; i < count && status == HEARSAY_OK;) {
        size_t end = i + 1;
        while (end < count && row_is_same_object(&rows[i], &rows[end])) {
            end++;
        }
        worker->counts.actions[rows[i].action->layer] += end - i;
        status = object_pairs(run, worker, rows + i, end - i);
        i = end;
    }
    return status;
}

static size_t bucket_of(const struct action *action) {
    return (action->object.high >> 44) % ROW_BUCKETS; /* the top byte is the partition's */
}

static enum hearsay_status row_make(const struct run *run, const struct action *action,
                                    struct row *row) {
    if (action->writer >= run->action_writers || action->layer >= LAYER_COUNT) {
        return HEARSAY_BAD_ARGUMENT;
    }
    uint32_t rank =
        run->options->account_rank(run->options->context, action->writer, action->account);
    if (rank >= run->options->account_count) {
        return HEARSAY_BAD_ARGUMENT;
    }
    *row = (struct row){.high = action->object.high,
                        .low = action->object.low,
                        .time_us = action->time_us,
                        .action = action,
                        .rank = rank,
                        .platform = run->platforms ? run->platforms[rank] : 0,
                        .source = action->platform};
    return HEARSAY_OK;
}

/* Makes the rows of the actions, sorted: dealt to buckets by digest, then sorted bucket by bucket,
 * which is most of the work done in one pass. */
static enum hearsay_status rows_make(const struct run *run, struct object_worker *worker,
                                     const struct action *actions, size_t count, struct row *rows) {
    size_t *ends = worker->bucket_ends;
    memset(worker->bucket_ends, 0, sizeof worker->bucket_ends);
    for (size_t i = 0; i < count; i++) {
        ends[bucket_of(&actions[i])]++;
    }
    for (size_t sum = 0, bucket = 0; bucket < ROW_BUCKETS; bucket++) {
        size_t size = ends[bucket];
        ends[bucket] = sum; /* where the bucket begins; becomes its end as rows arrive */
        sum += size;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = ends[bucket_of(&actions[i])]++;
        enum hearsay_status status = row_make(run, &actions[i], &rows[at]);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    for (size_t begin = 0, bucket = 0; bucket < ROW_BUCKETS; begin = ends[bucket++]) {
        sort_records(rows + begin, ends[bucket] - begin, sizeof *rows, row_compare);
    }
    return HEARSAY_OK;
}

enum hearsay_status objects_work(void *context, unsigned worker_index, unsigned partition) {
    struct run *run = context;
    struct object_worker *worker = &run->workers[worker_index];
    size_t count = table_count(run->actions, run->action_writers, partition);
    if (count == 0) {
        return HEARSAY_OK;
    }
    struct action *actions = run_alloc(run, count, sizeof *actions);
    struct row *rows = run_alloc(run, count, sizeof *rows);
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (actions && rows) {
        status = table_read(run->actions, run->action_writers, partition, actions);
    }
    if (status == HEARSAY_OK) {
        for (size_t i = 0; i < run->action_writers; i++) {
            table_release(run->actions[i], partition);
        }
        status = rows_make(run, worker, actions, count, rows);
    }
    if (status == HEARSAY_OK) {
        status = rows_pairs(run, worker, rows, rows_unique(run, rows, count));
    }
    run_free(run, actions, count, sizeof *actions);
    run_free(run, rows, count, sizeof *rows);
    return status;
}
