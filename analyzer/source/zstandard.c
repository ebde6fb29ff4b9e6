/* Bridge to libzstd: zstd files (RFC 8878) of one or more frames. Dumps of whole platforms are made
 * with `zstd --long=31`, which the library refuses unless the window limit is raised. */
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "source/decoder.h"

enum { WINDOW_LOG_MAX = 31 };

struct zstandard {
    ZSTD_DStream *stream;
    bool is_between_frames;
    bool has_frame; /* at least one frame was whole */
};

static bool zstandard_is_magic(struct str head) {
    if (str_starts_with(head, STR("\x28\xb5\x2f\xfd"))) {
        return true;
    }
    /* A skippable frame may come first: 0x184D2A5?, little endian. */
    return head.len >= 4 && ((unsigned char)head.ptr[0] & 0xf0) == 0x50 &&
           str_starts_with(str_slice(head, 1, 4), STR("\x2a\x4d\x18"));
}

static void *zstandard_open(void) {
    struct zstandard *zstandard = calloc(1, sizeof *zstandard);
    if (!zstandard) {
        return NULL;
    }
    zstandard->stream = ZSTD_createDStream();
    if (!zstandard->stream || ZSTD_isError(ZSTD_DCtx_setParameter(
                                  zstandard->stream, ZSTD_d_windowLogMax, WINDOW_LOG_MAX))) {
        ZSTD_freeDStream(zstandard->stream);
        free(zstandard);
        return NULL;
    }
    return zstandard;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the library writes through it. */
static enum decode_result zstandard_decode(void *decoder, struct str *input, char *out, size_t room,
                                           size_t *produced) {
    struct zstandard *zstandard = decoder;
    ZSTD_inBuffer from = {input->ptr, input->len, 0};
    ZSTD_outBuffer to = {.dst = out, .size = room};
    size_t rest = ZSTD_decompressStream(zstandard->stream, &to, &from);
    *input = str_slice(*input, from.pos, input->len);
    *produced = to.pos;
    if (ZSTD_isError(rest)) {
        ZSTD_ErrorCode code = ZSTD_getErrorCode(rest);
        if (code == ZSTD_error_memory_allocation) {
            return DECODE_NO_MEMORY;
        }
        /* Only the beginning of a frame can have an unknown prefix. */
        bool is_foreign = zstandard->has_frame && code == ZSTD_error_prefix_unknown;
        return is_foreign ? DECODE_TRAILING : DECODE_CORRUPT;
    }
    if (from.pos > 0 || to.pos > 0) {
        zstandard->is_between_frames = rest == 0;
        zstandard->has_frame = zstandard->has_frame || rest == 0;
    }
    return DECODE_GOOD;
}

static bool zstandard_is_complete(const void *decoder) {
    const struct zstandard *zstandard = decoder;
    return zstandard->is_between_frames;
}

static void zstandard_close(void *decoder) {
    struct zstandard *zstandard = decoder;
    if (zstandard) {
        ZSTD_freeDStream(zstandard->stream);
        free(zstandard);
    }
}

const struct decoder_kind decoder_zstd = {
    "zstd",           zstandard_is_magic,    zstandard_open,
    zstandard_decode, zstandard_is_complete, zstandard_close,
};
