/* Shared by the files of the checker, seen by nobody else. */
#ifndef HEARSAY_RULE_CHECK_H
#define HEARSAY_RULE_CHECK_H

#include "base/map.h"
#include "rule/ast.h"
#include "rule/codes.h"
#include "rule/diagnostic.h"
#include "rule/parser.h"

/* Must a text that the rule matches hold some literal? */
enum gate { GATE_UNKNOWN, GATE_OPEN, GATE_CLOSED };

struct checker {
    struct ast *ast;
    struct diagnostics *diagnostics;
    struct map rule_names;
    struct rule **rules_by_name; /* by index in rule_names */
    /* By index of the rule: */
    bool *is_referenced;        /* by another rule */
    bool *has_references;       /* to other rules */
    bool *is_visited;           /* by check_gates */
    bool may_follow_references; /* no chain of references is too deep to recurse */
    enum gate *gates;           /* by index of the rule, filled in as they are asked for */
    bool is_out_of_memory;
};

__attribute__((format(printf, 4, 5))) struct diagnostic *
check_error(struct checker *checker, const char *code, struct place place, const char *format, ...);
__attribute__((format(printf, 4, 5))) struct diagnostic *check_warning(struct checker *checker,
                                                                       const char *code,
                                                                       struct place place,
                                                                       const char *format, ...);

/* Calls visit for the expression and all below it. Recursion is as deep as the parser allows. */
void expr_walk(struct expr *expr, void (*visit)(void *context, struct expr *expr), void *context);

/* check_reference.c: resolves EXPR_RULE, finds cycles and chains that are too deep. */
void check_references(struct checker *checker);
/* check_term.c: regexes, literals, unused terms, extracts. */
void check_terms(struct checker *checker, struct rule *rule);
/* check_gate.c: regexes that would run on every post. After check_references. */
void check_gates(struct checker *checker);
/* check_over.c: windows. After check_references. */
void check_over(struct checker *checker, const struct rule *rule);
/* check_label.c: numbers the labels that rules give and resolves those they ask for. After
 * check_references. */
void check_labels(struct checker *checker);
/* check_wording.c: names and notes must describe, not accuse. */
void check_wording(struct checker *checker, const struct rule *rule);

#endif
