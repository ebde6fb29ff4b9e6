/* p of a pair. Layers fall into two families: replies to one post, and everything that is shared.
 * In a family each shared object counts once, by its least likely co-action, and co-actions within
 * an hour of the next are one episode (people in one conversation coincide many times at once),
 * again by the least likely, so that a text, its link and its hashtags are not three coincidences.
 * The family's p is the tail of the episodes' surprises in its trials, all actions that either
 * could have been found beside. A shared text may also be a reply, so the families depend on each
 * other and are combined by Bonferroni over those in which both accounts act, valid under any
 * dependence: p = min(1, F min_f p_f). */
#include "coordination/pair.h"

#include <math.h>
#include <stdlib.h>

#include "base/sort.h"
#include "coordination/null.h"

#define EPISODE_US (3600ull * 1000000ull)

void pair_scratch_free(struct pair_scratch *scratch) {
    free(scratch->shared);
    free(scratch->surprising);
    *scratch = (struct pair_scratch){0};
}

static bool scratch_reserve(struct pair_scratch *scratch, size_t count) {
    if (count <= scratch->capacity) {
        return true;
    }
    size_t capacity = count * 2 + 64;
    struct shared_object *shared = realloc(scratch->shared, capacity * sizeof *shared);
    scratch->shared = shared ? shared : scratch->shared;
    struct surprising_object *surprising =
        realloc(scratch->surprising, capacity * sizeof *surprising);
    scratch->surprising = surprising ? surprising : scratch->surprising;
    if (!shared || !surprising) {
        return false;
    }
    scratch->capacity = capacity;
    return true;
}

/* Greatest chance of a coincidence that counts. Replies to one post are many and their strata
 * narrow, so single ones are seldom rare and their number tells; shares tell by the rarest. By
 * measurement (bench/coordination-null.md), but either does for both: 0.05 and 0.5 move average
 * precision by 0.02. */
struct truncation {
    double chance;
    double surprise; /* -ln chance */
    double rate;     /* above -ln(1 - chance) by a billionth: greater rates surprise less */
};
static const struct truncation truncations[FAMILY_COUNT] = {
    [FAMILY_SHARES] = {0.05, 2.995732273553991, 0.051293294439},
    [FAMILY_REPLIES] = {0.5, 0.6931471805599453, 0.693147181254},
};

enum family layer_family(unsigned layer) {
    return layer == LAYER_REPLY ? FAMILY_REPLIES : FAMILY_SHARES;
}

uint32_t action_stratum(unsigned layer, int64_t time_us, uint8_t age) {
    enum family family = layer_family(layer);
    return stratum_of(family, time_us, family == FAMILY_REPLIES ? age : 0);
}

/* Is the record the first of its object? */
static bool is_another_object(const struct pair_record *records, size_t i) {
    const struct pair_record *r = &records[i];
    return i == 0 || r->layer != r[-1].layer || r->object != r[-1].object;
}

static double record_weight(const struct pair_record *r) {
    return layer_table[r->layer].weight / (double)(r->sharers - 1);
}

/* Surprise to find one account's action where the other's is, from both sides; the lesser. 0 when
 * it is below the truncation's, which is most often and needs no logarithm. */
static double record_surprise(const struct run *run, const struct pair_record *r,
                              const struct truncation *truncation) {
    int64_t later_us = (int64_t)((uint64_t)r->time_us + r->gap_us);
    int64_t a_us = r->is_b_first ? later_us : r->time_us;
    int64_t b_us = r->is_b_first ? r->time_us : later_us;
    uint32_t of_a = action_stratum(r->layer, a_us, r->age_classes % AGE_CLASSES);
    uint32_t of_b = action_stratum(r->layer, b_us, r->age_classes / AGE_CLASSES);
    const struct strata *strata = &run->strata;
    double at_a =
        null_rate(strata_activity(strata, r->a, of_a), r->near, strata_total(strata, of_a));
    if (at_a > truncation->rate) {
        return 0.0;
    }
    double at_b =
        null_rate(strata_activity(strata, r->b, of_b), r->near, strata_total(strata, of_b));
    return at_b > truncation->rate ? 0.0 : null_rate_surprise(fmax(at_a, at_b));
}

static int surprising_compare(const void *left, const void *right) {
    const struct surprising_object *a = left;
    const struct surprising_object *b = right;
    if (a->time_us != b->time_us) {
        return a->time_us < b->time_us ? -1 : 1;
    }
    return (a->surprise > b->surprise) - (a->surprise < b->surprise);
}

/* Sum over episodes of their greatest surprise; sorts to the last field, since sums of floats
 * depend on the order. */
static double episodes_sum(struct surprising_object *objects, size_t count) {
    sort_records(objects, count, sizeof *objects, surprising_compare);
    double sum = 0.0;
    for (size_t i = 0; i < count;) {
        double greatest = 0.0;
        size_t end = i;
        do {
            greatest = fmax(greatest, objects[end].surprise);
            end++;
        } while (end < count &&
                 (uint64_t)objects[end].time_us - (uint64_t)objects[end - 1].time_us <= EPISODE_US);
        sum += greatest;
        i = end;
    }
    return sum;
}

/* Lists a family's objects by their greatest surprise; their number. */
static size_t surprising_list(const struct run *run, enum family family,
                              const struct pair_record *records, size_t count,
                              struct surprising_object *objects) {
    size_t listed = 0;
    bool is_listed = false; /* the object of the record before */
    for (size_t i = 0; i < count; i++) {
        const struct pair_record *r = &records[i];
        is_listed = is_listed && r->layer == r[-1].layer && r->object == r[-1].object;
        double surprise =
            layer_family(r->layer) == family ? record_surprise(run, r, &truncations[family]) : 0.0;
        if (surprise < truncations[family].surprise) {
            continue;
        }
        if (!is_listed) {
            objects[listed++] = (struct surprising_object){r->time_us, surprise};
            is_listed = true;
        } else if (surprise > objects[listed - 1].surprise) {
            objects[listed - 1] = (struct surprising_object){r->time_us, surprise};
        }
    }
    return listed;
}

static double pair_log_p(const struct run *run, const struct pair_record *records, size_t count,
                         struct surprising_object *objects) {
    const uint32_t *posts = run->options->posts_per_account;
    if (posts[records[0].a] < 2 || posts[records[0].b] < 2) {
        return 0.0;
    }
    double sums[FAMILY_COUNT];
    bool is_surprising = false;
    for (enum family family = 0; family < FAMILY_COUNT; family++) {
        size_t listed = surprising_list(run, family, records, count, objects);
        sums[family] = listed > 0 ? episodes_sum(objects, listed) : 0.0;
        is_surprising = is_surprising || listed > 0;
    }
    if (!is_surprising) {
        return 0.0; /* whatever the trials */
    }
    double least = 0.0;
    unsigned families = 0;
    for (enum family family = 0; family < FAMILY_COUNT; family++) {
        uint64_t trials = strata_trials(&run->strata, family, records[0].a, records[0].b);
        least = fmin(least, null_tail_log(sums[family], trials, truncations[family].chance));
        families += trials > 0;
    }
    return fmin(0.0, least + log(families > 1 ? families : 1));
}

/* The rarity of the pair: what it shares apart from replies, by the surprise of each object. */
static double pair_rarity(struct run *run, const struct pair_record *records, size_t count,
                          struct shared_object *objects) {
    size_t shared = 0;
    double most = 1.0; /* e to the power of the greatest sum of surprises there may be */
    for (size_t i = 0; i < count; i++) {
        if (is_another_object(records, i) && records[i].layer != LAYER_REPLY) {
            struct coincidence coincidence = run_coincidence(run, &records[i]);
            most *= fmax(1.0, coincidence_power_most(&coincidence));
        }
    }
    if (most < evidence_power_least(run->posts_total)) {
        return 0.0;
    }
    for (size_t i = 0; i < count; i++) {
        const struct pair_record *r = &records[i];
        if (is_another_object(records, i) && r->layer != LAYER_REPLY) {
            struct coincidence coincidence = run_coincidence(run, r);
            objects[shared++] = (struct shared_object){
                r->time_us, coincidence_surprise(&coincidence), record_weight(r)};
        }
    }
    return pair_evidence(objects, shared, run->posts_total);
}

bool pair_judge(struct run *run, const struct pair_record *records, size_t count,
                struct pair_scratch *scratch, struct pair_verdict *verdict) {
    if (!scratch_reserve(scratch, count)) {
        return false;
    }
    *verdict = (struct pair_verdict){0};
    for (size_t i = 0; i < count; i++) {
        if (is_another_object(records, i)) {
            verdict->layer_weights[records[i].layer] += record_weight(&records[i]);
        }
    }
    verdict->log_p = pair_log_p(run, records, count, scratch->surprising);
    /* many answer one post: replies are judged by the null model alone */
    verdict->rarity = pair_rarity(run, records, count, scratch->shared);
    verdict->chance = chance_evidence(verdict->log_p, run->posts_total);
    return true;
}
