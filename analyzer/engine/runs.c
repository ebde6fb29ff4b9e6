#include "engine/runs.h"

#include <stdlib.h>

/* Spilled runs are read back in blocks of this size, so a merge needs this much per run. */
#define RUN_BLOCK_BYTES (256u << 10)
/* A run shorter than this is not worth a seek: the budget may be exceeded by so much per worker. */
#define RUN_LEAST_BYTES (1u << 20)

struct entry_head {
    uint32_t key_len;
    uint32_t payload_len;
};

static struct str entry_key(const char *entry) {
    struct entry_head head;
    memcpy(&head, entry, sizeof head);
    return (struct str){entry + sizeof head, head.key_len};
}

static struct str entry_payload(const char *entry) {
    struct entry_head head;
    memcpy(&head, entry, sizeof head);
    return (struct str){entry + sizeof head + head.key_len, head.payload_len};
}

static size_t entry_bytes(const char *entry) {
    struct entry_head head;
    memcpy(&head, entry, sizeof head);
    return sizeof head + head.key_len + head.payload_len;
}

static int entry_compare(const char *a, const char *b) {
    int order = str_compare(entry_key(a), entry_key(b));
    return order != 0 ? order : str_compare(entry_payload(a), entry_payload(b));
}

void runs_init(struct runs *runs, struct memory_budget *budget) {
    *runs = (struct runs){.budget = budget};
}

static int pointer_compare(const void *left, const void *right) {
    return entry_compare(*(const char *const *)left, *(const char *const *)right);
}

/* The entries in memory as a sorted array of pointers; NULL when memory is out or there are none.
 */
static const char **entries_sorted(const struct runs *runs) {
    const char **entries = malloc((runs->count ? runs->count : 1) * sizeof *entries);
    if (!entries) {
        return NULL;
    }
    for (size_t i = 0; i < runs->count; i++) {
        entries[i] = runs->bytes.ptr + runs->starts[i];
    }
    qsort(entries, runs->count, sizeof *entries, pointer_compare);
    return entries;
}

static enum hearsay_status block_write(struct run *run, struct memory_budget *budget,
                                       struct buffer *block) {
    struct run_block *blocks = realloc(run->blocks, (run->block_count + 1) * sizeof *blocks);
    if (!blocks) {
        return HEARSAY_NO_MEMORY;
    }
    run->blocks = blocks;
    struct run_block *added = &blocks[run->block_count];
    added->len = (uint32_t)block->len;
    enum hearsay_status status =
        budget->store->append(budget->store->context, block->ptr, block->len, &added->offset);
    if (status == HEARSAY_OK) {
        run->block_count++;
        atomic_fetch_add(&budget->spilled_bytes, block->len);
        buffer_clear(block);
    }
    return status;
}

static enum hearsay_status run_write(struct runs *runs, struct run *run, const char **entries) {
    struct buffer block = {0};
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; i < runs->count && status == HEARSAY_OK; i++) {
        if (!buffer_append(&block, entries[i], entry_bytes(entries[i]))) {
            status = HEARSAY_NO_MEMORY;
        } else if (block.len >= RUN_BLOCK_BYTES) {
            status = block_write(run, runs->budget, &block);
        }
    }
    if (status == HEARSAY_OK && block.len > 0) {
        status = block_write(run, runs->budget, &block);
    }
    buffer_free(&block);
    return status;
}

static void entries_forget(struct runs *runs) {
    atomic_fetch_sub(&runs->budget->used_bytes, runs->charged_bytes);
    runs->charged_bytes = 0;
    runs->count = 0;
    buffer_free(&runs->bytes);
}

static enum hearsay_status runs_spill(struct runs *runs) {
    struct run *grown = realloc(runs->runs, (runs->run_count + 1) * sizeof *grown);
    const char **entries = entries_sorted(runs);
    if (grown) {
        runs->runs = grown;
    }
    if (!grown || !entries) {
        free(entries);
        return HEARSAY_NO_MEMORY;
    }
    struct run *run = &grown[runs->run_count];
    *run = (struct run){0};
    runs->run_count++;
    enum hearsay_status status = run_write(runs, run, entries);
    free(entries);
    if (status == HEARSAY_OK) {
        entries_forget(runs);
    }
    return status;
}

static enum hearsay_status budget_check(struct runs *runs) {
    uint64_t held = runs->bytes.capacity + runs->capacity * sizeof *runs->starts;
    if (held != runs->charged_bytes) {
        atomic_fetch_add(&runs->budget->used_bytes, held - runs->charged_bytes);
        runs->charged_bytes = held;
    }
    if (atomic_load(&runs->budget->used_bytes) <= runs->budget->limit_bytes ||
        runs->bytes.len < RUN_LEAST_BYTES) {
        return HEARSAY_OK;
    }
    return runs->budget->store ? runs_spill(runs) : HEARSAY_LIMIT;
}

enum hearsay_status runs_add(struct runs *runs, struct str key, struct str payload) {
    if (key.len > UINT32_MAX || payload.len > UINT32_MAX) {
        return HEARSAY_LIMIT;
    }
    if (runs->count == runs->capacity) {
        size_t capacity = runs->capacity ? runs->capacity * 2 : 256;
        size_t *starts = realloc(runs->starts, capacity * sizeof *starts);
        if (!starts) {
            return HEARSAY_NO_MEMORY;
        }
        runs->starts = starts;
        runs->capacity = capacity;
    }
    struct entry_head head = {(uint32_t)key.len, (uint32_t)payload.len};
    size_t start = runs->bytes.len;
    if (!buffer_reserve(&runs->bytes, sizeof head + key.len + payload.len)) {
        return HEARSAY_NO_MEMORY;
    }
    buffer_append(&runs->bytes, &head, sizeof head);
    buffer_append_str(&runs->bytes, key);
    buffer_append_str(&runs->bytes, payload);
    runs->starts[runs->count++] = start;
    return budget_check(runs);
}

/* ---- Merging ---- */

/* One sorted sequence: either pointers into memory, or blocks in the store. */
struct cursor {
    const char *entry; /* NULL: exhausted */
    const char **entries;
    size_t left;
    const struct run *run;
    size_t next_block;
    struct buffer block;
    const struct hearsay_store *store;
};

static enum hearsay_status cursor_load(struct cursor *cursor) {
    if (cursor->next_block == cursor->run->block_count) {
        cursor->entry = NULL;
        return HEARSAY_OK;
    }
    const struct run_block *block = &cursor->run->blocks[cursor->next_block++];
    buffer_clear(&cursor->block);
    if (!buffer_reserve(&cursor->block, block->len)) {
        return HEARSAY_NO_MEMORY;
    }
    cursor->block.len = block->len;
    cursor->entry = cursor->block.ptr;
    return cursor->store->read(cursor->store->context, block->offset, cursor->block.ptr,
                               block->len);
}

static enum hearsay_status cursor_next(struct cursor *cursor) {
    if (!cursor->run) {
        cursor->left--;
        cursor->entries++;
        cursor->entry = cursor->left ? *cursor->entries : NULL;
        return HEARSAY_OK;
    }
    cursor->entry += entry_bytes(cursor->entry);
    if (cursor->entry < cursor->block.ptr + cursor->block.len) {
        return HEARSAY_OK;
    }
    return cursor_load(cursor);
}

/* The cursors are few (one per worker and spilled run), so that a scan finds the smallest. */
static struct cursor *cursor_smallest(struct cursor *cursors, size_t count) {
    struct cursor *best = NULL;
    for (size_t i = 0; i < count; i++) {
        if (cursors[i].entry && (!best || entry_compare(cursors[i].entry, best->entry) < 0)) {
            best = &cursors[i];
        }
    }
    return best;
}

static enum hearsay_status cursors_open(struct runs *const *workers, size_t worker_count,
                                        struct cursor *cursors, const char ***arrays) {
    size_t at = 0;
    for (size_t w = 0; w < worker_count; w++) {
        const struct runs *runs = workers[w];
        arrays[w] = entries_sorted(runs);
        if (!arrays[w]) {
            return HEARSAY_NO_MEMORY;
        }
        cursors[at++] = (struct cursor){
            .entry = runs->count ? arrays[w][0] : NULL, .entries = arrays[w], .left = runs->count};
        for (size_t r = 0; r < runs->run_count; r++, at++) {
            cursors[at] = (struct cursor){.run = &runs->runs[r], .store = runs->budget->store};
            enum hearsay_status status = cursor_load(&cursors[at]);
            if (status != HEARSAY_OK) {
                return status;
            }
        }
    }
    return HEARSAY_OK;
}

enum hearsay_status runs_merge(struct runs *const *workers, size_t worker_count, entry_visit *visit,
                               void *context) {
    size_t cursor_count = worker_count;
    for (size_t w = 0; w < worker_count; w++) {
        cursor_count += workers[w]->run_count;
    }
    struct cursor *cursors = calloc(cursor_count ? cursor_count : 1, sizeof *cursors);
    const char ***arrays = calloc(worker_count ? worker_count : 1, sizeof *arrays);
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    if (cursors && arrays) {
        status = cursors_open(workers, worker_count, cursors, arrays);
    }
    while (status == HEARSAY_OK) {
        struct cursor *smallest = cursor_smallest(cursors, cursor_count);
        if (!smallest) {
            break;
        }
        status = visit(context, entry_key(smallest->entry), entry_payload(smallest->entry));
        if (status == HEARSAY_OK) {
            status = cursor_next(smallest);
        }
    }
    for (size_t i = 0; cursors && i < cursor_count; i++) {
        buffer_free(&cursors[i].block);
    }
    for (size_t w = 0; arrays && w < worker_count; w++) {
        free(arrays[w]);
    }
    free(cursors);
    free(arrays);
    return status;
}

void runs_free(struct runs *runs) {
    if (runs->budget) {
        entries_forget(runs);
    }
    free(runs->starts);
    for (size_t r = 0; r < runs->run_count; r++) {
        free(runs->runs[r].blocks);
    }
    free(runs->runs);
    *runs = (struct runs){0};
}
