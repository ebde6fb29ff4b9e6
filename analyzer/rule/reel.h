/* The series of one rule with their posts judged, to be played again under changes of the rule:
 * what mutants of windows, labels and conditions are judged by. Internal to rule/. */
#ifndef HEARSAY_RULE_REEL_H
#define HEARSAY_RULE_REEL_H

#include "rule/series.h"

struct reel {
    const struct rule_series *series;
    struct timeline *timeline;
    uint32_t fired_at; /* without a change */
};

/* Zero-initialise. */
struct reels {
    struct reel *items;
    uint32_t count;
};

/* Reads the rule's series that are not `todo`. False: memory is out. reels_free also then. */
bool reels_read(struct reels *reels, struct probe *probe, const struct rule *rule);
void reels_free(struct reels *reels);

/* Does a point that passes come out otherwise where `changed`, a copy of the rule, has another
 * window or asks other labels? False: memory is out. */
bool reels_try_changed(const struct reels *reels, const struct rule *rule,
                       const struct rule *changed, bool *is_noticed);

/* For each point of the series that passes: when a copy of the rule, `changed` as above, fires. */
struct reel_point {
    bool fires; /* as the test expects and the rule does */
    bool fires_changed;
};
bool reels_visit(const struct reels *reels, const struct rule *rule, const struct rule *changed,
                 void (*visit)(void *context, const struct reel_point *point), void *context);

/* The same as reels_try_changed where the rule's conditions are others: the probe's pack already
 * holds `changed`, and all posts are judged anew, without prefilter. */
bool reels_try_judged(const struct reels *reels, struct probe *probe, const struct rule *changed,
                      bool *is_noticed);

#endif
