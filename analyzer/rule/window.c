#include "rule/window.h"

#include <stdlib.h>

#include "rule/compile.h"
#include "rule/window_series.h"

#define SLOT_COUNT (2 * WINDOW_KEYS_MOST) /* of the hash table: a power of two, half full */
#define SLOT_FREE 0u

struct windows {
    const struct hearsay_rules *pack;
    struct series *series; /* WINDOW_KEYS_MOST; the first `count` are in use */
    uint32_t *slots;       /* index of a series + 1, by its id, linear probing */
    uint32_t *heap;        /* indices of series, oldest last post on top */
    uint32_t count;
    uint32_t posts_held;
    int64_t *since_us; /* by index of the rule: time of its first post */
    bool *is_begun;
    uint64_t *scratch;               /* OVER_POSTS_MOST */
    struct resemblance *resemblance; /* NULL until a rule by similar(...) needs it */
    struct window_report report;
};

struct windows *windows_new(const struct hearsay_rules *pack) {
    struct windows *windows = calloc(1, sizeof *windows);
    if (!windows) {
        return NULL;
    }
    windows->pack = pack;
    windows->series = malloc(WINDOW_KEYS_MOST * sizeof *windows->series);
    windows->slots = calloc(SLOT_COUNT, sizeof *windows->slots);
    windows->heap = malloc(WINDOW_KEYS_MOST * sizeof *windows->heap);
    windows->since_us = calloc(pack->rule_count + (size_t)1, sizeof *windows->since_us);
    windows->is_begun = calloc(pack->rule_count + (size_t)1, sizeof *windows->is_begun);
    windows->scratch = malloc(OVER_POSTS_MOST * sizeof *windows->scratch);
    if (!windows->series || !windows->slots || !windows->heap || !windows->since_us ||
        !windows->is_begun || !windows->scratch) {
        windows_free(windows);
        return NULL;
    }
    return windows;
}

void windows_free(struct windows *windows) {
    if (!windows) {
        return;
    }
    for (uint32_t i = 0; i < windows->count; i++) {
        free(windows->series[i].events);
    }
    free(windows->series);
    free(windows->slots);
    free(windows->heap);
    free(windows->since_us);
    free(windows->is_begun);
    free(windows->scratch);
    resemblance_free(windows->resemblance);
    free(windows);
}

struct window_report windows_report(const struct windows *windows) {
    struct window_report report = windows->report;
    if (windows->resemblance) {
        report.resemblance = resemblance_report(windows->resemblance);
    }
    return report;
}

/* ---- The heap: oldest last post first, then smallest id ---- */

static bool is_before(const struct windows *windows, uint32_t left, uint32_t right) {
    const struct series *a = &windows->series[left];
    const struct series *b = &windows->series[right];
    return a->last_us != b->last_us ? a->last_us < b->last_us : digest_compare(a->id, b->id) < 0;
}

static void heap_put(struct windows *windows, uint32_t at, uint32_t series) {
    windows->heap[at] = series;
    windows->series[series].heap_at = at;
}

static void heap_rise(struct windows *windows, uint32_t at) {
    uint32_t series = windows->heap[at];
    while (at > 0 && is_before(windows, series, windows->heap[(at - 1) / 2])) {
        heap_put(windows, at, windows->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    heap_put(windows, at, series);
}

static void heap_sink(struct windows *windows, uint32_t at, uint32_t heap_count) {
    uint32_t series = windows->heap[at];
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= heap_count) {
            break;
        }
        if (child + 1 < heap_count &&
            is_before(windows, windows->heap[child + 1], windows->heap[child])) {
            child++;
        }
        if (!is_before(windows, windows->heap[child], series)) {
            break;
        }
        heap_put(windows, at, windows->heap[child]);
        at = child;
    }
    heap_put(windows, at, series);
}

/* ---- The table ---- */

static uint32_t slot_of(struct digest id) {
    return (uint32_t)(id.low & (SLOT_COUNT - 1));
}

/* The slot that holds the id, or the free one where it belongs. */
static uint32_t slot_find(const struct windows *windows, struct digest id) {
    uint32_t slot = slot_of(id);
    while (windows->slots[slot] != SLOT_FREE &&
           !digest_equal(windows->series[windows->slots[slot] - 1].id, id)) {
        slot = (slot + 1) & (SLOT_COUNT - 1);
    }
    return slot;
}

/* Frees a slot and moves those back that were pushed past it (Knuth, TAOCP 3, 6.4, algorithm R). */
static void slot_remove(struct windows *windows, uint32_t slot) {
    uint32_t next = slot;
    for (;;) {
        next = (next + 1) & (SLOT_COUNT - 1);
        if (windows->slots[next] == SLOT_FREE) {
            break;
        }
        uint32_t home = slot_of(windows->series[windows->slots[next] - 1].id);
        if (((next - home) & (SLOT_COUNT - 1)) >= ((next - slot) & (SLOT_COUNT - 1))) {
            windows->slots[slot] = windows->slots[next];
            slot = next;
        }
    }
    windows->slots[slot] = SLOT_FREE;
}

/* The last series takes the place of the removed one. */
static void series_remove(struct windows *windows, uint32_t index) {
    struct series *series = &windows->series[index];
    uint32_t last = windows->count - 1;
    uint32_t at = series->heap_at;
    slot_remove(windows, slot_find(windows, series->id));
    windows->posts_held -= series->count;
    free(series->events);
    if (at != last) {
        heap_put(windows, at, windows->heap[last]);
        heap_sink(windows, at, last);
        heap_rise(windows, windows->series[windows->heap[at]].heap_at);
    }
    if (index != last) {
        windows->slots[slot_find(windows, windows->series[last].id)] = index + 1;
        *series = windows->series[last];
        windows->heap[series->heap_at] = index;
    }
    windows->count = last;
}

/* Forgets the oldest key; it counts as evicted if its window is not over. */
static void evict(struct windows *windows, int64_t now_us) {
    uint32_t index = windows->heap[0];
    struct series *series = &windows->series[index];
    windows->posts_held -= series_expire(series, now_us);
    windows->report.keys_evicted += series->count > 0;
    series_remove(windows, index);
}

static uint32_t series_of(struct windows *windows, const struct rule *rule, struct digest id,
                          int64_t now_us) {
    uint32_t slot = slot_find(windows, id);
    if (windows->slots[slot] != SLOT_FREE) {
        return windows->slots[slot] - 1;
    }
    if (windows->count == WINDOW_KEYS_MOST) {
        evict(windows, now_us);
        slot = slot_find(windows, id);
    }
    uint32_t index = windows->count++;
    windows->series[index] = (struct series){.id = id, .over = rule->over, .last_us = now_us};
    windows->slots[slot] = index + 1;
    heap_put(windows, index, index);
    heap_rise(windows, index);
    return index;
}

/* ---- Entering ---- */

/* Room for one more post. The key at work stands at the bottom of the order by time, but it may be
 * the only one: then its own oldest post goes. */
static void make_room(struct windows *windows, struct digest id, int64_t now_us) {
    while (windows->posts_held >= WINDOW_POSTS_MOST) {
        struct series *oldest = &windows->series[windows->heap[0]];
        if (digest_equal(oldest->id, id)) {
            series_drop_first(oldest);
            windows->posts_held--;
            windows->report.posts_dropped++;
        } else {
            evict(windows, now_us);
        }
    }
}

static enum hearsay_status enter_key(struct windows *windows, const struct window_post *post,
                                     struct digest key, bool *fires) {
    const struct str fields[] = {{(const char *)&post->rule->index, sizeof post->rule->index},
                                 {(const char *)&key, sizeof key}};
    struct digest id = hash128_fields(fields, 2);
    uint32_t index = series_of(windows, post->rule, id, post->time_us);
    windows->series[index].last_us = post->time_us;
    heap_sink(windows, windows->series[index].heap_at, windows->count);
    make_room(windows, id, post->time_us);
    struct series *series = &windows->series[windows->slots[slot_find(windows, id)] - 1];
    windows->posts_held -= series_expire(series, post->time_us);
    bool was_true = series->count > 0 && series->is_true;
    bool dropped;
    if (!series_add(series, post->time_us, post->values, post->present, &dropped)) {
        return HEARSAY_NO_MEMORY;
    }
    windows->posts_held += !dropped;
    windows->report.posts_dropped += dropped;
    windows->report.posts++;
    series->is_true =
        series_holds(series, post->time_us, windows->since_us[post->rule->index], windows->scratch);
    *fires = *fires || (series->is_true && !was_true);
    return HEARSAY_OK;
}

static enum hearsay_status enter_similar(struct windows *windows, const struct window_post *post,
                                         bool *fires) {
    struct digest key;
    if (!windows->resemblance) {
        windows->resemblance = resemblance_new();
    }
    if (!windows->resemblance ||
        !resemblance_key(windows->resemblance, post->rule, post->time_us, post->words, &key)) {
        return HEARSAY_NO_MEMORY;
    }
    return enter_key(windows, post, key, fires);
}

enum hearsay_status windows_enter(struct windows *windows, const struct window_post *post,
                                  bool *fires) {
    uint32_t rule = post->rule->index;
    enum hearsay_status status = HEARSAY_OK;
    *fires = false;
    if (!windows->is_begun[rule]) {
        windows->is_begun[rule] = true;
        windows->since_us[rule] = post->time_us;
    }
    if (post->rule->over->key == OVER_SIMILAR) {
        status = enter_similar(windows, post, fires);
    }
    for (size_t i = 0;
         i < post->key_count && post->rule->over->key != OVER_SIMILAR && status == HEARSAY_OK;
         i++) {
        status = enter_key(windows, post, post->keys[i], fires);
    }
    windows->report.fired += *fires;
    return status;
}
