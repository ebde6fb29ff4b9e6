/* Sorting of many small records by numbers in them: a comparison sort calls back n log n times,
 * this moves each record a few times. Knows nothing of what the records mean. */
#ifndef HEARSAY_BASE_RADIX_H
#define HEARSAY_BASE_RADIX_H

#include <stddef.h>

/* Sorts `count` records of `size` bytes, a multiple of 4 up to RADIX_RECORD_BYTES, ascending by the
 * uint32_t at `offsets[0]`, among equals by that at `offsets[1]`, and so on; equal records keep
 * their order. `spare` has room for as many records. Least significant byte first (Knuth, TAOCP 3,
 * 5.2.5), bytes that are equal in all records cost one look. */
#define RADIX_RECORD_BYTES 64u

/* Where the halves of a uint64_t are. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define RADIX_UPPER_HALF 4u
#define RADIX_LOWER_HALF 0u
#else
#define RADIX_UPPER_HALF 0u
#define RADIX_LOWER_HALF 4u
#endif

void radix_sort(void *records, void *spare, size_t count, size_t size, const size_t *offsets,
                size_t offset_count);

#endif
