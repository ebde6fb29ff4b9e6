#include "claim/likeness.h"

#include <math.h>

static const char *const incident_names[CLAIM_INCIDENTS] = {
    "data_leak",   "data_sale", "intrusion", "control_hijack", "defacement", "ddos_outage",
    "destructive", "extortion", "",
};

/* Of one event, posts often name the break-in, the leak and the sale alike; an outage or a defaced
 * page is another event. Bit per incident. */
static const uint16_t compatible[CLAIM_INCIDENTS] = {
    1u << 0 | 1u << 1 | 1u << 2 | 1u << 7,
    1u << 0 | 1u << 1 | 1u << 2 | 1u << 7,
    1u << 0 | 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 6 | 1u << 7,
    1u << 2 | 1u << 3 | 1u << 4,
    1u << 2 | 1u << 3 | 1u << 4,
    1u << 5,
    1u << 2 | 1u << 6 | 1u << 7,
    1u << 0 | 1u << 1 | 1u << 2 | 1u << 6 | 1u << 7,
    1u << 8,
};

/* Per shared rare word that may be of a name, and per other shared rare word; at most. */
#define WORD_POWER 2
#define STRONG_WORD 2.0
#define STRONG_WORDS_MOST 2.6
#define PLAIN_WORD 0.5
#define PLAIN_WORDS_MOST 1.0
#define OTHER_NAME 2.0
#define PAIR_SHARE 0.5
/* Two texts in one script that share no name-like word are about different ones more often. */
#define NO_SHARED_NAME 1.0
#define SHARED_NAME_LEAST 0.2

static const double day_us = 86400e6;

unsigned claim_incident_index(struct str incident) {
    for (unsigned i = 0; i + 1 < CLAIM_INCIDENTS; i++) {
        if (str_is(incident, incident_names[i])) {
            return i;
        }
    }
    return CLAIM_INCIDENTS - 1;
}

/* ---- Names ---- */

static double weight_sum(const uint32_t *keys, uint32_t count, key_weight *weight,
                         const void *context) {
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += weight(context, keys[i]);
    }
    return sum;
}

static bool has_key(const uint32_t *keys, uint32_t count, uint32_t key) {
    for (uint32_t i = 0; i < count; i++) {
        if (keys[i] == key) {
            return true;
        }
    }
    return false;
}

static double shared_weight(const uint32_t *a, uint32_t a_count, const uint32_t *b,
                            uint32_t b_count, key_weight *weight, const void *context) {
    double sum = 0;
    for (uint32_t i = 0; i < a_count; i++) {
        sum += has_key(b, b_count, a[i]) ? weight(context, a[i]) : 0;
    }
    return sum;
}

/* Share of the first list's weight that the second has too. */
static double covered(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count,
                      key_weight *weight, const void *context) {
    double sum = weight_sum(a, a_count, weight, context);
    return sum > 0 ? shared_weight(a, a_count, b, b_count, weight, context) / sum : 0;
}

/* 0..1: one name is the other or part of it. */
static double names_match(const struct name *name, const struct claim_profile *claim,
                          key_weight *weight, const void *context) {
    if (name->core && has_key(claim->cores, claim->core_count, name->core)) {
        return 1;
    }
    double mine = covered(name->keys, name->key_count, claim->name_keys, claim->name_key_count,
                          weight, context);
    double theirs = covered(claim->name_keys, claim->name_key_count, name->keys, name->key_count,
                            weight, context);
    return fmax(mine, theirs);
}

/* A name that one side states and the other's text contains. */
static double named_in_text(const struct claim_candidate *post, const struct claim_profile *claim,
                            key_weight *weight, const void *context) {
    const struct word_keys *words = &post->trace->words;
    double mine = covered(post->name.keys, post->name.key_count, claim->words, claim->word_count,
                          weight, context);
    double theirs = covered(claim->name_keys, claim->name_key_count, words->items, words->count,
                            weight, context);
    return fmax(mine, theirs);
}

static uint32_t script_bit(char script) {
    return script ? 1u << (script - 'a') : 0;
}

static double victim_part(const struct claim_candidate *post, const struct claim_profile *claim,
                          key_weight *weight, const void *context) {
    bool is_both = post->name.key_count > 0 && claim->name_key_count > 0;
    double match = is_both ? names_match(&post->name, claim, weight, context) : 0;
    double in_text = 0.85 * named_in_text(post, claim, weight, context);
    match = fmax(match, in_text);
    if (match >= 0.4) {
        return 3 * match;
    }
    uint32_t kinds = post->name.kinds & claim->kinds & ~(1u << 1);
    bool is_comparable = (claim->scripts & script_bit(post->name.script)) != 0;
    if (is_both && is_comparable) {
        return -OTHER_NAME;
    }
    return kinds ? 0.7 : 0;
}

/* ---- Amounts ---- */

static double digits_of(double value) {
    char digits = 0;
    double scaled = value / pow(10, floor(log10(value)) - 5);
    for (double rest = round(scaled); rest >= 1 && fmod(rest, 10) == 0; rest /= 10) {
        digits++;
    }
    return 6 - digits;
}

/* The best agreement of any two amounts of one kind; the worst conflict if none agrees. */
static double amount_part(const struct claim_trace *post, const struct claim_profile *claim) {
    double best = -2;
    for (uint32_t i = 0; i < post->amount_count; i++) {
        for (uint32_t j = 0; j < claim->amount_count; j++) {
            const struct claim_amount *a = &post->amounts[i];
            const struct claim_amount *b = &claim->amounts[j];
            if (a->is_size != b->is_size) {
                continue;
            }
            double ratio = fmax(a->value, b->value) / fmin(a->value, b->value);
            double part = ratio < 1.02  ? (digits_of(a->value) >= 3 ? 1.8 : 1.2)
                          : ratio < 1.5 ? 0.4
                          : ratio < 3   ? -0.2
                                        : -0.9;
            best = fmax(best, part);
        }
    }
    return best > -2 ? best : 0;
}

/* ---- The rest ---- */

double claim_text_similarity(const struct claim_trace *post, const struct claim_profile *claim) {
    unsigned best = 0;
    for (uint32_t i = 0; i < claim->signature_count; i++) {
        unsigned agreement = signature_agreement(&post->signature, &claim->signatures[i]);
        best = agreement > best ? agreement : best;
    }
    return best / (double)SIGNATURE_LANES;
}

/* Rare words of the post, squared in weight so that many common words do not make a rare one: those
 * that may be of a name and that the claim has (strong) or has not (missing), and others that it
 * has (plain). */
struct shared_words {
    double strong;
    double missing;
    double plain;
};

static struct shared_words share_words(const struct claim_trace *post,
                                       const struct claim_profile *claim, key_weight *weight,
                                       const void *context) {
    struct shared_words shared = {0, 0, 0};
    for (uint32_t i = 0; i < post->words.count; i++) {
        uint32_t j = 0;
        while (j < claim->word_count && claim->words[j] != post->words.items[i]) {
            j++;
        }
        bool is_shared = j < claim->word_count;
        bool is_strong = (post->words.strong >> i & 1) || (is_shared && (claim->strong >> j & 1));
        double part = pow(weight(context, post->words.items[i]), WORD_POWER);
        part *= (post->words.pairs >> i & 1) ? PAIR_SHARE : 1;
        shared.strong += is_shared && is_strong ? part : 0;
        shared.missing += !is_shared && is_strong ? part : 0;
        shared.plain += is_shared && !is_strong ? part : 0;
    }
    return shared;
}

/* Near-duplicates; not those that differ in the very words that may be names: many posts are made
 * from one pattern. */
static double text_part(double similarity, const struct shared_words *words) {
    double part = similarity >= 0.75 ? 3.2 : similarity >= 0.5 ? 2.4 : similarity >= 0.35 ? 1 : 0;
    double kept = (words->strong + 0.5) / (words->strong + words->missing + 0.5);
    return similarity >= 0.95 ? part : part * kept;
}

static double incident_part(unsigned incident, const struct claim_profile *claim) {
    unsigned common = 0;
    if (incident + 1 == CLAIM_INCIDENTS) {
        return 0; /* the post does not say which */
    }
    for (unsigned i = 1; i + 1 < CLAIM_INCIDENTS; i++) {
        common = claim->incidents[i] > claim->incidents[common] ? i : common;
    }
    if (claim->incidents[incident] > 0) {
        return 0.7;
    }
    return (compatible[common] >> incident & 1u) ? 0.2 : -2.4;
}

static double time_part(const struct claim_candidate *post, const struct claim_profile *claim) {
    if (!post->has_time || !claim->has_time) {
        return 0;
    }
    double gap = fabs((double)(post->at_us - claim->last_us)) / day_us;
    return gap <= 1 ? 0.5 : gap <= 3 ? 0.1 : gap <= 7 ? -0.4 : -1;
}

double claim_likeness(const struct claim_candidate *post, const struct claim_profile *claim,
                      key_weight *weight, const void *context) {
    double victim = victim_part(post, claim, weight, context);
    struct shared_words shared = share_words(post->trace, claim, weight, context);
    double text = text_part(claim_text_similarity(post->trace, claim), &shared);
    bool is_comparable = (post->trace->words.scripts & claim->word_scripts) != 0;
    bool is_strange = is_comparable && shared.strong < SHARED_NAME_LEAST && victim <= 0;
    double strong =
        is_strange ? -NO_SHARED_NAME : fmin(STRONG_WORDS_MOST, STRONG_WORD * shared.strong);
    double plain = fmin(PLAIN_WORDS_MOST, PLAIN_WORD * shared.plain);
    /* The victim's name is also among the shared words: it counts once. */
    double named = victim > 0 ? fmax(victim, strong) : victim + strong;
    return fmax(named + plain, victim + text) + amount_part(post->trace, claim) +
           incident_part(post->incident, claim) + time_part(post, claim);
}

/* ---- Remembering ---- */

static void add_keys(uint32_t *keys, uint32_t *count, uint32_t most, const uint32_t *added,
                     uint32_t added_count) {
    for (uint32_t i = 0; i < added_count && *count < most; i++) {
        if (!has_key(keys, *count, added[i])) {
            keys[(*count)++] = added[i];
        }
    }
}

static void add_words(struct claim_profile *claim, const struct word_keys *words) {
    claim->word_scripts |= words->scripts;
    for (uint32_t i = 0; i < words->count; i++) {
        uint32_t at = 0;
        while (at < claim->word_count && claim->words[at] != words->items[i]) {
            at++;
        }
        if (at < CLAIM_WORDS_MOST) {
            claim->words[at] = words->items[i];
            claim->word_count += at == claim->word_count;
            claim->strong |= (words->strong >> i & 1) << at;
        }
    }
}

static void add_signature(struct claim_profile *claim, const struct claim_trace *trace) {
    for (uint32_t i = 0; i < claim->signature_count; i++) {
        if (signature_agreement(&claim->signatures[i], &trace->signature) >= 48) {
            return;
        }
    }
    if (claim->signature_count < CLAIM_SIGNATURES_MOST) {
        claim->signatures[claim->signature_count++] = trace->signature;
    }
}

static void add_amounts(struct claim_profile *claim, const struct claim_trace *trace) {
    for (uint32_t i = 0; i < trace->amount_count; i++) {
        const struct claim_amount *amount = &trace->amounts[i];
        bool is_known = false;
        for (uint32_t j = 0; j < claim->amount_count && !is_known; j++) {
            is_known = claim->amounts[j].is_size == amount->is_size &&
                       claim->amounts[j].value == amount->value;
        }
        if (!is_known && claim->amount_count < CLAIM_AMOUNTS_MOST) {
            claim->amounts[claim->amount_count++] = *amount;
        }
    }
}

void claim_profile_add(struct claim_profile *claim, const struct claim_candidate *post) {
    const struct claim_trace *trace = post->trace;
    claim->incidents[post->incident]++;
    add_keys(claim->name_keys, &claim->name_key_count, CLAIM_NAME_KEYS_MOST, post->name.keys,
             post->name.key_count);
    add_keys(claim->cores, &claim->core_count, CLAIM_CORES_MOST, &post->name.core,
             post->name.core ? 1 : 0);
    add_words(claim, &trace->words);
    claim->kinds |= post->name.kinds;
    claim->scripts |= script_bit(post->name.script);
    add_signature(claim, trace);
    add_amounts(claim, trace);
    if (post->has_time) {
        claim->first_us = claim->has_time ? claim->first_us : post->at_us;
        claim->last_us = post->at_us;
        claim->has_time = true;
    }
}
