/* How windows are entered into a sieve's tables and looked up there; shared by those who build and
 * read. Windows begin at characters and have six bytes or four; three and fewer for keys that have
 * no more, and for what begins with a character outside of ASCII, four of which say little. */
#ifndef HEARSAY_RULE_SIEVE_HASH_H
#define HEARSAY_RULE_SIEVE_HASH_H

#include "rule/sieve.h"

#define SIEVE_ROW_BITS 12u      /* 2^12 rows are 32 KB, which stay in the first cache */
#define SIEVE_ROW_BITS_MANY 14u /* for many windows, 128 KB, which stay in the second */
#define WINDOW_LONG 6u
#define WINDOW_SHORT 4u
#define WINDOW_ROW 3u /* bytes that choose the row; a window of so many fills its lower half */

/* Eight bytes, the first lowest. Compilers make one load of it. */
static inline uint64_t sieve_load(const char *bytes) {
    const unsigned char *at = (const unsigned char *)bytes;
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

static inline uint64_t sieve_cut(uint64_t bytes, unsigned size) {
    return bytes & (((uint64_t)1 << 8 * size) - 1);
}

static inline uint64_t sieve_window(uint64_t bytes, unsigned size) {
    return sieve_cut(bytes, size) | (uint64_t)size << 56;
}

/* Fibonacci hashing (Knuth 1973, 6.4) of the first three bytes. */
static inline uint32_t sieve_row(uint64_t bytes, unsigned row_bits) {
    return ((uint32_t)bytes << 8) * 0x9E3779B1u >> (32 - row_bits);
}

/* The bit of a window of six bytes, by those that do not choose the row; in the upper half. */
static inline unsigned sieve_long_bit(uint64_t bytes) {
    return 32 + ((uint32_t)(bytes >> 24) * 0x85EBCA00u >> 27);
}

/* Of one of four bytes; in the lower half. */
static inline unsigned sieve_short_bit(uint64_t bytes) {
    return (unsigned)(bytes >> 24) & 31;
}

static inline uint32_t sieve_pair(uint64_t bytes) {
    return (uint32_t)bytes & 0xFFFF;
}

static inline uint32_t sieve_tag(uint64_t window) {
    uint64_t hash = window * 0x9E3779B97F4A7C15u;
    return (uint32_t)(hash ^ hash >> 32) | 1;
}

/* A window is in one of two slots. */
static inline uint32_t sieve_first_slot(uint32_t tag, unsigned slot_shift) {
    return tag >> slot_shift;
}

static inline uint32_t sieve_second_slot(uint32_t tag, unsigned slot_shift) {
    return tag * 0xC2B2AE35u >> slot_shift;
}

#endif
