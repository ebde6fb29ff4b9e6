/* Second stage: the pair records of a partition, sorted by pair and object, are judged; what could
 * be kept at the run's q stays in memory until all pairs have their p, and then the false discovery
 * rate says which are edges (discovery.h). Partitions hold ascending ranges of account a, so that
 * edges leave in order: a batch of partitions is worked on in parallel and then handed out by one
 * thread. */
#include <math.h>
#include <stdlib.h>

#include "coordination/cluster.h"
#include "coordination/crew.h"
#include "coordination/discovery.h"
#include "coordination/listing.h"
#include "coordination/order.h"
#include "coordination/pair.h"
#include "coordination/run.h"

/* Partitions per thread and batch: enough to even out, few enough to hold. */
#define BATCH_PARTITIONS 4u

/* What one partition leaves: its kept edges with their records, and what was rendered of them. */
struct slot {
    struct pair_record *records;
    size_t record_count;
    struct kept_edge *edges;
    size_t edge_count;
    size_t edge_capacity;
    struct buffer rendered;
    uint64_t charged_bytes; /* of `rendered`, in the budget */
    struct level_counts levels;
};

struct batch {
    struct run *run;
    unsigned first;           /* partition */
    struct slot *slots;       /* one per partition */
    struct listing *listings; /* one per thread */
    struct discovery discovery;
};

static bool slot_keep(struct slot *slot, const struct kept_edge *edge) {
    if (slot->edge_count == slot->edge_capacity) {
        size_t capacity = slot->edge_capacity ? slot->edge_capacity * 2 : 64;
        struct kept_edge *edges = realloc(slot->edges, capacity * sizeof *edges);
        if (!edges) {
            return false;
        }
        slot->edges = edges;
        slot->edge_capacity = capacity;
    }
    slot->edges[slot->edge_count++] = *edge;
    return true;
}

/* Evidence counts whether or not the pair becomes an edge. */
static void evidence_add(struct run *run, const struct pair_record *pair,
                         const struct pair_verdict *verdict) {
    const uint32_t ends[2] = {pair->a, pair->b};
    for (size_t i = 0; i < 2; i++) {
        struct account_sum *sum = &run->sums[ends[i]];
        atomic_fetch_add(&sum->evident_pairs, 1);
        atomic_fetch_add(&sum->rarity, (int64_t)(verdict->rarity * SUM_UNIT));
        atomic_fetch_add(&sum->chance, (int64_t)(verdict->chance * SUM_UNIT));
        atomic_fetch_add(&sum->rarity_squares,
                         (int64_t)(verdict->rarity * verdict->rarity * SQUARE_UNIT));
        atomic_fetch_add(&sum->chance_squares,
                         (int64_t)(verdict->chance * verdict->chance * SQUARE_UNIT));
    }
}

static void least_set(_Atomic int64_t *least, int64_t value) {
    int64_t before = atomic_load(least);
    while (value < before && !atomic_compare_exchange_weak(least, &before, value)) {
    }
}

/* Who comes first on a kept edge, and how near. */
static void order_add(struct run *run, const struct kept_edge *edge,
                      const struct pair_record *records) {
    size_t a_first = 0;
    size_t b_first = 0;
    int64_t log_gaps = 0; /* fixed point before it is summed: any order gives the same */
    for (size_t i = 0; i < edge->count; i++) {
        a_first += records[i].gap_us > 0 && !records[i].is_b_first;
        b_first += records[i].gap_us > 0 && records[i].is_b_first;
        log_gaps += (int64_t)(log1p((double)records[i].gap_us / 1e6) * SUM_UNIT);
    }
    struct account_sum *a = &run->sums[edge->a];
    struct account_sum *b = &run->sums[edge->b];
    atomic_fetch_add(a_first > b_first ? &a->leads : &a->follows, a_first != b_first);
    atomic_fetch_add(a_first > b_first ? &b->follows : &b->leads, a_first != b_first);
    struct account_sum *const ends[2] = {a, b};
    for (size_t i = 0; i < 2; i++) {
        atomic_fetch_add(&ends[i]->log_gaps, log_gaps);
        atomic_fetch_add(&ends[i]->gaps, (uint32_t)edge->count);
    }
}

static void sums_add(struct run *run, const struct kept_edge *edge) {
    const uint32_t ends[2] = {edge->a, edge->b};
    for (size_t i = 0; i < 2; i++) {
        struct account_sum *sum = &run->sums[ends[i]];
        atomic_fetch_add(&sum->partners, 1);
        least_set(&sum->least_log_p, (int64_t)(edge->log_p * SUM_UNIT));
        for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
            atomic_fetch_add(&sum->layers[layer], (int64_t)(edge->layer_weights[layer] * SUM_UNIT));
        }
    }
}

const double p_levels[P_LEVELS] = {0.1, 0.01, 1e-3, 1e-4};
const double q_levels[Q_LEVELS] = {0.001, 0.01, 0.05, 0.1, 0.2, 0.5};

static void p_count(struct level_counts *counts, double log_p) {
    counts->judged_pairs++;
    if (log_p >= 0.0) { /* most pairs */
        return;
    }
    for (size_t i = 0; i < P_LEVELS && log_p <= log(p_levels[i]); i++) {
        counts->p_at_most[i]++;
    }
}

static void q_count(struct level_counts *counts, double log_q) {
    for (size_t i = Q_LEVELS; i > 0 && log_q <= log(q_levels[i - 1]); i--) {
        counts->q_at_most[i - 1]++;
    }
}

/* Adds a slot's counts to the run's and forgets them. */
static void levels_add(struct level_counts *sum, struct level_counts *counts) {
    sum->judged_pairs += counts->judged_pairs;
    for (size_t i = 0; i < P_LEVELS; i++) {
        sum->p_at_most[i] += counts->p_at_most[i];
    }
    for (size_t i = 0; i < Q_LEVELS; i++) {
        sum->q_at_most[i] += counts->q_at_most[i];
    }
    *counts = (struct level_counts){0};
}

/* Judges one pair; its records move to the front if it may become an edge. */
static bool slot_judge(struct run *run, struct slot *slot, struct kept_edge *edge,
                       const struct pair_record *records, struct pair_scratch *scratch) {
    struct pair_verdict verdict;
    if (!pair_judge(run, records, edge->count, scratch, &verdict)) {
        return false;
    }
    p_count(&slot->levels, verdict.log_p);
    edge->evidence = verdict.rarity + verdict.chance;
    if (edge->evidence > 0) {
        evidence_add(run, records, &verdict);
    }
    edge->is_candidate = verdict.log_p <= run->candidate_log_p;
    if (!edge->is_candidate && edge->evidence < EVIDENCE_SHOWN) {
        return true;
    }
    edge->log_p = verdict.log_p;
    memcpy(edge->layer_weights, verdict.layer_weights, sizeof edge->layer_weights);
    memmove(&slot->records[edge->first], records, edge->count * sizeof *records);
    if (!edge->is_candidate) {
        size_t listed = listing_trim(&slot->records[edge->first], edge->count);
        edge->trimmed = edge->count - listed;
        edge->count = listed;
    }
    return slot_keep(slot, edge);
}

/* Judges each pair of the sorted records and moves the records of candidates to the front. */
static enum hearsay_status records_judge(struct run *run, struct slot *slot) {
    struct pair_scratch scratch = {0};
    size_t kept = 0;
    bool has_memory = true;
    for (size_t i = 0; i < slot->record_count && has_memory;) {
        const struct pair_record *records = &slot->records[i];
        size_t count = 1;
        while (i + count < slot->record_count && records[count].a == records[0].a &&
               records[count].b == records[0].b) {
            count++;
        }
        struct kept_edge edge = {
            .a = records[0].a, .b = records[0].b, .first = kept, .count = count};
        size_t edges = slot->edge_count;
        has_memory = slot_judge(run, slot, &edge, records, &scratch);
        kept += slot->edge_count > edges ? edge.count : 0;
        i += count;
    }
    pair_scratch_free(&scratch);
    slot->record_count = kept;
    return has_memory ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static void records_shrink(const struct run *run, struct slot *slot, size_t read) {
    size_t bytes = (slot->record_count ? slot->record_count : 1) * sizeof *slot->records;
    struct pair_record *shrunk = realloc(slot->records, bytes);
    if (shrunk) { /* else the old block stays as it is */
        slot->records = shrunk;
    }
    memory_give(run->options->budget, (read - slot->record_count) * sizeof *slot->records);
}

/* Renders the slot's edges in their order. */
static enum hearsay_status slot_render(struct slot *slot, struct listing *listing) {
    const struct coordination_options *options = listing->options;
    for (size_t i = 0; i < slot->edge_count; i++) {
        const struct kept_edge *kept = &slot->edges[i];
        struct edge edge;
        enum hearsay_status status =
            listing_edge(listing, kept, slot->records + kept->first, &edge);
        if (status != HEARSAY_OK) {
            return status;
        }
        if (!options->render_edge(options->context, &edge, &slot->rendered)) {
            return HEARSAY_NO_MEMORY;
        }
    }
    slot->charged_bytes = slot->rendered.capacity;
    memory_force(options->budget, slot->charged_bytes);
    return HEARSAY_OK;
}

/* First half of the stage, over one partition. */
static enum hearsay_status judge_work(void *context, unsigned worker, unsigned partition) {
    (void)worker;
    struct batch *batch = context;
    struct run *run = batch->run;
    struct slot *slot = &batch->slots[partition];
    size_t count = table_count(run->pairs, run->threads, partition);
    if (count == 0) {
        return HEARSAY_OK;
    }
    slot->records = run_alloc(run, count, sizeof *slot->records);
    if (!slot->records) {
        return HEARSAY_NO_MEMORY;
    }
    slot->record_count = count;
    enum hearsay_status status = table_read(run->pairs, run->threads, partition, slot->records);
    if (status != HEARSAY_OK) {
        return status;
    }
    for (unsigned i = 0; i < run->threads; i++) {
        table_release(run->pairs[i], partition);
    }
    if (!pair_records_sort(run, &slot->records, count)) {
        return HEARSAY_NO_MEMORY;
    }
    status = records_judge(run, slot);
    records_shrink(run, slot, count);
    return status;
}

/* Second half: keeps the slot's edges and renders them. */
static enum hearsay_status render_work(void *context, unsigned worker, unsigned item) {
    struct batch *batch = context;
    struct run *run = batch->run;
    struct slot *slot = &batch->slots[batch->first + item];
    size_t kept = 0;
    for (size_t i = 0; i < slot->edge_count; i++) {
        struct kept_edge *edge = &slot->edges[i];
        edge->log_q = edge->is_candidate ? discovery_log_q(&batch->discovery, edge->log_p) : 0.0;
        edge->is_significant = edge->is_candidate && edge->log_q <= log(run->q);
        if (edge->is_candidate) {
            q_count(&slot->levels, edge->log_q);
        }
        if (edge->is_significant) {
            sums_add(run, edge);
            order_add(run, edge, slot->records + edge->first);
        }
        if (edge->is_significant || edge->evidence >= EVIDENCE_SHOWN) {
            slot->edges[kept++] = *edge;
        }
    }
    slot->edge_count = kept;
    return run->options->render_edge ? slot_render(slot, &batch->listings[worker]) : HEARSAY_OK;
}

static enum hearsay_status edge_show(struct listing *listing, const struct kept_edge *kept,
                                     struct pair_record *records) {
    const struct coordination_options *options = listing->options;
    struct edge edge;
    enum hearsay_status status = listing_edge(listing, kept, records, &edge);
    return status == HEARSAY_OK ? options->on_edge(options->context, &edge) : status;
}

static enum hearsay_status slot_visit(struct run *run, struct listing *listing,
                                      const struct slot *slot, struct graph *graph) {
    const struct coordination_options *options = run->options;
    enum hearsay_status status = HEARSAY_OK;
    if (options->on_rendered && slot->edge_count > 0) {
        status =
            options->on_rendered(options->context, buffer_str(&slot->rendered), slot->edge_count);
    }
    for (size_t i = 0; i < slot->edge_count && status == HEARSAY_OK; i++) {
        const struct kept_edge *edge = &slot->edges[i];
        if (options->on_edge) {
            status = edge_show(listing, edge, slot->records + edge->first);
        }
        run->significant_edges += edge->is_significant;
        if (status == HEARSAY_OK && edge->is_significant &&
            !graph_add(graph, edge->a, edge->b, edge->evidence)) {
            status = HEARSAY_NO_MEMORY;
        }
        run->omitted_co_actions += listing_omitted(edge);
    }
    run->edges += slot->edge_count;
    return status;
}

static void slot_clear(struct run *run, struct slot *slot) {
    levels_add(&run->levels, &slot->levels);
    run_free(run, slot->records, slot->record_count, sizeof *slot->records);
    memory_give(run->options->budget, slot->charged_bytes);
    buffer_free(&slot->rendered);
    free(slot->edges);
    *slot = (struct slot){0};
}

/* Orders the candidates' p. */
static bool discovery_fill(struct batch *batch) {
    for (unsigned i = 0; i < TABLE_PARTITIONS; i++) {
        for (size_t j = 0; j < batch->slots[i].edge_count; j++) {
            const struct kept_edge *edge = &batch->slots[i].edges[j];
            if (edge->is_candidate && !discovery_add(&batch->discovery, edge->log_p)) {
                return false;
            }
        }
    }
    discovery_rank(&batch->discovery, batch->run->tested_pairs);
    return true;
}

static enum hearsay_status batches_run(struct batch *batch, struct graph *graph) {
    struct run *run = batch->run;
    unsigned slots = run->threads * BATCH_PARTITIONS;
    enum hearsay_status status = crew_run(run->threads, TABLE_PARTITIONS, judge_work, batch);
    if (status == HEARSAY_OK && !discovery_fill(batch)) {
        status = HEARSAY_NO_MEMORY;
    }
    for (; batch->first < TABLE_PARTITIONS && status == HEARSAY_OK; batch->first += slots) {
        unsigned left = TABLE_PARTITIONS - batch->first;
        unsigned items = left < slots ? left : slots;
        status = crew_run(run->threads, items, render_work, batch);
        for (unsigned i = 0; i < items && status == HEARSAY_OK; i++) {
            struct slot *slot = &batch->slots[batch->first + i];
            status = slot_visit(run, &batch->listings[0], slot, graph);
            slot_clear(run, slot);
        }
    }
    return status;
}

enum hearsay_status edges_run(struct run *run, struct graph *graph) {
    struct batch batch = {.run = run,
                          .slots = calloc(TABLE_PARTITIONS, sizeof *batch.slots),
                          .listings = calloc(run->threads, sizeof *batch.listings)};
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (batch.slots && batch.listings) {
        for (unsigned i = 0; i < run->threads; i++) {
            batch.listings[i].options = run->options;
        }
        status = batches_run(&batch, graph);
    }
    for (unsigned i = 0; batch.slots && i < TABLE_PARTITIONS; i++) {
        slot_clear(run, &batch.slots[i]);
    }
    for (unsigned i = 0; batch.listings && i < run->threads; i++) {
        listing_free(&batch.listings[i]);
    }
    discovery_free(&batch.discovery);
    free(batch.listings);
    free(batch.slots);
    return status;
}
