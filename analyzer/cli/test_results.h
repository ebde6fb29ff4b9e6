/* What came of the tests of a pack, kept so that several writers can each tell it in their form.
 * Knows no form itself; the writers compute nothing. */
#ifndef HEARSAY_CLI_TEST_RESULTS_H
#define HEARSAY_CLI_TEST_RESULTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "hearsay.h"

struct test_results {
    struct arena arena;
    const struct hearsay_rules *rules; /* NULL: the pack has errors, no test ran */
    struct hearsay_rules_test_result counts;
    struct hearsay_test_outcome *outcomes; /* copies in the arena */
    size_t count;
    size_t capacity;
    struct hearsay_problem *problems; /* of the rule files, copies too */
    size_t problem_count;
    size_t problem_capacity;
    size_t error_count;
    bool failed; /* memory ran out while collecting */
};

/* Callbacks of the library; the context is the results. */
void test_results_add(void *context, const struct hearsay_test_outcome *outcome);
void test_results_add_problem(void *context, const struct hearsay_problem *problem);
void test_results_free(struct test_results *results);

static inline struct str public_str(struct hearsay_text text) {
    return (struct str){text.ptr, text.len};
}

/* ---- Writers, one file each: append the results in one form ---- */

typedef void test_writer(const struct test_results *results, struct buffer *out);

/* TAP 14: testanything.org/tap-version-14-specification.html */
test_writer tap_write;
/* JUnit XML as the Jenkins xunit plugin reads it (junit-10.xsd); a testsuite for each rule. */
test_writer junit_write;
/* SARIF 2.1.0 (OASIS): failed tests and problems of the rule files, each with its place. */
test_writer sarif_write;
/* Workflow commands that GitHub shows beside the changed lines. */
test_writer github_write;
/* JSON, schema rules-test.schema.json. */
test_writer results_json_write;

#endif
