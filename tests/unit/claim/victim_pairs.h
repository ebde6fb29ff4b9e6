/* Texts with the victim that each names, checked by any way to find one. */
#ifndef HEARSAY_TESTS_VICTIM_PAIRS_H
#define HEARSAY_TESTS_VICTIM_PAIRS_H

#include "base/str.h"

struct pair {
    const char *text;
    const char *victim;
};

static inline void assert_pairs(const struct pair *pairs, size_t count,
                                struct str (*find)(struct str)) {
    for (size_t i = 0; i < count; i++) {
        struct str found = find(str_from_c(pairs[i].text));
        if (!str_is(found, pairs[i].victim)) {
            fail_msg("%s: \"%.*s\"", pairs[i].text, (int)found.len, found.ptr);
        }
    }
}

#endif
