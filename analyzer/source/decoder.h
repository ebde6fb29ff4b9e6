/* What stream.c knows of a compression: magic bytes in front, and a decoder that turns portions of
 * compressed bytes into portions of plain ones. gzip.c and zstandard.c are the bridges to zlib and
 * libzstd; nothing else includes those. */
#ifndef HEARSAY_SOURCE_DECODER_H
#define HEARSAY_SOURCE_DECODER_H

#include "base/str.h"

enum decode_result {
    DECODE_GOOD,     /* go on: give more input or more room */
    DECODE_TRAILING, /* the compressed data ended, and what follows is something else */
    DECODE_CORRUPT,
    DECODE_NO_MEMORY
};

struct decoder_kind {
    const char *name;
    bool (*is_magic)(struct str head);
    void *(*open)(void); /* NULL: memory is out */
    /* Consumes from the front of *input, writes at most `room` bytes to `out` and sets *produced,
     * also beside DECODE_CORRUPT. Concatenated members or frames are one stream. */
    enum decode_result (*decode)(void *decoder, struct str *input, char *out, size_t room,
                                 size_t *produced);
    /* The input so far ends a member: ending here is a true end, not a truncation. Says nothing
     * after DECODE_CORRUPT. */
    bool (*is_complete)(const void *decoder);
    void (*close)(void *decoder);
};

extern const struct decoder_kind decoder_gzip;
extern const struct decoder_kind decoder_zstd;

#endif
