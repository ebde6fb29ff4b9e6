#include "engine/worker.h"

#include <stdlib.h>

#include "base/failure.h"
#include "engine/engine.h"

bool worker_init(struct worker *worker, struct hearsay_engine *engine, uint16_t index) {
    worker->engine = engine;
    worker->index = index;
    table_writer_init(&worker->facts, &engine->budget, sizeof(struct fact));
    table_writer_init(&worker->actions, &engine->budget, sizeof(struct action));
    table_writer_init(&worker->texts, &engine->budget, sizeof(struct action));
    log_init(&worker->log, &engine->budget);
    runs_init(&worker->findings, &engine->budget);
    rejects_init(&worker->rejects, &engine->budget, engine->options.keep_rejects);
    worker->decoder = decoder_new();
    if (engine->options.rules) {
        worker->matcher = matcher_new(engine->options.rules);
    }
    return worker->decoder && (worker->matcher || !engine->options.rules);
}

static bool input_counter_ready(struct worker *worker) {
    uint32_t wanted = worker->input_index + 1;
    if (wanted <= worker->records_per_input_count) {
        return true;
    }
    uint32_t count = wanted * 2;
    uint64_t *counts = realloc(worker->records_per_input, count * sizeof *counts);
    if (!counts) {
        return false;
    }
    memset(counts + worker->records_per_input_count, 0,
           (count - worker->records_per_input_count) * sizeof *counts);
    worker->records_per_input = counts;
    worker->records_per_input_count = count;
    return true;
}

static enum hearsay_status reject(struct worker *worker, const struct record *record) {
    const struct hearsay_engine *engine = worker->engine;
    tally_add(&worker->rejected, record->name, 1);
    atomic_fetch_add_explicit(&worker->rejected_count, 1, memory_order_relaxed);
    enum hearsay_status status = rejects_add(&worker->rejects, worker->input_index, record);
    if (status == HEARSAY_OK && engine->options.is_strict) {
        worker->failure_input = worker->input_index;
        status = failure_set(&worker->failure, HEARSAY_BAD_INPUT, STR_EMPTY, record->line,
                             record->column, "rejected under --strict: %s%s%.*s", record->name,
                             record->detail.len ? ": " : "", (int)record->detail.len,
                             record->detail.len ? record->detail.ptr : "");
    }
    return status;
}

static void count_repairs(struct worker *worker, unsigned repairs) {
    worker->repaired++;
    for (int bit = 0; bit < REPAIR_COUNT; bit++) {
        worker->repairs[bit] += repairs >> bit & 1;
    }
}

static enum hearsay_status visit(void *context, const struct record *record) {
    struct worker *worker = context;
    worker->records_per_input[worker->input_index]++;
    atomic_fetch_add_explicit(&worker->records_in, 1, memory_order_relaxed);
    if (record->repairs) {
        count_repairs(worker, record->repairs);
    }
    switch (record->kind) {
    case RECORD_POST:
        return worker_post(worker, record->post);
    case RECORD_OTHER_EVENT:
        tally_add(&worker->other_events, record->name, 1);
        return HEARSAY_OK;
    case RECORD_REJECTED:
        break;
    }
    return reject(worker, record);
}

void worker_block(struct worker *worker, struct block *block) {
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    worker->input_index = block->input_index;
    worker->format = str_from_c(block->format ? format_name(block->format) : "");
    worker->source.is_set = false;
    if (input_counter_ready(worker)) {
        status = decoder_block(worker->decoder, block, visit, worker);
    }
    block_free(block);
    if (status != HEARSAY_OK) {
        worker->status = status;
        if (worker->failure.status == HEARSAY_OK) {
            failure_set(&worker->failure, status, STR_EMPTY, 0, 0, "%s",
                        status == HEARSAY_NO_MEMORY ? "out of memory"
                        : status == HEARSAY_LIMIT
                            ? "the memory limit is spent and there is no temporary storage"
                            : "temporary storage failed");
        }
        atomic_store(&worker->engine->stop, true);
    }
}

void worker_free(struct worker *worker) {
    decoder_free(worker->decoder);
    matcher_free(worker->matcher);
    folder_free(&worker->folder);
    objects_free(&worker->objects);
    entity_list_free(&worker->entities);
    quantity_list_free(&worker->quantities);
    name_reader_free(&worker->names);
    buffer_free(&worker->domain);
    free(worker->entity_texts);
    buffer_free(&worker->key);
    buffer_free(&worker->line);
    buffer_free(&worker->account_key);
    map_free(&worker->accounts);
    free(worker->account_posts);
    table_writer_free(&worker->facts);
    table_writer_free(&worker->actions);
    table_writer_free(&worker->texts);
    log_free(&worker->log);
    runs_free(&worker->findings);
    rejects_free(&worker->rejects);
    free(worker->records_per_input);
}
