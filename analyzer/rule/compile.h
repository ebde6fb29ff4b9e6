/* The compiled form of a pack, internal to rule/: needles (literals to look for), clauses (sets of
 * needles of which one must occur), patterns (distinct terms) and rules with their gates. Built
 * once, then immutable and shared by all matchers.
 *
 * A gate is sound: a rule whose gates were not all seen in a post cannot match it. */
#ifndef HEARSAY_RULE_COMPILE_H
#define HEARSAY_RULE_COMPILE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/map.h"
#include "rule/ast.h"
#include "rule/pack.h"
#include "rule/regex.h"
#include "rule/sentry.h"
#include "rule/sieve.h"
#include "rule/weights.h"

#define RULE_NONE UINT32_MAX
#define REFERENCE_DEPTH_MOST 64u /* rules that refer to rules that refer to rules ... */

/* One literal as it is looked for. */
struct needle {
    struct str text; /* folded; runs of white space are one ' '; trimmed. Empty: not searched */
    struct str raw;  /* raw literals: the exact bytes; else empty */
    bool is_raw;     /* `text` in the context-free view is a candidate for `raw` in the raw text */
    bool is_gate;    /* its occurrences are no one's: it only opens gates */
    bool is_folded_view; /* looked for in folded.text, else in folded.simple */
    bool is_leet;        /* and in folded.text with leetspeak undone */
    bool is_apart;       /* written apart: found only in letters that were joined */
    bool bounds_start;   /* no word character may stand before */
    bool bounds_end;
    bool extends_start; /* "*ware": the occurrence is the whole word */
    bool extends_end;
    uint32_t first_clause; /* its clauses: clause_of_needle[first_clause..] */
    uint32_t clause_count;
};

struct clause {
    uint32_t *needles; /* ascending */
    uint32_t needle_count;
    double frequency;    /* estimated, for choosing the rarest */
    uint32_t first_rule; /* rules that this clause wakes: rule_of_clause[first_rule..] */
    uint32_t rule_count;
};

/* A distinct term; equal terms of several rules share one. */
struct pattern {
    enum term_kind kind;
    bool fold;
    bool leet;
    uint32_t *needles; /* TERM_LITERALS, ascending */
    uint32_t needle_count;
    struct regex *regex;
    const struct list *list;
    struct map *domains; /* TERM_URL: the list as a set */
    const struct field_test *field;
    uint32_t *gates; /* clauses; all must be seen for the pattern to occur */
    uint32_t gate_count;
};

struct rule_code {
    const struct rule *rule;
    uint32_t first_term; /* pattern_of_term[first_term + i] is the pattern of rule->terms[i] */
    uint32_t *gates;     /* clauses; all must be seen for the rule to match; rarest first */
    uint32_t gate_count;
    uint32_t group; /* weights group or RULE_NONE */
    bool is_judged; /* not private, not deprecated */
    bool where_reads_language;
};

struct hearsay_rules {
    _Atomic uint32_t holders; /* of hearsay_rules_retain; the rest is immutable */
    struct ast ast;
    struct arena arena; /* everything below but what has its own free */
    char hash[DIGEST_HEX_SIZE];
    const char *name;
    const char *version;
    struct needle *needles;
    uint32_t needle_count;
    struct clause *clauses;
    uint32_t clause_count;
    struct pattern *patterns;
    uint32_t pattern_count;
    struct rule_code *rules; /* by rule->index */
    uint32_t rule_count;
    uint32_t *pattern_of_term;
    uint32_t term_count;
    uint32_t *clause_of_needle;
    uint32_t *rule_of_clause;
    uint32_t *ungated; /* judged rules that no clause wakes: they run on every post */
    uint32_t ungated_count;
    uint32_t
        link_needle;    /* seen when a post brings links beside its text; RULE_NONE: no url terms */
    double *group_caps; /* INFINITY: none */
    uint32_t group_count;
    bool has_leet;           /* a pattern is leet */
    size_t leet_reach;       /* bytes of the longest needle that is looked for in its readings */
    uint32_t *needle_of_key; /* the sieve's keys are the searched needles */
    struct sieve sieve;
    struct sentry sentry;
    struct weights weights;
    bool has_weights;
};

/* Compiles pack->ast, which rules_check has found sound. On failure the pack must be given to
 * pack_release. HEARSAY_LIMIT: rules refer to each other too deeply or in a circle. */
enum hearsay_status pack_compile(struct hearsay_rules *pack, struct hearsay_failure *failure);
void pack_release(struct hearsay_rules *pack); /* frees what it holds, not *pack */

static inline uint32_t pack_pattern(const struct hearsay_rules *pack, const struct rule_code *code,
                                    const struct term *term) {
    return pack->pattern_of_term[code->first_term + (uint32_t)(term - code->rule->terms)];
}

#endif
