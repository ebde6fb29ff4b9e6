/* The posts of one key of one rule within its window: a ring of events, and what they measure.
 * Internal to rule/window.c. */
#ifndef HEARSAY_RULE_WINDOW_SERIES_H
#define HEARSAY_RULE_WINDOW_SERIES_H

#include "base/hash.h"
#include "rule/over.h"

struct series {
    struct digest id; /* of rule and key */
    const struct over *over;
    int64_t last_us;  /* time of the latest post */
    uint64_t *events; /* ring; each event: time, present bits, a value per slot */
    uint32_t first;
    uint32_t count;
    uint32_t capacity; /* events */
    uint32_t heap_at;
    bool is_true; /* the condition held at the latest post */
};

/* Drops the events at or before time - duration; returns how many. */
uint32_t series_expire(struct series *series, int64_t now_us);
/* Adds an event, dropping the oldest where OVER_POSTS_MOST are held (*dropped). False: memory is
 * out. */
bool series_add(struct series *series, int64_t time_us, const uint64_t *values, uint32_t present,
                bool *dropped);
void series_drop_first(struct series *series);

/* Does the condition hold? `since_us` is the time of the rule's first post in the scan: a burst is
 * compared with the time that was seen. `scratch` has room for OVER_POSTS_MOST values. */
bool series_holds(const struct series *series, int64_t now_us, int64_t since_us, uint64_t *scratch);

#endif
