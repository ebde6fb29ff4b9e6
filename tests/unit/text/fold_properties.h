/* What must hold of the fold of any bytes, with ICU's own string functions as the oracle. Shared by
 * the unit test and the fuzz target. */
#ifndef HEARSAY_TEST_FOLD_PROPERTIES_H
#define HEARSAY_TEST_FOLD_PROPERTIES_H

#include <stdlib.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "text/fold.h"

struct oracle {
    char *bytes; /* to be freed */
    struct str text;
};

/* NFKC_Casefold of the whole by ICU as UTF-8; ill-formed bytes as U+FFFD. */
static struct oracle oracle_casefold(struct str raw) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&error);
    UChar *units = malloc((raw.len * 2 + 2) * sizeof *units);
    int32_t count = 0;
    for (size_t at = 0; at < raw.len;) {
        size_t width;
        uint32_t cp = utf8_decode(raw, at, &width);
        if (cp > 0xffff) {
            units[count++] = (UChar)(0xd7c0 + (cp >> 10));
            units[count++] = (UChar)(0xdc00 | (cp & 0x3ff));
        } else {
            units[count++] = (UChar)cp;
        }
        at += width;
    }
    int32_t capacity = count * 18 + 64;
    UChar *folded = malloc((size_t)capacity * sizeof *folded);
    char *bytes = malloc((size_t)capacity * 3);
    int32_t len = 0;
    count = unorm2_normalize(casefold, units, count, folded, capacity, &error);
    u_strToUTF8(bytes, capacity * 3, &len, folded, count, &error);
    if (U_FAILURE(error)) {
        abort();
    }
    free(units);
    free(folded);
    return (struct oracle){bytes, {bytes, (size_t)len}};
}

static bool is_map_sound(const struct folded *folded, struct str raw) {
    if (!folded->to_raw) {
        return folded->is_ascii && folded->text.len == raw.len;
    }
    for (size_t i = 0; i < folded->text.len; i++) {
        uint32_t offset = folded->to_raw[i];
        if (offset > folded->to_raw[i + 1] || offset >= raw.len) {
            return false;
        }
        bool is_inside = ((unsigned char)raw.ptr[offset] & 0xc0) == 0x80;
        if (is_inside && utf8_valid_prefix(raw) == raw.len) {
            return false;
        }
    }
    return folded->to_raw[folded->text.len] == raw.len;
}

/* Folding the raw bytes of a span gives at least what the span covered, context aside. */
static bool is_span_sound(const struct folded *folded, struct str raw, size_t from, size_t to) {
    size_t start;
    size_t end;
    folded_span(folded, raw, from, to, &start, &end);
    if (start > end || end > raw.len || (from < to && start == end)) {
        return false;
    }
    bool is_whole = end == raw.len || ((unsigned char)raw.ptr[end] & 0xc0) != 0x80;
    return is_whole || utf8_valid_prefix(raw) < raw.len;
}

static bool is_in(struct str needle, struct str haystack) {
    return str_find(haystack, needle, 0) != STR_NOT_FOUND;
}

/* Every well-formed literal of the raw text is in the context-free view. */
static bool is_simple_sound(const struct folded *folded, struct str raw, size_t from, size_t to) {
    struct str literal = str_slice(raw, from, to);
    if (utf8_valid_prefix(literal) < literal.len) {
        return true;
    }
    char *bytes = malloc(18 * literal.len + 1);
    struct str fold = {bytes, fold_simple(literal, bytes)};
    bool is_found = fold.len == 0 || is_in(fold, folded->simple);
    free(bytes);
    return is_found;
}

static bool is_fold_equal(struct str a, struct str b) {
    struct folder folders[2] = {0};
    struct folded folded[2];
    bool is_equal = fold_text(&folders[0], a, &folded[0]) &&
                    fold_text(&folders[1], b, &folded[1]) &&
                    str_equal(folded[0].text, folded[1].text);
    folder_free(&folders[0]);
    folder_free(&folders[1]);
    return is_equal;
}

static bool are_zeros_after(struct str text) {
    for (size_t i = 0; i < 16; i++) {
        if (text.ptr[text.len + i] != 0) {
            return false;
        }
    }
    return true;
}

/* The property that the fold of raw breaks, or NULL. `seed` picks substrings. */
static const char *fold_violation(struct str raw, size_t seed) {
    struct folder folder = {0};
    struct folded folded;
    const char *broken = NULL;
    if (!fold_text(&folder, raw, &folded)) {
        return "memory";
    }
    struct oracle oracle = oracle_casefold(raw);
    size_t from = raw.len ? seed % raw.len : 0;
    size_t to = raw.len ? from + (seed / 7) % (raw.len - from) + 1 : 0;
    size_t folded_from = folded.text.len ? seed % folded.text.len : 0;
    if (!is_map_sound(&folded, raw)) {
        broken = "the map is monotone, points to characters and ends at the end";
    } else if (!is_span_sound(&folded, raw, folded_from, folded_from + 1 + seed % 5) &&
               folded.text.len > 0) {
        broken = "spans quote whole characters";
    } else if (!is_simple_sound(&folded, raw, from, to)) {
        broken = "a literal of the raw text is in the simple view";
    } else if (!is_fold_equal(raw, folded.text)) {
        broken = "folding twice is folding once";
    } else if (!is_fold_equal(raw, oracle.text)) {
        broken = "folding what ICU folded changes nothing";
    } else if (!are_zeros_after(folded.text) || !are_zeros_after(folded.simple)) {
        broken = "zero bytes follow the text";
    }
    free(oracle.bytes);
    folder_free(&folder);
    return broken;
}

#endif
