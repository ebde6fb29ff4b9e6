/* Bridge to zlib: gzip files (RFC 1952) of one or more members. */
#define ZLIB_CONST /* next_in is const */
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "source/decoder.h"

struct gzip {
    z_stream stream;
    bool is_between_members;
};

static bool gzip_is_magic(struct str head) {
    return str_starts_with(head, STR("\x1f\x8b\x08"));
}

static void *gzip_open(void) {
    struct gzip *gzip = calloc(1, sizeof *gzip);
    if (gzip && inflateInit2(&gzip->stream, 15 + 16) != Z_OK) { /* 16: gzip wrapper only */
        free(gzip);
        return NULL;
    }
    return gzip;
}

/* Between members: zero padding is skipped (tapes and block devices leave it), a new member begins
 * with its first magic byte, and anything else is not gzip. */
static enum decode_result begin_member(struct gzip *gzip, struct str *input) {
    while (input->len > 0 && input->ptr[0] == '\0') {
        *input = str_slice(*input, 1, input->len);
    }
    if (input->len == 0) {
        return DECODE_GOOD;
    }
    if (input->ptr[0] != '\x1f') {
        return DECODE_TRAILING;
    }
    if (inflateReset(&gzip->stream) != Z_OK) {
        return DECODE_CORRUPT;
    }
    gzip->is_between_members = false;
    return DECODE_GOOD;
}

static enum decode_result gzip_decode(void *decoder, struct str *input, char *out, size_t room,
                                      size_t *produced) {
    struct gzip *gzip = decoder;
    *produced = 0;
    if (gzip->is_between_members) {
        enum decode_result result = begin_member(gzip, input);
        if (result != DECODE_GOOD || input->len == 0) {
            return result;
        }
    }
    z_stream *stream = &gzip->stream;
    unsigned available = input->len > UINT_MAX ? UINT_MAX : (unsigned)input->len;
    unsigned space = room > UINT_MAX ? UINT_MAX : (unsigned)room;
    stream->next_in = (const Bytef *)input->ptr;
    stream->avail_in = available;
    stream->next_out = (Bytef *)out;
    stream->avail_out = space;
    int code = inflate(stream, Z_SYNC_FLUSH);
    *input = str_slice(*input, available - stream->avail_in, input->len);
    *produced = space - stream->avail_out;
    switch (code) {
    case Z_STREAM_END:
        gzip->is_between_members = true;
        return DECODE_GOOD;
    case Z_OK:
    case Z_BUF_ERROR: /* no progress without more input or room */
        return DECODE_GOOD;
    case Z_MEM_ERROR:
        return DECODE_NO_MEMORY;
    default:
        return DECODE_CORRUPT;
    }
}

static bool gzip_is_complete(const void *decoder) {
    const struct gzip *gzip = decoder;
    return gzip->is_between_members;
}

static void gzip_close(void *decoder) {
    struct gzip *gzip = decoder;
    if (gzip) {
        inflateEnd(&gzip->stream);
        free(gzip);
    }
}

const struct decoder_kind decoder_gzip = {
    "gzip", gzip_is_magic, gzip_open, gzip_decode, gzip_is_complete, gzip_close,
};
