#include "engine/near.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "coordination/crew.h"
#include "engine/near_run.h"

/* Trees of the forest; each orders the texts by four lanes of its own. */
#define TREES 16u
#define TREE_DEPTH 4u

/* A bucket is compared pair by pair when it has at most so many texts: enough for a thorough
 * search among few texts, and a bounded price per text among millions. */
#define BUCKET_LEAST 16u
#define BUCKET_MOST 512u
#define BUCKET_SHARE 4000000u /* texts times bucket limit */

/* Among more texts than this only those are compared that agree on at least MANY_DEPTH lanes of a
 * tree: what agrees on fewer is mostly chance then, and to load its signature costs a miss of the
 * cache for every text and tree. Texts of Jaccard similarity s still meet in some tree with
 * probability 1 - (1 - s^3)^16, 0.88 at 0.5 and 0.998 at 0.7. */
#define MANY_TEXTS 100000u
#define MANY_DEPTH 3u

/* Texts per task. */
#define CHUNK 4096u

/* Words of memory that a text costs whatever the budget: union-find, cores, graph rows, order,
 * star. */
#define TEXT_BYTES 32ull

struct near_key {
    uint64_t lanes; /* of the tree, the first one on top */
    uint32_t text;
    uint32_t platform;
};

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

static enum hearsay_status shingles_read(const struct near_run *run, struct near_worker *worker,
                                         uint32_t text, unsigned slot) {
    size_t len = 0;
    enum hearsay_status status =
        run->options->read_text(run->options->context, &run->texts[text], worker->text, &len);
    if (status == HEARSAY_OK) {
        shingles_of((struct str){worker->text, len}, run->options->unit, &worker->shingles[slot]);
    }
    return status;
}

/* ---- Signatures ---- */

/* No text has so many signatures: it is too short to be compared. */
#define NO_SIGNATURE UINT32_MAX

static enum hearsay_status sign(struct near_run *run, unsigned index, uint32_t text) {
    struct near_worker *worker = &run->workers[index];
    struct near_text *row = &run->texts[text];
    struct signature signature;
    size_t len = 0;
    row->signature = NO_SIGNATURE;
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

static uint32_t chunk_end(const struct near_run *run, unsigned chunk) {
    uint64_t end = ((uint64_t)chunk + 1) * CHUNK;
    return end < run->count ? (uint32_t)end : run->count;
}

static enum hearsay_status sign_chunk(void *context, unsigned index, unsigned chunk) {
    struct near_run *run = context;
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t i = chunk * CHUNK; i < chunk_end(run, chunk) && status == HEARSAY_OK; i++) {
        atomic_init(&run->parents[i], i);
        status = sign(run, index, i);
    }
    return status;
}

/* ---- Trees ---- */

static unsigned lane_partition(uint16_t lane, uint32_t platform) {
    return ((lane ^ platform) * 0x9e3779b1u) >> 24;
}

static enum hearsay_status key_chunk(void *context, unsigned index, unsigned chunk) {
    struct near_run *run = context;
    for (uint32_t i = chunk * CHUNK; i < chunk_end(run, chunk); i++) {
        struct signature signature;
        if (run->texts[i].signature == NO_SIGNATURE) {
            continue;
        }
        enum hearsay_status status = near_signature(run, i, &signature);
        struct near_key key = {.text = i, .platform = run->texts[i].platform};
        for (unsigned d = 0; d < TREE_DEPTH; d++) {
            key.lanes = key.lanes << 16 | signature.lanes[run->tree * TREE_DEPTH + d];
        }
        if (status == HEARSAY_OK) {
            unsigned partition = lane_partition((uint16_t)(key.lanes >> 48), key.platform);
            status = table_add(&run->workers[index].keys, partition, &key);
        }
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    return HEARSAY_OK;
}

/* One stable pass of a radix sort by the byte `shift` bits up in lanes, text or platform (`part`).
 */
static bool keys_pass(const struct near_key *from, struct near_key *to, uint32_t count,
                      unsigned part, unsigned shift) {
    uint32_t starts[256] = {0};
#define DIGIT(key)                                                                                 \
    ((unsigned)((part == 0   ? (key).text                                                          \
                 : part == 1 ? (key).lanes                                                         \
                             : (key).platform) >>                                                  \
                shift) &                                                                           \
     255u)
    for (uint32_t i = 0; i < count; i++) {
        starts[DIGIT(from[i])]++;
    }
    if (starts[DIGIT(from[0])] == count) {
        return false; /* all alike: nothing to move */
    }
    uint32_t sum = 0;
    for (unsigned d = 0; d < 256; d++) {
        uint32_t size = starts[d];
        starts[d] = sum;
        sum += size;
    }
    for (uint32_t i = 0; i < count; i++) {
        to[starts[DIGIT(from[i])]++] = from[i];
    }
#undef DIGIT
    return true;
}

/* Sorts by platform, then lanes, then text, through `spare` of the same size. Least significant
 * byte first (Knuth, TAOCP 3, 5.2.5): the order is total, so it does not depend on how the keys
 * came. */
static void keys_sort(struct near_key *keys, struct near_key *spare, uint32_t count) {
    static const struct {
        unsigned part;
        unsigned bytes;
    } parts[] = {{0, 4}, {1, 8}, {2, 4}};
    struct near_key *from = keys;
    struct near_key *to = spare;
    for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
        for (unsigned byte = 0; byte < parts[p].bytes; byte++) {
            if (keys_pass(from, to, count, parts[p].part, 8 * byte)) {
                struct near_key *swap = from;
                from = to;
                to = swap;
            }
        }
    }
    if (from != keys) {
        memcpy(keys, from, count * sizeof *keys);
    }
}

/* Joins or links two texts if their shingles say so. The first text's shingles are made at most
 * once: *is_ready says whether slot 0 holds them. */
static enum hearsay_status verify(struct near_run *run, struct near_worker *worker, uint32_t a,
                                  uint32_t b, bool *is_ready) {
    enum hearsay_status status = *is_ready ? HEARSAY_OK : shingles_read(run, worker, a, 0);
    if (status == HEARSAY_OK) {
        *is_ready = true;
        status = shingles_read(run, worker, b, 1);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    double similarity = shingles_jaccard(&worker->shingles[0], &worker->shingles[1]);
    if (similarity < run->options->similarity) {
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
        if (memcmp(a->lanes + tree * TREE_DEPTH, b->lanes + tree * TREE_DEPTH,
                   TREE_DEPTH * sizeof a->lanes[0]) == 0) {
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
    }
    for (uint32_t i = 0; i < count && status == HEARSAY_OK; i++) {
        bool is_ready = false;
        for (uint32_t j = i + 1; j < count && status == HEARSAY_OK; j++) {
            if (signature_agreement(&worker->bucket[i], &worker->bucket[j]) >=
                    run->agreement_least &&
                !were_compared(run, &worker->bucket[i], &worker->bucket[j]) &&
                near_root(run, keys[i].text) != near_root(run, keys[j].text)) {
                status = verify(run, worker, keys[i].text, keys[j].text, &is_ready);
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
    if (depth == TREE_DEPTH) {
        return leaf_pairs(run, worker, keys, count);
    }
    enum hearsay_status status = HEARSAY_OK;
    unsigned shift = 16 * (TREE_DEPTH - 1 - depth);
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
    keys_sort(keys, keys + count, count);
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
    if (!run->parents || !run->next || !run->workers || !run->keys || !run->pairs || !run->links) {
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
        run->workers[i].bucket = malloc(run->bucket_limit * sizeof(struct signature));
        if (!run->workers[i].bucket) {
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
    }
    free(run->workers);
    free(run->keys);
    free(run->parents);
    free(run->next);
    free(run->pairs);
    free(run->links);
    memory_give(run->options->budget, TEXT_BYTES * run->count);
}

static enum hearsay_status run_stages(struct near_run *run) {
    unsigned chunks = (unsigned)((run->count + (uint64_t)CHUNK - 1) / CHUNK);
    enum hearsay_status status = crew_run(run->threads, chunks, sign_chunk, run);
    for (run->tree = 0; run->tree < TREES && status == HEARSAY_OK; run->tree++) {
        status = crew_run(run->threads, chunks, key_chunk, run);
        if (status == HEARSAY_OK) {
            status = crew_run(run->threads, TABLE_PARTITIONS, tree_partition, run);
        }
    }
    return status == HEARSAY_OK ? near_stars(run) : status;
}

/* Similar pairs show fewer equal lanes than expected by chance; 1.5 standard deviations are left to
 * it. */
static unsigned agreement_least(double similarity) {
    double deviation = sqrt(similarity * (1 - similarity) / SIGNATURE_LANES);
    double least = (similarity - 1.5 * deviation) * SIGNATURE_LANES;
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
                           .agreement_least = agreement_least(options->similarity)};
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
