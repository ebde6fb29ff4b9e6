#include "base/map.h"

#include <stdlib.h>

#include "base/hash.h"

struct map_slot {
    uint32_t tag;            /* upper half of the hash, to skip most comparisons */
    uint32_t index_plus_one; /* 0: free */
};

#define MAP_FIRST_SLOTS 64u

static size_t slot_find(const struct map *map, struct str key, uint64_t hash) {
    size_t mask = map->slot_count - 1;
    uint32_t tag = (uint32_t)(hash >> 32);
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        const struct map_slot *slot = &map->slots[at];
        if (slot->index_plus_one == 0 ||
            (slot->tag == tag && str_equal(map->keys[slot->index_plus_one - 1], key))) {
            return at;
        }
    }
}

static bool slots_grow(struct map *map) {
    size_t count = map->slot_count ? map->slot_count * 2 : MAP_FIRST_SLOTS;
    struct map_slot *slots = calloc(count, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        uint64_t hash = hash64(map->keys[i]);
        size_t at = hash & (count - 1);
        while (slots[at].index_plus_one) {
            at = (at + 1) & (count - 1);
        }
        slots[at] = (struct map_slot){(uint32_t)(hash >> 32), i + 1};
    }
    free(map->slots);
    map->slots = slots;
    map->slot_count = count;
    return true;
}

static bool keys_grow(struct map *map) {
    if (map->key_capacity > UINT32_MAX / 2) {
        return false;
    }
    uint32_t capacity = map->key_capacity ? map->key_capacity * 2 : MAP_FIRST_SLOTS;
    struct str *keys = realloc(map->keys, capacity * sizeof *keys);
    if (!keys) {
        return false;
    }
    map->keys = keys;
    map->key_capacity = capacity;
    return true;
}

uint32_t map_intern(struct map *map, struct str key, bool *is_new) {
    if (is_new) {
        *is_new = false;
    }
    /* Three quarters full is the most that linear probing bears well. */
    if ((map->count + 1ull) * 4 > map->slot_count * 3ull && !slots_grow(map)) {
        return MAP_NONE;
    }
    uint64_t hash = hash64(key);
    struct map_slot *slot = &map->slots[slot_find(map, key, hash)];
    if (slot->index_plus_one) {
        return slot->index_plus_one - 1;
    }
    struct str copy;
    if ((map->count == map->key_capacity && !keys_grow(map)) ||
        !arena_copy(&map->arena, key, &copy)) {
        return MAP_NONE;
    }
    map->keys[map->count] = copy;
    *slot = (struct map_slot){(uint32_t)(hash >> 32), map->count + 1};
    if (is_new) {
        *is_new = true;
    }
    return map->count++;
}

uint32_t map_find(const struct map *map, struct str key) {
    if (map->slot_count == 0) {
        return MAP_NONE;
    }
    const struct map_slot *slot = &map->slots[slot_find(map, key, hash64(key))];
    return slot->index_plus_one ? slot->index_plus_one - 1 : MAP_NONE;
}

size_t map_bytes(const struct map *map) {
    return map->slot_count * sizeof *map->slots + map->key_capacity * sizeof *map->keys +
           map->arena.bytes_held;
}

void map_free(struct map *map) {
    free(map->slots);
    free(map->keys);
    arena_free(&map->arena);
    *map = (struct map){0};
}
