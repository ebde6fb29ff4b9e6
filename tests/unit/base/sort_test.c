#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sort.h"

struct item {
    uint32_t key;
    uint32_t place;
    char ballast[40];
};

static int item_compare(const void *left, const void *right) {
    const struct item *a = left;
    const struct item *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

static void records_are_sorted_and_equal_ones_keep_their_order(void **state) {
    (void)state;
    struct item items[40];
    uint32_t random = 7;
    for (size_t count = 0; count <= 40; count++) {
        for (uint32_t i = 0; i < count; i++) {
            random = random * 1664525u + 1013904223u;
            items[i] = (struct item){.key = random >> 29, .place = i};
        }
        sort_records(items, count, sizeof *items, item_compare);
        for (size_t i = 1; i < count; i++) {
            assert_true(items[i - 1].key < items[i].key ||
                        (items[i - 1].key == items[i].key && items[i - 1].place < items[i].place));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_sorted_and_equal_ones_keep_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
