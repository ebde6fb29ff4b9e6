#include "text/compose.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

struct composer {
    const UNormalizer2 *normalizer; /* ICU's constant NFC instance */
    uint32_t *items;
    uint32_t *ordered; /* scratch of the same capacity */
    size_t count;
    size_t capacity;
};

struct composer *composer_open(void) {
    UErrorCode error = U_ZERO_ERROR;
    struct composer *composer = calloc(1, sizeof *composer);
    if (!composer) {
        return NULL;
    }
    composer->normalizer = unorm2_getNFCInstance(&error);
    if (U_FAILURE(error)) {
        free(composer);
        return NULL;
    }
    return composer;
}

void composer_free(struct composer *composer) {
    if (composer) {
        free(composer->items);
        free(composer->ordered);
        free(composer);
    }
}

void composer_clear(struct composer *composer) {
    composer->count = 0;
}

static bool grow(uint32_t **items, size_t capacity) {
    uint32_t *grown = realloc(*items, capacity * sizeof **items);
    if (grown) {
        *items = grown;
    }
    return grown != NULL;
}

static bool append(struct composer *composer, uint32_t cp) {
    if (composer->count == composer->capacity) {
        size_t capacity = composer->capacity ? composer->capacity * 2 : 64;
        if (!grow(&composer->items, capacity) || !grow(&composer->ordered, capacity)) {
            return false;
        }
        composer->capacity = capacity;
    }
    composer->items[composer->count++] = cp;
    return true;
}

bool composer_add(struct composer *composer, uint32_t cp) {
    UChar units[16]; /* a canonical decomposition has four characters at most */
    UErrorCode error = U_ZERO_ERROR;
    int32_t len = unorm2_getDecomposition(composer->normalizer, (UChar32)cp, units, 16, &error);
    if (len < 0 || U_FAILURE(error)) {
        return append(composer, cp);
    }
    int32_t at = 0;
    while (at < len) {
        UChar32 part;
        U16_NEXT(units, at, len, part);
        if (!append(composer, (uint32_t)part)) {
            return false;
        }
    }
    return true;
}

/* Stable order of one run of marks by combining class: counting sort, since there are 256 classes.
 */
static void order_marks(const uint32_t *marks, size_t count, uint32_t *ordered) {
    size_t starts[257] = {0};
    for (size_t i = 0; i < count; i++) {
        starts[u_getCombiningClass((UChar32)marks[i]) + 1]++;
    }
    for (size_t class = 1; class < 257; class ++) {
        starts[class] += starts[class - 1];
    }
    for (size_t i = 0; i < count; i++) {
        ordered[starts[u_getCombiningClass((UChar32)marks[i])]++] = marks[i];
    }
}

static void order(struct composer *composer) {
    size_t at = 0;
    while (at < composer->count) {
        size_t end = at;
        while (end < composer->count && u_getCombiningClass((UChar32)composer->items[end]) != 0) {
            end++;
        }
        if (end - at > 1) {
            order_marks(composer->items + at, end - at, composer->ordered + at);
            memcpy(composer->items + at, composer->ordered + at,
                   (end - at) * sizeof *composer->items);
        }
        at = end + (end == at);
    }
}

bool composer_finish(struct composer *composer, const uint32_t **characters, size_t *count) {
    order(composer);
    uint32_t *items = composer->items;
    size_t out = 0;
    size_t starter = SIZE_MAX;
    int last_class = -1; /* class of the last character kept since the starter; -1: none */
    for (size_t i = 0; i < composer->count; i++) {
        int class = u_getCombiningClass((UChar32)items[i]);
        if (starter != SIZE_MAX && last_class < class) {
            UChar32 joined = unorm2_composePair(composer->normalizer, (UChar32)items[starter],
                                                (UChar32)items[i]);
            if (joined >= 0) {
                items[starter] = (uint32_t)joined;
                continue;
            }
        }
        if (class == 0) {
            starter = out;
            last_class = -1;
        } else {
            last_class = class;
        }
        items[out++] = items[i];
    }
    *characters = items;
    *count = out;
    return true;
}
