#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

/* Up to here insertion beats merging. */
#define INSERTION_MOST 16u

static void insert_last(char *records, size_t last, size_t size, sort_compare *compare) {
    char moved[SORT_RECORD_BYTES];
    char *record = records + last * size;
    size_t at = last;
    while (at > 0 && compare(records + (at - 1) * size, record) > 0) {
        at--;
    }
    if (at < last) {
        memcpy(moved, record, size);
        memmove(records + (at + 1) * size, records + at * size, (last - at) * size);
        memcpy(records + at * size, moved, size);
    }
}

void sort_records(void *records, size_t count, size_t size, sort_compare *compare) {
    if (count > INSERTION_MOST || size > SORT_RECORD_BYTES) {
        qsort(records, count, size, compare);
        return;
    }
    for (size_t last = 1; last < count; last++) {
        insert_last(records, last, size, compare);
    }
}

int compare_numbers(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

size_t sort_distinct(uint32_t *numbers, size_t count) {
    size_t kept = 0;
    if (count > 1) {
        qsort(numbers, count, sizeof *numbers, compare_numbers);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || numbers[kept - 1] != numbers[i]) {
            numbers[kept++] = numbers[i];
        }
    }
    return kept;
}
