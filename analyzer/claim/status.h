/* What others say of a claim, as of a time: its status, in the words of intelligence practice. It
 * never says that a claim is true or false; it says who else speaks of it. Unsourced claims,
 * accusations and denials end alike: "6, truth cannot be judged". */
#ifndef HEARSAY_CLAIM_STATUS_H
#define HEARSAY_CLAIM_STATUS_H

#include "claim/signal.h"

enum claim_status {
    CLAIM_UNASSESSED,     /* nothing of it lies before as_of */
    CLAIM_UNCORROBORATED, /* nobody independent speaks of it */
    CLAIM_CORROBORATED,   /* an independent source reports it */
    CLAIM_DISPUTED,       /* the victim, or an independent source, denies it */
    CLAIM_CONTRADICTED,   /* two independent sources deny it and none reports it */
    CLAIM_RETRACTED,      /* the account that claimed it first took it back */
    CLAIM_STATUS_COUNT
};

/* Information credibility of the Admiralty code, and what it says in words of likelihood with their
 * range in percent (ICD 203, section on analytic standards). The ranges are conventions: no
 * frequency was measured. 0..0 with an empty word: no likelihood is expressed. */
struct claim_status_row {
    const char *name;
    const char *meaning;
    int credibility; /* 1..6 */
    const char *credibility_words;
    const char *likelihood;
    int likelihood_low;
    int likelihood_high;
};

enum claim_confidence { CLAIM_CONFIDENCE_LOW, CLAIM_CONFIDENCE_MODERATE };

/* A sentence with a stable code. */
struct claim_note {
    const char *code;
    const char *sentence;
};

#define CLAIM_NOTES_LIMIT 16

struct claim_notes {
    struct claim_note items[CLAIM_NOTES_LIMIT];
    size_t count;
};

struct claim_assessment {
    enum claim_status status;
    const struct claim_status_row *row; /* of the status; credibility 1 from two sources on */
    char reliability;                 /* Admiralty A..F of the first account; F: cannot be judged */
    enum claim_confidence confidence; /* in the basis: how much was there to look at */
    uint32_t reporting; /* independent sources that report it, the breach catalogue included */
    uint32_t denying;   /* independent domains that deny it */
    bool is_recorded;   /* the catalogue has an entry for the victim from the claim's time */
    bool is_denied_by_victim;
    bool is_confirmed_by_victim;
    struct claim_notes basis;        /* what the status rests on */
    struct claim_notes missing;      /* evidence looked for and not available */
    struct claim_notes would_change; /* what would change the judgement */
};

extern const struct claim_status_row claim_status_table[CLAIM_STATUS_COUNT];

/* Decides in this order (r: independent domains reporting, news index and an entry of
 * the breach catalogue from the claim's time included; d: denying):
 *   no post before as_of                                    unassessed
 *   the first account took it back                          retracted
 *   d >= 2 and r = 0                                        contradicted
 *   d >= 1, or the victim denies and r < 2,
 *     or the breach catalogue marks the entry as made up    disputed
 *   r >= 1, or the victim confirms                          corroborated
 *   else                                                    uncorroborated
 * So the victim's denial alone never contradicts, and listings elsewhere never corroborate. Posts
 * that only deny are judged by the same lines. */
struct claim_assessment claim_assess(const struct claim_facts *facts,
                                     const struct signal_value values[SIGNAL_COUNT]);

#endif
