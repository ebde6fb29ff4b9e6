#include "base/str.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

int str_compare(struct str a, struct str b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order != 0) {
        return order;
    }
    return a.len == b.len ? 0 : (a.len < b.len ? -1 : 1);
}

static char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_equal_ascii_case(struct str a, struct str b) {
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i])) {
            return false;
        }
    }
    return true;
}

static bool is_ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str a) {
    while (a.len > 0 && is_ascii_space(a.ptr[0])) {
        a.ptr++;
        a.len--;
    }
    while (a.len > 0 && is_ascii_space(a.ptr[a.len - 1])) {
        a.len--;
    }
    return a;
}

size_t str_find(struct str haystack, struct str needle, size_t from) {
    if (from > haystack.len || needle.len > haystack.len - from) {
        return STR_NOT_FOUND;
    }
    if (needle.len == 0) {
        return from;
    }
    size_t last = haystack.len - needle.len;
    for (size_t at = from; at <= last; at++) {
        const char *hit = memchr(haystack.ptr + at, needle.ptr[0], last - at + 1);
        if (!hit) {
            return STR_NOT_FOUND;
        }
        at = (size_t)(hit - haystack.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0) {
            return at;
        }
    }
    return STR_NOT_FOUND;
}

size_t str_find_byte(struct str haystack, char byte, size_t from) {
    if (from >= haystack.len) {
        return STR_NOT_FOUND;
    }
    const char *hit = memchr(haystack.ptr + from, byte, haystack.len - from);
    return hit ? (size_t)(hit - haystack.ptr) : STR_NOT_FOUND;
}

bool str_to_u64(struct str a, uint64_t *value) {
    uint64_t sum = 0;
    if (a.len == 0) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (a.ptr[i] < '0' || a.ptr[i] > '9') {
            return false;
        }
        uint64_t digit = (uint64_t)(a.ptr[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

bool str_to_i64(struct str a, int64_t *value) {
    bool is_negative = a.len > 0 && a.ptr[0] == '-';
    uint64_t magnitude;
    if (a.len > 0 && (a.ptr[0] == '-' || a.ptr[0] == '+')) {
        a = str_slice(a, 1, a.len);
    }
    if (!str_to_u64(a, &magnitude) || magnitude > (uint64_t)INT64_MAX + (is_negative ? 1 : 0)) {
        return false;
    }
    if (is_negative) {
        *value = magnitude > (uint64_t)INT64_MAX ? INT64_MIN : -(int64_t)magnitude;
    } else {
        *value = (int64_t)magnitude;
    }
    return true;
}

/* Checks the grammar [+-]digits[.digits][(e|E)[+-]digits] so that strtod sees nothing that a
 * locale, hex floats or "inf" could change. */
static bool is_decimal(struct str a) {
    size_t i = 0;
    size_t digits = 0;
    if (i < a.len && (a.ptr[i] == '-' || a.ptr[i] == '+')) {
        i++;
    }
    for (; i < a.len && a.ptr[i] >= '0' && a.ptr[i] <= '9'; i++) {
        digits++;
    }
    if (i < a.len && a.ptr[i] == '.') {
        for (i++; i < a.len && a.ptr[i] >= '0' && a.ptr[i] <= '9'; i++) {
            digits++;
        }
    }
    if (digits == 0) {
        return false;
    }
    if (i < a.len && (a.ptr[i] == 'e' || a.ptr[i] == 'E')) {
        i++;
        if (i < a.len && (a.ptr[i] == '-' || a.ptr[i] == '+')) {
            i++;
        }
        size_t exponent = i;
        while (i < a.len && a.ptr[i] >= '0' && a.ptr[i] <= '9') {
            i++;
        }
        if (i == exponent) {
            return false;
        }
    }
    return i == a.len;
}

bool str_to_double(struct str a, double *value) {
    char text[64]; /* 17 significant digits and an exponent need 24; longer numbers are refused */
    if (a.len == 0 || a.len >= sizeof text || !is_decimal(a)) {
        return false;
    }
    memcpy(text, a.ptr, a.len);
    text[a.len] = '\0';
    double parsed = strtod(text, NULL);
    if (!isfinite(parsed)) {
        return false;
    }
    *value = parsed;
    return true;
}
