/* Any bytes: evasions are the same each time, and nothing but them is changed; leetspeak undone
 * changes bytes one for one, digits and signs to letters only. The first byte is the seed. */
#include <stdio.h>
#include <stdlib.h>

#include "text/fold.h"
#include "text/leet.h"
#include "text/variant.h"

static void check(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "broken: %s\n", what);
        abort();
    }
}

static void vary(struct str text, uint64_t seed) {
    for (int kind = 0; kind < VARIANT_COUNT; kind++) {
        struct buffer once = {0};
        struct buffer again = {0};
        check(variant_append(text, (enum variant_kind)kind, seed, &once), "memory");
        check(variant_append(text, (enum variant_kind)kind, seed, &again), "memory");
        check(once.len == again.len && (once.len == 0 || !memcmp(once.ptr, again.ptr, once.len)),
              "another variant from the same seed");
        check(once.len > 0 || text.len == 0, "a text was lost");
        buffer_free(&once);
        buffer_free(&again);
    }
}

static void undo(struct str text) {
    struct folder folder = {0};
    struct folded folded;
    struct leet leet = {0};
    check(fold_text(&folder, text, &folded) && leet_undo(&leet, folded.text, false), "memory");
    check(leet.view_count <= LEET_VIEWS, "too many readings");
    for (uint32_t v = 0; v < leet.view_count; v++) {
        check(leet.views[v].len == folded.text.len, "another length");
        for (size_t i = 0; i < folded.text.len; i++) {
            char before = folded.text.ptr[i];
            char after = leet.views[v].ptr[i];
            bool is_undone = after >= 'a' && after <= 'z' && !(before >= 'a' && before <= 'z') &&
                             (unsigned char)before < 0x80;
            check(before == after || is_undone, "something else was changed");
        }
    }
    leet_free(&leet);
    folder_free(&folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) {
        return 0;
    }
    struct str text = {(const char *)data + 1, size - 1};
    vary(text, data[0]);
    undo(text);
    return 0;
}
