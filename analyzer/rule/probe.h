/* One text judged by one rule, as the rules' tests, their coverage and their mutants need it. A
 * probe is scratch of one thread; it knows nothing of how outcomes are shown. Internal to rule/. */
#ifndef HEARSAY_RULE_PROBE_H
#define HEARSAY_RULE_PROBE_H

#include "rule/match.h"

struct probe {
    const struct hearsay_rules *pack;
    struct matcher *matcher;
    struct folder folder;
    struct folded folded;
    struct post post;
    bool is_reference; /* series are judged without prefilter */
};

/* False: memory is out. probe_close also then. */
bool probe_open(struct probe *probe, const struct hearsay_rules *pack);
void probe_close(struct probe *probe);

/* Takes a text and the language its post states; without one it is judged as "und", since what a
 * detector says must not decide a test. Both are borrowed. False: memory is out. */
bool probe_text(struct probe *probe, struct str text, struct str lang);

/* Does the rule match, judged as a scan would? */
bool probe_fires(struct probe *probe, const struct rule *rule);
/* Does it match where `absent` (may be NULL) never occurs? Without prefilter. */
bool probe_fires_without(struct probe *probe, const struct rule *rule, const struct term *absent);
/* Begins anew without prefilter, for matcher_expr_holds. */
void probe_begin(struct probe *probe);

/* What a term finds, in the state that the last judging left. */
struct occurrences probe_occurrences(struct probe *probe, const struct rule *rule,
                                     const struct term *term);

/* Line of a place, from 1. */
uint32_t probe_line(const struct ast *ast, struct place place);

#endif
