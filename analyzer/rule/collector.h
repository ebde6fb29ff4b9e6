/* An array that grows while a number of items is not known, then moves to an arena in one piece.
 * Items are plain bytes: no pointer to one survives the next collector_add. */
#ifndef HEARSAY_RULE_COLLECTOR_H
#define HEARSAY_RULE_COLLECTOR_H

#include "base/arena.h"

/* Zero-initialise. */
struct collector {
    char *bytes;
    uint32_t count;
    uint32_t capacity; /* in items */
};

/* A new zeroed item at the end, all items of one collector having one size; NULL: memory is out. */
void *collector_add(struct collector *collector, size_t item_size);

/* Copies the items into the arena, sets *count and empties the collector, which keeps its memory
 * for reuse. NULL when there are none (*count is 0) or memory is out (*count is not 0). */
void *collector_move(struct collector *collector, size_t item_size, struct arena *arena,
                     uint32_t *count);

void collector_free(struct collector *collector);

#endif
