#include "coordination/listing.h"

#include <stdlib.h>

#include "base/sort.h"

/* The head of a log entry: lengths of post id and object. */
struct evidence_head {
    uint16_t post_len;
    uint16_t object_len;
};

/* By what is shown, except strings; ties are broken by the posts' digests, so that the same records
 * come first whatever their order was. */
static int record_compare(const void *left, const void *right) {
    const struct pair_record *x = left;
    const struct pair_record *y = right;
    if (x->layer != y->layer) {
        return x->layer < y->layer ? -1 : 1;
    }
    if (x->time_us != y->time_us) {
        return x->time_us < y->time_us ? -1 : 1;
    }
    if (x->object != y->object) {
        return x->object < y->object ? -1 : 1;
    }
    if (x->gap_us != y->gap_us) {
        return x->gap_us < y->gap_us ? -1 : 1;
    }
    return (x->tie > y->tie) - (x->tie < y->tie);
}

static int item_compare(const void *left, const void *right) {
    const struct co_action *x = left;
    const struct co_action *y = right;
    if (x->layer != y->layer) {
        return x->layer < y->layer ? -1 : 1;
    }
    if (x->at_us != y->at_us) {
        return x->at_us < y->at_us ? -1 : 1;
    }
    int order = str_compare(x->post_a, y->post_a);
    if (order == 0) {
        order = str_compare(x->post_b, y->post_b);
    }
    if (order == 0) {
        order = str_compare(x->object, y->object);
    }
    return order != 0 ? order : (x->gap_s > y->gap_s) - (x->gap_s < y->gap_s);
}

static bool items_reserve(struct listing *listing, size_t count) {
    if (count <= listing->capacity) {
        return true;
    }
    struct co_action *items = realloc(listing->items, count * sizeof *items);
    if (!items) {
        return false;
    }
    listing->items = items;
    listing->capacity = count;
    return true;
}

/* Reads one log entry; *object may be NULL. */
static enum hearsay_status evidence_read(struct listing *listing, uint16_t writer, uint64_t offset,
                                         struct str *post, struct str *object) {
    const struct log *log = listing->options->logs[writer];
    struct evidence_head head;
    enum hearsay_status status = log_read(log, offset, &head, sizeof head);
    if (status != HEARSAY_OK) {
        return status;
    }
    size_t len = (size_t)head.post_len + (object ? head.object_len : 0u);
    char *bytes = arena_alloc(&listing->arena, len ? len : 1);
    if (!bytes) {
        return HEARSAY_NO_MEMORY;
    }
    *post = (struct str){bytes, head.post_len};
    if (object) {
        *object = (struct str){bytes + head.post_len, head.object_len};
    }
    return log_read(log, offset + sizeof head, bytes, len);
}

static enum hearsay_status item_read(struct listing *listing, const struct pair_record *record,
                                     struct co_action *item) {
    double gap_s = (double)record->gap_us / 1e6;
    *item = (struct co_action){
        .at_us = record->time_us,
        .gap_s = record->is_b_first && record->gap_us > 0 ? -gap_s : gap_s,
        .layer = (enum layer)record->layer,
    };
    /* The excerpt of the earlier post stands for both: texts that fold alike may differ raw. */
    struct str *object_a = record->is_b_first ? NULL : &item->object;
    struct str *object_b = record->is_b_first ? &item->object : NULL;
    enum hearsay_status status =
        evidence_read(listing, record->writer_a, record->evidence_a, &item->post_a, object_a);
    return status == HEARSAY_OK ? evidence_read(listing, record->writer_b, record->evidence_b,
                                                &item->post_b, object_b)
                                : status;
}

uint64_t listing_omitted(const struct kept_edge *kept) {
    uint64_t limit = kept->is_significant ? CO_ACTIONS_LIMIT : CO_ACTIONS_OF_WEAKER_PAIRS;
    return kept->trimmed + (kept->count < limit ? 0 : kept->count - limit);
}

size_t listing_trim(struct pair_record *records, size_t count) {
    sort_records(records, count, sizeof *records, record_compare);
    return count < CO_ACTIONS_OF_WEAKER_PAIRS ? count : CO_ACTIONS_OF_WEAKER_PAIRS;
}

enum hearsay_status listing_edge(struct listing *listing, const struct kept_edge *kept,
                                 struct pair_record *records, struct edge *edge) {
    uint64_t omitted = listing_omitted(kept);
    size_t listed = kept->count + kept->trimmed - omitted;
    if (!items_reserve(listing, listed)) {
        return HEARSAY_NO_MEMORY;
    }
    arena_reset(&listing->arena);
    sort_records(records, kept->count, sizeof *records, record_compare);
    for (size_t i = 0; i < listed; i++) {
        enum hearsay_status status = item_read(listing, &records[i], &listing->items[i]);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    sort_records(listing->items, listed, sizeof *listing->items, item_compare);
    *edge = (struct edge){.a = kept->a,
                          .b = kept->b,
                          .log_p = kept->log_p,
                          .log_q = kept->log_q,
                          .evidence = kept->evidence,
                          .co_actions = listing->items,
                          .co_action_count = listed,
                          .omitted_co_actions = omitted};
    for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
        edge->layer_weights[layer] = kept->layer_weights[layer];
        edge->weight += kept->layer_weights[layer];
    }
    return HEARSAY_OK;
}

void listing_free(struct listing *listing) {
    arena_free(&listing->arena);
    free(listing->items);
}
