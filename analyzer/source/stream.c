/* read(2) rather than mmap: a file that another process cuts short while it is mapped kills the
 * reader with SIGBUS, and the copy costs far less than parsing. */
#include "source/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"
#include "source/decoder.h"

enum { BLOCK_BYTES = 1 << 20, MAGIC_BYTES = 4, NOTE_BYTES = 160 };

static const struct decoder_kind *const decoder_kinds[] = {&decoder_gzip, &decoder_zstd};

struct stream {
    int descriptor;
    char *path;
    const struct decoder_kind *kind; /* NULL: plain */
    void *decoder;
    bool is_sniffed;
    bool is_file_end;
    bool is_over; /* nothing more will be delivered */
    uint64_t position;
    struct str pending; /* read, not yet decoded; points into `raw` */
    char *raw;
    char *plain;
    char note[NOTE_BYTES];
};

static enum hearsay_status fail(const struct stream *stream, struct hearsay_failure *failure,
                                int error) {
    return failure_set(failure, HEARSAY_IO, str_from_c(stream->path), 0, 0, "cannot be read: %s",
                       strerror(error));
}

static enum hearsay_status open_descriptor(struct stream *stream, struct hearsay_failure *failure) {
    if (strcmp(stream->path, STREAM_STANDARD_INPUT) == 0) {
        stream->descriptor = STDIN_FILENO;
        return HEARSAY_OK;
    }
    stream->descriptor = open(stream->path, O_RDONLY | O_CLOEXEC);
    if (stream->descriptor < 0) {
        return fail(stream, failure, errno);
    }
    struct stat about;
    if (fstat(stream->descriptor, &about) == 0 && S_ISDIR(about.st_mode)) {
        return fail(stream, failure, EISDIR);
    }
    posix_fadvise(stream->descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    return HEARSAY_OK;
}

enum hearsay_status stream_open(const char *path, struct stream **stream,
                                struct hearsay_failure *failure) {
    struct stream *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return failure_memory(failure);
    }
    opened->descriptor = -1;
    opened->path = strdup(path);
    opened->raw = malloc(BLOCK_BYTES);
    enum hearsay_status status = HEARSAY_OK;
    if (!opened->path || !opened->raw) {
        status = failure_memory(failure);
    } else {
        status = open_descriptor(opened, failure);
    }
    if (status != HEARSAY_OK) {
        stream_close(opened);
        return status;
    }
    *stream = opened;
    return HEARSAY_OK;
}

/* Appends what one read(2) gives to `pending`, at most up to BLOCK_BYTES. There is always room:
 * neither decoder leaves a whole block unconsumed. */
static enum hearsay_status refill(struct stream *stream, struct hearsay_failure *failure) {
    if (stream->pending.len > 0 && stream->pending.ptr != stream->raw) {
        memmove(stream->raw, stream->pending.ptr, stream->pending.len);
    }
    size_t held = stream->pending.len;
    ssize_t count = read(stream->descriptor, stream->raw + held, BLOCK_BYTES - held);
    if (count < 0) {
        stream->pending.ptr = stream->raw;
        return errno == EINTR ? HEARSAY_STOPPED : fail(stream, failure, errno);
    }
    stream->is_file_end = count == 0;
    stream->position += (uint64_t)count;
    stream->pending = (struct str){stream->raw, held + (size_t)count};
    return HEARSAY_OK;
}

/* A pipe may deliver single bytes: the magic is judged once there are enough of them. */
static enum hearsay_status sniff(struct stream *stream, struct hearsay_failure *failure) {
    while (stream->pending.len < MAGIC_BYTES && !stream->is_file_end) {
        enum hearsay_status status = refill(stream, failure);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    for (size_t i = 0; i < sizeof decoder_kinds / sizeof decoder_kinds[0]; i++) {
        if (decoder_kinds[i]->is_magic(stream->pending)) {
            stream->kind = decoder_kinds[i];
        }
    }
    if (stream->kind) {
        stream->plain = malloc(BLOCK_BYTES);
        stream->decoder = stream->kind->open();
        if (!stream->plain || !stream->decoder) {
            return failure_memory(failure);
        }
    }
    stream->is_sniffed = true;
    return HEARSAY_OK;
}

static void end_early(struct stream *stream, const char *what) {
    snprintf(stream->note, sizeof stream->note, "%s %s data near byte %llu of the file", what,
             stream->kind->name,
             (unsigned long long)(stream->position - (uint64_t)stream->pending.len));
    stream->is_over = true;
}

static enum hearsay_status read_plain(struct stream *stream, struct str *block,
                                      struct hearsay_failure *failure) {
    if (stream->pending.len == 0 && !stream->is_file_end) {
        enum hearsay_status status = refill(stream, failure);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    *block = stream->pending;
    stream->pending = STR_EMPTY;
    return HEARSAY_OK;
}

/* One step: decode what is pending, or read more. *produced may be 0 without an end. */
static enum hearsay_status decode_step(struct stream *stream, size_t *produced,
                                       struct hearsay_failure *failure) {
    size_t before = stream->pending.len;
    enum decode_result result = stream->kind->decode(stream->decoder, &stream->pending,
                                                     stream->plain, BLOCK_BYTES, produced);
    switch (result) {
    case DECODE_NO_MEMORY:
        return failure_memory(failure);
    case DECODE_CORRUPT:
        end_early(stream, "corrupt");
        return HEARSAY_OK;
    case DECODE_TRAILING:
        end_early(stream, "foreign bytes after the");
        return HEARSAY_OK;
    case DECODE_GOOD:
        break;
    }
    if (*produced > 0 || stream->pending.len < before) {
        return HEARSAY_OK;
    }
    if (!stream->is_file_end) {
        return refill(stream, failure);
    }
    stream->is_over = true;
    if (!stream->kind->is_complete(stream->decoder)) {
        end_early(stream, "truncated");
    }
    return HEARSAY_OK;
}

enum hearsay_status stream_read(struct stream *stream, struct str *block,
                                struct hearsay_failure *failure) {
    if (!stream->is_sniffed) {
        enum hearsay_status status = sniff(stream, failure);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    if (!stream->kind) {
        return read_plain(stream, block, failure);
    }
    size_t produced = 0;
    while (produced == 0 && !stream->is_over) {
        enum hearsay_status status = decode_step(stream, &produced, failure);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    *block = (struct str){stream->plain, produced};
    return HEARSAY_OK;
}

bool stream_is_ready(const struct stream *stream) {
    struct pollfd waiting = {.fd = stream->descriptor, .events = POLLIN};
    return stream->pending.len > 0 || poll(&waiting, 1, 0) > 0;
}

const char *stream_note(const struct stream *stream) {
    return stream->note[0] ? stream->note : NULL;
}

const char *stream_compression(const struct stream *stream) {
    return stream->kind ? stream->kind->name : "plain";
}

uint64_t stream_position(const struct stream *stream) {
    return stream->position;
}

void stream_close(struct stream *stream) {
    if (!stream) {
        return;
    }
    if (stream->descriptor >= 0 && strcmp(stream->path, STREAM_STANDARD_INPUT) != 0) {
        close(stream->descriptor);
    }
    if (stream->decoder) {
        stream->kind->close(stream->decoder);
    }
    free(stream->path);
    free(stream->raw);
    free(stream->plain);
    free(stream);
}
