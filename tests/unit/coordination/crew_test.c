#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordination/crew.h"

struct work {
    _Atomic unsigned done[1000];
    unsigned threads;
    unsigned fails_at;
    _Atomic unsigned begun;
};

static enum hearsay_status mark(void *context, unsigned worker, unsigned item) {
    struct work *work = context;
    atomic_fetch_add(&work->begun, 1);
    atomic_fetch_add(&work->done[item], worker < work->threads ? 1 : 1000);
    return item == work->fails_at ? HEARSAY_IO : HEARSAY_OK;
}

static void every_item_is_worked_on_once(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 7; threads += 3) {
        struct work work = {.threads = threads, .fails_at = UINT32_MAX};
        assert_int_equal(crew_run(threads, 1000, mark, &work), HEARSAY_OK);
        for (unsigned i = 0; i < 1000; i++) {
            assert_int_equal(work.done[i], 1);
        }
    }
}

static void a_failure_ends_the_work(void **state) {
    (void)state;
    struct work work = {.threads = 1, .fails_at = 10};
    assert_int_equal(crew_run(1, 1000, mark, &work), HEARSAY_IO);
    assert_int_equal(work.begun, 11);
    struct work shared = {.threads = 4, .fails_at = 10};
    assert_int_equal(crew_run(4, 1000, mark, &shared), HEARSAY_IO);
}

static void no_items_are_no_work(void **state) {
    (void)state;
    struct work work = {.threads = 3};
    assert_int_equal(crew_run(3, 0, mark, &work), HEARSAY_OK);
    assert_int_equal(work.begun, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_worked_on_once),
        cmocka_unit_test(a_failure_ends_the_work),
        cmocka_unit_test(no_items_are_no_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
