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

/* The same where the rule's conditions are others: the probe's pack already holds `changed`, and
 * all posts are judged anew, without prefilter. */
bool reels_try_judged(const struct reels *reels, struct probe *probe, const struct rule *changed,
                      bool *is_noticed);

#endif
