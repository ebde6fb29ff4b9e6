/* Do a post and a claim assert the same thing? A sum of what speaks for and against it, each part
 * bounded and stated in likeness.c; LIKENESS_LEAST and more is the same claim. The weights were set
 * by hand on half of corpora/claims and measured on the other half. Knows no order of posts. */
#ifndef HEARSAY_CLAIM_LIKENESS_H
#define HEARSAY_CLAIM_LIKENESS_H

#include "claim/trace.h"

/* Incident types of the rules' vocabulary, and one for words outside of it. */
#define CLAIM_INCIDENTS 9u

/* Index of an incident's name; CLAIM_INCIDENTS - 1 for a name that is not known. */
unsigned claim_incident_index(struct str incident);

#define CLAIM_NAME_KEYS_MOST 24u
#define CLAIM_CORES_MOST 8u
#define CLAIM_WORDS_MOST 64u
#define CLAIM_SIGNATURES_MOST 3u
#define CLAIM_AMOUNTS_MOST 8u

/* What a claim is remembered by. */
struct claim_profile {
    uint32_t incidents[CLAIM_INCIDENTS]; /* posts of each */
    uint32_t name_keys[CLAIM_NAME_KEYS_MOST];
    uint32_t name_key_count;
    uint32_t cores[CLAIM_CORES_MOST];
    uint32_t core_count;
    uint32_t kinds;
    uint32_t scripts; /* of its names: bit per letter */
    uint32_t words[CLAIM_WORDS_MOST];
    uint64_t strong;       /* bit per word, as in struct word_keys */
    uint32_t word_scripts; /* as in struct word_keys, of all posts */
    uint32_t word_count;
    struct signature signatures[CLAIM_SIGNATURES_MOST];
    uint32_t signature_count;
    struct claim_amount amounts[CLAIM_AMOUNTS_MOST];
    uint32_t amount_count;
    int64_t first_us;
    int64_t last_us;
    bool has_time;
};

/* One post as it is compared. */
struct claim_candidate {
    const struct claim_trace *trace;
    struct name name;
    unsigned incident;
    int64_t at_us;
    bool has_time;
    double margin;    /* over LIKENESS_LEAST, for posts that say little by themselves */
    uint64_t tag;     /* the caller's name for the claim that it would open */
    uint64_t account; /* the caller's number of its account, 0: none */
};

/* How much a key tells, from the number of claims that have it: 0..1. */
typedef double key_weight(const void *context, uint32_t key);

#define LIKENESS_LEAST 1.8

double claim_likeness(const struct claim_candidate *post, const struct claim_profile *claim,
                      key_weight *weight, const void *context);

/* Similarity of the post's text to the nearest of the claim's, 0..1. */
double claim_text_similarity(const struct claim_trace *post, const struct claim_profile *claim);

/* Adds the post to what the claim is remembered by; what exceeds the limits is left out. */
void claim_profile_add(struct claim_profile *claim, const struct claim_candidate *post);

#endif
