/* The fast path of folding: ASCII bytes, sixteen at a time. Internal to the text module. */
#ifndef HEARSAY_TEXT_FOLD_ASCII_H
#define HEARSAY_TEXT_FOLD_ASCII_H

#include "base/str.h"

/* Writes the ASCII prefix of text in lower case and returns its length. Up to 15 bytes after it may
 * be overwritten; out holds at least text.len + 16 bytes. */
size_t fold_ascii(struct str text, char *out);

/* The same, and map[i] becomes base + i for each byte written; the same slack is needed there. */
size_t fold_ascii_mapped(struct str text, char *out, uint32_t *map, uint32_t base);

static inline bool is_ascii_letter(char byte) {
    return (unsigned char)((byte | 0x20) - 'a') < 26;
}

static inline bool is_ascii_digit(char byte) {
    return (unsigned char)(byte - '0') < 10;
}

static inline char ascii_lower(char byte) {
    return (unsigned char)(byte - 'A') < 26 ? (char)(byte | 0x20) : byte;
}

#endif
