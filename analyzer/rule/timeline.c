#include "rule/timeline.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "rule/sequence.h"

/* A rule that waits, as struct pending has it. */
struct wait {
    const struct rule *rule;
    uint64_t values[OVER_MEASURES_MOST];
    uint32_t present;
    struct digest *keys;
    size_t key_count;
    struct str words;
};

struct kept {
    struct sequence_post post;
    struct str key; /* platform \0 id \0 */
    struct digest content;
    const struct rule **judged; /* that hit the post by themselves */
    uint32_t judged_count;
    const struct rule **hits; /* those and the waiting ones that fire; room for all */
    uint32_t hit_count;
    struct wait *waits;
    uint32_t wait_count;
    uint32_t number;
};

struct timeline {
    const struct hearsay_rules *pack;
    struct arena arena;
    struct kept *items; /* in order of number, after timeline_play in order of time */
    uint32_t count;
    uint32_t capacity;
    uint64_t bytes;
    uint32_t *places; /* by number, after timeline_play */
};

struct timeline *timeline_new(const struct hearsay_rules *pack) {
    struct timeline *timeline = calloc(1, sizeof *timeline);
    if (timeline) {
        timeline->pack = pack;
    }
    return timeline;
}

void timeline_free(struct timeline *timeline) {
    if (timeline) {
        arena_free(&timeline->arena);
        free(timeline->items);
        free(timeline->places);
        free(timeline);
    }
}

uint32_t timeline_count(const struct timeline *timeline) {
    return timeline->count;
}

uint64_t timeline_bytes(const struct timeline *timeline) {
    return timeline->bytes;
}

/* ---- Keeping ---- */

static uint64_t size_of(const struct kept *kept) {
    uint64_t bytes = sizeof *kept + sizeof(uint32_t) + kept->key.len +
                     sizeof *kept->hits * 2 * (kept->judged_count + kept->wait_count);
    for (uint32_t i = 0; i < kept->wait_count; i++) {
        const struct wait *wait = &kept->waits[i];
        bytes += sizeof *wait + wait->key_count * sizeof *wait->keys + wait->words.len;
    }
    return bytes;
}

static bool keep_key(struct timeline *timeline, const struct post *post, struct kept *kept) {
    struct buffer key = {0};
    buffer_append_str(&key, post->platform);
    buffer_append_byte(&key, '\0');
    buffer_append_str(&key, post->id);
    bool ok = !key.failed && arena_copy(&timeline->arena, buffer_str(&key), &kept->key);
    buffer_free(&key);
    return ok;
}

static bool keep_wait(struct timeline *timeline, const struct judgement *judgement,
                      const struct pending *pending, struct wait *wait) {
    wait->rule = pending->rule;
    wait->present = pending->present;
    wait->key_count = pending->key_count;
    memcpy(wait->values, pending->values, sizeof wait->values);
    if (!arena_copy(&timeline->arena, pending->words, &wait->words)) {
        return false;
    }
    if (pending->key_count == 0) {
        return true;
    }
    wait->keys = arena_array(&timeline->arena, pending->key_count, sizeof *wait->keys);
    if (wait->keys) {
        memcpy(wait->keys, judgement->keys + pending->first_key,
               pending->key_count * sizeof *wait->keys);
    }
    return wait->keys;
}

static bool keep_rules(struct timeline *timeline, const struct judgement *judgement,
                       struct kept *kept) {
    size_t most = judgement->hit_count + judgement->pending_count;
    if (most == 0) {
        return true;
    }
    kept->judged = arena_array(&timeline->arena, most, sizeof *kept->judged);
    kept->hits = arena_array(&timeline->arena, most, sizeof *kept->hits);
    kept->waits = arena_array(&timeline->arena, judgement->pending_count + 1, sizeof *kept->waits);
    if (!kept->judged || !kept->hits || !kept->waits) {
        return false;
    }
    for (size_t i = 0; i < judgement->hit_count; i++) {
        kept->judged[kept->judged_count++] = judgement->hits[i].rule;
    }
    for (size_t i = 0; i < judgement->pending_count; i++) {
        if (!keep_wait(timeline, judgement, &judgement->pending[i],
                       &kept->waits[kept->wait_count++])) {
            return false;
        }
    }
    return true;
}

bool timeline_add(struct timeline *timeline, const struct post *post,
                  const struct judgement *judgement) {
    const struct str content[] = {post->account, post->text};
    struct kept kept = {.post = {.account = account_digest(post->platform, post->account),
                                 .has_account = post->account.len > 0,
                                 .has_time = post->has_time,
                                 .time_us = post->created_at_us},
                        .content = hash128_fields(content, 2),
                        .number = timeline->count};
    if (timeline->count == timeline->capacity) {
        uint32_t capacity = timeline->capacity ? timeline->capacity * 2 : 64;
        struct kept *grown = realloc(timeline->items, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        timeline->items = grown;
        timeline->capacity = capacity;
    }
    if (!keep_key(timeline, post, &kept) || !keep_rules(timeline, judgement, &kept)) {
        return false;
    }
    timeline->bytes += size_of(&kept);
    timeline->items[timeline->count++] = kept;
    return true;
}

/* ---- Playing ---- */

/* As findings are sorted: posts without a time last. */
static int compare_kept(const void *left, const void *right) {
    const struct kept *a = left;
    const struct kept *b = right;
    if (a->post.has_time != b->post.has_time) {
        return a->post.has_time ? -1 : 1;
    }
    if (a->post.has_time && a->post.time_us != b->post.time_us) {
        return a->post.time_us < b->post.time_us ? -1 : 1;
    }
    int order = str_compare(a->key, b->key);
    return order != 0 ? order : digest_compare(a->content, b->content);
}

static int compare_rules(const void *left, const void *right) {
    const struct rule *a = *(const struct rule *const *)left;
    const struct rule *b = *(const struct rule *const *)right;
    return (a->index > b->index) - (a->index < b->index);
}

static enum hearsay_status ask(struct sequence *sequence, struct kept *kept,
                               const struct rule *changed) {
    for (uint32_t i = 0; i < kept->wait_count; i++) {
        const struct wait *wait = &kept->waits[i];
        bool is_changed = changed && changed->index == wait->rule->index;
        struct window_post post = {.rule = is_changed ? changed : wait->rule,
                                   .time_us = kept->post.time_us,
                                   .keys = wait->keys,
                                   .key_count = wait->key_count,
                                   .words = wait->words,
                                   .values = wait->values,
                                   .present = wait->present};
        bool fires;
        enum hearsay_status status = sequence_ask(sequence, &kept->post, &post, &fires);
        if (status != HEARSAY_OK) {
            return status;
        }
        if (fires) {
            kept->hits[kept->hit_count++] = wait->rule;
        }
    }
    return HEARSAY_OK;
}

static enum hearsay_status settle(struct sequence *sequence, struct kept *kept,
                                  const struct rule *changed) {
    kept->hit_count = kept->judged_count;
    for (uint32_t i = 0; i < kept->judged_count; i++) {
        kept->hits[i] = kept->judged[i];
    }
    enum hearsay_status status = ask(sequence, kept, changed);
    if (kept->hit_count > 1) {
        qsort(kept->hits, kept->hit_count, sizeof *kept->hits, compare_rules);
    }
    for (uint32_t i = 0; i < kept->hit_count; i++) {
        const struct outcome *outcome = &kept->hits[i]->outcome;
        for (uint32_t k = 0; k < outcome->label_count && status == HEARSAY_OK; k++) {
            int64_t until_us;
            bool is_given;
            status = sequence_give(sequence, &kept->post, kept->hits[i], &outcome->labels[k],
                                   &until_us, &is_given);
        }
    }
    return status;
}

enum hearsay_status timeline_play(struct timeline *timeline, const struct rule *changed) {
    struct sequence *sequence = sequence_new(timeline->pack);
    if (!timeline->places) {
        timeline->places = calloc(timeline->count + (size_t)1, sizeof *timeline->places);
    }
    enum hearsay_status status = sequence && timeline->places ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    if (timeline->count > 1) {
        qsort(timeline->items, timeline->count, sizeof *timeline->items, compare_kept);
    }
    for (uint32_t i = 0; i < timeline->count && status == HEARSAY_OK; i++) {
        struct kept *kept = &timeline->items[i];
        timeline->places[kept->number] = i;
        if (i > 0 && compare_kept(kept - 1, kept) == 0) {
            kept->hits = kept[-1].hits; /* as long: copies have the same rules */
            kept->hit_count = kept[-1].hit_count;
        } else {
            status = settle(sequence, kept, changed);
        }
    }
    sequence_free(sequence);
    return status;
}

uint32_t timeline_at(const struct timeline *timeline, uint32_t place) {
    return timeline->items[place].number;
}

const struct rule *const *timeline_hits(const struct timeline *timeline, uint32_t number,
                                        uint32_t *count) {
    const struct kept *kept = &timeline->items[timeline->places[number]];
    *count = kept->hit_count;
    return kept->hits;
}
