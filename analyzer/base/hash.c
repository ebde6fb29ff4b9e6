#include "base/hash.h"

#define XXH_INLINE_ALL /* short inputs: the call would cost as much as the hash */
#include <xxhash.h>

uint64_t hash64(struct str bytes) {
    return XXH3_64bits(bytes.ptr, bytes.len);
}

struct digest hash128(struct str bytes) {
    XXH128_hash_t hash = XXH3_128bits(bytes.ptr, bytes.len);
    return (struct digest){hash.high64, hash.low64};
}

/* Small inputs are gathered on the stack and hashed in one go; the streaming state of XXH3 costs
 * more than such a hash. */
#define GATHER_BYTES 1024

struct digest hash128_fields(const struct str *fields, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += sizeof(uint64_t) + fields[i].len;
    }
    if (total <= GATHER_BYTES) {
        char bytes[GATHER_BYTES];
        size_t at = 0;
        for (size_t i = 0; i < count; i++) {
            uint64_t len = fields[i].len;
            memcpy(bytes + at, &len, sizeof len);
            at += sizeof len;
            if (len > 0) {
                memcpy(bytes + at, fields[i].ptr, fields[i].len);
            }
            at += fields[i].len;
        }
        return hash128((struct str){bytes, at});
    }
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    for (size_t i = 0; i < count; i++) {
        uint64_t len = fields[i].len;
        XXH3_128bits_update(&state, &len, sizeof len);
        XXH3_128bits_update(&state, fields[i].ptr, fields[i].len);
    }
    XXH128_hash_t hash = XXH3_128bits_digest(&state);
    return (struct digest){hash.high64, hash.low64};
}

void digest_hex(struct digest digest, char out[DIGEST_HEX_SIZE]) {
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        out[i] = digits[digest.high >> (60 - 4 * i) & 15];
        out[16 + i] = digits[digest.low >> (60 - 4 * i) & 15];
    }
    out[32] = '\0';
}
