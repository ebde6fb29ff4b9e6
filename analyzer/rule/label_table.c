#include "rule/label_table.h"

#include <stdlib.h>

#define SLOT_COUNT (2 * LABELS_MOST) /* of the hash table: a power of two, half full */
#define SLOT_FREE 0u
#define FIRST_CAPACITY 1024u

struct label_table {
    struct account_label *items;
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* index of an item + 1, linear probing */
    struct label_table_report report;
};

struct label_table *label_table_new(void) {
    struct label_table *labels = calloc(1, sizeof *labels);
    if (!labels) {
        return NULL;
    }
    labels->slots = calloc(SLOT_COUNT, sizeof *labels->slots);
    if (!labels->slots) {
        label_table_free(labels);
        return NULL;
    }
    return labels;
}

void label_table_free(struct label_table *labels) {
    if (labels) {
        free(labels->items);
        free(labels->slots);
        free(labels);
    }
}

struct label_table_report label_table_report(const struct label_table *labels) {
    return labels->report;
}

struct digest account_digest(struct str platform, struct str account) {
    const struct str fields[] = {platform, account};
    return hash128_fields(fields, 2);
}

/* ---- The table ---- */

/* The slot that holds the pair, or the free one where it belongs. */
static uint32_t slot_find(const struct label_table *labels, struct digest account, uint32_t label) {
    uint64_t home = account.low + label * 0x9e3779b97f4a7c15u; /* 2^64 / golden ratio */
    uint32_t slot = (uint32_t)(home & (SLOT_COUNT - 1));
    while (labels->slots[slot] != SLOT_FREE) {
        const struct account_label *item = &labels->items[labels->slots[slot] - 1];
        if (item->label == label && digest_equal(item->account, account)) {
            break;
        }
        slot = (slot + 1) & (SLOT_COUNT - 1);
    }
    return slot;
}

static int compare_ends(const void *left, const void *right) {
    const struct account_label *a = left;
    const struct account_label *b = right;
    if (a->until_us != b->until_us) {
        return a->until_us < b->until_us ? -1 : 1;
    }
    int order = digest_compare(a->account, b->account);
    return order != 0 ? order : (a->label > b->label) - (a->label < b->label);
}

/* A quarter at once, so that sorting is paid for by the labels that come until the next time. */
static void evict(struct label_table *labels, int64_t now_us) {
    uint32_t forgotten = labels->count / 4;
    qsort(labels->items, labels->count, sizeof *labels->items, compare_ends);
    for (uint32_t i = 0; i < forgotten; i++) {
        labels->report.evicted += labels->items[i].until_us > now_us;
    }
    labels->count -= forgotten;
    memmove(labels->items, labels->items + forgotten, labels->count * sizeof *labels->items);
    memset(labels->slots, 0, SLOT_COUNT * sizeof *labels->slots);
    for (uint32_t i = 0; i < labels->count; i++) {
        const struct account_label *item = &labels->items[i];
        labels->slots[slot_find(labels, item->account, item->label)] = i + 1;
    }
}

static bool make_room(struct label_table *labels, int64_t now_us) {
    if (labels->count == LABELS_MOST) {
        evict(labels, now_us);
    }
    if (labels->count < labels->capacity) {
        return true;
    }
    uint32_t capacity = labels->capacity ? labels->capacity * 2 : FIRST_CAPACITY;
    struct account_label *items = realloc(labels->items, capacity * sizeof *items);
    if (!items) {
        return false;
    }
    labels->items = items;
    labels->capacity = capacity;
    return true;
}

bool label_table_have(const struct label_table *labels, struct digest account, uint32_t label,
                      int64_t now_us) {
    uint32_t slot = labels->slots[slot_find(labels, account, label)];
    return slot != SLOT_FREE && labels->items[slot - 1].until_us > now_us;
}

bool label_table_give(struct label_table *labels, const struct account_label *given, int64_t now_us,
                      int64_t *until_us) {
    uint32_t slot = labels->slots[slot_find(labels, given->account, given->label)];
    if (slot == SLOT_FREE) {
        if (!make_room(labels, now_us)) {
            return false;
        }
        labels->items[labels->count++] = *given;
        slot = labels->count;
        labels->slots[slot_find(labels, given->account, given->label)] = slot;
    }
    struct account_label *item = &labels->items[slot - 1];
    item->until_us = given->until_us > item->until_us ? given->until_us : item->until_us;
    *until_us = item->until_us;
    labels->report.given++;
    return true;
}

/* ---- At the end ---- */

static int compare_accounts(const void *left, const void *right) {
    const struct account_label *a = left;
    const struct account_label *b = right;
    int order = digest_compare(a->account, b->account);
    return order != 0 ? order : (a->label > b->label) - (a->label < b->label);
}

const struct account_label *label_table_sort(struct label_table *labels, size_t *count) {
    if (labels->count > 1) {
        qsort(labels->items, labels->count, sizeof *labels->items, compare_accounts);
    }
    *count = labels->count;
    return labels->items;
}

const struct account_label *label_table_of(const struct account_label *sorted, size_t total,
                                           struct digest account, size_t *count) {
    size_t low = 0;
    size_t high = total;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (digest_compare(sorted[middle].account, account) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *count = 0;
    while (low + *count < total && digest_equal(sorted[low + *count].account, account)) {
        (*count)++;
    }
    return sorted ? sorted + low : NULL;
}
