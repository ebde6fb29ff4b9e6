#include "post/encoding.h"

#include "base/utf8.h"

#define DETECT_BYTES 4096u

/* Latin text in UTF-16LE without a mark has NUL in nearly every second byte. */
static bool looks_like_utf16(struct str head, size_t nul_offset) {
    size_t pairs = head.len / 2;
    size_t nul = 0;
    size_t other = 0;
    for (size_t i = 0; i < pairs; i++) {
        nul += head.ptr[2 * i + nul_offset] == 0;
        other += head.ptr[2 * i + 1 - nul_offset] == 0;
    }
    return pairs >= 4 && other == 0 && nul * 2 > pairs;
}

static bool has_control(struct str head) {
    for (size_t i = 0; i < head.len; i++) {
        if (head.ptr[i] == 0) {
            return true;
        }
    }
    return false;
}

static bool is_mostly_invalid(struct str head) {
    size_t invalid = 0;
    size_t at = 0;
    while (at < head.len) {
        size_t width = utf8_width(head, at);
        bool is_cut = width == 0 && head.len - at < 4; /* the head may end inside a character */
        invalid += width == 0 && !is_cut;
        at += width ? width : 1;
    }
    return invalid > 8 && invalid > head.len / 10;
}

enum encoding encoding_detect(struct str head, size_t *bom_bytes) {
    *bom_bytes = 0;
    if (str_starts_with(head, STR("\xef\xbb\xbf"))) {
        *bom_bytes = 3;
        return ENCODING_UTF8;
    }
    if (str_starts_with(head, STR("\xff\xfe"))) {
        *bom_bytes = 2;
        return ENCODING_UTF16LE;
    }
    if (str_starts_with(head, STR("\xfe\xff"))) {
        *bom_bytes = 2;
        return ENCODING_UTF16BE;
    }
    head = str_slice(head, 0, DETECT_BYTES);
    if (looks_like_utf16(head, 1)) {
        return ENCODING_UTF16LE;
    }
    return has_control(head) || is_mostly_invalid(head) ? ENCODING_BINARY : ENCODING_UTF8;
}

static bool append_code_point(struct buffer *out, uint32_t cp) {
    char bytes[4];
    return buffer_append(out, bytes, utf8_encode(cp, bytes));
}

static bool append_unit(struct utf16 *state, uint32_t unit, struct buffer *out) {
    bool is_high = unit >= 0xd800 && unit <= 0xdbff;
    bool is_low = unit >= 0xdc00 && unit <= 0xdfff;
    if (state->high && is_low) {
        uint32_t cp = 0x10000 + ((state->high - 0xd800) << 10) + (unit - 0xdc00);
        state->high = 0;
        return append_code_point(out, cp);
    }
    if (state->high && !buffer_append_byte(out, '\xff')) {
        return false;
    }
    state->high = is_high ? unit : 0;
    if (is_high) {
        return true;
    }
    return is_low ? buffer_append_byte(out, '\xff') : append_code_point(out, unit);
}

bool utf16_append(struct utf16 *state, struct str bytes, struct buffer *out) {
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        if (!state->has_byte) {
            state->byte = byte;
            state->has_byte = true;
            continue;
        }
        state->has_byte = false;
        uint32_t unit = state->is_big_endian ? (uint32_t)state->byte << 8 | byte
                                             : (uint32_t)byte << 8 | state->byte;
        if (!append_unit(state, unit, out)) {
            return false;
        }
    }
    return true;
}

bool utf16_finish(struct utf16 *state, struct buffer *out) {
    bool is_cut = state->has_byte || state->high;
    state->has_byte = false;
    state->high = 0;
    return !is_cut || buffer_append_byte(out, '\xff');
}
