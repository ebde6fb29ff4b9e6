#include "base/table.h"

#include <stdalign.h>
#include <stdlib.h>

struct table_chunk {
    struct table_chunk *next;
    uint32_t count; /* records held */
    uint32_t bytes; /* room for records, in bytes */
    alignas(max_align_t) char records[];
};

struct table_run {
    struct table_run *next;
    uint64_t offset; /* in the store */
    uint32_t count;  /* records */
};

/* Chunks of a partition double from the first size to the largest, so that a small table costs
 * little and a large one makes few chunks. */
#define CHUNK_FIRST_BYTES 4096u
#define CHUNK_LARGEST_BYTES (64u * 1024u)

bool memory_take(struct memory_budget *budget, uint64_t bytes) {
    uint64_t before = atomic_fetch_add(&budget->used_bytes, bytes);
    if (before + bytes <= budget->limit_bytes) {
        return true;
    }
    atomic_fetch_sub(&budget->used_bytes, bytes);
    return false;
}

void memory_force(struct memory_budget *budget, uint64_t bytes) {
    atomic_fetch_add(&budget->used_bytes, bytes);
}

void memory_give(struct memory_budget *budget, uint64_t bytes) {
    atomic_fetch_sub(&budget->used_bytes, bytes);
}

void table_writer_init(struct table_writer *writer, struct memory_budget *budget,
                       size_t record_bytes) {
    *writer = (struct table_writer){.budget = budget, .record_bytes = record_bytes};
}

static uint64_t chunk_cost(uint32_t bytes) {
    return sizeof(struct table_chunk) + bytes;
}

static bool chunk_is_full(const struct table_writer *writer, const struct table_chunk *chunk) {
    return (chunk->count + 1ull) * writer->record_bytes > chunk->bytes;
}

static uint32_t chunk_next_bytes(const struct table_writer *writer,
                                 const struct table_chunk *head) {
    uint32_t bytes = head ? head->bytes * 2 : CHUNK_FIRST_BYTES;
    if (bytes > CHUNK_LARGEST_BYTES) {
        bytes = CHUNK_LARGEST_BYTES;
    }
    return bytes < writer->record_bytes ? (uint32_t)writer->record_bytes : bytes;
}

/* A new head for a partition; its cost has been counted already and is given back on failure. */
static enum hearsay_status chunk_push(struct table_writer *writer, unsigned partition,
                                      uint32_t bytes) {
    struct table_chunk *chunk = malloc(sizeof *chunk + bytes);
    if (!chunk) {
        memory_give(writer->budget, chunk_cost(bytes));
        return HEARSAY_NO_MEMORY;
    }
    chunk->next = writer->chunks[partition];
    chunk->count = 0;
    chunk->bytes = bytes;
    writer->chunks[partition] = chunk;
    return HEARSAY_OK;
}

/* Writes a chunk to the store and empties it. A chunk keeps its records when that fails. */
static enum hearsay_status chunk_spill(struct table_writer *writer, unsigned partition,
                                       struct table_chunk *chunk) {
    if (chunk->count == 0) {
        return HEARSAY_OK;
    }
    struct table_run *run = malloc(sizeof *run);
    if (!run) {
        return HEARSAY_NO_MEMORY;
    }
    const struct hearsay_store *store = writer->budget->store;
    size_t len = chunk->count * writer->record_bytes;
    enum hearsay_status status = store->append(store->context, chunk->records, len, &run->offset);
    if (status != HEARSAY_OK) {
        free(run);
        return status;
    }
    run->count = chunk->count;
    run->next = writer->runs[partition];
    writer->runs[partition] = run;
    atomic_fetch_add(&writer->budget->spilled_bytes, len);
    chunk->count = 0;
    return HEARSAY_OK;
}

/* Moves the chunks behind a partition's head, which are all full, to the store. */
static enum hearsay_status partition_spill(struct table_writer *writer, unsigned partition) {
    struct table_chunk *head = writer->chunks[partition];
    while (head && head->next) {
        struct table_chunk *chunk = head->next;
        enum hearsay_status status = chunk_spill(writer, partition, chunk);
        if (status != HEARSAY_OK) {
            return status;
        }
        head->next = chunk->next;
        memory_give(writer->budget, chunk_cost(chunk->bytes));
        free(chunk);
    }
    return HEARSAY_OK;
}

/* Makes room by spilling whatever is full. Half-filled heads stay, or a budget that others have
 * spent would make one run of every record. */
static enum hearsay_status writer_spill(struct table_writer *writer, unsigned partition) {
    enum hearsay_status status = HEARSAY_OK;
    for (unsigned p = 0; p < TABLE_PARTITIONS && status == HEARSAY_OK; p++) {
        status = partition_spill(writer, p);
    }
    return status == HEARSAY_OK ? chunk_spill(writer, partition, writer->chunks[partition])
                                : status;
}

static enum hearsay_status room_make(struct table_writer *writer, unsigned partition) {
    uint32_t bytes = chunk_next_bytes(writer, writer->chunks[partition]);
    if (memory_take(writer->budget, chunk_cost(bytes))) {
        return chunk_push(writer, partition, bytes);
    }
    if (!writer->budget->store) {
        return HEARSAY_LIMIT;
    }
    if (writer->chunks[partition]) {
        return writer_spill(writer, partition);
    }
    memory_force(writer->budget, chunk_cost(bytes));
    return chunk_push(writer, partition, bytes);
}

enum hearsay_status table_add(struct table_writer *writer, unsigned partition, const void *record) {
    struct table_chunk *head = writer->chunks[partition];
    if (!head || chunk_is_full(writer, head)) {
        enum hearsay_status status = room_make(writer, partition);
        if (status != HEARSAY_OK) {
            return status;
        }
        head = writer->chunks[partition];
    }
    memcpy(head->records + head->count * writer->record_bytes, record, writer->record_bytes);
    head->count++;
    writer->counts[partition]++;
    return HEARSAY_OK;
}

uint64_t table_count(struct table_writer *const *writers, size_t writer_count, unsigned partition) {
    uint64_t count = 0;
    for (size_t i = 0; i < writer_count; i++) {
        count += writers[i]->counts[partition];
    }
    return count;
}

/* Copies one writer's records of a partition to *to and moves *to behind them. */
static enum hearsay_status partition_copy(const struct table_writer *writer, unsigned partition,
                                          char **to) {
    for (const struct table_chunk *c = writer->chunks[partition]; c; c = c->next) {
        memcpy(*to, c->records, c->count * writer->record_bytes);
        *to += c->count * writer->record_bytes;
    }
    const struct hearsay_store *store = writer->budget->store;
    for (const struct table_run *run = writer->runs[partition]; run; run = run->next) {
        size_t len = run->count * writer->record_bytes;
        enum hearsay_status status = store->read(store->context, run->offset, *to, len);
        if (status != HEARSAY_OK) {
            return status;
        }
        *to += len;
    }
    return HEARSAY_OK;
}

enum hearsay_status table_read(struct table_writer *const *writers, size_t writer_count,
                               unsigned partition, void *records) {
    char *to = records;
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; i < writer_count && status == HEARSAY_OK; i++) {
        status = partition_copy(writers[i], partition, &to);
    }
    return status;
}

void table_release(struct table_writer *writer, unsigned partition) {
    for (struct table_chunk *chunk = writer->chunks[partition]; chunk;) {
        struct table_chunk *next = chunk->next;
        memory_give(writer->budget, chunk_cost(chunk->bytes));
        free(chunk);
        chunk = next;
    }
    for (struct table_run *run = writer->runs[partition]; run;) {
        struct table_run *next = run->next;
        free(run);
        run = next;
    }
    writer->chunks[partition] = NULL;
    writer->runs[partition] = NULL;
    writer->counts[partition] = 0;
}

void table_writer_free(struct table_writer *writer) {
    for (unsigned p = 0; p < TABLE_PARTITIONS; p++) {
        table_release(writer, p);
    }
}
