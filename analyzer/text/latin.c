#include "text/latin.h"

#include <stdlib.h>

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/utf8.h"

/* A character becomes at most this many (a Han character a syllable and a space). */
#define EXPANSION_MOST 10

static const char rules_id[] =
    "Any-Latin; NFD; [:Nonspacing Mark:] Remove; NFC; Latin-ASCII; Lower";

static bool prepare(struct latin *latin) {
    if (!latin->units) {
        latin->capacity = (int32_t)(LATIN_BYTES_MOST * EXPANSION_MOST);
        latin->units = malloc((size_t)latin->capacity * sizeof *latin->units);
    }
    if (!latin->transliterator && !latin->is_unavailable) {
        UErrorCode error = U_ZERO_ERROR;
        UChar id[sizeof rules_id];
        u_charsToUChars(rules_id, id, sizeof rules_id);
        latin->transliterator = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
        latin->is_unavailable = U_FAILURE(error) || !latin->transliterator;
    }
    return latin->units != NULL;
}

static bool is_plain(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte >= 0x80 || (byte >= 'A' && byte <= 'Z')) {
            return false;
        }
    }
    return true;
}

bool latin_append(struct latin *latin, struct str text, struct buffer *out) {
    text = utf8_clip(text, LATIN_BYTES_MOST);
    if (is_plain(text)) {
        return buffer_append_str(out, text);
    }
    if (!prepare(latin)) {
        return false;
    }
    UErrorCode error = U_ZERO_ERROR;
    int32_t len = 0;
    if (latin->is_unavailable) {
        return buffer_append_str(out, text);
    }
    u_strFromUTF8(latin->units, latin->capacity, &len, text.ptr, (int32_t)text.len, &error);
    int32_t limit = len;
    if (U_SUCCESS(error)) {
        utrans_transUChars(latin->transliterator, latin->units, &len, latin->capacity, 0, &limit,
                           &error);
    }
    size_t room = (size_t)len * 3 + 1;
    if (U_FAILURE(error)) {
        return buffer_append_str(out, text); /* ill-formed, or longer than any script makes it */
    }
    if (!buffer_reserve(out, room)) {
        return false;
    }
    int32_t written = 0;
    u_strToUTF8(out->ptr + out->len, (int32_t)room, &written, latin->units, len, &error);
    out->len += U_SUCCESS(error) ? (size_t)written : 0;
    return true;
}

void latin_free(struct latin *latin) {
    if (latin->transliterator) {
        utrans_close(latin->transliterator);
    }
    free(latin->units);
    *latin = (struct latin){0};
}
