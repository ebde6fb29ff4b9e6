/* Interning map: byte strings to dense indices 0, 1, 2, ... in order of first arrival.
 * Open addressing over XXH3-64; keys are copied and owned. Not thread-safe: one owner. */
#ifndef HEARSAY_BASE_MAP_H
#define HEARSAY_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

struct map_slot;

/* Zero-initialise. */
struct map {
    struct map_slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    struct str *keys;  /* keys[i] is the key of index i */
    uint32_t count;
    uint32_t key_capacity;
    struct arena arena;
};

#define MAP_NONE UINT32_MAX

/* Index of `key`, adding it if it is new (then *is_new is true; may be NULL). MAP_NONE when memory
 * is out or 2^32-1 keys are held. */
uint32_t map_intern(struct map *map, struct str key, bool *is_new);

/* Index of `key` or MAP_NONE. */
uint32_t map_find(const struct map *map, struct str key);

/* Bytes held, keys included. */
size_t map_bytes(const struct map *map);

void map_free(struct map *map);

#endif
