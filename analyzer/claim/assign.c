#include "claim/assign.h"

#include <math.h>
#include <stdlib.h>

/* The likeness of a post is taken with so many claims, those that share most keys with it. */
#define COMPARED_MOST 12u
/* Of a key, the newest claims that have it. */
#define LISTED_MOST 64u
/* Signatures agree on some band of three lanes with chance 0.98 at a similarity of 0.6. */
#define BANDS 16u
#define BAND_LANES 3u
#define NODE_NONE UINT32_MAX

struct open_claim {
    struct claim_profile profile;
    uint64_t number;
    uint64_t tag;
    uint64_t account; /* that opened it */
    uint64_t touched; /* number of the post that came last */
};

struct key_slot {
    uint32_t key;
    uint32_t head;
    uint32_t count; /* claims that have it; 0: free */
};

struct key_node {
    uint32_t claim;
    uint32_t next;
};

struct claim_assigner {
    uint32_t open_most;
    struct open_claim *claims;
    uint32_t count;
    uint32_t capacity;
    uint64_t opened;
    uint64_t posts;
    uint64_t forgotten;
    struct key_slot *slots;
    size_t slot_count;
    size_t key_count;
    struct key_node *nodes;
    uint32_t node_count;
    uint32_t node_capacity;
    double *hits; /* per open claim, of the post at hand */
    uint32_t *touched;
    uint32_t touched_count;
};

struct claim_assigner *claim_assigner_new(uint32_t open_most) {
    struct claim_assigner *assigner = calloc(1, sizeof *assigner);
    if (!assigner) {
        return NULL;
    }
    assigner->open_most = open_most;
    assigner->slot_count = 1024;
    assigner->slots = calloc(assigner->slot_count, sizeof *assigner->slots);
    assigner->hits = calloc(open_most, sizeof *assigner->hits);
    assigner->touched = calloc(open_most, sizeof *assigner->touched);
    if (!assigner->slots || !assigner->hits || !assigner->touched) {
        claim_assigner_free(assigner);
        return NULL;
    }
    return assigner;
}

void claim_assigner_free(struct claim_assigner *assigner) {
    if (assigner) {
        free(assigner->claims);
        free(assigner->slots);
        free(assigner->nodes);
        free(assigner->hits);
        free(assigner->touched);
        free(assigner);
    }
}

uint64_t claim_assigner_forgotten(const struct claim_assigner *assigner) {
    return assigner->forgotten;
}

/* ---- Keys to claims ---- */

static struct key_slot *slot_of(struct key_slot *slots, size_t count, uint32_t key) {
    size_t at = (key * 0x9e3779b1u) & (count - 1);
    while (slots[at].count > 0 && slots[at].key != key) {
        at = (at + 1) & (count - 1);
    }
    return &slots[at];
}

static bool slots_grow(struct claim_assigner *assigner) {
    if (assigner->key_count * 2 < assigner->slot_count) {
        return true;
    }
    size_t count = assigner->slot_count * 2;
    struct key_slot *slots = calloc(count, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (size_t i = 0; i < assigner->slot_count; i++) {
        if (assigner->slots[i].count > 0) {
            *slot_of(slots, count, assigner->slots[i].key) = assigner->slots[i];
        }
    }
    free(assigner->slots);
    assigner->slots = slots;
    assigner->slot_count = count;
    return true;
}

static bool nodes_grow(struct claim_assigner *assigner) {
    if (assigner->node_count < assigner->node_capacity) {
        return true;
    }
    uint32_t capacity = assigner->node_capacity ? assigner->node_capacity * 2 : 4096;
    struct key_node *nodes = realloc(assigner->nodes, capacity * sizeof *nodes);
    if (!nodes) {
        return false;
    }
    assigner->nodes = nodes;
    assigner->node_capacity = capacity;
    return true;
}

/* The newest claim of a key stands first, so that an equal pair is seen there. */
static bool list_key(struct claim_assigner *assigner, uint32_t key, uint32_t claim) {
    if (!slots_grow(assigner) || !nodes_grow(assigner)) {
        return false;
    }
    struct key_slot *slot = slot_of(assigner->slots, assigner->slot_count, key);
    uint32_t head = slot->count > 0 ? slot->head : NODE_NONE;
    for (uint32_t at = head, i = 0; at != NODE_NONE && i < LISTED_MOST;
         at = assigner->nodes[at].next, i++) {
        if (assigner->nodes[at].claim == claim) {
            return true;
        }
    }
    assigner->key_count += slot->count == 0;
    assigner->nodes[assigner->node_count] = (struct key_node){claim, head};
    *slot = (struct key_slot){key, assigner->node_count++, slot->count + 1};
    return true;
}

static uint32_t band_key(const struct signature *signature, unsigned band) {
    uint64_t mixed = band + 1;
    for (unsigned lane = 0; lane < BAND_LANES; lane++) {
        mixed = (mixed ^ signature->lanes[band * BAND_LANES + lane]) * 0x9e3779b97f4a7c15ull;
    }
    return (uint32_t)(mixed >> 32);
}

/* Amounts that agree to three digits share a key. */
static uint32_t amount_key(const struct claim_amount *amount) {
    double step = floor(log10(amount->value) * 100 + 0.5);
    return (uint32_t)((uint64_t)(step + 1) * 0x85ebca6b) ^ (amount->is_size ? 0x5bd1e995u : 0);
}

static bool list_keys(struct claim_assigner *assigner, const uint32_t *keys, uint32_t count,
                      uint32_t claim) {
    for (uint32_t i = 0; i < count; i++) {
        if (!list_key(assigner, keys[i], claim)) {
            return false;
        }
    }
    return true;
}

static bool list_claim(struct claim_assigner *assigner, uint32_t index) {
    const struct claim_profile *claim = &assigner->claims[index].profile;
    bool is_listed = list_keys(assigner, claim->name_keys, claim->name_key_count, index) &&
                     list_keys(assigner, claim->cores, claim->core_count, index) &&
                     list_keys(assigner, claim->words, claim->word_count, index);
    for (uint32_t i = 0; is_listed && i < claim->signature_count; i++) {
        for (unsigned band = 0; is_listed && band < BANDS; band++) {
            is_listed = list_key(assigner, band_key(&claim->signatures[i], band), index);
        }
    }
    for (uint32_t i = 0; is_listed && i < claim->amount_count; i++) {
        is_listed = list_key(assigner, amount_key(&claim->amounts[i]), index);
    }
    return is_listed;
}

/* A key that every claim has tells nothing, one that no other has tells most. */
static double weight_of(const void *context, uint32_t key) {
    const struct claim_assigner *assigner = context;
    double claims = assigner->count + 10.0;
    uint32_t count = slot_of(assigner->slots, assigner->slot_count, key)->count;
    return log(claims / (count + 1.0)) / log(claims);
}

/* ---- Which claims are compared ---- */

static void hit_key(struct claim_assigner *assigner, uint32_t key, double worth) {
    const struct key_slot *slot = slot_of(assigner->slots, assigner->slot_count, key);
    if (slot->count == 0) {
        return;
    }
    double weight = worth * fmax(0.01, weight_of(assigner, key));
    for (uint32_t at = slot->head, i = 0; at != NODE_NONE && i < LISTED_MOST;
         at = assigner->nodes[at].next, i++) {
        uint32_t claim = assigner->nodes[at].claim;
        if (assigner->hits[claim] == 0) {
            assigner->touched[assigner->touched_count++] = claim;
        }
        assigner->hits[claim] += weight;
    }
}

static void hit_keys(struct claim_assigner *assigner, const uint32_t *keys, uint32_t count,
                     double worth) {
    for (uint32_t i = 0; i < count; i++) {
        hit_key(assigner, keys[i], worth);
    }
}

static void hit_all(struct claim_assigner *assigner, const struct claim_candidate *post) {
    const struct claim_trace *trace = post->trace;
    hit_keys(assigner, post->name.keys, post->name.key_count, 3);
    hit_keys(assigner, &post->name.core, post->name.core ? 1 : 0, 3);
    hit_keys(assigner, trace->words.items, trace->words.count, 1);
    for (unsigned band = 0; band < BANDS; band++) {
        hit_key(assigner, band_key(&trace->signature, band), 2);
    }
    for (uint32_t i = 0; i < trace->amount_count; i++) {
        hit_key(assigner, amount_key(&trace->amounts[i]), 2);
    }
}

/* Takes the claim with the most hits out of the list; the older of equals. */
static uint32_t take_best(struct claim_assigner *assigner) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < assigner->touched_count; i++) {
        uint32_t claim = assigner->touched[i];
        uint32_t leader = assigner->touched[best];
        bool is_ahead = assigner->hits[claim] > assigner->hits[leader] ||
                        (assigner->hits[claim] == assigner->hits[leader] && claim < leader);
        best = is_ahead ? i : best;
    }
    uint32_t claim = assigner->touched[best];
    assigner->touched[best] = assigner->touched[--assigner->touched_count];
    assigner->hits[claim] = 0;
    return claim;
}

static bool is_within_horizon(const struct claim_profile *claim,
                              const struct claim_candidate *post) {
    return !post->has_time || !claim->has_time || post->at_us - claim->last_us <= CLAIM_HORIZON_US;
}

static struct claim_before before_of(const struct open_claim *claim,
                                     const struct claim_candidate *post) {
    return (struct claim_before){.claim = claim->tag,
                                 .at_us = claim->profile.first_us,
                                 .similarity = claim_text_similarity(post->trace, &claim->profile),
                                 .by_same_account =
                                     claim->account != 0 && claim->account == post->account};
}

/* The most alike claim at or over the threshold; NODE_NONE if there is none. Those whose horizon
 * has passed are only remembered as what the post repeats. */
static uint32_t find_claim(struct claim_assigner *assigner, const struct claim_candidate *post,
                           struct claim_assignment *assignment) {
    double best = LIKENESS_LEAST + post->margin;
    double best_before = LIKENESS_LEAST + post->margin;
    uint32_t found = NODE_NONE;
    hit_all(assigner, post);
    for (unsigned i = 0; i < COMPARED_MOST && assigner->touched_count > 0; i++) {
        uint32_t index = take_best(assigner);
        const struct claim_profile *claim = &assigner->claims[index].profile;
        double likeness = claim_likeness(post, claim, weight_of, assigner);
        if (!is_within_horizon(claim, post)) {
            if (likeness >= best_before) {
                best_before = likeness;
                assignment->has_before = true;
                assignment->before = before_of(&assigner->claims[index], post);
            }
            continue;
        }
        if (likeness > best || (likeness == best && index < found)) {
            best = likeness;
            found = index;
        }
    }
    while (assigner->touched_count > 0) {
        assigner->hits[assigner->touched[--assigner->touched_count]] = 0;
    }
    return found;
}

/* ---- Forgetting ---- */

static int compare_silence(const void *left, const void *right) {
    uint64_t a = ((const struct open_claim *)left)->touched;
    uint64_t b = ((const struct open_claim *)right)->touched;
    return a > b ? -1 : a < b;
}

static int compare_numbers(const void *left, const void *right) {
    uint64_t a = ((const struct open_claim *)left)->number;
    uint64_t b = ((const struct open_claim *)right)->number;
    return a < b ? -1 : a > b;
}

static bool forget(struct claim_assigner *assigner, const struct claim_candidate *post) {
    uint32_t kept = assigner->open_most / 2;
    qsort(assigner->claims, assigner->count, sizeof *assigner->claims, compare_silence);
    for (uint32_t i = kept; i < assigner->count; i++) {
        assigner->forgotten += is_within_horizon(&assigner->claims[i].profile, post);
    }
    qsort(assigner->claims, kept, sizeof *assigner->claims, compare_numbers);
    assigner->count = kept;
    memset(assigner->slots, 0, assigner->slot_count * sizeof *assigner->slots);
    assigner->key_count = 0;
    assigner->node_count = 0;
    for (uint32_t i = 0; i < kept; i++) {
        if (!list_claim(assigner, i)) {
            return false;
        }
    }
    return true;
}

static bool claims_grow(struct claim_assigner *assigner) {
    if (assigner->count < assigner->capacity) {
        return true;
    }
    uint32_t capacity = assigner->capacity ? assigner->capacity * 2 : 64;
    struct open_claim *claims = realloc(assigner->claims, capacity * sizeof *claims);
    if (!claims) {
        return false;
    }
    assigner->claims = claims;
    assigner->capacity = capacity;
    return true;
}

enum hearsay_status claim_assign(struct claim_assigner *assigner,
                                 const struct claim_candidate *post, bool may_open,
                                 struct claim_assignment *assignment) {
    *assignment = (struct claim_assignment){.claim = CLAIM_NONE};
    uint32_t index = find_claim(assigner, post, assignment);
    assigner->posts++;
    if (index == NODE_NONE) {
        if (!may_open) {
            return HEARSAY_OK;
        }
        if ((assigner->count == assigner->open_most && !forget(assigner, post)) ||
            !claims_grow(assigner)) {
            return HEARSAY_NO_MEMORY;
        }
        index = assigner->count++;
        assigner->claims[index] = (struct open_claim){
            .number = assigner->opened++, .tag = post->tag, .account = post->account};
        assignment->is_new = true;
    }
    struct open_claim *claim = &assigner->claims[index];
    claim->touched = assigner->posts;
    claim_profile_add(&claim->profile, post);
    assignment->claim = claim->number;
    assignment->tag = claim->tag;
    return list_claim(assigner, index) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}
