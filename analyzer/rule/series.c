#include "rule/series.h"

#include <stdio.h>
#include <stdlib.h>

#include "post/decode.h"
#include "post/input.h"
#include "rule/window.h"

#define BLOCK_BYTES (1u << 20)
#define RECORD_LIMIT_BYTES (16u << 20)

/* What is kept of a post until all are in order. */
struct kept {
    bool has_time;
    int64_t time_us;
    struct str key; /* platform \0 id */
    bool hits;      /* the rule judges single posts and matches this one */
    bool waits;     /* the rule has a window and matches: */
    uint64_t values[OVER_MEASURES_MOST];
    uint32_t present;
    struct digest *keys;
    size_t key_count;
};

struct run {
    struct probe *probe;
    const struct rule *rule;
    struct decoder *decoder;
    struct arena arena;
    struct kept *kept;
    size_t count;
    size_t capacity;
    struct series_outcome *outcome;
};

static bool keep_pending(struct run *run, const struct judgement *judgement, struct kept *kept) {
    for (size_t i = 0; i < judgement->pending_count; i++) {
        const struct pending *pending = &judgement->pending[i];
        if (pending->rule != run->rule) {
            continue;
        }
        kept->waits = true;
        kept->present = pending->present;
        kept->key_count = pending->key_count;
        memcpy(kept->values, pending->values, sizeof kept->values);
        kept->keys = arena_array(&run->arena, pending->key_count, sizeof *kept->keys);
        if (!kept->keys) {
            return false;
        }
        memcpy(kept->keys, judgement->keys + pending->first_key,
               pending->key_count * sizeof *kept->keys);
    }
    for (size_t i = 0; i < judgement->hit_count; i++) {
        kept->hits = kept->hits || judgement->hits[i].rule == run->rule;
    }
    return true;
}

static bool keep(struct run *run, const struct post *post, const struct judgement *judgement) {
    struct buffer key = {0};
    struct kept kept = {.has_time = post->has_time, .time_us = post->created_at_us};
    if (run->count == run->capacity) {
        size_t capacity = run->capacity ? run->capacity * 2 : 64;
        struct kept *grown = realloc(run->kept, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        run->kept = grown;
        run->capacity = capacity;
    }
    buffer_append_str(&key, post->platform);
    buffer_append_byte(&key, '\0');
    buffer_append_str(&key, post->id);
    bool is_kept = !key.failed && arena_copy(&run->arena, buffer_str(&key), &kept.key) &&
                   keep_pending(run, judgement, &kept);
    buffer_free(&key);
    if (is_kept) {
        run->kept[run->count++] = kept;
    }
    return is_kept;
}

static enum hearsay_status visit(void *context, const struct record *record) {
    struct run *run = context;
    struct probe *probe = run->probe;
    struct judgement judgement;
    if (record->kind == RECORD_REJECTED && run->outcome->problem[0] == '\0') {
        snprintf(run->outcome->problem, sizeof run->outcome->problem, "line %llu is rejected: %s",
                 (unsigned long long)record->line, record->name);
    }
    if (record->kind != RECORD_POST) {
        return HEARSAY_OK;
    }
    if (!fold_text(&probe->folder, record->post->text, &probe->folded)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status =
        matcher_post(probe->matcher, record->post, &probe->folded, &judgement);
    if (status == HEARSAY_OK && !keep(run, record->post, &judgement)) {
        status = HEARSAY_NO_MEMORY;
    }
    return status;
}

static enum hearsay_status take_block(void *context, struct block *block) {
    struct run *run = context;
    enum hearsay_status status = HEARSAY_OK;
    if (block->reject_reason) {
        snprintf(run->outcome->problem, sizeof run->outcome->problem, "a record is rejected: %s",
                 block->reject_reason);
    } else {
        status = decoder_block(run->decoder, block, visit, run);
    }
    block_free(block);
    return status;
}

static enum hearsay_status read_posts(struct run *run, struct str bytes) {
    struct hearsay_failure failure = {0};
    struct input *input = NULL;
    struct input_options options = {.name = "series",
                                    .record_limit_bytes = RECORD_LIMIT_BYTES,
                                    .block_bytes = BLOCK_BYTES,
                                    .sink = take_block,
                                    .context = run};
    enum hearsay_status status = input_open(&options, &input, &failure);
    if (status == HEARSAY_OK) {
        status = input_feed(input, bytes.ptr, bytes.len, &failure);
    }
    if (status == HEARSAY_OK) {
        status = input_finish(input, &failure);
    }
    input_free(input);
    if (status != HEARSAY_OK && status != HEARSAY_NO_MEMORY) {
        snprintf(run->outcome->problem, sizeof run->outcome->problem, "%.200s", failure.message);
        return HEARSAY_OK;
    }
    return status;
}

/* As findings are sorted: posts without a time last. */
static int compare_kept(const void *left, const void *right) {
    const struct kept *a = left;
    const struct kept *b = right;
    if (a->has_time != b->has_time) {
        return a->has_time ? -1 : 1;
    }
    if (a->has_time && a->time_us != b->time_us) {
        return a->time_us < b->time_us ? -1 : 1;
    }
    return str_compare(a->key, b->key);
}

static enum hearsay_status enter_all(struct run *run, struct windows *windows) {
    for (size_t i = 0; i < run->count; i++) {
        const struct kept *kept = &run->kept[i];
        bool fires = kept->hits;
        if (kept->waits) {
            struct window_post post = {run->rule,       kept->time_us, kept->keys,
                                       kept->key_count, kept->values,  kept->present};
            enum hearsay_status status = windows_enter(windows, &post, &fires);
            if (status != HEARSAY_OK) {
                return status;
            }
        }
        if (fires && run->outcome->fired_at == 0) {
            run->outcome->fired_at = (uint32_t)i + 1;
        }
    }
    return HEARSAY_OK;
}

enum hearsay_status series_run(struct probe *probe, const struct rule *rule,
                               const struct rule_series *series, struct series_outcome *outcome) {
    struct run run = {.probe = probe, .rule = rule, .outcome = outcome};
    struct windows *windows = windows_new(probe->pack);
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    *outcome = (struct series_outcome){0};
    run.decoder = decoder_new();
    if (run.decoder && windows) {
        status = read_posts(&run, series->posts);
    }
    if (status == HEARSAY_OK) {
        if (run.count > 1) {
            qsort(run.kept, run.count, sizeof *run.kept, compare_kept);
        }
        outcome->posts = (uint32_t)run.count;
        status = enter_all(&run, windows);
    }
    decoder_free(run.decoder);
    windows_free(windows);
    arena_free(&run.arena);
    free(run.kept);
    return status;
}
