/* Signals of a claim: numbers that are computed from its facts, each with a meaning, a range, a
 * precedent and the case that it must not punish. A signal is an observation, not a verdict. Knows
 * no weight, no text and no name of a state or side. */
#ifndef HEARSAY_CLAIM_SIGNAL_H
#define HEARSAY_CLAIM_SIGNAL_H

#include "claim/claim_facts.h"

enum claim_signal_id {
    SIGNAL_ASSERTIVENESS,
    SIGNAL_VICTIM_NAMED,
    SIGNAL_AMOUNT_STATED,
    SIGNAL_AMOUNT_IMPLAUSIBLE,
    SIGNAL_AMOUNT_SPREAD,
    SIGNAL_ARTEFACT,
    SIGNAL_SHOWN_SHARE,
    SIGNAL_RECYCLED,
    SIGNAL_KNOWN_BREACH,
    SIGNAL_LISTED_ELSEWHERE,
    SIGNAL_INDEPENDENT_SOURCES,
    SIGNAL_RESPONSE,
    SIGNAL_RETRACTION,
    SIGNAL_UNSUPPORTED_HISTORY,
    SIGNAL_EXAGGERATION,
    SIGNAL_SALE,
    SIGNAL_ROUND_COUNTS,
    SIGNAL_LEADING_DIGITS,
    SIGNAL_AMPLIFIED_UNSOURCED,
    SIGNAL_COORDINATED,
    SIGNAL_SPECIFICITY,
    SIGNAL_LANGUAGE_SHIFT,
    SIGNAL_COUNT
};

struct signal_value {
    double value;  /* in the signal's range; 0 when not known */
    double low;    /* interval of 95 % where the signal is estimated; else the value */
    double high;   /* the same */
    uint32_t n;    /* what it was computed from: posts, claims, numbers, entries */
    bool is_known; /* false: the facts do not say; the signal then counts nowhere */
};

typedef struct signal_value signal_function(const struct claim_facts *facts);

struct claim_signal {
    const char *name;
    const char *meaning; /* of high values, one line */
    double low;          /* range of values */
    double high;
    int catalogue; /* number in the list of 26 that practice suggests (docs/claims.md) */
    signal_function *function;
    const char *unit;         /* of n */
    const char *precedent;    /* where practice used it */
    const char *counter_case; /* true claims that have it too */
};

/* Rows in the order of enum claim_signal_id. */
extern const struct claim_signal claim_signal_table[SIGNAL_COUNT];

/* Posts later than facts->as_of_us do not count. */
void claim_signals(const struct claim_facts *facts, struct signal_value values[SIGNAL_COUNT]);

#endif
