#include "cli/test_results.h"

/* The old array stays in the arena: at most as much again as the last one. */
static bool grow(struct test_results *results, void **items, size_t count, size_t *capacity,
                 size_t size) {
    if (count < *capacity) {
        return true;
    }
    size_t wanted = *capacity > 0 ? *capacity * 2 : 64;
    void *grown = arena_array(&results->arena, wanted, size);
    if (!grown) {
        results->failed = true;
        return false;
    }
    if (count > 0) {
        memcpy(grown, *items, count * size);
    }
    *items = grown;
    *capacity = wanted;
    return true;
}

static void copy(struct test_results *results, struct hearsay_text *text) {
    struct str kept = STR_EMPTY;
    if (!arena_copy(&results->arena, public_str(*text), &kept)) {
        results->failed = true;
    }
    *text = (struct hearsay_text){kept.ptr, kept.len};
}

void test_results_add(void *context, const struct hearsay_test_outcome *outcome) {
    struct test_results *results = context;
    void *items = results->outcomes;
    if (!grow(results, &items, results->count, &results->capacity, sizeof *outcome)) {
        return;
    }
    results->outcomes = items;
    struct hearsay_test_outcome *kept = &results->outcomes[results->count++];
    *kept = *outcome;
    copy(results, &kept->rule);
    copy(results, &kept->rule_id);
    copy(results, &kept->kind);
    copy(results, &kept->text);
    copy(results, &kept->file);
    copy(results, &kept->message);
    copy(results, &kept->detail);
    copy(results, &kept->clause);
    copy(results, &kept->report);
}

void test_results_add_problem(void *context, const struct hearsay_problem *problem) {
    struct test_results *results = context;
    void *items = results->problems;
    if (!grow(results, &items, results->problem_count, &results->problem_capacity,
              sizeof *problem)) {
        return;
    }
    results->problems = items;
    struct hearsay_problem *kept = &results->problems[results->problem_count++];
    *kept = *problem;
    results->error_count += problem->is_error;
    copy(results, &kept->code);
    copy(results, &kept->name);
    copy(results, &kept->message);
    copy(results, &kept->help);
    copy(results, &kept->file);
}

void test_results_free(struct test_results *results) {
    arena_free(&results->arena);
}
