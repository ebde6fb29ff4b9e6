/* The `over:` section of a rule: a condition on the posts of one key within a sliding window of
 * event time. */
#ifndef HEARSAY_RULE_OVER_H
#define HEARSAY_RULE_OVER_H

#include "rule/ast.h"

#define OVER_MEASURES_MOST 8u
#define OVER_POSTS_MOST 4096u /* of one key that a window holds: the latest */
#define OVER_POST_KEYS_MOST 64u

/* What parts the posts: each value has a window of its own. */
enum over_key {
    OVER_FIELD,   /* a field's value */
    OVER_LINK,    /* each link of the post, in canonical form */
    OVER_HASHTAG, /* each hashtag, folded */
    OVER_MENTION, /* each account it mentions */
    OVER_SIMILAR, /* near-duplicates of its text */
    OVER_TERM     /* each text that a term finds, folded */
};

enum measure_kind {
    MEASURE_COUNT,    /* posts */
    MEASURE_RATE,     /* posts an hour, over the whole window */
    MEASURE_DISTINCT, /* distinct values of a field */
    MEASURE_SHARE,    /* share of the posts for which a condition holds, 0..1 */
    MEASURE_MEDIAN,   /* of a number field; with an even number the lower of the two middle ones */
    MEASURE_ENTROPY,  /* Shannon entropy of a field's values, bits */
    MEASURE_BURST     /* p of stats/burst.h */
};

struct measure {
    enum measure_kind kind;
    uint32_t field;     /* DISTINCT, MEDIAN, ENTROPY: row in the field table */
    struct expr *share; /* SHARE */
    int64_t recent_us;  /* BURST: the recent part of the window */
    enum comparison comparison;
    double number;
    uint32_t slot; /* which of an event's values it reads; unused by COUNT, RATE and BURST */
    struct place place;
};

enum over_kind { OVER_AND, OVER_OR, OVER_NOT, OVER_MEASURE };

struct over_condition {
    enum over_kind kind;
    struct over_condition *left; /* OVER_NOT: the only one */
    struct over_condition *right;
    const struct measure *measure;
};

struct over {
    int64_t duration_us;
    enum over_key key;
    uint32_t field;    /* OVER_FIELD */
    struct term *term; /* OVER_TERM */
    double similarity; /* OVER_SIMILAR, 0..1 */
    struct over_condition *condition;
    struct measure measures[OVER_MEASURES_MOST];
    uint32_t measure_count;
    uint32_t slot_count;
    struct place place;
};

#endif
