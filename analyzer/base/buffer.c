#include "base/buffer.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool buffer_reserve(struct buffer *buffer, size_t extra) {
    if (extra <= buffer->capacity - buffer->len) {
        return true;
    }
    if (extra > SIZE_MAX / 2 - buffer->len) {
        buffer->failed = true;
        return false;
    }
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < buffer->len + extra) {
        capacity *= 2;
    }
    char *bytes = realloc(buffer->ptr, capacity);
    if (!bytes) {
        buffer->failed = true;
        return false;
    }
    buffer->ptr = bytes;
    buffer->capacity = capacity;
    return true;
}

bool buffer_append(struct buffer *buffer, const void *bytes, size_t len) {
    if (!buffer_reserve(buffer, len)) {
        return false;
    }
    if (len > 0) {
        memcpy(buffer->ptr + buffer->len, bytes, len);
        buffer->len += len;
    }
    return true;
}

bool buffer_append_str(struct buffer *buffer, struct str text) {
    return buffer_append(buffer, text.ptr, text.len);
}

bool buffer_append_c(struct buffer *buffer, const char *text) {
    return buffer_append(buffer, text, strlen(text));
}

bool buffer_append_byte(struct buffer *buffer, char byte) {
    return buffer_append(buffer, &byte, 1);
}

bool buffer_append_u64(struct buffer *buffer, uint64_t value) {
    char digits[20]; /* 2^64-1 has 20 digits */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    return buffer_append(buffer, digits + at, sizeof digits - at);
}

bool buffer_append_i64(struct buffer *buffer, int64_t value) {
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    if (value < 0 && !buffer_append_byte(buffer, '-')) {
        return false;
    }
    return buffer_append_u64(buffer, magnitude);
}

bool buffer_append_double(struct buffer *buffer, double value, int digits) {
    char text[32];
    if (!isfinite(value)) {
        return buffer_append_c(buffer, "null");
    }
    if (value == 0) {
        return buffer_append_byte(buffer, '0'); /* also for -0, which would differ in bytes */
    }
    int len = snprintf(text, sizeof text, "%.*g", digits, value);
    if (len <= 0 || (size_t)len >= sizeof text) {
        buffer->failed = true;
        return false;
    }
    /* A caller's locale may write a decimal comma. */
    char *comma = strchr(text, ',');
    if (comma) {
        *comma = '.';
    }
    return buffer_append(buffer, text, (size_t)len);
}

bool buffer_printf(struct buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len < 0 || !buffer_reserve(buffer, (size_t)len + 1)) {
        buffer->failed = true;
        return false;
    }
    va_start(arguments, format);
    vsnprintf(buffer->ptr + buffer->len, (size_t)len + 1, format, arguments);
    va_end(arguments);
    buffer->len += (size_t)len;
    return true;
}

struct str buffer_str(const struct buffer *buffer) {
    return buffer->len ? (struct str){buffer->ptr, buffer->len} : STR_EMPTY;
}

void buffer_clear(struct buffer *buffer) {
    buffer->len = 0;
    buffer->failed = false;
}

void buffer_free(struct buffer *buffer) {
    free(buffer->ptr);
    *buffer = (struct buffer){0};
}
