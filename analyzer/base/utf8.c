#include "base/utf8.h"

/* Length of the character that a lead byte announces, and the range of its second byte. */
static size_t lead(unsigned char byte, unsigned char *low, unsigned char *high) {
    *low = 0x80;
    *high = 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) {
        return 2;
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        *low = byte == 0xe0 ? 0xa0 : 0x80;
        *high = byte == 0xed ? 0x9f : 0xbf; /* surrogates are not characters */
        return 3;
    }
    if (byte >= 0xf0 && byte <= 0xf4) {
        *low = byte == 0xf0 ? 0x90 : 0x80;
        *high = byte == 0xf4 ? 0x8f : 0xbf;
        return 4;
    }
    return 0;
}

/* Number of bytes at text[at] that follow the pattern of a character of `wanted` bytes. */
static size_t follow(struct str text, size_t at, size_t wanted, unsigned char low,
                     unsigned char high) {
    size_t have = 1;
    while (have < wanted && at + have < text.len) {
        unsigned char byte = (unsigned char)text.ptr[at + have];
        if (byte < low || byte > high) {
            break;
        }
        low = 0x80;
        high = 0xbf;
        have++;
    }
    return have;
}

uint32_t utf8_decode(struct str text, size_t at, size_t *width) {
    unsigned char first = (unsigned char)text.ptr[at];
    unsigned char low;
    unsigned char high;
    if (first < 0x80) {
        *width = 1;
        return first;
    }
    size_t wanted = lead(first, &low, &high);
    if (wanted == 0) {
        *width = 1;
        return 0xfffd;
    }
    size_t have = follow(text, at, wanted, low, high);
    *width = have;
    if (have < wanted) {
        return 0xfffd;
    }
    uint32_t cp = first & (0x7fu >> wanted);
    for (size_t i = 1; i < wanted; i++) {
        cp = cp << 6 | ((unsigned char)text.ptr[at + i] & 0x3fu);
    }
    return cp;
}

size_t utf8_width(struct str text, size_t at) {
    unsigned char first = (unsigned char)text.ptr[at];
    unsigned char low;
    unsigned char high;
    if (first < 0x80) {
        return 1;
    }
    size_t wanted = lead(first, &low, &high);
    return wanted && follow(text, at, wanted, low, high) == wanted ? wanted : 0;
}

size_t utf8_encode(uint32_t cp, char out[4]) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t width = cp < 0x800 ? 2 : (cp < 0x10000 ? 3 : 4);
    for (size_t i = width - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3f));
        cp >>= 6;
    }
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    out[0] = (char)(marks[width] | cp);
    return width;
}

size_t utf8_valid_prefix(struct str text) {
    size_t at = 0;
    while (at < text.len) {
        size_t width = utf8_width(text, at);
        if (width == 0) {
            return at;
        }
        at += width;
    }
    return at;
}

struct str utf8_clip(struct str text, size_t limit) {
    if (text.len <= limit) {
        return text;
    }
    size_t end = limit;
    while (end > 0 && ((unsigned char)text.ptr[end] & 0xc0) == 0x80) {
        end--;
    }
    return str_slice(text, 0, end);
}
