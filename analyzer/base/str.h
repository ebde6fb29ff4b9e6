/* Text as a borrowed slice: pointer and length, passed by value, never NUL-terminated.
 * Knows nothing of encodings; a slice may hold any byte, NUL included. */
#ifndef HEARSAY_BASE_STR_H
#define HEARSAY_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *ptr;
    size_t len;
};

/* A list of slices; both the array and the bytes are borrowed. */
struct str_list {
    const struct str *items;
    size_t count;
};

/* A slice of a string literal (not of a char pointer). */
#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})
#define STR_EMPTY ((struct str){"", 0})

static inline struct str str_from_c(const char *text) {
    return text ? (struct str){text, strlen(text)} : STR_EMPTY;
}

static inline bool str_equal(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_is(struct str a, const char *literal) {
    return str_equal(a, str_from_c(literal));
}

/* The bytes [from, to) of a; both are clamped to the length. */
static inline struct str str_slice(struct str a, size_t from, size_t to) {
    if (to > a.len) {
        to = a.len;
    }
    if (from > to) {
        from = to;
    }
    /* An absent text has no pointer to add to, not even 0 (C17 6.5.6). */
    return (struct str){from ? a.ptr + from : a.ptr, to - from};
}

static inline bool str_starts_with(struct str a, struct str prefix) {
    return a.len >= prefix.len && str_equal(str_slice(a, 0, prefix.len), prefix);
}

static inline bool str_ends_with(struct str a, struct str suffix) {
    return a.len >= suffix.len && str_equal(str_slice(a, a.len - suffix.len, a.len), suffix);
}

/* Bytewise order, shorter first on a common prefix: <0, 0, >0. */
int str_compare(struct str a, struct str b);

/* Equal but for the case of ASCII letters. */
bool str_equal_ascii_case(struct str a, struct str b);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str a);

#define STR_NOT_FOUND SIZE_MAX

/* Index of the first occurrence at or after `from`, or STR_NOT_FOUND. */
size_t str_find(struct str haystack, struct str needle, size_t from);
size_t str_find_byte(struct str haystack, char byte, size_t from);

/* Whole slice as an unsigned or signed decimal number; false if it is anything else or does not
 * fit. */
bool str_to_u64(struct str a, uint64_t *value);
bool str_to_i64(struct str a, int64_t *value);

/* Whole slice as a finite decimal floating number, independent of the locale. */
bool str_to_double(struct str a, double *value);

#endif
