/* The append-only log of base/table.h. */
#include <stdlib.h>

#include "base/table.h"

struct log_chunk {
    char *bytes;           /* NULL: in the store */
    uint64_t store_offset; /* valid when bytes is NULL */
    size_t used;
};

void log_init(struct log *log, struct memory_budget *budget) {
    *log = (struct log){.budget = budget};
}

static bool chunks_grow(struct log *log) {
    if (log->chunks && log->chunk_count < log->chunk_capacity) {
        return true;
    }
    size_t capacity = log->chunk_capacity ? log->chunk_capacity * 2 : 16;
    struct log_chunk *chunks = realloc(log->chunks, capacity * sizeof *chunks);
    if (!chunks) {
        return false;
    }
    log->chunks = chunks;
    log->chunk_capacity = capacity;
    return true;
}

/* Writes every resident chunk to the store. *spare is the memory of one of them, kept for the next
 * chunk and still counted in the budget; NULL when there was none. */
static enum hearsay_status log_spill(struct log *log, char **spare) {
    const struct hearsay_store *store = log->budget->store;
    *spare = NULL;
    while (log->first_resident < log->chunk_count) {
        struct log_chunk *chunk = &log->chunks[log->first_resident];
        enum hearsay_status status =
            store->append(store->context, chunk->bytes, chunk->used, &chunk->store_offset);
        if (status != HEARSAY_OK) {
            if (*spare) {
                memory_give(log->budget, LOG_CHUNK_BYTES);
                free(*spare);
            }
            return status;
        }
        atomic_fetch_add(&log->budget->spilled_bytes, chunk->used);
        if (*spare) {
            memory_give(log->budget, LOG_CHUNK_BYTES);
            free(chunk->bytes);
        } else {
            *spare = chunk->bytes;
        }
        chunk->bytes = NULL;
        log->first_resident++;
    }
    return HEARSAY_OK;
}

/* Memory for the next chunk, counted in the budget. */
static enum hearsay_status chunk_memory(struct log *log, char **bytes) {
    *bytes = NULL;
    if (!memory_take(log->budget, LOG_CHUNK_BYTES)) {
        if (!log->budget->store) {
            return HEARSAY_LIMIT;
        }
        enum hearsay_status status = log_spill(log, bytes);
        if (status != HEARSAY_OK || *bytes) {
            return status;
        }
        /* Others have spent the budget: one chunk is the floor of a log. */
        memory_force(log->budget, LOG_CHUNK_BYTES);
    }
    *bytes = malloc(LOG_CHUNK_BYTES);
    if (!*bytes) {
        memory_give(log->budget, LOG_CHUNK_BYTES);
        return HEARSAY_NO_MEMORY;
    }
    return HEARSAY_OK;
}

enum hearsay_status log_append(struct log *log, const void *bytes, size_t len, uint64_t *offset) {
    if (len > LOG_CHUNK_BYTES) {
        return HEARSAY_BAD_ARGUMENT;
    }
    struct log_chunk *last = log->chunk_count ? &log->chunks[log->chunk_count - 1] : NULL;
    if (!last || !last->bytes || LOG_CHUNK_BYTES - last->used < len) {
        char *memory;
        if (!chunks_grow(log)) {
            return HEARSAY_NO_MEMORY;
        }
        enum hearsay_status status = chunk_memory(log, &memory);
        if (status != HEARSAY_OK) {
            return status;
        }
        last = &log->chunks[log->chunk_count++];
        *last = (struct log_chunk){.bytes = memory};
    }
    *offset = (uint64_t)(log->chunk_count - 1) * LOG_CHUNK_BYTES + last->used;
    if (len > 0) {
        memcpy(last->bytes + last->used, bytes, len);
    }
    last->used += len;
    log->end = *offset + len;
    return HEARSAY_OK;
}

enum hearsay_status log_read(const struct log *log, uint64_t offset, void *bytes, size_t len) {
    uint64_t index = offset / LOG_CHUNK_BYTES;
    size_t at = offset % LOG_CHUNK_BYTES;
    if (len == 0) {
        return HEARSAY_OK;
    }
    if (index >= log->chunk_count || at > log->chunks[index].used ||
        log->chunks[index].used - at < len) {
        return HEARSAY_BAD_ARGUMENT;
    }
    const struct log_chunk *chunk = &log->chunks[index];
    if (chunk->bytes) {
        memcpy(bytes, chunk->bytes + at, len);
        return HEARSAY_OK;
    }
    const struct hearsay_store *store = log->budget->store;
    return store->read(store->context, chunk->store_offset + at, bytes, len);
}

void log_free(struct log *log) {
    for (size_t i = log->first_resident; i < log->chunk_count; i++) {
        memory_give(log->budget, LOG_CHUNK_BYTES);
        free(log->chunks[i].bytes);
    }
    free(log->chunks);
    *log = (struct log){.budget = log->budget};
}
