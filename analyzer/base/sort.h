/* Sorting of small groups of records, of which every run has millions: the C library's qsort costs
 * more to call than they cost to sort. */
#ifndef HEARSAY_BASE_SORT_H
#define HEARSAY_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Like qsort, and as stable; `size` up to SORT_RECORD_BYTES, larger records go to qsort. */
#define SORT_RECORD_BYTES 128u
typedef int sort_compare(const void *left, const void *right);
void sort_records(void *records, size_t count, size_t size, sort_compare *compare);

/* Ascending, for qsort and bsearch over uint32_t. */
sort_compare compare_numbers;
/* Sorts and drops what is repeated; how many are left. `numbers` may be NULL when count is 0. */
size_t sort_distinct(uint32_t *numbers, size_t count);

#endif
