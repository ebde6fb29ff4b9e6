/* Decoding and folding of single characters, inlined into the loops of folding. Internal to the
 * text module. */
#ifndef HEARSAY_TEXT_FOLD_CHARACTER_H
#define HEARSAY_TEXT_FOLD_CHARACTER_H

#include "base/utf8.h"
#include "text/tables.h"

#define FOLD_LENGTH_MAX                                                                            \
    64 /* bytes that one character folds to, and may be written past its end                       \
        */

/* As utf8_decode, with the common two and three byte characters decided here. */
static inline uint32_t character_decode(struct str text, size_t at, size_t *width) {
    const unsigned char *bytes = (const unsigned char *)text.ptr + at;
    if (bytes[0] < 0x80) {
        *width = 1;
        return bytes[0];
    }
    if (text.len - at >= 3) {
        if (bytes[0] >= 0xc2 && bytes[0] < 0xe0 && (bytes[1] & 0xc0) == 0x80) {
            *width = 2;
            return (bytes[0] & 0x1fu) << 6 | (bytes[1] & 0x3fu);
        }
        /* U+1000 to U+CFFF: no overlong forms, no surrogates. */
        if (bytes[0] > 0xe0 && bytes[0] < 0xed && (bytes[1] & 0xc0) == 0x80 &&
            (bytes[2] & 0xc0) == 0x80) {
            *width = 3;
            return (bytes[0] & 0xfu) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
        }
    }
    size_t other; /* its own variable, so that the caller's can live in a register */
    uint32_t cp = utf8_decode(text, at, &other);
    *width = other;
    return cp;
}

static inline size_t character_encode(uint32_t cp, char *out) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    return utf8_encode(cp, out);
}

/* The string that a character with an ENTRY_SEVERAL entry folds to. */
static inline struct str entry_string(uint32_t entry) {
    uint32_t payload = entry & ENTRY_PAYLOAD;
    uint32_t place = payload & ((1u << ENTRY_LENGTH_SHIFT) - 1);
    return (struct str){table_pool + place, payload >> ENTRY_LENGTH_SHIFT};
}

/* Writes the fold of a character alone; at least FOLD_LENGTH_MAX bytes must be free. */
static inline size_t character_fold(uint32_t cp, uint32_t entry, char *out) {
    uint32_t fold = entry & ENTRY_FOLD_MASK;
    if (fold == ENTRY_ONE) {
        return character_encode(cp ^ (entry & ENTRY_PAYLOAD), out);
    }
    if (fold == ENTRY_NOTHING) {
        return 0;
    }
    struct str string = entry_string(entry);
    memcpy(out, string.ptr, string.len);
    return string.len;
}

#endif
