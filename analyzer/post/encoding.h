/* Character encodings of an input: finds out which it is and turns UTF-16 into UTF-8, in any
 * portions. */
#ifndef HEARSAY_POST_ENCODING_H
#define HEARSAY_POST_ENCODING_H

#include "base/buffer.h"
#include "base/str.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_BINARY };

/* From the beginning of the input. *bom_bytes is the length of the byte order mark. Binary: NUL
 * bytes that are no UTF-16, or more than a tenth of the bytes (beyond a few) not UTF-8. */
enum encoding encoding_detect(struct str head, size_t *bom_bytes);

/* Zero-initialise and set is_big_endian. */
struct utf16 {
    bool is_big_endian;
    bool has_byte;
    unsigned char byte; /* the first half of a unit that was cut */
    uint32_t high;      /* a high surrogate that waits for its partner, or 0 */
};

/* Appends the text as UTF-8. A lone surrogate becomes the byte 0xFF, which the lanes mend to U+FFFD
 * and count like any other byte that is no UTF-8. False when memory is out. */
bool utf16_append(struct utf16 *state, struct str bytes, struct buffer *out);
/* The end of the input: a half unit or surrogate that is left over becomes 0xFF too. */
bool utf16_finish(struct utf16 *state, struct buffer *out);

#endif
