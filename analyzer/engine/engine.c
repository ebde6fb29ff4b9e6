#include "engine/engine.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "engine/compare.h"
#include "engine/layer_options.h"
#include "engine/near.h"
#include "post/timestamp.h"
#include "stats/library.h"

/* Enough for a decoder to work on without asking for the next too often, small enough for the
 * cache. */
#define BLOCK_BYTES (1u << 20)
#define MEMORY_LEAST_BYTES (64ull << 20)
#define MEMORY_DEFAULT_BYTES (2ull << 30)
#define RECORD_LIMIT_DEFAULT_BYTES (16ull << 20)
#define WINDOW_DEFAULT_S 60
#define DISCOVERY_DEFAULT 0.05

struct hearsay_options hearsay_options_default(void) {
    return (struct hearsay_options){.threads = 1,
                                    .memory_bytes = MEMORY_DEFAULT_BYTES,
                                    .window_s = WINDOW_DEFAULT_S,
                                    .q = DISCOVERY_DEFAULT,
                                    .similarity = NEAR_SIMILARITY,
                                    .record_limit_bytes = RECORD_LIMIT_DEFAULT_BYTES};
}

static enum hearsay_status options_check(const struct hearsay_options *options,
                                         struct hearsay_failure *failure) {
    const char *problem = NULL;
    if (!options->sink.write) {
        problem = "a sink is needed";
    } else if (options->threads < 1 || options->threads > THREADS_LIMIT) {
        problem = "the number of threads must be 1 to 64";
    } else if (options->memory_bytes < MEMORY_LEAST_BYTES) {
        problem = "the memory limit must be at least 64 MiB";
    } else if (!(options->window_s > 0) || !isfinite(options->window_s)) {
        problem = "the window must be longer than 0 s";
    } else if (!(options->q > 0) || options->q > 1) {
        problem = "the false discovery rate must be above 0 and at most 1";
    } else if (!(options->similarity > 0) || options->similarity > 1) {
        problem = "the similarity of texts must be above 0 and at most 1";
    } else if (options->record_limit_bytes < 1024) {
        problem = "the record limit must be at least 1 KiB";
    }
    if (problem) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "%s", problem);
    }
    return HEARSAY_OK;
}

static enum hearsay_status as_of_parse(const char *text, int64_t *as_of_us,
                                       struct hearsay_failure *failure) {
    struct timestamp time;
    if (!text) {
        return HEARSAY_OK;
    }
    if (!timestamp_parse(str_from_c(text), &time)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "as of takes a time like 2025-03-10 or 2025-03-10T12:00:00Z, not "
                           "'%.100s'",
                           text);
    }
    *as_of_us = time.us;
    return HEARSAY_OK;
}

static void *worker_run(void *context) {
    struct worker *worker = context;
    struct hearsay_engine *engine = worker->engine;
    struct block *block;
    while ((block = queue_pop(&engine->queue, &engine->stop))) {
        worker_block(worker, block);
        if (worker->status != HEARSAY_OK) {
            queue_wake(&engine->queue);
        }
    }
    return NULL;
}

static bool threads_start(struct hearsay_engine *engine) {
    unsigned wanted = engine->options.threads;
    if (wanted == 1) {
        return true;
    }
    engine->threads = calloc(wanted, sizeof *engine->threads);
    if (!engine->threads || !queue_init(&engine->queue, 2 * (size_t)wanted)) {
        return false;
    }
    engine->threads_run = true;
    for (unsigned i = 0; i < wanted; i++) {
        if (pthread_create(&engine->threads[i], NULL, worker_run, &engine->workers[i]) != 0) {
            return false;
        }
        engine->thread_count++;
    }
    return true;
}

static void threads_join(struct hearsay_engine *engine) {
    if (!engine->threads_run) {
        return;
    }
    queue_close(&engine->queue);
    queue_wake(&engine->queue);
    for (unsigned i = 0; i < engine->thread_count; i++) {
        pthread_join(engine->threads[i], NULL);
    }
    queue_free(&engine->queue);
    engine->threads_run = false;
}

/* Half of the memory is left for what no table holds: blocks, account names, the rules' tables,
 * the space that sorting needs and what the allocator keeps. Measured at ten million posts. */
static void budget_init(struct hearsay_engine *engine) {
    const struct hearsay_store *store = &engine->options.store;
    engine->budget.limit_bytes = engine->options.memory_bytes / 2;
    engine->budget.store = store->append ? store : NULL;
}

enum hearsay_status hearsay_open(const struct hearsay_options *options,
                                 struct hearsay_engine **engine, struct hearsay_failure *failure) {
    stats_begin();
    enum hearsay_status status = options_check(options, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    struct hearsay_engine *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return failure_memory(failure);
    }
    int64_t as_of_us = INT64_MAX;
    status = as_of_parse(options->as_of, &as_of_us, failure);
    if (status == HEARSAY_OK) {
        status = layers_parse(options->layers, &opened->layers, failure);
    }
    if (status == HEARSAY_OK) {
        status = layer_windows_parse(options->layer_windows, opened->layer_windows_s, failure);
    }
    if (status != HEARSAY_OK) {
        free(opened);
        return status;
    }
    opened->options = *options;
    opened->as_of_us = as_of_us;
    budget_init(opened);
    opened->workers = calloc(options->threads, sizeof *opened->workers);
    bool is_ready = opened->workers && sources_init(&opened->sources);
    for (unsigned i = 0; is_ready && i < options->threads; i++) {
        is_ready = worker_init(&opened->workers[i], opened, (uint16_t)i);
    }
    if (!is_ready || !threads_start(opened)) {
        hearsay_close(opened);
        return failure_memory(failure);
    }
    *engine = opened;
    return HEARSAY_OK;
}

/* The failure of the worker whose rejection stands first in the input. */
static enum hearsay_status workers_failure(const struct hearsay_engine *engine,
                                           struct hearsay_failure *failure) {
    const struct worker *first = NULL;
    for (unsigned i = 0; i < engine->options.threads; i++) {
        const struct worker *worker = &engine->workers[i];
        if (worker->status == HEARSAY_OK) {
            continue;
        }
        bool is_earlier = !first || worker->failure_input < first->failure_input ||
                          (worker->failure_input == first->failure_input &&
                           worker->failure.line < first->failure.line);
        if (is_earlier) {
            first = worker;
        }
    }
    if (!first) {
        return HEARSAY_OK;
    }
    if (failure) {
        *failure = first->failure;
        if (first->status == HEARSAY_BAD_INPUT && first->failure_input < engine->input_count) {
            const struct hearsay_failure *details = &first->failure;
            failure_set(failure, details->status,
                        str_from_c(engine->inputs[first->failure_input].name), details->line,
                        details->column, "%s", details->message);
        }
    }
    return first->status;
}

static enum hearsay_status take_block(void *context, struct block *block) {
    struct hearsay_engine *engine = context;
    if (engine->threads_run) {
        return queue_push(&engine->queue, block, &engine->stop) ? HEARSAY_OK : HEARSAY_STOPPED;
    }
    worker_block(&engine->workers[0], block);
    return engine->workers[0].status;
}

static enum hearsay_status feed_status(struct hearsay_engine *engine, enum hearsay_status status,
                                       struct hearsay_failure *failure) {
    if (!atomic_load(&engine->stop)) {
        return status;
    }
    threads_join(engine); /* so that every block before the failing one is done */
    return workers_failure(engine, failure);
}

static bool inputs_ready(struct hearsay_engine *engine) {
    if (engine->input_count < engine->input_capacity) {
        return true;
    }
    uint32_t capacity = engine->input_capacity ? engine->input_capacity * 2 : 16;
    struct input_record *inputs = realloc(engine->inputs, capacity * sizeof *inputs);
    if (!inputs) {
        return false;
    }
    engine->inputs = inputs;
    engine->input_capacity = capacity;
    return true;
}

static char *copy_text(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

enum hearsay_status hearsay_input_begin(struct hearsay_engine *engine, const char *name,
                                        struct hearsay_failure *failure) {
    if (engine->input || engine->is_finished) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "an input is begun after the last was ended and before finish");
    }
    char *copy = copy_text(name);
    if (!copy || !inputs_ready(engine)) {
        free(copy);
        return failure_memory(failure);
    }
    struct input_options options = {.name = copy,
                                    .format = engine->options.format,
                                    .map = engine->options.map,
                                    .record_limit_bytes = engine->options.record_limit_bytes,
                                    .block_bytes = BLOCK_BYTES,
                                    .input_index = engine->input_count,
                                    .sink = take_block,
                                    .context = engine};
    enum hearsay_status status = input_open(&options, &engine->input, failure);
    if (status != HEARSAY_OK) {
        free(copy);
        return status;
    }
    engine->inputs[engine->input_count++] = (struct input_record){.name = copy};
    return HEARSAY_OK;
}

enum hearsay_status hearsay_feed(struct hearsay_engine *engine, const char *bytes, size_t len,
                                 struct hearsay_failure *failure) {
    engine->bytes_in += len;
    engine->inputs[engine->input_count - 1].bytes += len;
    return feed_status(engine, input_feed(engine->input, bytes, len, failure), failure);
}

enum hearsay_status hearsay_input_end(struct hearsay_engine *engine, const char *note,
                                      struct hearsay_failure *failure) {
    if (!engine->input) {
        return HEARSAY_OK;
    }
    enum hearsay_status status = feed_status(engine, input_finish(engine->input, failure), failure);
    struct input_record *record = &engine->inputs[engine->input_count - 1];
    const struct format *format = input_format(engine->input);
    record->format = format ? copy_text(format_description(format)) : NULL;
    record->note = note ? copy_text(note) : NULL;
    input_free(engine->input);
    engine->input = NULL;
    return status;
}

struct hearsay_progress hearsay_progress_now(const struct hearsay_engine *engine) {
    struct hearsay_progress progress = {.bytes_in = engine->bytes_in};
    for (unsigned i = 0; i < engine->options.threads; i++) {
        const struct worker *worker = &engine->workers[i];
        progress.records_in += atomic_load_explicit(&worker->records_in, memory_order_relaxed);
        progress.findings += atomic_load_explicit(&worker->finding_count, memory_order_relaxed);
        progress.rejected += atomic_load_explicit(&worker->rejected_count, memory_order_relaxed);
    }
    return progress;
}

enum hearsay_status hearsay_finish(struct hearsay_engine *engine, struct hearsay_failure *failure) {
    if (engine->is_finished) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "finished before");
    }
    engine->is_finished = true;
    threads_join(engine);
    enum hearsay_status status = workers_failure(engine, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    return engine->compare ? compare_finish(engine, failure) : engine_compute(engine, failure);
}

struct hearsay_counts hearsay_counts_now(const struct hearsay_engine *engine) {
    return engine->counts;
}

void hearsay_close(struct hearsay_engine *engine) {
    if (!engine) {
        return;
    }
    atomic_store(&engine->stop, true);
    threads_join(engine);
    input_free(engine->input);
    for (unsigned i = 0; engine->workers && i < engine->options.threads; i++) {
        worker_free(&engine->workers[i]);
    }
    for (uint32_t i = 0; i < engine->input_count; i++) {
        free(engine->inputs[i].name);
        free(engine->inputs[i].format);
        free(engine->inputs[i].note);
    }
    compare_free(engine->compare);
    registry_index_free(&engine->registries);
    sources_free(&engine->sources);
    free(engine->validation);
    free(engine->inputs);
    free(engine->workers);
    free(engine->threads);
    free(engine);
}
