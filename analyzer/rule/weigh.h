/* From the rules that hit a post to its score: score = 1 / (1 + exp(-(prior + sum of weights))),
 * weights in log-odds. Within a group the positive weights add up to its cap at most, and the
 * negative ones to minus the cap at least; the largest count first. Rules in status shadow are
 * shown with weight 0. Stance and incident follow the strongest rules of a flagged post; where the
 * flag is not set, the stance is the one with the most weight against a claim. A score is as good
 * as the weights are: before they are fitted it orders posts and is no probability. Knows nothing
 * of texts. */
#ifndef HEARSAY_RULE_WEIGH_H
#define HEARSAY_RULE_WEIGH_H

#include "rule/pack.h"

/* A post that only rules without a weight match is a finding from this score on: words of the trade
 * are common, and a list of posts that merely have them helps nobody. */
#define TEXT_ALONE_LEAST 0.1

struct verdict {
    double score; /* 0 without hits, or below TEXT_ALONE_LEAST by text alone */
    bool flag;    /* score >= threshold */
    struct str incident;
    struct str stance;
};

/* Gives each hit its weight as counted, corrected by learned weights if the pack has them, and
 * leaves the hits in order of strength: largest stated weight first, then by index. `group_sums` is
 * scratch of pack_group_count items; `text_weight` is what the text term adds. */
void hits_weigh(const struct hearsay_rules *pack, double *group_sums, struct rule_hit *hits,
                size_t count, double text_weight, struct verdict *verdict);

/* Do only rules without a weight of their own match, so that learned weights add `alone`? */
bool hits_are_weightless(const struct rule_hit *hits, size_t count);

/* Is the first rule the stronger of two? */
bool rule_is_stronger(const struct rule *rule, const struct rule *other);

/* Back to the order in which rules are listed: by index. */
void hits_sort(struct rule_hit *hits, size_t count);

#endif
