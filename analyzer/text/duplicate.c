#include "text/duplicate.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"

static uint32_t u64_mix(uint64_t x) { /* the finaliser of MurmurHash3 */
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdull;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ull;
    return (uint32_t)(x >> 32);
}

/* Shingles of characters: the last four code points, of 16 bits each (the planes above the first
 * one are folded into it), are the shingle itself; its hash is a mix of them. */
static uint32_t characters_of(struct str text, uint32_t *out) {
    uint64_t window = 0;
    uint32_t seen = 0;
    uint32_t count = 0;
    for (size_t at = 0; at < text.len && count < SHINGLES_LIMIT;) {
        uint32_t cp = (unsigned char)text.ptr[at];
        size_t width = 1;
        if (cp >= 0x80) {
            cp = utf8_decode(text, at, &width);
        }
        at += width;
        window = window << 16 | ((cp ^ cp >> 16) & 0xffff);
        if (++seen >= SHINGLE_CODE_POINTS) {
            out[count++] = u64_mix(window);
        }
    }
    if (count == 0 && seen > 0) {
        out[count++] = u64_mix(window);
    }
    return count;
}

static uint32_t words_of(struct str text, uint32_t *out) {
    uint32_t count = 0;
    for (size_t at = 0; at < text.len && count < SHINGLES_LIMIT;) {
        size_t end = str_find_byte(text, ' ', at);
        end = end == STR_NOT_FOUND ? text.len : end;
        if (end > at) {
            out[count++] = u64_mix(hash64(str_slice(text, at, end)));
        }
        at = end + 1;
    }
    return count;
}

/* Dealt by their first byte, then by insertion: hashes are spread evenly, so that a few moves are
 * left. Through `spare`, of the same size. */
static void hashes_sort(uint32_t *items, uint32_t *spare, uint32_t count) {
    uint16_t starts[257] = {0};
    for (uint32_t i = 0; i < count; i++) {
        starts[(items[i] >> 24) + 1]++;
    }
    for (uint32_t digit = 1; digit < 257; digit++) {
        starts[digit] = (uint16_t)(starts[digit] + starts[digit - 1]);
    }
    for (uint32_t i = 0; i < count; i++) {
        spare[starts[items[i] >> 24]++] = items[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t item = spare[i];
        uint32_t j = i;
        for (; j > 0 && items[j - 1] > item; j--) {
            items[j] = items[j - 1];
        }
        items[j] = item;
    }
}

static uint32_t hashes_of(struct str text, enum shingle_unit unit, uint32_t *out) {
    return unit == SHINGLE_WORDS ? words_of(text, out) : characters_of(text, out);
}

void shingles_of(struct str text, enum shingle_unit unit, struct shingles *shingles) {
    uint32_t *items = shingles->items;
    uint32_t spare[SHINGLES_LIMIT];
    uint32_t count = hashes_of(text, unit, items);
    hashes_sort(items, spare, count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept == 0 || items[kept - 1] != items[i]) {
            items[kept++] = items[i];
        }
    }
    shingles->count = kept;
}

uint32_t shingles_shared(const struct shingles *a, const struct shingles *b) {
    return shingles_shared_of(a->items, a->count, b->items, b->count);
}

uint32_t shingles_shared_of(const uint32_t *a, uint32_t a_count, const uint32_t *b,
                            uint32_t b_count) {
    uint32_t both = 0;
    for (uint32_t i = 0, j = 0; i < a_count && j < b_count;) {
        uint32_t left = a[i];
        uint32_t right = b[j];
        both += left == right;
        i += left <= right;
        j += right <= left;
    }
    return both;
}

double shingles_jaccard(const struct shingles *a, const struct shingles *b) {
    uint32_t both = shingles_shared(a, b);
    uint32_t either = a->count + b->count - both;
    return either > 0 ? (double)both / either : 0.0;
}

/* Lane i is the least of (low a_i) xor (high b_i) over the hashes' halves, in 16 bits and signed:
 * every x86-64 multiplies and compares eight of these at once. a_i and b_i are odd and come from
 * one multiplicative sequence. */
uint32_t signature_of(struct str text, enum shingle_unit unit, struct signature *signature) {
    uint32_t hashes[SHINGLES_LIMIT];
    uint32_t count = hashes_of(text, unit, hashes);
    int16_t least[SIGNATURE_LANES];
    uint16_t low[SIGNATURE_LANES];
    uint16_t high[SIGNATURE_LANES];
    for (uint32_t i = 0; i < SIGNATURE_LANES; i++) {
        uint32_t random = u64_mix((i + 1) * 0x9e3779b97f4a7c15ull);
        low[i] = (uint16_t)(random | 1);
        high[i] = (uint16_t)(random >> 16 | 1);
        least[i] = INT16_MAX;
    }
    for (uint32_t s = 0; s < count; s++) {
        uint16_t a = (uint16_t)hashes[s];
        uint16_t b = (uint16_t)(hashes[s] >> 16);
        for (unsigned i = 0; i < SIGNATURE_LANES; i++) {
            int16_t value = (int16_t)((uint16_t)(a * low[i]) ^ (uint16_t)(b * high[i]));
            least[i] = value < least[i] ? value : least[i];
        }
    }
    for (unsigned i = 0; i < SIGNATURE_LANES; i++) {
        signature->lanes[i] = (uint16_t)least[i];
    }
    return count;
}

unsigned signature_agreement(const struct signature *a, const struct signature *b) {
    uint16_t equal = 0;
    for (unsigned i = 0; i < SIGNATURE_LANES; i++) {
        equal = (uint16_t)(equal + (a->lanes[i] == b->lanes[i]));
    }
    return equal;
}
