#include "base/json.h"

#include "base/failure.h"
#include "base/utf8.h"

enum hearsay_status json_parse(struct str bytes, struct str file, json_t **value,
                               struct hearsay_failure *failure) {
    json_error_t error;
    json_t *parsed = json_loadb(bytes.ptr, bytes.len,
                                JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
    if (!parsed) {
        return failure_set(failure, HEARSAY_BAD_INPUT, file, (uint64_t)error.line,
                           (uint64_t)error.column, "%s", error.text);
    }
    *value = parsed;
    return HEARSAY_OK;
}

struct str json_member(const json_t *object, const char *key) {
    const json_t *member = json_object_get(object, key);
    if (!json_is_string(member)) {
        return STR_EMPTY;
    }
    return (struct str){json_string_value(member), json_string_length(member)};
}

static bool append_escape(struct buffer *out, unsigned char byte) {
    static const char hex[] = "0123456789abcdef";
    switch (byte) {
    case '"':
        return buffer_append(out, "\\\"", 2);
    case '\\':
        return buffer_append(out, "\\\\", 2);
    case '\n':
        return buffer_append(out, "\\n", 2);
    case '\r':
        return buffer_append(out, "\\r", 2);
    case '\t':
        return buffer_append(out, "\\t", 2);
    default: {
        char escape[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
        return buffer_append(out, escape, sizeof escape);
    }
    }
}

bool json_append_string(struct buffer *out, struct str text) {
    size_t from = 0;
    size_t at = 0;
    buffer_append_byte(out, '"');
    while (at < text.len) {
        unsigned char byte = (unsigned char)text.ptr[at];
        if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\') {
            at++;
            continue;
        }
        size_t width = byte < 0x80 ? 0 : utf8_width(text, at);
        if (width > 0) {
            at += width;
            continue;
        }
        buffer_append(out, text.ptr + from, at - from);
        if (byte < 0x80) {
            append_escape(out, byte);
        } else {
            buffer_append(out, "\xef\xbf\xbd", 3);
        }
        from = ++at;
    }
    buffer_append(out, text.ptr + from, at - from);
    buffer_append_byte(out, '"');
    return !out->failed;
}
