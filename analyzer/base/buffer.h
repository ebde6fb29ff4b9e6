/* A growable run of bytes. Appends return false when memory is out and leave the content as it was;
 * the first failure also sets `failed`, so that a long run of appends may be checked once at its
 * end. */
#ifndef HEARSAY_BASE_BUFFER_H
#define HEARSAY_BASE_BUFFER_H

#include "base/str.h"

/* Zero-initialise. `ptr` may be NULL while `len` is 0. */
struct buffer {
    char *ptr;
    size_t len;
    size_t capacity;
    bool failed;
};

bool buffer_reserve(struct buffer *buffer, size_t extra);
bool buffer_append(struct buffer *buffer, const void *bytes, size_t len);
bool buffer_append_str(struct buffer *buffer, struct str text);
bool buffer_append_c(struct buffer *buffer, const char *text);
bool buffer_append_byte(struct buffer *buffer, char byte);
bool buffer_append_u64(struct buffer *buffer, uint64_t value);
bool buffer_append_i64(struct buffer *buffer, int64_t value);

/* Shortest decimal form with at most `digits` significant digits (1..17), locale-free, valid JSON
 * number; a value that is not finite is written as null. */
bool buffer_append_double(struct buffer *buffer, double value, int digits);

/* printf; for messages, not for hot paths. */
__attribute__((format(printf, 2, 3))) bool buffer_printf(struct buffer *buffer, const char *format,
                                                         ...);

struct str buffer_str(const struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* keeps the memory */
void buffer_free(struct buffer *buffer);

#endif
