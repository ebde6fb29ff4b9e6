#include "rule/weigh.h"

#include <math.h>
#include <stdlib.h>

#include "rule/compile.h"

static int compare_hits(const void *a, const void *b) {
    const struct rule_hit *left = a;
    const struct rule_hit *right = b;
    return left->rule->index < right->rule->index ? -1 : left->rule->index > right->rule->index;
}

static double stated_weight(const struct rule *rule) {
    bool counts = rule->outcome.has_weight && rule->meta.status != RULE_SHADOW;
    return counts ? rule->outcome.weight : 0.0;
}

/* Largest stated weight first, then by index. */
static int compare_strength(const void *a, const void *b) {
    double left = stated_weight(((const struct rule_hit *)a)->rule);
    double right = stated_weight(((const struct rule_hit *)b)->rule);
    if (left != right) {
        return left > right ? -1 : 1;
    }
    return compare_hits(a, b);
}

bool rule_is_stronger(const struct rule *rule, const struct rule *other) {
    return compare_strength(&(struct rule_hit){rule, 0}, &(struct rule_hit){other, 0}) < 0;
}

struct weighing {
    const struct hearsay_rules *pack;
    double *group_sums;
    struct rule_hit *hits;
    size_t count;
};

/* What of a weight its group still has room for, in the weight's own direction. */
static double capped(struct weighing *weighing, const struct rule_hit *hit, double weight) {
    uint32_t group = weighing->pack->rules[hit->rule->index].group;
    if (group == RULE_NONE) {
        return weight;
    }
    double room = weighing->pack->group_caps[group] - weighing->group_sums[group];
    double size = fabs(weight) > room ? fmax(room, 0) : fabs(weight);
    weighing->group_sums[group] += size;
    return copysign(size, weight);
}

static void forget_groups(struct weighing *weighing) {
    memset(weighing->group_sums, 0, weighing->pack->group_count * sizeof *weighing->group_sums);
}

/* As the rule states it, corrected by what was learned; caps come after. */
static double learned_weight(const struct hearsay_rules *pack, const struct rule *rule) {
    bool counts = pack->has_weights && rule->meta.status != RULE_SHADOW;
    return stated_weight(rule) + (counts ? pack->weights.corrections[rule->index] : 0);
}

/* Gives each hit its weight as counted. The hits are in order of strength: positive weights are
 * taken from the front, negative ones from the back, each direction with the largest first. */
static void count_hits(struct weighing *weighing) {
    forget_groups(weighing);
    for (size_t i = 0; i < weighing->count; i++) {
        struct rule_hit *hit = &weighing->hits[i];
        double weight = learned_weight(weighing->pack, hit->rule);
        if (weight >= 0) {
            hit->weight = capped(weighing, hit, weight);
        }
    }
    forget_groups(weighing);
    for (size_t i = weighing->count; i > 0; i--) {
        struct rule_hit *hit = &weighing->hits[i - 1];
        double weight = learned_weight(weighing->pack, hit->rule);
        if (weight < 0) {
            hit->weight = capped(weighing, hit, weight);
        }
    }
}

bool hits_are_weightless(const struct rule_hit *hits, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (stated_weight(hits[i].rule) != 0) {
            return false;
        }
    }
    return count > 0;
}

static bool is_by_text_alone(const struct weighing *weighing) {
    return weighing->pack->has_weights && hits_are_weightless(weighing->hits, weighing->count);
}

static double weigh(struct weighing *weighing) {
    double sum = pack_prior(weighing->pack);
    double scale = weighing->pack->has_weights ? weighing->pack->weights.scale : 1;
    count_hits(weighing);
    for (size_t i = 0; i < weighing->count; i++) {
        weighing->hits[i].weight *= scale;
        sum += weighing->hits[i].weight;
    }
    if (is_by_text_alone(weighing)) {
        sum += weighing->pack->weights.alone;
    }
    return sum;
}

/* ---- Stance and incident ---- */

static bool is_claim(struct str stance) {
    return str_is(stance, "self_claim") || str_is(stance, "relay");
}

/* What was counted against a claim by rules of one stance. */
static double weight_against(const struct weighing *weighing, struct str stance) {
    double sum = 0;
    for (size_t i = 0; i < weighing->count; i++) {
        const struct rule_hit *hit = &weighing->hits[i];
        if (hit->weight < 0 && str_equal(hit->rule->meta.stance, stance)) {
            sum -= hit->weight;
        }
    }
    return sum;
}

/* The stance that most of the weight against a claim names, or nothing. Hits are in order of
 * strength, so of equal stances the one with the smaller rule stands. */
static struct str stance_against(const struct weighing *weighing) {
    struct str best = STR_EMPTY;
    double most = 0;
    for (size_t i = 0; i < weighing->count; i++) {
        struct str stance = weighing->hits[i].rule->meta.stance;
        double sum = stance.len > 0 && !is_claim(stance) ? weight_against(weighing, stance) : 0;
        if (sum > most) {
            most = sum;
            best = stance;
        }
    }
    return best;
}

/* The strongest rule's word, of those that speak for a claim if only they are asked for. */
static struct str strongest_stance(const struct weighing *weighing, bool only_claims) {
    for (size_t i = 0; i < weighing->count; i++) {
        struct str stance = weighing->hits[i].rule->meta.stance;
        if (stance.len > 0 && (!only_claims || is_claim(stance))) {
            return stance;
        }
    }
    return STR_EMPTY;
}

/* The strongest rule's incident type. An intrusion is what is left when nothing more is said: any
 * other type that a rule names goes before it. */
static struct str strongest_incident(const struct weighing *weighing) {
    struct str best = STR("none");
    for (size_t i = 0; i < weighing->count; i++) {
        struct str incident = weighing->hits[i].rule->meta.incident;
        if (incident.len == 0 || str_is(incident, "none")) {
            continue;
        }
        if (!str_is(incident, "intrusion")) {
            return incident;
        }
        best = incident;
    }
    return best;
}

/* A flagged post is a claim and has a claim's stance. Another one is what speaks against a claim
 * says it is; by the code book talk in general and other matters have no incident. */
static void state_meta(const struct weighing *weighing, struct verdict *verdict) {
    verdict->stance = verdict->flag ? strongest_stance(weighing, true) : stance_against(weighing);
    if (verdict->stance.len == 0) {
        verdict->stance = strongest_stance(weighing, false);
    }
    if (!str_is(verdict->stance, "general") && !str_is(verdict->stance, "unrelated")) {
        verdict->incident = strongest_incident(weighing);
    }
}

void hits_weigh(const struct hearsay_rules *pack, double *group_sums, struct rule_hit *hits,
                size_t count, double text_weight, struct verdict *verdict) {
    struct weighing weighing = {.pack = pack, .hits = hits, .count = count};
    weighing.group_sums = group_sums;
    *verdict = (struct verdict){.incident = STR("none"), .stance = STR_EMPTY};
    if (count > 0) {
        qsort(hits, count, sizeof *hits, compare_strength);
        verdict->score = 1.0 / (1.0 + exp(-weigh(&weighing) - text_weight));
        if (verdict->score < TEXT_ALONE_LEAST && is_by_text_alone(&weighing)) {
            verdict->score = 0;
        }
        verdict->flag = verdict->score >= pack->ast.threshold;
        state_meta(&weighing, verdict);
    }
}

void hits_sort(struct rule_hit *hits, size_t count) {
    if (count > 1) {
        qsort(hits, count, sizeof *hits, compare_hits);
    }
}
