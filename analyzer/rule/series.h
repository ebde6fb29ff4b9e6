/* A series test: posts from a file, in the order of (created_at, platform, id) as in a scan, under
 * one rule. The posts' own times are the clock. Internal to rule/. */
#ifndef HEARSAY_RULE_SERIES_H
#define HEARSAY_RULE_SERIES_H

#include "rule/probe.h"
#include "rule/timeline.h"

#define SERIES_PROBLEM_BYTES 256u

struct series_outcome {
    uint32_t posts;
    uint32_t fired_at; /* the first post, from 1, at which the rule fires; 0: at none */
    char problem[SERIES_PROBLEM_BYTES]; /* why the file cannot be used; "" if it can */
};

/* HEARSAY_NO_MEMORY or HEARSAY_OK. */
enum hearsay_status series_run(struct probe *probe, const struct rule *rule,
                               const struct rule_series *series, struct series_outcome *outcome);

/* The two halves of it: reading and judging the posts (the caller owns *timeline), then playing
 * them, with a changed window if `changed` is not NULL. */
enum hearsay_status series_read(struct probe *probe, const struct rule_series *series,
                                struct timeline **timeline, char problem[SERIES_PROBLEM_BYTES]);
enum hearsay_status series_play(struct timeline *timeline, const struct rule *rule,
                                const struct rule *changed, uint32_t *fired_at);

#endif
