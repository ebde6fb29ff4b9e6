/* How windows are entered into a sieve's tables and looked up there; shared by those who build and
 * read. Windows begin at characters: of six bytes when the character is none of ASCII (three
 * letters of two bytes, two of three), of four otherwise; of three and fewer for keys that have no
 * more. */
#ifndef HEARSAY_RULE_SIEVE_HASH_H
#define HEARSAY_RULE_SIEVE_HASH_H

#include "rule/sieve.h"

#define WINDOW_WIDE 6u
#define WINDOW_NARROW 4u
#define WINDOW_ROW 3u /* bytes that choose the row; a window of so many fills it */

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
static inline uint32_t sieve_row(uint64_t bytes, unsigned row_shift) {
    return ((uint32_t)bytes << 8) * 0x9E3779B1u >> row_shift;
}

static inline uint32_t sieve_bit(uint64_t bytes) {
    return (uint32_t)(bytes >> 24) * 0x85EBCA6Bu >> 27;
}

static inline uint32_t sieve_pair(uint64_t bytes) {
    return (uint32_t)bytes & 0xFFFF;
}

static inline size_t sieve_slot_of(uint64_t window, unsigned slot_shift) {
    return (size_t)(window * 0x9E3779B97F4A7C15u >> slot_shift);
}

/* The slot of a window, or the empty one where it would stand. */
static inline struct sieve_slot *sieve_slot(const struct sieve *sieve, uint64_t window) {
    size_t last = ((size_t)1 << (64 - sieve->slot_shift)) - 1;
    size_t at = sieve_slot_of(window, sieve->slot_shift);
    while (sieve->slots[at].window != window && sieve->slots[at].window != 0) {
        at = (at + 1) & last;
    }
    return &sieve->slots[at];
}

#endif
