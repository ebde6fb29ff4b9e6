/* Records come out in the order that a comparison sort gives, equal ones as they stood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/radix.h"

#define COUNT 5000u

struct record {
    uint32_t minor;
    uint32_t place; /* where it stood */
    uint32_t major;
};

static int record_compare(const void *left, const void *right) {
    const struct record *a = left;
    const struct record *b = right;
    if (a->major != b->major) {
        return a->major < b->major ? -1 : 1;
    }
    if (a->minor != b->minor) {
        return a->minor < b->minor ? -1 : 1;
    }
    return (a->place > b->place) - (a->place < b->place);
}

static void check(size_t count, uint32_t major_mask, uint32_t minor_mask) {
    static struct record records[COUNT];
    static struct record wanted[COUNT];
    static struct record spare[COUNT];
    uint32_t random = 12345;
    for (uint32_t i = 0; i < count; i++) {
        random = random * 1664525u + 1013904223u;
        uint32_t major = random & major_mask;
        random = random * 1664525u + 1013904223u;
        records[i] = (struct record){random & minor_mask, i, major};
    }
    memcpy(wanted, records, sizeof wanted);
    if (count > 0) {
        qsort(wanted, count, sizeof *wanted, record_compare);
    }
    const size_t offsets[] = {offsetof(struct record, major), offsetof(struct record, minor)};
    radix_sort(records, spare, count, sizeof *records, offsets, 2);
    assert_memory_equal(records, wanted, count * sizeof *records);
}

static void sorts_as_a_comparison_does(void **state) {
    (void)state;
    check(COUNT, UINT32_MAX, UINT32_MAX);
    check(COUNT, 0xff00u, 7u);
    check(COUNT, 0, 0xf0000000u);
    check(COUNT, 0xffffu, 0);
}

static void few_records_are_sorted_too(void **state) {
    (void)state;
    for (size_t count = 0; count < 4; count++) {
        check(count, UINT32_MAX, UINT32_MAX);
    }
}

static void records_of_any_size_are_sorted(void **state) {
    (void)state;
    uint32_t records[6 * 5];
    uint32_t spare[6 * 5];
    for (uint32_t i = 0; i < 6; i++) {
        for (uint32_t j = 0; j < 5; j++) {
            records[i * 5 + j] = 6 - i;
        }
    }
    const size_t offset = 8;
    radix_sort(records, spare, 6, 20, &offset, 1);
    for (uint32_t i = 0; i < 6 * 5; i++) {
        assert_int_equal(records[i], i / 5 + 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_as_a_comparison_does),
        cmocka_unit_test(few_records_are_sorted_too),
        cmocka_unit_test(records_of_any_size_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
