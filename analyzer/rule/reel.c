#include "rule/reel.h"

#include <stdlib.h>

static bool has_fired(uint32_t fired_at, uint32_t posts) {
    return fired_at > 0 && fired_at <= posts;
}

static bool passes(const struct reel *reel, const struct series_point *point) {
    return point->at <= timeline_count(reel->timeline) &&
           has_fired(reel->fired_at, point->at) == point->fires;
}

static bool notices(const struct reel *reel, uint32_t fired_at) {
    for (uint32_t i = 0; i < reel->series->point_count; i++) {
        const struct series_point *point = &reel->series->points[i];
        if (passes(reel, point) && has_fired(fired_at, point->at) != point->fires) {
            return true;
        }
    }
    return false;
}

bool reels_read(struct reels *reels, struct probe *probe, const struct rule *rule) {
    reels->items = calloc(rule->series_count + (size_t)1, sizeof *reels->items);
    for (uint32_t i = 0; reels->items && i < rule->series_count; i++) {
        struct reel *reel = &reels->items[reels->count];
        char problem[SERIES_PROBLEM_BYTES];
        if (rule->series[i].is_todo) {
            continue;
        }
        reel->series = &rule->series[i];
        if (series_read(probe, reel->series, &reel->timeline, problem) != HEARSAY_OK) {
            return false;
        }
        reels->count++;
        if (series_play(reel->timeline, rule, NULL, &reel->fired_at) != HEARSAY_OK) {
            return false;
        }
    }
    return reels->items;
}

void reels_free(struct reels *reels) {
    for (uint32_t i = 0; i < reels->count; i++) {
        timeline_free(reels->items[i].timeline);
    }
    free(reels->items);
    *reels = (struct reels){0};
}

bool reels_try_changed(const struct reels *reels, const struct rule *rule,
                       const struct rule *changed, bool *is_noticed) {
    *is_noticed = false;
    for (uint32_t i = 0; i < reels->count && !*is_noticed; i++) {
        uint32_t fired_at;
        if (series_play(reels->items[i].timeline, rule, changed, &fired_at) != HEARSAY_OK) {
            return false;
        }
        *is_noticed = notices(&reels->items[i], fired_at);
    }
    return true;
}

bool reels_visit(const struct reels *reels, const struct rule *rule, const struct rule *changed,
                 void (*visit)(void *context, const struct reel_point *point), void *context) {
    for (uint32_t i = 0; i < reels->count; i++) {
        const struct reel *reel = &reels->items[i];
        uint32_t fired_at;
        if (series_play(reel->timeline, rule, changed, &fired_at) != HEARSAY_OK) {
            return false;
        }
        for (uint32_t k = 0; k < reel->series->point_count; k++) {
            const struct series_point *point = &reel->series->points[k];
            if (passes(reel, point)) {
                visit(context, &(struct reel_point){point->fires, has_fired(fired_at, point->at)});
            }
        }
    }
    return true;
}

bool reels_try_judged(const struct reels *reels, struct probe *probe, const struct rule *changed,
                      bool *is_noticed) {
    bool ok = true;
    *is_noticed = false;
    probe->is_reference = true;
    for (uint32_t i = 0; ok && i < reels->count && !*is_noticed; i++) {
        struct series_outcome outcome;
        ok = series_run(probe, changed, reels->items[i].series, &outcome) == HEARSAY_OK;
        *is_noticed = ok && notices(&reels->items[i], outcome.fired_at);
    }
    probe->is_reference = false;
    return ok;
}
