/* Bridge to xxHash: 64 and 128 bit digests of byte strings. Not cryptographic: a hostile author can
 * make collisions, so nothing security-relevant may rest on them. */
#ifndef HEARSAY_BASE_HASH_H
#define HEARSAY_BASE_HASH_H

#include "base/str.h"

struct digest {
    uint64_t high;
    uint64_t low;
};

uint64_t hash64(struct str bytes);
struct digest hash128(struct str bytes);

/* Digest of a sequence of fields: lengths are hashed with the bytes, so that ("ab","c") and
 * ("a","bc") differ. `fields` has `count` items. */
struct digest hash128_fields(const struct str *fields, size_t count);

static inline bool digest_equal(struct digest a, struct digest b) {
    return a.high == b.high && a.low == b.low;
}

static inline int digest_compare(struct digest a, struct digest b) {
    if (a.high != b.high) {
        return a.high < b.high ? -1 : 1;
    }
    return a.low == b.low ? 0 : (a.low < b.low ? -1 : 1);
}

#define DIGEST_HEX_SIZE 33
/* 32 lower-case hexadecimal digits and a NUL. */
void digest_hex(struct digest digest, char out[DIGEST_HEX_SIZE]);

#endif
