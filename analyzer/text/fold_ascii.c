#include "text/fold_ascii.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK 16

#ifdef __SSE2__
/* Bytes at and over 0x80 are negative here, so both comparisons leave them alone. */
static __m128i lower_block(__m128i block) {
    __m128i from_a = _mm_cmpgt_epi8(block, _mm_set1_epi8('A' - 1));
    __m128i to_z = _mm_cmplt_epi8(block, _mm_set1_epi8('Z' + 1));
    __m128i upper = _mm_and_si128(from_a, to_z);
    return _mm_or_si128(block, _mm_and_si128(upper, _mm_set1_epi8(0x20)));
}

/* Number of whole blocks' bytes that are ASCII, lower-cased into out. */
static size_t lower_blocks(struct str text, char *out) {
    size_t at = 0;
    while (at + BLOCK <= text.len) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text.ptr + at));
        _mm_storeu_si128((__m128i *)(void *)(out + at), lower_block(block));
        if (_mm_movemask_epi8(block) != 0) {
            break;
        }
        at += BLOCK;
    }
    return at;
}

static void count_up(uint32_t *map, uint32_t base) {
    __m128i numbers = _mm_add_epi32(_mm_set1_epi32((int)base), _mm_setr_epi32(0, 1, 2, 3));
    for (int i = 0; i < BLOCK; i += 4) {
        _mm_storeu_si128((__m128i *)(void *)(map + i), numbers);
        numbers = _mm_add_epi32(numbers, _mm_set1_epi32(4));
    }
}

static size_t lower_blocks_mapped(struct str text, char *out, uint32_t *map, uint32_t base) {
    size_t at = 0;
    while (at + BLOCK <= text.len) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text.ptr + at));
        _mm_storeu_si128((__m128i *)(void *)(out + at), lower_block(block));
        count_up(map + at, base + (uint32_t)at);
        unsigned outside = (unsigned)_mm_movemask_epi8(block);
        if (outside != 0) {
            return at + (size_t)__builtin_ctz(outside);
        }
        at += BLOCK;
    }
    return at;
}
#else
/* Eight bytes in one word: the sums carry into a byte's top bit exactly for 'A'..'Z'. */
static uint64_t lower_word(uint64_t word) {
    const uint64_t ones = 0x0101010101010101u;
    uint64_t upper = (word + ones * (0x80 - 'A')) & ~(word + ones * (0x7f - 'Z')) & (ones * 0x80);
    return word | upper >> 2;
}

static size_t lower_blocks(struct str text, char *out) {
    size_t at = 0;
    while (at + 8 <= text.len) {
        uint64_t word;
        memcpy(&word, text.ptr + at, 8);
        if (word & 0x8080808080808080u) {
            break;
        }
        word = lower_word(word);
        memcpy(out + at, &word, 8);
        at += 8;
    }
    return at;
}

static size_t lower_blocks_mapped(struct str text, char *out, uint32_t *map, uint32_t base) {
    size_t len = lower_blocks(text, out);
    for (size_t i = 0; i < len; i++) {
        map[i] = base + (uint32_t)i;
    }
    return len;
}
#endif

size_t fold_ascii(struct str text, char *out) {
    size_t at = lower_blocks(text, out);
    while (at < text.len && !((unsigned char)text.ptr[at] & 0x80)) {
        out[at] = ascii_lower(text.ptr[at]);
        at++;
    }
    return at;
}

size_t fold_ascii_mapped(struct str text, char *out, uint32_t *map, uint32_t base) {
    size_t at = lower_blocks_mapped(text, out, map, base);
    while (at < text.len && !((unsigned char)text.ptr[at] & 0x80)) {
        out[at] = ascii_lower(text.ptr[at]);
        map[at] = base + (uint32_t)at;
        at++;
    }
    return at;
}
