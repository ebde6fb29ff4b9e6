#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/runs.h"

/* A store in memory. */
struct memory_store {
    struct buffer bytes;
    size_t appends;
    size_t fail_at; /* 0: never */
};

static enum hearsay_status store_append(void *context, const void *bytes, size_t len,
                                        uint64_t *offset) {
    struct memory_store *store = context;
    if (++store->appends == store->fail_at) {
        return HEARSAY_IO;
    }
    *offset = store->bytes.len;
    return buffer_append(&store->bytes, bytes, len) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static enum hearsay_status store_read(void *context, uint64_t offset, void *bytes, size_t len) {
    const struct memory_store *store = context;
    memcpy(bytes, store->bytes.ptr + offset, len);
    return HEARSAY_OK;
}

struct visited {
    struct buffer bytes;
    uint64_t count;
};

static enum hearsay_status visit(void *context, struct str key, struct str payload) {
    struct visited *visited = context;
    visited->count++;
    buffer_append_str(&visited->bytes, key);
    buffer_append_byte(&visited->bytes, '=');
    buffer_append_str(&visited->bytes, payload);
    buffer_append_byte(&visited->bytes, '\n');
    return HEARSAY_OK;
}

#define ENTRIES 20000

/* Adds the same entries to `worker_count` workers, in an order that depends on `stride`. */
static enum hearsay_status fill(struct runs *workers, size_t worker_count, unsigned stride) {
    for (unsigned i = 0; i < ENTRIES; i++) {
        char key[32];
        char payload[256];
        unsigned n = i * stride % ENTRIES;
        snprintf(key, sizeof key, "%05u", n / 3); /* equal keys, different payloads */
        snprintf(payload, sizeof payload, "%0200u", n);
        enum hearsay_status status =
            runs_add(&workers[i % worker_count], str_from_c(key), str_from_c(payload));
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    return HEARSAY_OK;
}

static struct buffer merged(size_t worker_count, unsigned stride, uint64_t limit_bytes,
                            uint64_t *spilled) {
    struct memory_store bytes = {0};
    struct hearsay_store store = {store_append, store_read, &bytes};
    struct memory_budget budget = {.limit_bytes = limit_bytes, .store = &store};
    struct runs workers[4];
    struct runs *pointers[4];
    struct visited visited = {0};
    for (size_t w = 0; w < worker_count; w++) {
        runs_init(&workers[w], &budget);
        pointers[w] = &workers[w];
    }
    assert_int_equal(fill(workers, worker_count, stride), HEARSAY_OK);
    assert_int_equal(runs_merge(pointers, worker_count, visit, &visited), HEARSAY_OK);
    assert_int_equal(visited.count, ENTRIES);
    for (size_t w = 0; w < worker_count; w++) {
        runs_free(&workers[w]);
    }
    assert_int_equal(budget.used_bytes, 0);
    *spilled = budget.spilled_bytes;
    buffer_free(&bytes.bytes);
    return visited.bytes;
}

static void order_is_the_same_for_any_workers_order_and_memory(void **state) {
    (void)state;
    uint64_t spilled;
    struct buffer expected = merged(1, 1, UINT64_MAX, &spilled);
    assert_int_equal(spilled, 0);
    const struct {
        size_t workers;
        unsigned stride; /* coprime to ENTRIES */
        uint64_t limit;
    } cases[] = {{3, 7, UINT64_MAX}, {1, 3, 1 << 20}, {4, 11, 2 << 20}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buffer actual = merged(cases[i].workers, cases[i].stride, cases[i].limit, &spilled);
        assert_true(str_equal(buffer_str(&actual), buffer_str(&expected)));
        assert_true(cases[i].limit == UINT64_MAX ? spilled == 0 : spilled > 0);
        buffer_free(&actual);
    }
    buffer_free(&expected);
}

static void a_store_that_fails_is_reported(void **state) {
    (void)state;
    struct memory_store bytes = {.fail_at = 2};
    struct hearsay_store store = {store_append, store_read, &bytes};
    struct memory_budget budget = {.limit_bytes = 1, .store = &store};
    struct runs runs;
    runs_init(&runs, &budget);
    assert_int_equal(fill(&runs, 1, 1), HEARSAY_IO);
    runs_free(&runs);
    buffer_free(&bytes.bytes);
}

static void without_a_store_the_limit_is_hard(void **state) {
    (void)state;
    struct memory_budget budget = {.limit_bytes = 1};
    struct runs runs;
    runs_init(&runs, &budget);
    assert_int_equal(fill(&runs, 1, 1), HEARSAY_LIMIT);
    runs_free(&runs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_the_same_for_any_workers_order_and_memory),
        cmocka_unit_test(a_store_that_fails_is_reported),
        cmocka_unit_test(without_a_store_the_limit_is_hard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
