#include "engine/near.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "coordination/crew.h"
#include "engine/near_run.h"

/* Trees of the forest. */
#define TREES 16u

/* A bucket is compared pair by pair when it has at most so many texts: enough for a thorough
 * search among few texts, and a bounded price per text among millions. */
#define BUCKET_LEAST 16u
#define BUCKET_MOST 512u
#define BUCKET_SHARE 4000000u /* texts times bucket limit */

/* Among more texts than this only those are compared that agree on at least MANY_DEPTH lanes of a
 * tree: what agrees on fewer is mostly chance then, and to load its signature costs a miss of the
 * cache for every text and tree. Half of the trees do then, since cores have many pairs: of 872,094
 * texts 99.6 % of what 16 trees join at similarity 0.7. Texts of Jaccard similarity s meet in some
 * tree with probability 1 - (1 - s^3)^8, 0.66 at 0.5 and 0.97 at 0.7. */
#define MANY_TEXTS 100000u
#define MANY_DEPTH 3u
#define MANY_TREES 8u

/* Words of memory that a text costs whatever the budget: union-find, cores, graph rows, order,
 * star. */
#define TEXT_BYTES 32ull

uint32_t near_root(struct near_run *run, uint32_t text) {
    for (;;) {
        uint32_t parent = atomic_load_explicit(&run->parents[text], memory_order_acquire);
        if (parent == text) {
            return text;
        }
        uint32_t grand = atomic_load_explicit(&run->parents[parent], memory_order_acquire);
        if (grand != parent) { /* shortens the path; losing the race to another is harmless */
            atomic_compare_exchange_weak(&run->parents[text], &parent, grand);
        }
        text = grand;
    }
}

/* Joins two components; the smaller root stays, so the outcome does not depend on order. */
static void join(struct near_run *run, uint32_t a, uint32_t b) {
    for (;;) {
        a = near_root(run, a);
        b = near_root(run, b);
        if (a == b) {
            return;
        }
        uint32_t small = a < b ? a : b;
        uint32_t large = a < b ? b : a;
        uint32_t expected = large;
        if (atomic_compare_exchange_strong(&run->parents[large], &expected, small)) {
            return;
        }
    }
}

enum hearsay_status near_signature(const struct near_run *run, uint32_t text,
                                   struct signature *signature) {
    const struct near_text *row = &run->texts[text];
    return log_read(&run->workers[row->signature_log].signatures,
                    (uint64_t)row->signature * sizeof *signature, signature, sizeof *signature);
}

/* Makes the shingles of a text of the bucket at hand, once for all pairs there. */
static enum hearsay_status shingles_read(const struct near_run *run, struct near_worker *worker,
                                         uint32_t text, uint32_t slot) {
    if (worker->has_shingles[slot]) {
        return HEARSAY_OK;
    }
    size_t len = 0;
    enum hearsay_status status =
        run->options->read_text(run->options->context, &run->texts[text], worker->text, &len);
    if (status == HEARSAY_OK) {
        shingles_of((struct str){worker->text, len}, run->options->unit, &worker->shingles[slot]);
        worker->has_shingles[slot] = true;
    }
    return status;
}

/* ---- Signatures ---- */

static enum hearsay_status sign(struct near_run *run, unsigned index, uint32_t text) {
    struct near_worker *worker = &run->workers[index];
    struct near_text *row = &run->texts[text];
    struct signature signature;
    size_t len = 0;
    row->signature = NEAR_NO_SIGNATURE;
    enum hearsay_status status =
        run->options->read_text(run->options->context, row, worker->text, &len);
    if (status != HEARSAY_OK || signature_of((struct str){worker->text, len}, run->options->unit,
                                             &signature) < NEAR_SHINGLES_LEAST) {
        return status;
    }
    uint64_t offset = 0;
    status = log_append(&worker->signatures, &signature, sizeof signature, &offset);
    row->signature = (uint32_t)(offset / sizeof signature);
    row->signature_log = (uint16_t)index;
    worker->texts++;
    return status;
}

static enum hearsay_status sign_chunk(void *context, unsigned index, unsigned chunk) {
    struct near_run *run = context;
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t i = chunk * NEAR_CHUNK; i < near_chunk_end(run, chunk) && status == HEARSAY_OK;
         i++) {
        atomic_init(&run->parents[i], i);
        status = sign(run, index, i);
    }
    return status;
}

/* ---- Trees ---- */

/* Joins or links the texts in places i and j of a bucket if their shingles say so. */
static enum hearsay_status verify(struct near_run *run, struct near_worker *worker,
                                  const struct near_key *keys, uint32_t i, uint32_t j) {
    uint32_t a = keys[i].text;
    uint32_t b = keys[j].text;
    enum hearsay_status status = shingles_read(run, worker, a, i);
    if (status == HEARSAY_OK) {
        status = shingles_read(run, worker, b, j);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    const struct shingles *left = &worker->shingles[i];
    const struct shingles *right = &worker->shingles[j];
    uint32_t shared = shingles_shared(left, right);
    double similarity = (double)shared / (left->count + right->count - shared);
    if (similarity < run->options->similarity || shared < NEAR_SHINGLES_LEAST) {
        return HEARSAY_OK;
    }
    if (similarity >= NEAR_CORE_SIMILARITY) {
        join(run, a, b);
        return HEARSAY_OK;
    }
    struct near_link link = {a, b};
    return table_add(&worker->pairs, (unsigned)((uint64_t)a * TABLE_PARTITIONS / run->count),
                     &link);
}

/* Do two texts agree on all lanes of an earlier tree? Then they were compared in its leaf. */
static bool were_compared(const struct near_run *run, const struct signature *a,
                          const struct signature *b) {
    for (unsigned tree = 0; tree < run->tree; tree++) {
        if (memcmp(a->lanes + tree * NEAR_TREE_DEPTH, b->lanes + tree * NEAR_TREE_DEPTH,
                   NEAR_TREE_DEPTH * sizeof a->lanes[0]) == 0) {
            return true;
        }
    }
    return false;
}

/* All pairs of a bucket of at most bucket_limit texts. Pairs of one core cost nothing more:
 * verified or not, the cores are the same. */
static enum hearsay_status bucket_pairs(struct near_run *run, struct near_worker *worker,
                                        const struct near_key *keys, uint32_t count) {
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t i = 0; i < count && status == HEARSAY_OK; i++) {
        status = near_signature(run, keys[i].text, &worker->bucket[i]);
        worker->has_shingles[i] = false;
    }
    for (uint32_t i = 0; i < count && status == HEARSAY_OK; i++) {
        for (uint32_t j = i + 1; j < count && status == HEARSAY_OK; j++) {
            if (signature_agreement(&worker->bucket[i], &worker->bucket[j]) >=
                    run->agreement_least &&
                !were_compared(run, &worker->bucket[i], &worker->bucket[j]) &&
                near_root(run, keys[i].text) != near_root(run, keys[j].text)) {
                status = verify(run, worker, keys, i, j);
            }
        }
    }
    return status;
}

/* A leaf with too many texts: each is compared with those next to it only. They agree on all lanes
 * of the tree, so that nearly all are joined through their neighbours. */
static enum hearsay_status leaf_pairs(struct near_run *run, struct near_worker *worker,
                                      const struct near_key *keys, uint32_t count) {
    worker->capped_buckets++;
    uint32_t step = run->bucket_limit / 2;
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t i = 0; i + step < count && status == HEARSAY_OK; i += step) {
        uint32_t rest = count - i;
        status = bucket_pairs(run, worker, keys + i,
                              rest < run->bucket_limit ? rest : run->bucket_limit);
    }
    return status;
}

/* `keys` agree on their platform and on the first `depth` lanes. */
static enum hearsay_status bucket_compare(struct near_run *run, struct near_worker *worker,
                                          const struct near_key *keys, uint32_t count,
                                          unsigned depth) {
    if (count < 2) {
        return HEARSAY_OK;
    }
    if (count <= run->bucket_limit && depth >= run->depth_least) {
        return bucket_pairs(run, worker, keys, count);
    }
    if (depth == NEAR_TREE_DEPTH) {
        return leaf_pairs(run, worker, keys, count);
    }
    enum hearsay_status status = HEARSAY_OK;
    unsigned shift = 16 * (NEAR_TREE_DEPTH - 1 - depth);
    for (uint32_t i = 0; i < count && status == HEARSAY_OK;) {
        uint32_t end = i + 1;
        while (end < count && keys[end].lanes >> shift == keys[i].lanes >> shift) {
            end++;
        }
        status = bucket_compare(run, worker, keys + i, end - i, depth + 1);
        i = end;
    }
    return status;
}

static enum hearsay_status keys_compare(struct near_run *run, struct near_worker *worker,
                                        struct near_key *keys, uint32_t count) {
    near_keys_sort(keys, keys + count, count);
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t i = 0; i < count && status == HEARSAY_OK;) {
        uint32_t end = i + 1;
        while (end < count && keys[end].platform == keys[i].platform &&
               keys[end].lanes >> 48 == keys[i].lanes >> 48) {
            end++;
        }
        status = bucket_compare(run, worker, keys + i, end - i, 1);
        i = end;
    }
    return status;
}

static enum hearsay_status tree_partition(void *context, unsigned index, unsigned partition) {
    struct near_run *run = context;
    struct near_worker *worker = &run->workers[index];
    size_t count = (size_t)table_count(run->keys, run->threads, partition);
    if (count == 0) {
        return HEARSAY_OK;
    }
    struct near_key *keys = malloc(2 * count * sizeof *keys); /* half of it to sort through */
    if (!keys) {
        return HEARSAY_NO_MEMORY;
    }
    memory_force(run->options->budget, 2 * count * sizeof *keys);
    enum hearsay_status status = table_read(run->keys, run->threads, partition, keys);
    for (unsigned i = 0; i < run->threads; i++) {
        table_release(run->keys[i], partition);
    }
    if (status == HEARSAY_OK) {
        status = keys_compare(run, worker, keys, (uint32_t)count);
    }
    memory_give(run->options->budget, 2 * count * sizeof *keys);
    free(keys);
    return status;
}

/* ---- All of it ---- */

static enum hearsay_status run_open(struct near_run *run) {
    struct memory_budget *budget = run->options->budget;
    run->parents = calloc(run->count + 1ul, sizeof *run->parents);
    run->next = malloc((run->count + 1ul) * sizeof *run->next);
    memory_force(budget, TEXT_BYTES * run->count);
    run->workers = calloc(run->threads, sizeof *run->workers);
    run->keys = calloc(run->threads, sizeof(struct table_writer *));
    run->pairs = calloc(run->threads, sizeof(struct table_writer *));
    run->links = calloc(run->threads, sizeof(struct table_writer *));
    if (!run->parents || !run->next || !run->workers || !run->keys || !run->pairs || !run->links ||
        !near_seen_open(run)) {
        return HEARSAY_NO_MEMORY;
    }
    for (unsigned i = 0; i < run->threads; i++) {
        run->keys[i] = &run->workers[i].keys;
        run->pairs[i] = &run->workers[i].pairs;
        run->links[i] = &run->workers[i].links;
        table_writer_init(run->keys[i], budget, sizeof(struct near_key));
        table_writer_init(run->pairs[i], budget, sizeof(struct near_link));
        table_writer_init(run->links[i], budget, sizeof(struct near_link));
        log_init(&run->workers[i].signatures, budget);
    }
    for (unsigned i = 0; i < run->threads; i++) {
        struct near_worker *worker = &run->workers[i];
        worker->bucket = malloc(run->bucket_limit * sizeof *worker->bucket);
        worker->shingles = malloc(run->bucket_limit * sizeof *worker->shingles);
        worker->has_shingles = malloc(run->bucket_limit * sizeof *worker->has_shingles);
        if (!worker->bucket || !worker->shingles || !worker->has_shingles) {
            return HEARSAY_NO_MEMORY;
        }
    }
    return HEARSAY_OK;
}

static void run_close(struct near_run *run) {
    for (unsigned i = 0; run->workers && run->keys && run->pairs && run->links && i < run->threads;
         i++) {
        if (run->keys[i]) {
            table_writer_free(run->keys[i]);
            table_writer_free(run->pairs[i]);
            table_writer_free(run->links[i]);
            log_free(&run->workers[i].signatures);
        }
        free(run->workers[i].bucket);
        free(run->workers[i].shingles);
        free(run->workers[i].has_shingles);
    }
    near_seen_close(run);
    free(run->workers);
    free(run->keys);
    free(run->parents);
    free(run->next);
    free(run->pairs);
    free(run->links);
    memory_give(run->options->budget, TEXT_BYTES * run->count);
}

static enum hearsay_status run_stages(struct near_run *run) {
    unsigned chunks = (unsigned)((run->count + (uint64_t)NEAR_CHUNK - 1) / NEAR_CHUNK);
    enum hearsay_status status = crew_run(run->threads, chunks, sign_chunk, run);
    for (run->tree = 0; run->tree < run->trees && status == HEARSAY_OK; run->tree++) {
        status = near_keys_make(run, chunks);
        if (status == HEARSAY_OK) {
            status = crew_run(run->threads, TABLE_PARTITIONS, tree_partition, run);
        }
    }
    return status == HEARSAY_OK ? near_stars(run) : status;
}

/* Similar pairs show fewer equal lanes than expected by chance: so many standard deviations are
 * left to it, among many texts none. */
#define DEVIATIONS 1.5
static unsigned agreement_least(double similarity, double deviations) {
    double deviation = sqrt(similarity * (1 - similarity) / SIGNATURE_LANES);
    double least = (similarity - deviations * deviation) * SIGNATURE_LANES;
    return least > 1 ? (unsigned)least : 1;
}

static uint32_t bucket_limit(uint32_t count) {
    uint32_t limit = BUCKET_SHARE / (count + 1);
    limit = limit < BUCKET_LEAST ? BUCKET_LEAST : limit;
    return limit > BUCKET_MOST ? BUCKET_MOST : limit;
}

enum hearsay_status near_find(const struct near_options *options, struct near_text *texts,
                              uint32_t count, struct near_report *report) {
    struct near_run run = {.options = options,
                           .texts = texts,
                           .count = count,
                           .bucket_limit = bucket_limit(count),
                           .depth_least = count > MANY_TEXTS ? MANY_DEPTH : 1,
                           .trees = count > MANY_TEXTS ? MANY_TREES : TREES,
                           .agreement_least = agreement_least(options->similarity,
                                                              count > MANY_TEXTS ? 0 : DEVIATIONS)};
    run.threads = options->threads < CREW_LIMIT ? options->threads : CREW_LIMIT;
    enum hearsay_status status = run_open(&run);
    if (status == HEARSAY_OK) {
        status = run_stages(&run);
    }
    for (unsigned i = 0; status == HEARSAY_OK && i < run.threads; i++) {
        run.report.texts += run.workers[i].texts;
        run.report.capped_buckets += run.workers[i].capped_buckets;
    }
    run_close(&run);
    if (status == HEARSAY_OK) {
        *report = run.report;
    }
    return status;
}
