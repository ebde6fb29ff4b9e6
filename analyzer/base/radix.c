#include "base/radix.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline unsigned digit_of(const unsigned char *record, size_t offset, unsigned shift) {
    uint32_t number;
    memcpy(&number, record + offset, sizeof number);
    return number >> shift & 255u;
}

/* One stable pass by one byte of the number at `offset`; false: it is the same in all records and
 * nothing was moved. Inlined with a constant size, so that a record moves in registers. */
static inline bool pass_of_size(const unsigned char *from, unsigned char *to, size_t count,
                                size_t size, size_t offset, unsigned shift) {
    size_t starts[256] = {0};
    for (size_t i = 0; i < count; i++) {
        starts[digit_of(from + i * size, offset, shift)]++;
    }
    if (starts[digit_of(from, offset, shift)] == count) {
        return false;
    }
    size_t sum = 0;
    for (unsigned digit = 0; digit < 256; digit++) {
        size_t here = starts[digit];
        starts[digit] = sum;
        sum += here;
    }
    for (size_t i = 0; i < count; i++) {
        const unsigned char *record = from + i * size;
        memcpy(to + size * starts[digit_of(record, offset, shift)]++, record, size);
    }
    return true;
}

static bool pass(const unsigned char *from, unsigned char *to, size_t count, size_t size,
                 size_t offset, unsigned shift) {
    switch (size) {
    case 12:
        return pass_of_size(from, to, count, 12, offset, shift);
    case 16:
        return pass_of_size(from, to, count, 16, offset, shift);
    default:
        return pass_of_size(from, to, count, size, offset, shift);
    }
}

void radix_sort(void *records, void *spare, size_t count, size_t size, const size_t *offsets,
                size_t offset_count) {
    unsigned char *from = records;
    unsigned char *to = spare;
    for (size_t i = count > 1 ? offset_count : 0; i-- > 0;) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            if (pass(from, to, count, size, offsets[i], shift)) {
                unsigned char *swap = from;
                from = to;
                to = swap;
            }
        }
    }
    if (from != records) {
        memcpy(records, from, count * size);
    }
}
