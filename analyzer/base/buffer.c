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

/* Most digits for which a product with a power of ten in double is within SCALED_ERROR of the true
 * one: 1e12 has steps of 1.2e-4. */
enum { DECIMAL_DIGITS_MOST = 12 };
#define SCALED_ERROR 1e-3
#define DECIMAL_LEAST 1e-3
#define DECIMAL_END 1e9

static const double powers_of_ten[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

static char *digits_write(char *to, uint64_t number, int count) {
    for (int i = count - 1; i >= 0; i--) {
        to[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return to + count;
}

static int digits_count(uint64_t number) {
    int count = 1;
    for (; number >= 10; number /= 10) {
        count++;
    }
    return count;
}

/* `number` / 10^decimals without trailing zeros; the end of what was written. */
static char *decimal_write(char *to, uint64_t number, int decimals) {
    while (decimals > 0 && number % 10 == 0) {
        number /= 10;
        decimals--;
    }
    uint64_t unit = (uint64_t)powers_of_ten[decimals];
    to = digits_write(to, number / unit, digits_count(number / unit));
    if (decimals > 0) {
        *to++ = '.';
        to = digits_write(to, number % unit, decimals);
    }
    return to;
}

/* Decimals that leave `digits` significant ones of size, DECIMAL_LEAST <= size < DECIMAL_END. */
static int decimals_of(double size, int digits) {
    if (size < 1) {
        return digits + (size < 0.1) + (size < 0.01);
    }
    int whole = 1;
    while (size >= powers_of_ten[whole]) {
        whole++;
    }
    return digits - whole;
}

/* Writes what printf's %.<digits>g would, for the numbers that results are made of, at a fraction
 * of its time. NULL: not sure of the last digit, or out of range. */
static char *decimal_format(char *to, double value, int digits) {
    double size = fabs(value);
    if (digits > DECIMAL_DIGITS_MOST || size < DECIMAL_LEAST || size >= DECIMAL_END) {
        return NULL;
    }
    int decimals = decimals_of(size, digits);
    if (decimals < 0) {
        return NULL;
    }
    double scaled = size * powers_of_ten[decimals];
    uint64_t number = (uint64_t)scaled;
    double rest = scaled - (double)number;
    bool is_unsure = fabs(rest - 0.5) < SCALED_ERROR;
    number += rest > 0.5;
    /* Rounded up to a power of ten that %g would write with an exponent. */
    if (is_unsure || (decimals == 0 && number >= (uint64_t)powers_of_ten[digits])) {
        return NULL;
    }
    if (value < 0) {
        *to++ = '-';
    }
    return decimal_write(to, number, decimals);
}

/* Returns the length, or 0. */
static int format_general(char text[32], double value, int digits) {
    int len = snprintf(text, 32, "%.*g", digits, value);
    if (len <= 0 || len >= 32) {
        return 0;
    }
    /* A caller's locale may write a decimal comma. */
    char *comma = strchr(text, ',');
    if (comma) {
        *comma = '.';
    }
    return len;
}

bool buffer_append_double(struct buffer *buffer, double value, int digits) {
    char text[32];
    if (!isfinite(value)) {
        return buffer_append_c(buffer, "null");
    }
    if (value == 0) {
        return buffer_append_byte(buffer, '0'); /* also for -0, which would differ in bytes */
    }
    char *end = decimal_format(text, value, digits);
    if (end) {
        return buffer_append(buffer, text, (size_t)(end - text));
    }
    /* 17 digits tell any two numbers apart, and most numbers need fewer: 0.6, not
     * 0.59999999999999998.
     */
    int len = digits == 17 ? 0 : format_general(text, value, digits);
    double read = 0;
    for (int shorter = 15; digits == 17 && shorter <= 17 && read != value; shorter++) {
        len = format_general(text, value, shorter);
        if (len > 0 && !str_to_double((struct str){text, (size_t)len}, &read)) {
            read = 0;
        }
    }
    if (len <= 0) {
        buffer->failed = true;
        return false;
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
