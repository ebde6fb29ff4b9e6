/* One input as a run of plain bytes: a file or standard input, uncompressed where its first bytes
 * say gzip or zstd (names are not trusted). Knows nothing of what the bytes mean. */
#ifndef HEARSAY_SOURCE_STREAM_H
#define HEARSAY_SOURCE_STREAM_H

#include "base/str.h"
#include "hearsay.h"

struct stream;

#define STREAM_STANDARD_INPUT "-"

/* Opens `path`, or standard input for "-". HEARSAY_IO with a message when it cannot be read.
 * *stream is owned by the caller. */
enum hearsay_status stream_open(const char *path, struct stream **stream,
                                struct hearsay_failure *failure);

/* The next block of up to 1 MiB, borrowed until the next call; an empty block is the end.
 * HEARSAY_STOPPED: a signal arrived; the caller may call again. HEARSAY_IO: reading failed; what
 * was delivered before is good. Truncated or corrupt compressed data is not a failure: all bytes
 * before it are delivered, then the end comes and stream_note says why. */
enum hearsay_status stream_read(struct stream *stream, struct str *block,
                                struct hearsay_failure *failure);

/* The next read would not wait: there are bytes, or the end. */
bool stream_is_ready(const struct stream *stream);

/* Why the input ended before its true end ("truncated zst data after 12 bytes"), or NULL. */
const char *stream_note(const struct stream *stream);

/* "plain", "gzip" or "zstd"; known after the first read. */
const char *stream_compression(const struct stream *stream);

/* Bytes read from the file so far (compressed ones), for the share done. */
uint64_t stream_position(const struct stream *stream);

void stream_close(struct stream *stream); /* NULL is allowed */

#endif
