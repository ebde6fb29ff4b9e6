/* A trial of packs whose rules ask what was before: posts wait until all are there, then they are
 * counted as the windows and labels of each pack have it. */
#include <stdlib.h>

#include "rule/trial.h"
#include "rule/weigh.h"

static bool asks_back(const struct side *side) {
    bool has_asks = false;
    for (uint32_t i = 0; side->rules && i < side->rules->rule_count; i++) {
        const struct rule_code *code = &side->rules->rules[i];
        has_asks = has_asks || (code->is_judged && (code->rule->over || code->rule->ask_count > 0));
    }
    return has_asks;
}

static bool side_open(struct side *side) {
    if (!side->rules) {
        return true;
    }
    side->timeline = timeline_new(side->rules);
    side->hits = calloc(side->rules->rule_count + (size_t)1, sizeof *side->hits);
    return side->timeline && side->hits;
}

bool trial_order_open(struct hearsay_trial *trial) {
    if (!asks_back(&trial->old_side) && !asks_back(&trial->new_side)) {
        return true;
    }
    return side_open(&trial->old_side) && side_open(&trial->new_side);
}

static bool make_room(struct hearsay_trial *trial, uint32_t number) {
    if (number < trial->waiting_capacity) {
        return true;
    }
    uint32_t capacity = trial->waiting_capacity ? trial->waiting_capacity * 2 : 64;
    struct trial_post *grown = realloc(trial->waiting, capacity * sizeof *grown);
    if (!grown) {
        return false;
    }
    trial->waiting = grown;
    trial->waiting_capacity = capacity;
    return true;
}

/* A sum over the posts, so that whether it is too much does not depend on their order. */
static uint64_t bytes_waiting(const struct hearsay_trial *trial) {
    return trial->waiting_bytes + timeline_bytes(trial->new_side.timeline) +
           (trial->old_side.rules ? timeline_bytes(trial->old_side.timeline) : 0);
}

enum hearsay_status trial_wait(struct hearsay_trial *trial, const struct trial_post *post,
                               const struct post *full, const struct judgement *old_judgement,
                               const struct judgement *new_judgement) {
    uint32_t number = timeline_count(trial->new_side.timeline);
    struct trial_post kept = *post;
    if (!make_room(trial, number) || !arena_copy(&trial->arena, post->text, &kept.text)) {
        return HEARSAY_NO_MEMORY;
    }
    kept.old_text_weight = trial->old_side.rules ? old_judgement->wording.weight : 0;
    kept.new_text_weight = new_judgement->wording.weight;
    trial->waiting[number] = kept;
    if ((trial->old_side.rules && !timeline_add(trial->old_side.timeline, full, old_judgement)) ||
        !timeline_add(trial->new_side.timeline, full, new_judgement)) {
        return HEARSAY_NO_MEMORY;
    }
    trial->waiting_bytes += sizeof kept + kept.text.len + 1;
    return bytes_waiting(trial) > trial->memory_bytes ? HEARSAY_LIMIT : HEARSAY_OK;
}

/* Notes the post's hits; returns its flag. */
static bool recall(struct hearsay_trial *trial, struct side *side, unsigned seen, uint32_t number,
                   double text_weight) {
    struct verdict verdict;
    uint32_t count;
    if (!side->rules) {
        return false;
    }
    const struct rule *const *hits = timeline_hits(side->timeline, number, &count);
    for (uint32_t i = 0; i < count; i++) {
        trial_touch(trial, side, seen, hits[i]);
        side->hits[i] = (struct rule_hit){hits[i], 0};
    }
    hits_weigh(side->rules, side->matcher->group_sums, side->hits, count, text_weight, &verdict);
    return verdict.flag;
}

enum hearsay_status trial_settle(struct hearsay_trial *trial) {
    struct side *sides[] = {&trial->old_side, &trial->new_side};
    enum hearsay_status status = HEARSAY_OK;
    if (trial->is_settled || !trial->new_side.timeline) {
        trial->is_settled = true;
        return HEARSAY_OK;
    }
    for (size_t i = 0; i < 2 && status == HEARSAY_OK; i++) {
        status = sides[i]->rules ? timeline_play(sides[i]->timeline, NULL) : HEARSAY_OK;
    }
    uint32_t count = timeline_count(trial->new_side.timeline);
    for (uint32_t i = 0; i < count && status == HEARSAY_OK; i++) {
        const struct trial_post *post = &trial->waiting[i];
        bool old_flag = recall(trial, &trial->old_side, SEEN_OLD, i, post->old_text_weight);
        bool new_flag = recall(trial, &trial->new_side, SEEN_NEW, i, post->new_text_weight);
        if (!trial_count(trial, &trial->waiting[i], old_flag, new_flag)) {
            status = HEARSAY_NO_MEMORY;
        }
    }
    trial->is_settled = true;
    return status;
}
