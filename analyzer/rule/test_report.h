/* Why a test of a rule failed, in words: the clause that decided, what was expected and what came,
 * what each term found. Internal to rule/. */
#ifndef HEARSAY_RULE_TEST_REPORT_H
#define HEARSAY_RULE_TEST_REPORT_H

#include "rule/probe.h"

/* Zero-initialise; test_report_free. A test passed if `message` is empty. */
struct test_report {
    struct buffer message; /* one line without its end */
    struct buffer detail;  /* lines */
    struct buffer whole;   /* all of it, for people */
    struct str clause;     /* borrowed from the rule file */
    uint32_t clause_line;
    bool is_where;    /* the clause stands in `where` */
    bool holds;       /* it holds, and the rule should be silent */
    bool has_nearest; /* of a proximity that does not hold: */
    uint32_t nearest; /* words between the nearest pair, in whatever order */
};

void test_report_clear(struct test_report *report);
void test_report_free(struct test_report *report);

/* Names the clause that keeps the rule silent on the probe's text. */
void test_report_silence(struct test_report *report, struct probe *probe, const struct rule *rule);
/* Names the whole of `match`, which holds and should not. */
void test_report_match(struct test_report *report, const struct ast *ast, const struct rule *rule);
/* Adds what each term found, one line a term. */
void test_report_terms(struct test_report *report, struct probe *probe, const struct rule *rule);
/* Fills in `whole`. False: memory ran out in any part. */
bool test_report_finish(struct test_report *report, const struct ast *ast, const struct rule *rule,
                        struct place place, struct str kind, struct str text, const char *verdict);

/* On one line between marks: runs of white space and controls become one blank; long texts are cut.
 */
void append_quoted(struct buffer *out, struct str text, char mark);

#endif
