/* Rule packs: loading, tests, measures and tools for their authors. Included by hearsay.h. */
#ifndef HEARSAY_RULES_H
#define HEARSAY_RULES_H

#include "hearsay_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#pragma GCC visibility push(default) /* the library is built with hidden visibility */
#endif

/* A compiled pack: immutable, shared by any number of engines and threads. */
struct hearsay_rules;

/* Reads a whole file for the rule loader: fills *bytes (malloc'd, freed by the library) and *len,
 * or returns HEARSAY_IO. `path` is as it stands in the rule file, already resolved against its
 * folder. */
typedef enum hearsay_status hearsay_read_file(void *context, const char *path, char **bytes,
                                              size_t *len);

/* Receives each diagnostic as finished text (several lines, ending in a newline), in order of
 * place. */
typedef void hearsay_diagnostic(void *context, const char *text, size_t len);

/* A borrowed run of bytes, without a NUL behind it. */
struct hearsay_text {
    const char *ptr;
    size_t len;
};

/* The same diagnostic in parts. Borrowed until the callback returns. */
struct hearsay_problem {
    bool is_error;            /* else a warning */
    struct hearsay_text code; /* "E021" */
    struct hearsay_text name; /* "unknown-term" */
    struct hearsay_text message;
    struct hearsay_text help; /* a suggestion, may be empty */
    struct hearsay_text file; /* as the loader was given it */
    uint64_t line;            /* of its first character, from 1 */
    uint64_t column;          /* in characters, from 1 */
};

/* Receives each diagnostic in parts, in order of place. */
typedef void hearsay_problem_report(void *context, const struct hearsay_problem *problem);

struct hearsay_rules_options {
    const char *const *files; /* rule files (*.rules), in any order */
    size_t file_count;
    const char *weights; /* learned weights of the pack (`hearsay rules fit`); NULL: none */
    hearsay_read_file *read_file;
    hearsay_diagnostic *diagnostic;  /* may be NULL */
    hearsay_problem_report *problem; /* may be NULL */
    void *context;                   /* for all callbacks */
    bool colour;                     /* ANSI colours in diagnostics */
    bool errors_only;                /* no warnings where there is no error */
};

/* Parses, checks and compiles. HEARSAY_BAD_RULES when any file has an error (all are reported in
 * one run). *rules is owned by the caller. */
enum hearsay_status hearsay_rules_load(const struct hearsay_rules_options *options,
                                       struct hearsay_rules **rules,
                                       struct hearsay_failure *failure);

/* Packs are immutable and counted. A caller that runs for long may load a new one beside the old: a
 * load that fails touches nothing, so that the old one stays. Whoever works with a pack retains it
 * (the same pointer comes back) and frees it when done; the last one ends it. An engine does not
 * retain: its pack must outlive it. Any thread may call both. */
struct hearsay_rules *hearsay_rules_retain(struct hearsay_rules *rules);
void hearsay_rules_free(struct hearsay_rules *rules); /* NULL is allowed */

const char *hearsay_rules_name(const struct hearsay_rules *rules);
const char *hearsay_rules_version(const struct hearsay_rules *rules);
size_t hearsay_rules_count(const struct hearsay_rules *rules);

enum hearsay_verdict {
    HEARSAY_PASSED,
    HEARSAY_FAILED,
    HEARSAY_TODO,     /* marked todo and still failing */
    HEARSAY_TODO_DONE /* marked todo and passing: the mark can go */
};

/* What came of one test that stands in a rule. Borrowed until the callback returns. */
struct hearsay_test_outcome {
    enum hearsay_verdict verdict;
    struct hearsay_text rule;    /* name */
    struct hearsay_text rule_id; /* empty for a private rule without one */
    struct hearsay_text kind;    /* the word it begins with: "fires", "silent", "series" ... */
    struct hearsay_text text;    /* what was judged, or the name of a series */
    struct hearsay_text file;    /* of the test, as the loader was given it */
    uint64_t line;               /* of the test, from 1 */
    struct hearsay_text message; /* one line: "should fire and is silent"; empty: passed */
    struct hearsay_text detail;  /* lines: expected and actual as a diff, what each term found */
    struct hearsay_text clause;  /* source of the clause that decided; empty: none did alone */
    uint64_t clause_line;        /* of the clause, from 1; 0 without one */
    struct hearsay_text report;  /* all of this as text for people, ending in a newline */
};

/* Receives each outcome, in order of the rules and of their tests. */
typedef void hearsay_test_report(void *context, const struct hearsay_test_outcome *outcome);

/* Zero-initialise, then set what is wanted. */
struct hearsay_rules_test_options {
    const char *run; /* only rules of this name or id, * stands for any text; NULL: all */
    hearsay_test_report *report; /* may be NULL */
    void *context;               /* for the callback */
};

struct hearsay_rules_test_result {
    size_t rules; /* that `run` chose */
    size_t passed;
    size_t failed;
    size_t todo; /* marked todo and still failing */
};

/* Runs the tests that stand in the rules. HEARSAY_OK also when tests fail: look at the result. Its
 * order and bytes depend on the rules alone; durations are not measured. */
enum hearsay_status hearsay_rules_test(const struct hearsay_rules *rules,
                                       const struct hearsay_rules_test_options *options,
                                       struct hearsay_rules_test_result *result,
                                       struct hearsay_failure *failure);

/* One clause of a rule's conditions and whether its tests make it decide; rule/coverage.c defines
 * what counts. Borrowed until the callback returns. */
struct hearsay_clause {
    struct hearsay_text rule; /* name */
    struct hearsay_text rule_id;
    struct hearsay_text file;
    uint64_t line;              /* from 1 */
    struct hearsay_text text;   /* source of the clause */
    struct hearsay_text member; /* the term of the set that is meant; empty: the whole clause */
    bool made_fire;             /* a test fires that would be silent were the clause otherwise */
    bool made_silent;           /* a test is silent that would fire were the clause otherwise */
    bool is_covered;
};

typedef void hearsay_clause_report(void *context, const struct hearsay_clause *clause);

/* Zero-initialise, then set what is wanted. */
struct hearsay_rules_cover_options {
    const char *run;               /* as for tests */
    hearsay_clause_report *report; /* may be NULL; every clause, in order of rules and places */
    void *context;                 /* for the callback */
};

struct hearsay_rules_cover_result {
    size_t clauses;
    size_t covered;
};

enum hearsay_status hearsay_rules_cover(const struct hearsay_rules *rules,
                                        const struct hearsay_rules_cover_options *options,
                                        struct hearsay_rules_cover_result *result,
                                        struct hearsay_failure *failure);

/* One small change of a rule and whether a test of the rule notices. Borrowed until the callback
 * returns. */
struct hearsay_mutant {
    struct hearsay_text rule; /* name */
    struct hearsay_text rule_id;
    struct hearsay_text file;
    uint64_t line;               /* of the clause that is changed, from 1 */
    struct hearsay_text change;  /* "drop operand" */
    struct hearsay_text clause;  /* before, as rule text */
    struct hearsay_text mutated; /* after; empty: the clause is gone */
    bool is_literal;             /* a literal dropped from a term; counted apart */
    bool is_killed;
};

typedef void hearsay_mutant_report(void *context, const struct hearsay_mutant *mutant);

/* Zero-initialise, then set what is wanted. */
struct hearsay_rules_mutate_options {
    const char *run;               /* as for tests */
    bool with_literals;            /* also drop each literal of each term */
    hearsay_mutant_report *report; /* may be NULL; every mutant, in order of rules */
    void *context;                 /* for the callback */
};

struct hearsay_rules_mutate_result {
    size_t rules; /* chosen by `run` */
    size_t mutants;
    size_t killed;
    size_t literals; /* mutants that drop a literal */
    size_t literals_killed;
};

/* Mutants are made one at a time and judged by the tests that pass. The same rules give the same
 * mutants; their number is linear in the size of the rules. */
enum hearsay_status hearsay_rules_mutate(const struct hearsay_rules *rules,
                                         const struct hearsay_rules_mutate_options *options,
                                         struct hearsay_rules_mutate_result *result,
                                         struct hearsay_failure *failure);

struct hearsay_explain_options {
    const char *text; /* the post's text, any bytes */
    size_t text_len;
    const char *language; /* tag or name as sources write it; NULL: detected */
    const char *rule;     /* id or name; NULL: every rule whose required literals are there */
    bool is_json;         /* schemas/rules-explain.schema.json, else text for a person */
};
/* Judges one text and gives the truth of every clause with what it found, the deciding clause
 * marked, and the score as a sum. `report` receives one text. HEARSAY_BAD_ARGUMENT: no such rule.
 */
enum hearsay_status hearsay_rules_explain(const struct hearsay_rules *rules,
                                          const struct hearsay_explain_options *options,
                                          hearsay_diagnostic *report, void *context,
                                          struct hearsay_failure *failure);

/* A text to measure with; `lang` may be empty. */
struct hearsay_bench_text {
    const char *text;
    size_t len;
    const char *lang;
    size_t lang_len;
};

/* What one rule (term NULL) or term costs, over all texts; borrowed strings. */
struct hearsay_rules_cost {
    const char *rule; /* meta id */
    size_t rule_len;
    const char *term; /* without $ */
    size_t term_len;
    double ns_per_post;   /* of its own evaluation, without the pass that looks for all literals */
    double reached_ratio; /* share of the texts in which its required literals stand */
    double matched_ratio;
    bool has_window;  /* of a rule: its window is not measured, which needs posts and their order */
    bool asks_labels; /* likewise */
};

struct hearsay_rules_bench_options {
    const struct hearsay_bench_text *texts; /* none: the texts of the pack's own tests */
    size_t text_count;
    unsigned repeats;                  /* 1 to 99; medians are given */
    uint64_t (*now_ns)(void *context); /* the library reads no clock */
    void (*visit)(void *context, const struct hearsay_rules_cost *cost); /* may be NULL */
    void *context;
};

struct hearsay_rules_bench_result {
    size_t texts;
    double ns_per_post; /* the whole pack, folding included; median of the repeats */
    double least_ns_per_post;
    double most_ns_per_post;
    double worst_ns; /* the dearest text, in the best of its repeats */
    struct hearsay_bench_text worst;
};

/* Measures a pack on one thread; then calls `visit` for each rule that judges posts and, after it,
 * for each of its terms. */
enum hearsay_status hearsay_rules_bench(const struct hearsay_rules *rules,
                                        const struct hearsay_rules_bench_options *options,
                                        struct hearsay_rules_bench_result *result,
                                        struct hearsay_failure *failure);

/* What keeps posts away from a rule or a term, and what one post can cost at most: known without
 * measuring. Borrowed until the callback returns. */
struct hearsay_rules_price {
    struct hearsay_text rule;    /* name */
    struct hearsay_text rule_id; /* empty for a private rule without one */
    struct hearsay_text term;    /* without $; empty: the rule itself */
    struct hearsay_text file;
    uint64_t line;
    const char *kind;             /* "rule", "literals", "regex", "url" or "field" */
    struct hearsay_text requires; /* literals, as a condition: ("a" or "b") and "c"; may be empty */
    const char *prefilter; /* "exact": what it finds is what the term finds; "approximate": it
                            * opens the way; "none": every post that comes here is looked at */
    uint64_t literals;     /* that the term looks for */
    uint64_t regexes;      /* that one post can make run: 1 or 0; of a rule: all it reaches */
    uint64_t steps_most;   /* PCRE2's on one post of any length, for all of them */
    bool is_ungated;       /* a rule that judges every post, or a regex that required
                            * literals of its rule alone keep away */
    bool is_accepted;      /* its author wrote `ungated` */
};
typedef void hearsay_price_report(void *context, const struct hearsay_rules_price *price);
/* Each rule, deprecated ones left out, with its terms behind it. */
enum hearsay_status hearsay_rules_prices(const struct hearsay_rules *rules,
                                         hearsay_price_report *report, void *context,
                                         struct hearsay_failure *failure);

/* The page of a diagnostic's code ("E014" or its name), or the list of all for NULL; `report`
 * receives one text. HEARSAY_BAD_ARGUMENT: there is no such code. */
enum hearsay_status hearsay_rules_help(const char *code, hearsay_diagnostic *report, void *context,
                                       struct hearsay_failure *failure);

struct hearsay_format_file {
    const char *name, *text; /* the name for messages */
    size_t text_len;
    hearsay_diagnostic *diagnostic; /* may be NULL */
    void *context;                  /* for it and for the report */
    bool colour;
};
/* Lays a rule file out in the canonical form: every token and every comment stays, and parsing
 * gives the same. `report` receives the whole text. HEARSAY_BAD_RULES: it does not cut into tokens.
 */
enum hearsay_status hearsay_rules_format(const struct hearsay_format_file *file,
                                         hearsay_diagnostic *report,
                                         struct hearsay_failure *failure);

/* Rule text as JSON (schemas/rules.schema.json) and back; `report` receives one text. Comments are
 * lost, nothing else: undump(dump(x)) has the tokens of x. HEARSAY_BAD_INPUT: JSON of another form,
 * or with a value that reaches beyond its place. */
enum hearsay_status hearsay_rules_dump(const char *text, size_t len, hearsay_diagnostic *report,
                                       void *context, struct hearsay_failure *failure);
enum hearsay_status hearsay_rules_undump(const char *json, size_t len, hearsay_diagnostic *report,
                                         void *context, struct hearsay_failure *failure);

/* ---- Learning weights from labelled posts
 * ------------------------------------------------------------------
 */

/* A labelled post. Its id is used for the order only, so that the file's order does not matter. */
struct hearsay_fit_row {
    struct hearsay_text id;
    struct hearsay_text text;
    struct hearsay_text language; /* may be empty: it is detected */
    struct hearsay_text source;   /* where the row was collected; may be empty */
    bool is_positive;             /* the flag that people gave it */
    double weight;                /* as so many posts it counts in learning; 0: as one */
};

struct hearsay_fit_options {
    const struct hearsay_fit_row *rows;
    size_t row_count;            /* 40 to 20,000, with 10 of either label at least */
    uint64_t seed;               /* deals the rows into parts for cross-validation */
    bool is_forced;              /* give weights that are worse than the pack's own, too */
    hearsay_diagnostic *report;  /* receives the table of measures as text */
    hearsay_diagnostic *weights; /* receives the file's text (JSON), if it is to be written */
    void *context;
};

/* Learns weights for a pack that was loaded without any (rule/fit.h says how). The same bytes for
 * the same rows in any order, pack and seed. *is_better: in cross-validation F1 is at most 0.01
 * lower than the pack's own and average precision is not lower; where it is false and nothing is
 * forced, no weights are given. HEARSAY_BAD_INPUT: too few rows, or of one label only. */
enum hearsay_status hearsay_rules_fit(const struct hearsay_rules *rules,
                                      const struct hearsay_fit_options *options, bool *is_better,
                                      struct hearsay_failure *failure);

/* ---- Trying rules on past posts
 * ------------------------------------------------------------------
 */

/* A pack, or an old and a new one, judged on a corpus: who hits what, which flags change. Works in
 * one thread; its reports do not depend on the order of posts and inputs. */
struct hearsay_trial;

struct hearsay_trial_options {
    const struct hearsay_rules *rules;
    const struct hearsay_rules *old_rules; /* NULL: no comparison */
    const char *format, *map;              /* as in struct hearsay_options */
    uint64_t memory_bytes;                 /* for posts that wait; 0: HEARSAY_TRIAL_MEMORY */
};
#define HEARSAY_TRIAL_MEMORY (2ull << 30)
enum hearsay_trial_form {
    HEARSAY_DIFF_TEXT, /* these two with old_rules only */
    HEARSAY_DIFF_MARKDOWN,
    HEARSAY_OVERLAP_TEXT, /* these two without */
    HEARSAY_OVERLAP_JSON
};
/* Both packs must outlive the trial. */
enum hearsay_status hearsay_trial_open(const struct hearsay_trial_options *options,
                                       struct hearsay_trial **trial,
                                       struct hearsay_failure *failure);
/* Labels before the posts: lines of JSON objects with "id" and "flag" (0 or 1). */
enum hearsay_status hearsay_trial_labels(struct hearsay_trial *trial, const char *bytes, size_t len,
                                         struct hearsay_failure *failure);
/* As the engine's input functions. HEARSAY_BAD_INPUT: these bytes are no known format. */
enum hearsay_status hearsay_trial_input_begin(struct hearsay_trial *trial, const char *name,
                                              struct hearsay_failure *failure);
enum hearsay_status hearsay_trial_feed(struct hearsay_trial *trial, const char *bytes, size_t len,
                                       struct hearsay_failure *failure);
enum hearsay_status hearsay_trial_input_end(struct hearsay_trial *trial,
                                            struct hearsay_failure *failure);
/* `report` receives one text; it may be asked for in several forms, and no input comes after it.
 * Where rules have windows or labels, posts that a rule matches are held in memory until then; what
 * exceeds memory_bytes ends the feeding with HEARSAY_LIMIT. */
enum hearsay_status hearsay_trial_report(struct hearsay_trial *trial, enum hearsay_trial_form form,
                                         hearsay_diagnostic *report, void *context,
                                         struct hearsay_failure *failure);
void hearsay_trial_close(struct hearsay_trial *trial);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
