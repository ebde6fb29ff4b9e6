/* What a pair's co-actions amount to: its chance under the null model (coordination/null.h) and the
 * evidence that goes into the two accounts' scores (coordination/score.h). */
#ifndef HEARSAY_COORDINATION_PAIR_H
#define HEARSAY_COORDINATION_PAIR_H

#include "coordination/run.h"
#include "coordination/score.h"

/* Layers whose actions stand for each other under the null model. */
enum family { FAMILY_SHARES, FAMILY_REPLIES, FAMILY_COUNT };
enum family layer_family(unsigned layer);

/* Stratum of an action: its family, its period and, for replies, the age class of what is answered.
 */
uint32_t action_stratum(unsigned layer, int64_t time_us, uint8_t age);

/* One object of one layer that a pair shares: its least likely co-action on it. */
struct surprising_object {
    int64_t time_us;
    double surprise;
};

/* Lists that serve pair after pair. Zero-initialise. */
struct pair_scratch {
    struct shared_object *shared;
    struct surprising_object *surprising;
    size_t capacity;
};
void pair_scratch_free(struct pair_scratch *scratch);

struct pair_verdict {
    double log_p;  /* ln p <= 0 */
    double rarity; /* nats: what the pair shares is seldom shared (pair_evidence) */
    double chance; /* nats: what log_p adds to it (chance_evidence) */
    double layer_weights[LAYER_COUNT];
};

/* Judges the records of one pair, sorted by layer, object and gap. A pair in which one account
 * acted but once has p = 1: one co-action is never significant, and such pairs are not counted as
 * tested. False: memory is out. */
bool pair_judge(struct run *run, const struct pair_record *records, size_t count,
                struct pair_scratch *scratch, struct pair_verdict *verdict);

#endif
