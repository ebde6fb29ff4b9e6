/* Region allocator: many small objects with one lifetime, freed together.
 * Out of memory is NULL, never an abort. Not thread-safe: one owner. */
#ifndef HEARSAY_BASE_ARENA_H
#define HEARSAY_BASE_ARENA_H

#include "base/str.h"

struct arena_block;

/* Zero-initialise: `struct arena a = {0};` */
struct arena {
    struct arena_block *head;
    size_t bytes_held; /* bytes obtained from the system */
};

/* `size` bytes aligned for any object, zeroed; NULL when memory is out. */
void *arena_alloc(struct arena *arena, size_t size);

/* `count` objects of `size` bytes, zeroed; NULL on overflow or when memory is out. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of `text` that lives as long as the arena, with a NUL after it; false when memory is out.
 */
bool arena_copy(struct arena *arena, struct str text, struct str *copy);

/* Forget every object but keep the largest block for reuse. */
void arena_reset(struct arena *arena);

/* Give all memory back. The arena may be used again. */
void arena_free(struct arena *arena);

#endif
