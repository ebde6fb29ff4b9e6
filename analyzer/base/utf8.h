/* Reading and writing single UTF-8 characters (Unicode chapter 3, table 3-7). */
#ifndef HEARSAY_BASE_UTF8_H
#define HEARSAY_BASE_UTF8_H

#include "base/str.h"

/* Bytes (1..4) of the well-formed character at text[at], 0 if there is none. */
size_t utf8_width(struct str text, size_t at);

/* Decodes the character at text[at] and sets *width. Ill-formed: U+FFFD, and *width is the length
 * of the maximal subpart (at least 1). at < text.len. */
uint32_t utf8_decode(struct str text, size_t at, size_t *width);

/* Writes code point cp (<= 0x10FFFF) and returns its 1..4 bytes. */
size_t utf8_encode(uint32_t cp, char out[4]);

/* Offset of the first byte that is not part of a well-formed character, or text.len. */
size_t utf8_valid_prefix(struct str text);

/* The longest prefix of text that has at most `limit` bytes and does not cut a character. */
struct str utf8_clip(struct str text, size_t limit);

#endif
