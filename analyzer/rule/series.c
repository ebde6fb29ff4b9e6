#include "rule/series.h"

#include <stdio.h>

#include "post/decode.h"
#include "post/input.h"
#include "rule/timeline.h"

#define BLOCK_BYTES (1u << 20)
#define RECORD_LIMIT_BYTES (16u << 20)

struct run {
    struct probe *probe;
    struct decoder *decoder;
    struct timeline *timeline;
    char *problem; /* SERIES_PROBLEM_BYTES */
};

static enum hearsay_status visit(void *context, const struct record *record) {
    struct run *run = context;
    struct probe *probe = run->probe;
    struct judgement judgement;
    if (record->kind == RECORD_REJECTED && run->problem[0] == '\0') {
        snprintf(run->problem, SERIES_PROBLEM_BYTES, "line %llu is rejected: %s",
                 (unsigned long long)record->line, record->name);
    }
    if (record->kind != RECORD_POST) {
        return HEARSAY_OK;
    }
    if (!fold_text(&probe->folder, record->post->text, &probe->folded)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = (probe->is_reference ? matcher_post_reference : matcher_post)(
        probe->matcher, record->post, &probe->folded, &judgement);
    if (status == HEARSAY_OK && !timeline_add(run->timeline, record->post, &judgement)) {
        status = HEARSAY_NO_MEMORY;
    }
    return status;
}

static enum hearsay_status take_block(void *context, struct block *block) {
    struct run *run = context;
    enum hearsay_status status = HEARSAY_OK;
    if (block->reject_reason) {
        snprintf(run->problem, SERIES_PROBLEM_BYTES, "a record is rejected: %s",
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
        snprintf(run->problem, SERIES_PROBLEM_BYTES, "%.200s", failure.message);
        return HEARSAY_OK;
    }
    return status;
}

enum hearsay_status series_read(struct probe *probe, const struct rule_series *series,
                                struct timeline **timeline, char problem[SERIES_PROBLEM_BYTES]) {
    struct run run = {.probe = probe, .problem = problem};
    enum hearsay_status status = HEARSAY_NO_MEMORY;
    problem[0] = '\0';
    run.decoder = decoder_new();
    run.timeline = timeline_new(probe->pack);
    if (run.decoder && run.timeline) {
        status = read_posts(&run, series->posts);
    }
    decoder_free(run.decoder);
    if (status != HEARSAY_OK) {
        timeline_free(run.timeline);
        return status;
    }
    *timeline = run.timeline;
    return HEARSAY_OK;
}

enum hearsay_status series_play(struct timeline *timeline, const struct rule *rule,
                                const struct rule *changed, uint32_t *fired_at) {
    enum hearsay_status status = timeline_play(timeline, changed);
    *fired_at = 0;
    for (uint32_t place = 0; status == HEARSAY_OK && place < timeline_count(timeline); place++) {
        uint32_t count;
        const struct rule *const *hits =
            timeline_hits(timeline, timeline_at(timeline, place), &count);
        for (uint32_t i = 0; i < count; i++) {
            if (hits[i] == rule) {
                *fired_at = place + 1;
                return HEARSAY_OK;
            }
        }
    }
    return status;
}

enum hearsay_status series_run(struct probe *probe, const struct rule *rule,
                               const struct rule_series *series, struct series_outcome *outcome) {
    struct timeline *timeline = NULL;
    *outcome = (struct series_outcome){0};
    enum hearsay_status status = series_read(probe, series, &timeline, outcome->problem);
    if (status == HEARSAY_OK) {
        outcome->posts = timeline_count(timeline);
        status = series_play(timeline, rule, NULL, &outcome->fired_at);
    }
    timeline_free(timeline);
    return status;
}
