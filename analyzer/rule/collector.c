#include "rule/collector.h"

#include <stdlib.h>

void *collector_add(struct collector *collector, size_t item_size) {
    if (collector->count == collector->capacity) {
        if (collector->capacity > UINT32_MAX / 2) {
            return NULL;
        }
        uint32_t capacity = collector->capacity ? collector->capacity * 2 : 8;
        char *bytes = realloc(collector->bytes, capacity * item_size);
        if (!bytes) {
            return NULL;
        }
        collector->bytes = bytes;
        collector->capacity = capacity;
    }
    void *item = collector->bytes + collector->count++ * item_size;
    memset(item, 0, item_size);
    return item;
}

void *collector_move(struct collector *collector, size_t item_size, struct arena *arena,
                     uint32_t *count) {
    *count = collector->count;
    if (collector->count == 0) {
        return NULL;
    }
    void *items = arena_array(arena, collector->count, item_size);
    if (items) {
        memcpy(items, collector->bytes, collector->count * item_size);
    }
    collector->count = 0;
    return items;
}

void collector_free(struct collector *collector) {
    free(collector->bytes);
    *collector = (struct collector){0};
}
