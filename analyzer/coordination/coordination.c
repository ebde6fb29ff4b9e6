#include "coordination/coordination.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "coordination/cluster.h"
#include "coordination/crew.h"
#include "coordination/run.h"
#include "coordination/score.h"

/* Half of what 64 bits of microseconds hold: longer windows mean "ever". */
#define WINDOW_LIMIT_US 4.0e18

static double layer_window_s(const struct coordination_options *options, unsigned layer) {
    if (options->layer_windows_s[layer] > 0) {
        return options->layer_windows_s[layer];
    }
    return layer_table[layer].window_s > 0 ? layer_table[layer].window_s : options->window_s;
}

int64_t run_precision_us(struct run *run, uint8_t source) {
    const struct coordination_options *options = run->options;
    int64_t precision = atomic_load_explicit(&run->precisions_us[source], memory_order_relaxed);
    if (precision == 0) { /* two threads that ask at once get the same answer */
        precision = options->platform_precision_us(options->context, source);
        precision = precision < 1 ? 1 : precision;
        atomic_store_explicit(&run->precisions_us[source], precision, memory_order_relaxed);
    }
    return precision;
}

uint64_t run_window_us(struct run *run, unsigned layer, uint8_t source) {
    double window_us = layer_window_s(run->options, layer) * 1e6;
    double precision_us = (double)run_precision_us(run, source);
    window_us = window_us > precision_us ? window_us : precision_us;
    return window_us < WINDOW_LIMIT_US ? (uint64_t)window_us : (uint64_t)WINDOW_LIMIT_US;
}

struct coincidence run_coincidence(struct run *run, const struct pair_record *pair) {
    return (struct coincidence){
        .posts_total = run->posts_total,
        .posts_a = run->options->posts_per_account[pair->a],
        .posts_b = run->options->posts_per_account[pair->b],
        .sharers = pair->sharers,
        .gap_s = (double)pair->gap_us / 1e6,
        .window_s = (double)run_window_us(run, pair->layer, pair->source) / 1e6,
        .precision_s = (double)run_precision_us(run, pair->source) / 1e6,
    };
}

void *run_alloc(const struct run *run, size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (memory) {
        memory_force(run->options->budget, (uint64_t)count * size);
    }
    return memory;
}

void run_free(const struct run *run, void *memory, size_t count, size_t size) {
    if (memory) {
        memory_give(run->options->budget, (uint64_t)count * size);
        free(memory);
    }
}

/* Numbers the platforms in the order of ranks, which are sorted by platform. */
static bool platforms_number(struct run *run) {
    const struct coordination_options *options = run->options;
    if (!options->account_name) {
        return true;
    }
    run->platforms = run_alloc(run, options->account_count, sizeof *run->platforms);
    struct str before = STR_EMPTY;
    for (uint32_t rank = 0; run->platforms && rank < options->account_count; rank++) {
        struct str platform;
        struct str account;
        options->account_name(options->context, rank, &platform, &account);
        uint16_t number = rank ? run->platforms[rank - 1] : 0;
        bool is_new = rank > 0 && number < UINT16_MAX && !str_equal(platform, before);
        run->platforms[rank] = (uint16_t)(number + is_new);
        before = platform;
    }
    return run->platforms != NULL;
}

static enum hearsay_status run_open(struct run *run) {
    const struct coordination_options *options = run->options;
    run->strata.budget = options->budget;
    run->workers = calloc(run->threads, sizeof *run->workers);
    run->pairs = calloc(run->threads, sizeof(struct table_writer *));
    run->sums = run_alloc(run, options->account_count, sizeof *run->sums);
    if (!run->workers || !run->pairs || !run->sums || !platforms_number(run)) {
        return HEARSAY_NO_MEMORY;
    }
    for (unsigned i = 0; i < run->threads; i++) {
        struct object_worker *worker = &run->workers[i];
        table_writer_init(&worker->pairs, options->budget, sizeof(struct pair_record));
        worker->activity.budget = options->budget;
        run->pairs[i] = &worker->pairs;
        worker->seen = run_alloc(run, options->account_count, sizeof *worker->seen);
        if (!worker->seen) {
            return HEARSAY_NO_MEMORY;
        }
    }
    for (uint32_t i = 0; i < options->account_count; i++) {
        run->posts_total += options->posts_per_account[i];
    }
    return HEARSAY_OK;
}

/* What the second stage needs of the first: the strata, the number of tests, and the p above which
 * no pair can be kept, even if all recorded pairs were. */
static enum hearsay_status run_between(struct run *run) {
    struct strata_log *logs[CREW_LIMIT];
    uint64_t records = 0;
    for (unsigned i = 0; i < run->threads; i++) {
        logs[i] = &run->workers[i].activity;
        run->tested_pairs += (double)run->workers[i].testable_pairs;
        for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
            records += run->workers[i].counts.co_actions[layer];
        }
    }
    double accounts = 0.0;
    for (uint32_t i = 0; i < run->options->account_count; i++) {
        accounts += run->options->posts_per_account[i] >= 2;
    }
    run->tested_pairs = fmin(run->tested_pairs, accounts * (accounts - 1.0) / 2.0);
    run->tested_pairs = fmax(run->tested_pairs, 1.0);
    double most = fmin((double)records, run->tested_pairs) / run->tested_pairs;
    run->candidate_log_p = run->q >= 1.0 ? 0.0 : log(run->q * most);
    return strata_build(&run->strata, logs, run->threads, run->options->account_count)
               ? HEARSAY_OK
               : HEARSAY_NO_MEMORY;
}

/* The seen tables serve the first stage only. */
static void run_objects_end(struct run *run) {
    for (unsigned i = 0; run->workers && i < run->threads; i++) {
        struct object_worker *worker = &run->workers[i];
        run_free(run, worker->seen, run->options->account_count, sizeof *worker->seen);
        worker->seen = NULL;
    }
}

static void run_close(struct run *run) {
    run_objects_end(run);
    for (unsigned i = 0; run->pairs && i < run->threads; i++) {
        if (run->pairs[i]) {
            table_writer_free(run->pairs[i]);
            strata_log_free(&run->workers[i].activity);
        }
    }
    strata_free(&run->strata);
    run_free(run, run->sums, run->options->account_count, sizeof *run->sums);
    run_free(run, run->platforms, run->options->account_count, sizeof *run->platforms);
    free(run->workers);
    free(run->pairs);
}

static void report_fill(const struct run *run, struct coordination_report *report) {
    for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
        uint64_t window_us = 0;
        for (unsigned i = 0; i < run->threads; i++) {
            const struct object_counts *counts = &run->workers[i].counts;
            report->actions[layer] += counts->actions[layer];
            report->objects[layer] += counts->objects[layer];
            report->co_actions[layer] += counts->co_actions[layer];
            report->capped_objects[layer] += counts->capped_objects[layer];
            report->skipped_pairs[layer] += counts->skipped_pairs[layer];
            window_us = counts->window_us[layer] > window_us ? counts->window_us[layer] : window_us;
        }
        double asked = layer_window_s(run->options, layer);
        double used = (double)window_us / 1e6;
        report->window_was_widened[layer] = used > asked;
        report->window_s[layer] = used > asked ? used : asked;
    }
    report->tested_pairs = (uint64_t)run->tested_pairs;
    report->edges = run->edges;
    report->significant_edges = run->significant_edges;
    report->omitted_co_actions = run->omitted_co_actions;
    report->judged_pairs = run->levels.judged_pairs;
    memcpy(report->p_at_most, run->levels.p_at_most, sizeof report->p_at_most);
    memcpy(report->q_at_most, run->levels.q_at_most, sizeof report->q_at_most);
}

static double own_evidence(const struct run *run, uint32_t rank) {
    const struct account_sum *sum = &run->sums[rank];
    return account_evidence((double)atomic_load(&sum->rarity) / SUM_UNIT,
                            (double)atomic_load(&sum->chance) / SUM_UNIT,
                            run->options->posts_per_account[rank]);
}

/* Adds to each end of a kept edge the other's evidence, in the order of the edges. */
static void company_add(struct run *run, const struct graph *graph) {
    for (size_t i = 0; i < graph->count; i++) {
        uint32_t a = graph->ends[2 * i];
        uint32_t b = graph->ends[2 * i + 1];
        run->sums[a].company += own_evidence(run, b);
        run->sums[b].company += own_evidence(run, a);
    }
}

/* Two-sided 95 % of a normal distribution. */
#define INTERVAL_DEVIATIONS 1.959963984540054

/* The account's evidence with its pairs' sums moved by `deviations`. */
static double moved_evidence(const struct run *run, uint32_t rank, double deviations) {
    const struct account_sum *sum = &run->sums[rank];
    double rarity = (double)atomic_load(&sum->rarity) / SUM_UNIT;
    double chance = (double)atomic_load(&sum->chance) / SUM_UNIT;
    double rarity_deviation = sqrt((double)atomic_load(&sum->rarity_squares) / SQUARE_UNIT);
    double chance_deviation = sqrt((double)atomic_load(&sum->chance_squares) / SQUARE_UNIT);
    return account_evidence(rarity + deviations * rarity_deviation,
                            chance + deviations * chance_deviation,
                            run->options->posts_per_account[rank]);
}

/* 95 % interval of the score: a bootstrap over the account's pairs with Poisson weights (Hanley and
 * MacGibbon 2006), whose sum of the evidence e has the variance sum of e^2, by its normal
 * approximation; both parts of the evidence are moved together, which makes it too wide rather than
 * too narrow. It says how much the score hangs on single pairs, and nothing about the labels that
 * calibrated it. */
static void interval_find(const struct run *run, uint32_t rank, struct account_score *account) {
    const struct account_sum *sum = &run->sums[rank];
    uint32_t partners = atomic_load(&sum->partners);
    account->low =
        evidence_score(moved_evidence(run, rank, -INTERVAL_DEVIATIONS), sum->company, partners);
    account->high =
        evidence_score(moved_evidence(run, rank, INTERVAL_DEVIATIONS), sum->company, partners);
}

static void scores_fill(const struct run *run, struct account_score *accounts) {
    for (uint32_t i = 0; i < run->options->account_count; i++) {
        const struct account_sum *sum = &run->sums[i];
        struct account_score *account = &accounts[i];
        uint32_t gaps = atomic_load(&sum->gaps);
        account->evidence = own_evidence(run, i);
        account->evident_pairs = atomic_load(&sum->evident_pairs);
        account->score =
            evidence_score(account->evidence, sum->company, atomic_load(&sum->partners));
        interval_find(run, i, account);
        account->partners = atomic_load(&sum->partners);
        account->leads = atomic_load(&sum->leads);
        account->follows = atomic_load(&sum->follows);
        account->least_log_p = (double)atomic_load(&sum->least_log_p) / SUM_UNIT;
        account->typical_gap_s =
            gaps > 0 ? expm1((double)atomic_load(&sum->log_gaps) / SUM_UNIT / gaps) : (double)NAN;
        account->role =
            role_of(account->partners, account->leads, account->follows, account->outside);
        for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
            account->layers[layer] = (double)atomic_load(&sum->layers[layer]) / SUM_UNIT;
        }
    }
}

/* Numbers and sizes of the clusters, and the edges inside and between them. */
static void clusters_fill(const struct graph *graph, struct membership *membership,
                          struct account_score *accounts) {
    for (size_t i = 0; i < membership->count;) {
        size_t end = i + 1;
        uint32_t number = membership->numbers[i];
        while (number > 0 && end < membership->count && membership->numbers[end] == number) {
            end++;
        }
        for (size_t j = i; j < end; j++) {
            accounts[membership->ranks[j]].cluster = number;
            accounts[membership->ranks[j]].cluster_size = (uint32_t)(end - i);
        }
        i = end;
    }
    for (size_t i = 0; i < graph->count; i++) {
        struct account_score *a = &accounts[graph->ends[2 * i]];
        struct account_score *b = &accounts[graph->ends[2 * i + 1]];
        bool is_inside = a->cluster == b->cluster && a->cluster > 0;
        membership->edges[a->cluster] += is_inside;
        a->outside += !is_inside;
        b->outside += !is_inside;
    }
    for (size_t i = 0; i < membership->count; i++) {
        struct account_score *account = &accounts[membership->ranks[i]];
        double size = account->cluster_size;
        account->cluster_density =
            size >= 2 ? 2.0 * (double)membership->edges[account->cluster] / (size * (size - 1.0))
                      : 0.0;
    }
}

static enum hearsay_status clusters_run(struct run *run, const struct graph *graph,
                                        struct coordination_result *result) {
    struct membership membership;
    enum hearsay_status status = cluster_find(graph, &membership);
    if (status == HEARSAY_OK) {
        clusters_fill(graph, &membership, result->accounts);
        result->report.clusters = membership.clusters;
        status = membership_visit(&membership, run->options->on_cluster, run->options->context);
    }
    membership_free(&membership);
    return status;
}

static enum hearsay_status run_stages(struct run *run, struct coordination_result *result) {
    enum hearsay_status status = crew_run(run->threads, TABLE_PARTITIONS, objects_work, run);
    run_objects_end(run);
    struct graph graph = {.budget = run->options->budget};
    if (status == HEARSAY_OK) {
        status = run_between(run);
    }
    if (status == HEARSAY_OK) {
        status = edges_run(run, &graph);
    }
    if (status == HEARSAY_OK) {
        company_add(run, &graph);
    }
    if (status == HEARSAY_OK) {
        status = clusters_run(run, &graph, result);
    }
    graph_free(&graph);
    return status;
}

static enum hearsay_status failure_explain(struct hearsay_failure *failure,
                                           enum hearsay_status status) {
    const char *reason = "coordination: a callback asked to stop";
    if (status == HEARSAY_NO_MEMORY) {
        return failure_memory(failure);
    }
    if (status == HEARSAY_IO) {
        reason = "coordination: temporary storage or output failed";
    } else if (status == HEARSAY_LIMIT) {
        reason = "coordination: the memory limit is reached and there is no temporary storage";
    } else if (status == HEARSAY_BAD_ARGUMENT) {
        reason = "coordination: an action names no known account, layer or log entry";
    }
    return failure_set(failure, status, STR_EMPTY, 0, 0, "%s", reason);
}

static bool options_are_valid(const struct coordination_options *options) {
    return options->window_s > 0 && options->q > 0 && options->budget && options->account_rank &&
           options->platform_precision_us && options->threads > 0 &&
           (options->posts_per_account || options->account_count == 0);
}

enum hearsay_status coordination_run(struct table_writer *const *actions, size_t writer_count,
                                     const struct coordination_options *options,
                                     struct coordination_result *result,
                                     struct hearsay_failure *failure) {
    if (!options_are_valid(options)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "coordination: incomplete options");
    }
    cluster_library_init();
    struct run run = {.options = options, .actions = actions, .action_writers = writer_count};
    run.q = options->q;
    run.threads = options->threads < CREW_LIMIT ? options->threads : CREW_LIMIT;
    struct coordination_result found = {0};
    found.accounts =
        calloc(options->account_count ? options->account_count : 1, sizeof *found.accounts);
    enum hearsay_status status = found.accounts ? run_open(&run) : HEARSAY_NO_MEMORY;
    if (status == HEARSAY_OK) {
        status = run_stages(&run, &found);
    }
    if (status == HEARSAY_OK) {
        report_fill(&run, &found.report);
        scores_fill(&run, found.accounts);
        *result = found;
    } else {
        free(found.accounts);
    }
    run_close(&run);
    return status == HEARSAY_OK ? HEARSAY_OK : failure_explain(failure, status);
}

void coordination_result_free(struct coordination_result *result) {
    free(result->accounts);
    *result = (struct coordination_result){0};
}
