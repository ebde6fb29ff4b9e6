/* The views of a post, read one after the other through a sieve. Knows nothing of what is done with
 * what is found. */
#ifndef HEARSAY_RULE_READING_H
#define HEARSAY_RULE_READING_H

#include "rule/match.h"
#include "rule/needle.h"

enum view { VIEW_FOLDED = 1, VIEW_SIMPLE = 2, VIEW_LEET = 4 };

/* A text that is being read, and the views, as bits, that it is. A sieve's report gets it. */
struct reading {
    struct matcher *matcher;
    struct str view;
    unsigned views;
};

/* Is the needle one that is looked for in this text? */
static inline bool reading_wants(const struct reading *reading, const struct needle *needle) {
    unsigned folded = needle->is_leet ? VIEW_FOLDED | VIEW_LEET : VIEW_FOLDED;
    return reading->views & (needle->is_folded_view ? folded : (unsigned)VIEW_SIMPLE);
}

/* The text as needles are compared with it. */
static inline struct needle_view reading_place(const struct reading *reading) {
    bool is_simple = reading->views == VIEW_SIMPLE;
    return (struct needle_view){reading->view, is_simple ? NULL : reading->matcher->folded};
}

/* Reads all views of the post at hand; `report` gets a struct reading. False: it wanted no more.
 * `may_guess`: for leetspeak, as matcher_leet takes it. */
bool matcher_read(struct matcher *matcher, const struct sieve *sieve, bool may_guess,
                  sieve_report *report);

#endif
