/* Coordination alone: seeded actions of many accounts on Zipf-popular objects, and the time of each
 * stage. Arguments: actions (10,000,000), accounts (1,000,000), objects (500,000), threads (2),
 * memory in MiB (2,048), seed (1), days that times are spread over (30), actions more that all
 * share one link (0), a file that gets the actions as account,object,seconds (none). Spilling goes
 * to a temporary file. */
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "coordination/coordination.h"

#define WINDOW_S 60.0

struct settings {
    uint64_t actions;
    uint32_t accounts;
    uint32_t objects;
    unsigned threads;
    uint64_t memory_mib;
    uint64_t seed;
    uint64_t days;
    uint64_t viral; /* further actions, all on one link */
    FILE *table;    /* gets the actions, or NULL */
};

struct bench {
    struct settings settings;
    FILE *file; /* of the store */
    uint64_t stored;
    uint64_t edges;
    uint64_t listed;
    uint64_t clusters;
};

static double clock_s(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t random_next(uint64_t *state) {
    uint64_t x = (*state += 0x9E3779B97F4A7C15ull);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

static double random_unit(uint64_t *state) {
    return (double)(random_next(state) >> 11) * 0x1p-53;
}

/* Zipf with exponent 1 by inversion of its continuous form: P(rank <= r) = ln r / ln n. */
static uint32_t random_zipf(uint64_t *state, uint32_t n) {
    uint32_t rank = (uint32_t)exp(random_unit(state) * log((double)n + 1.0));
    return rank < 1 ? 0 : (rank > n ? n - 1 : rank - 1);
}

static enum hearsay_status store_append(void *context, const void *bytes, size_t len,
                                        uint64_t *offset) {
    struct bench *bench = context;
    *offset = __atomic_fetch_add(&bench->stored, len, __ATOMIC_RELAXED);
    ssize_t written = pwrite(fileno(bench->file), bytes, len, (off_t)*offset);
    return written == (ssize_t)len ? HEARSAY_OK : HEARSAY_IO;
}

static enum hearsay_status store_read(void *context, uint64_t offset, void *bytes, size_t len) {
    struct bench *bench = context;
    ssize_t got = pread(fileno(bench->file), bytes, len, (off_t)offset);
    return got == (ssize_t)len ? HEARSAY_OK : HEARSAY_IO;
}

static uint32_t account_rank(void *context, uint16_t writer, uint32_t index) {
    (void)context;
    (void)writer;
    return index;
}

static int64_t platform_precision_us(void *context, uint8_t platform) {
    (void)context;
    (void)platform;
    return 1000000;
}

static enum hearsay_status on_edge(void *context, const struct edge *edge) {
    struct bench *bench = context;
    bench->edges++;
    bench->listed += edge->co_action_count;
    return HEARSAY_OK;
}

static enum hearsay_status on_cluster(void *context, const struct cluster *cluster) {
    struct bench *bench = context;
    bench->clusters = cluster->number;
    return HEARSAY_OK;
}

static enum hearsay_status action_add(struct table_writer *table, struct log *log, uint64_t *random,
                                      const struct settings *settings, uint32_t *posts,
                                      bool is_viral) {
    uint32_t object = is_viral ? settings->objects : random_zipf(random, settings->objects);
    uint32_t account = random_zipf(random, settings->accounts);
    char entry[64];
    int post_len = snprintf(entry + 4, 30, "%llu", (unsigned long long)random_next(random));
    int object_len = snprintf(entry + 4 + post_len, 30, "https://example.org/%u", object);
    const uint16_t lens[2] = {(uint16_t)post_len, (uint16_t)object_len};
    memcpy(entry, lens, sizeof lens);
    struct action action = {
        .object = hash128((struct str){(const char *)&object, sizeof object}),
        .time_us = (int64_t)(random_unit(random) * (double)settings->days * 86400.0) * 1000000,
        .post = hash128((struct str){entry + 4, (size_t)post_len}),
        .account = account,
        .layer = LAYER_LINK,
    };
    posts[account]++;
    if (settings->table) {
        fprintf(settings->table, "%u,%u,%lld\n", account, object,
                (long long)(action.time_us / 1000000));
    }
    enum hearsay_status status =
        log_append(log, entry, 4u + (size_t)post_len + (size_t)object_len, &action.evidence);
    return status == HEARSAY_OK ? table_add(table, (unsigned)(action.object.high >> 56), &action)
                                : status;
}

/* Processor time stands beside wall-clock time: only the former means anything on a shared machine.
 */
static void report_print(const struct bench *bench, const struct coordination_report *report,
                         const double run_s[2], uint64_t spilled) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    const unsigned layer = LAYER_LINK;
    printf("run        %.2f s (processor %.2f s), %.2f M actions/s\n", run_s[0], run_s[1],
           (double)report->actions[layer] / run_s[0] / 1e6);
    printf("objects    %llu shared, %llu capped\n", (unsigned long long)report->objects[layer],
           (unsigned long long)report->capped_objects[layer]);
    printf("co-actions %llu kept, %llu skipped\n", (unsigned long long)report->co_actions[layer],
           (unsigned long long)report->skipped_pairs[layer]);
    printf("edges      %llu with %llu co-actions, %llu clusters\n",
           (unsigned long long)bench->edges, (unsigned long long)bench->listed,
           (unsigned long long)bench->clusters);
    printf("memory     %.0f MiB at most (limit %llu MiB), %.0f MiB spilled\n",
           (double)usage.ru_maxrss / 1024.0, (unsigned long long)bench->settings.memory_mib,
           (double)spilled / 1048576.0);
}

static int bench_run(struct bench *bench) {
    const struct settings *settings = &bench->settings;
    struct hearsay_store store = {store_append, store_read, bench};
    struct memory_budget budget = {.limit_bytes = settings->memory_mib << 20, .store = &store};
    struct table_writer table;
    struct log log;
    table_writer_init(&table, &budget, sizeof(struct action));
    log_init(&log, &budget);
    uint32_t *posts = calloc(settings->accounts, sizeof *posts);
    uint64_t random = settings->seed;
    double start = clock_s(CLOCK_MONOTONIC);
    enum hearsay_status status = posts ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    const uint64_t actions = settings->actions + settings->viral;
    for (uint64_t i = 0; i < actions && status == HEARSAY_OK; i++) {
        bool is_viral = i >= settings->actions;
        status = action_add(&table, &log, &random, settings, posts, is_viral);
    }
    double added = clock_s(CLOCK_MONOTONIC);
    double processor = clock_s(CLOCK_PROCESS_CPUTIME_ID);
    printf("generate   %.2f s\n", added - start);
    struct table_writer *tables[1] = {&table};
    const struct log *logs[1] = {&log};
    struct coordination_options options = {
        .window_s = WINDOW_S,
        .q = 0.05,
        .threads = settings->threads,
        .budget = &budget,
        .account_count = settings->accounts,
        .account_rank = account_rank,
        .platform_precision_us = platform_precision_us,
        .logs = logs,
        .posts_per_account = posts,
        .on_edge = on_edge,
        .on_cluster = on_cluster,
        .context = bench,
    };
    struct coordination_result result = {0};
    if (status == HEARSAY_OK) {
        status = coordination_run(tables, 1, &options, &result, NULL);
        const double run_s[2] = {clock_s(CLOCK_MONOTONIC) - added,
                                 clock_s(CLOCK_PROCESS_CPUTIME_ID) - processor};
        report_print(bench, &result.report, run_s, budget.spilled_bytes);
    }
    coordination_result_free(&result);
    table_writer_free(&table);
    log_free(&log);
    free(posts);
    if (status != HEARSAY_OK) {
        fprintf(stderr, "failed with status %d\n", (int)status);
    }
    return status == HEARSAY_OK ? 0 : 1;
}

static uint64_t argument(int count, char **arguments, int index, uint64_t otherwise) {
    return index < count ? strtoull(arguments[index], NULL, 10) : otherwise;
}

int main(int count, char **arguments) {
    mallopt(M_MMAP_THRESHOLD, 64 << 10); /* as analyzer/cli/coordinate.c */
    struct bench bench = {.settings = {.actions = argument(count, arguments, 1, 10000000),
                                       .accounts = (uint32_t)argument(count, arguments, 2, 1000000),
                                       .objects = (uint32_t)argument(count, arguments, 3, 500000),
                                       .threads = (unsigned)argument(count, arguments, 4, 2),
                                       .memory_mib = argument(count, arguments, 5, 2048),
                                       .seed = argument(count, arguments, 6, 1),
                                       .days = argument(count, arguments, 7, 30),
                                       .viral = argument(count, arguments, 8, 0),
                                       .table = count > 9 ? fopen(arguments[9], "w") : NULL}};
    bench.file = tmpfile();
    if (!bench.file) {
        perror("tmpfile");
        return 1;
    }
    int code = bench_run(&bench);
    fclose(bench.file);
    if (bench.settings.table) {
        fclose(bench.settings.table);
    }
    return code;
}
