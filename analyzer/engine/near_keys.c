/* The keys of one tree of the forest: which texts get one, and their order. */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/radix.h"
#include "coordination/crew.h"
#include "engine/near_run.h"

/* Sixteen bits for every text: a twentieth of those that share nothing get a key by accident. */
bool near_seen_open(struct near_run *run) {
    if (run->depth_least == 1) {
        return true;
    }
    size_t words = 1024;
    while (words * 4 < run->count) {
        words *= 2;
    }
    run->seen.once = malloc(words * sizeof *run->seen.once);
    run->seen.twice = malloc(words * sizeof *run->seen.twice);
    if (!run->seen.once || !run->seen.twice) {
        return false;
    }
    run->seen.words = words;
    memory_force(run->options->budget, 2 * words * sizeof *run->seen.once);
    return true;
}

void near_seen_close(struct near_run *run) {
    memory_give(run->options->budget, 2 * run->seen.words * sizeof *run->seen.once);
    free(run->seen.once);
    free(run->seen.twice);
}

static unsigned lane_partition(uint16_t lane, uint32_t platform) {
    return ((lane ^ platform) * 0x9e3779b1u) >> 24;
}

/* The key of a text in the tree at work, from the tree's lanes only. */
static enum hearsay_status key_read(const struct near_run *run, uint32_t text,
                                    struct near_key *key) {
    const struct near_text *row = &run->texts[text];
    uint16_t lanes[NEAR_TREE_DEPTH];
    uint64_t offset =
        (uint64_t)row->signature * sizeof(struct signature) + (uint64_t)run->tree * sizeof lanes;
    enum hearsay_status status =
        log_read(&run->workers[row->signature_log].signatures, offset, lanes, sizeof lanes);
    *key = (struct near_key){.text = text, .platform = row->platform};
    for (unsigned d = 0; d < NEAR_TREE_DEPTH && status == HEARSAY_OK; d++) {
        key->lanes = key->lanes << 16 | lanes[d];
    }
    return status;
}

/* Place of a key's first lanes, depth_least of them, among the bits. */
static uint64_t seen_place(const struct near_run *run, const struct near_key *key) {
    uint64_t head = key->lanes >> 16 * (NEAR_TREE_DEPTH - run->depth_least);
    uint64_t mixed = (head ^ (uint64_t)key->platform << 29) * 0x9e3779b97f4a7c15ull;
    return (mixed >> 20) & (run->seen.words * 64 - 1);
}

static bool bits_have(_Atomic uint64_t *bits, uint64_t place) {
    return atomic_load_explicit(&bits[place / 64], memory_order_relaxed) >> place % 64 & 1;
}

/* Sets a bit; was it set before? Of two that set it at once, one is told so. */
static bool bits_set(_Atomic uint64_t *bits, uint64_t place) {
    return bits_have(bits, place) ||
           (atomic_fetch_or_explicit(&bits[place / 64], 1ull << place % 64, memory_order_relaxed) >>
                place % 64 &
            1);
}

/* Notes the first lanes of every text: only what two texts share is worth a key. */
static enum hearsay_status seen_chunk(void *context, unsigned index, unsigned chunk) {
    (void)index;
    struct near_run *run = context;
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t i = chunk * NEAR_CHUNK; i < near_chunk_end(run, chunk) && status == HEARSAY_OK;
         i++) {
        struct near_key key;
        if (run->texts[i].signature == NEAR_NO_SIGNATURE) {
            continue;
        }
        status = key_read(run, i, &key);
        uint64_t place = seen_place(run, &key);
        if (bits_set(run->seen.once, place)) {
            bits_set(run->seen.twice, place);
        }
    }
    return status;
}

static enum hearsay_status key_chunk(void *context, unsigned index, unsigned chunk) {
    struct near_run *run = context;
    for (uint32_t i = chunk * NEAR_CHUNK; i < near_chunk_end(run, chunk); i++) {
        struct near_key key;
        if (run->texts[i].signature == NEAR_NO_SIGNATURE) {
            continue;
        }
        enum hearsay_status status = key_read(run, i, &key);
        bool is_shared = run->seen.words == 0 || bits_have(run->seen.twice, seen_place(run, &key));
        if (status == HEARSAY_OK && is_shared) {
            unsigned partition = lane_partition((uint16_t)(key.lanes >> 48), key.platform);
            status = table_add(&run->workers[index].keys, partition, &key);
        }
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    return HEARSAY_OK;
}

enum hearsay_status near_keys_make(struct near_run *run, unsigned chunks) {
    enum hearsay_status status = HEARSAY_OK;
    if (run->seen.words > 0) {
        for (size_t i = 0; i < run->seen.words; i++) {
            atomic_store_explicit(&run->seen.once[i], 0, memory_order_relaxed);
            atomic_store_explicit(&run->seen.twice[i], 0, memory_order_relaxed);
        }
        status = crew_run(run->threads, chunks, seen_chunk, run);
    }
    return status == HEARSAY_OK ? crew_run(run->threads, chunks, key_chunk, run) : status;
}

void near_keys_sort(struct near_key *keys, struct near_key *spare, uint32_t count) {
    static const size_t offsets[] = {
        offsetof(struct near_key, platform), offsetof(struct near_key, lanes) + RADIX_UPPER_HALF,
        offsetof(struct near_key, lanes) + RADIX_LOWER_HALF, offsetof(struct near_key, text)};
    radix_sort(keys, spare, count, sizeof *keys, offsets, sizeof offsets / sizeof offsets[0]);
}
