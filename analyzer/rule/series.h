/* A series test: posts from a file, in the order of (created_at, platform, id) as in a scan, under
 * one rule. The posts' own times are the clock. Internal to rule/. */
#ifndef HEARSAY_RULE_SERIES_H
#define HEARSAY_RULE_SERIES_H

#include "rule/probe.h"

struct series_outcome {
    uint32_t posts;
    uint32_t fired_at; /* the first post, from 1, at which the rule fires; 0: at none */
    char problem[256]; /* why the file cannot be used; "" if it can */
};

/* HEARSAY_NO_MEMORY or HEARSAY_OK. */
enum hearsay_status series_run(struct probe *probe, const struct rule *rule,
                               const struct rule_series *series, struct series_outcome *outcome);

#endif
