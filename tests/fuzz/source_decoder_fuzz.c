/* Compressed bytes of anybody: decoding them in one portion or in many gives the same plain bytes
 * and the same end, and always ends. The first byte chooses the portion. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "source/decoder.h"

enum { ROOM_BYTES = 4096, PLAIN_LIMIT_BYTES = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct decoder_kind *const kinds[] = {&decoder_gzip, &decoder_zstd};

struct decoded {
    struct buffer plain;
    enum decode_result result;
    bool is_complete;
};

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

static struct decoded decode(const struct decoder_kind *kind, struct str bytes, size_t portion) {
    struct decoded decoded = {.result = DECODE_GOOD};
    void *decoder = kind->open();
    require(decoder);
    char out[ROOM_BYTES];
    size_t fed = 0;
    struct str pending = {bytes.ptr, 0};
    while (decoded.result == DECODE_GOOD && decoded.plain.len < PLAIN_LIMIT_BYTES) {
        size_t produced = 0;
        size_t before = pending.len;
        decoded.result = kind->decode(decoder, &pending, out, sizeof out, &produced);
        require(produced <= sizeof out && pending.len <= before);
        require(buffer_append(&decoded.plain, out, produced));
        if (produced > 0 || pending.len < before) {
            continue;
        }
        if (fed == bytes.len) {
            break;
        }
        size_t more = bytes.len - fed < portion ? bytes.len - fed : portion;
        pending.len += more;
        fed += more;
    }
    decoded.is_complete = kind->is_complete(decoder);
    kind->close(decoder);
    return decoded;
}

/* A frame may claim a window of 2 GiB, which is right for dumps and too much for a fuzzer: windows
 * and sizes that follow a zstd magic are made small. Magics of zstd before 1.0 become today's:
 * whether the library knows one depends on how much of it it sees at once. */
static void tame_frames(uint8_t *bytes, size_t size) {
    static const uint8_t magic_tail[3] = {0xb5, 0x2f, 0xfd};
    static const size_t dictionary_bytes[4] = {0, 1, 2, 4};
    for (size_t i = 0; i + 6 <= size; i++) {
        bool is_magic = memcmp(bytes + i + 1, magic_tail, sizeof magic_tail) == 0 &&
                        (bytes[i] == 0x1e || (bytes[i] >= 0x22 && bytes[i] <= 0x28));
        if (!is_magic) {
            continue;
        }
        bytes[i] = 0x28;
        uint8_t descriptor = bytes[i + 4];
        if (!(descriptor & 0x20)) {
            bytes[i + 5] &= 0x57; /* at most 2^(10+10) bytes */
            continue;
        }
        size_t content_size = i + 5 + dictionary_bytes[descriptor & 3];
        size_t width = (size_t)1 << (descriptor >> 6);
        for (size_t at = 2; at < width && content_size + at < size; at++) {
            bytes[content_size + at] = 0;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) {
        return 0;
    }
    uint8_t *copy = malloc(size);
    require(copy);
    memcpy(copy, data, size);
    tame_frames(copy, size);
    struct str bytes = {(const char *)copy + 1, size - 1};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct decoded whole = decode(kinds[i], bytes, size);
        struct decoded parts = decode(kinds[i], bytes, 1 + copy[0] % 64);
        if (whole.plain.len < PLAIN_LIMIT_BYTES) {
            require(whole.result == parts.result);
            require(whole.result != DECODE_GOOD || whole.is_complete == parts.is_complete);
            /* A decoder that meets an error may have held back what it had decoded. */
            require(whole.result == DECODE_CORRUPT ||
                    str_equal(buffer_str(&whole.plain), buffer_str(&parts.plain)));
        }
        buffer_free(&whole.plain);
        buffer_free(&parts.plain);
    }
    free(copy);
    return 0;
}
