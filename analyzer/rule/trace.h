/* Why a rule matches a post, or does not: each clause with its truth, the occurrences it looked at
 * and which clause decides. Judged by the primitives of rule/stand.h, where the matcher left off,
 * so that a trace cannot disagree with a match. Internal to rule/. */
#ifndef HEARSAY_RULE_TRACE_H
#define HEARSAY_RULE_TRACE_H

#include "rule/stand.h"

#define TRACE_NODES_MOST 4096u /* rules that refer to rules could else unfold without end */

enum standing {
    STANDS,           /* it makes its clause hold */
    STANDS_DENIED,    /* a `not ... before` or `not ... near` beside the clause takes it away */
    STANDS_ELSEWHERE, /* it lies in another sentence or line than the one shown */
    STANDS_FAR        /* no partner within the distance, or on the wrong side */
};

struct trace_span {
    const struct term *term;
    uint32_t start; /* raw bytes */
    uint32_t end;
    bool has_place; /* false: a link beside the text, a field test that holds */
    enum standing standing;
};

/* In preorder: the parts of a clause follow it, one deeper. */
struct trace_node {
    const struct expr *expr;
    const struct rule *rule; /* the rule in which the clause stands */
    uint32_t depth;
    uint32_t part; /* sentence or line shown, from 1; 0: the whole post */
    uint32_t first_span;
    uint32_t span_count;
    uint32_t nearest; /* words between the nearest pair, whether near enough or not */
    bool has_nearest;
    bool holds;
    bool is_where;
    bool is_scope; /* a negation that takes occurrences away; holds: it did no harm */
    bool is_deciding;
};

/* Zero-initialise; trace_free. */
struct trace {
    struct trace_node *nodes;
    size_t node_count;
    size_t node_capacity;
    struct trace_span *spans;
    size_t span_count;
    size_t span_capacity;
    bool is_cut; /* TRACE_NODES_MOST acted */
};

/* Traces `where` and `match` of a rule on the matcher's present post, forgetting what the trace
 * held. False: memory is out. */
bool trace_rule(struct trace *trace, struct matcher *matcher, uint32_t rule);
void trace_free(struct trace *trace);

/* First node after this one's parts. */
size_t trace_end(const struct trace *trace, size_t node);

#endif
