/* The nearest of several names: optimal string alignment distance (Damerau 1964: insertion,
 * deletion, substitution, swap of neighbours), at most a third of the name's length. */

#include "rule/diagnostic.h"

#define NEAREST_LONGEST 64
#define NEAREST_CANDIDATES 5000 /* the first ones: a slip must not cost seconds in a huge pack */

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Both at most NEAREST_LONGEST bytes; rows of the classic table, three at a time. */
static size_t distance(struct str a, struct str b) {
    size_t rows[3][NEAREST_LONGEST + 1];
    for (size_t j = 0; j <= b.len; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3];
        const size_t *before_last = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t cost = a.ptr[i - 1] == b.ptr[j - 1] ? 0 : 1;
            row[j] = smallest(row[j - 1] + 1, last[j] + 1, last[j - 1] + cost);
            bool is_swap =
                i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1];
            if (is_swap && before_last[j - 2] + 1 < row[j]) {
                row[j] = before_last[j - 2] + 1;
            }
        }
    }
    return rows[a.len % 3][b.len];
}

struct str nearest_name(struct str name, const struct str *candidates, size_t count) {
    struct str best = STR_EMPTY;
    if (name.len > NEAREST_LONGEST) {
        return best;
    }
    /* A third, but one slip is always forgiven to names of two letters and more. */
    size_t limit = name.len >= 2 && name.len < 6 ? 1 + (name.len >= 4) : name.len / 3;
    for (size_t i = 0; i < count && i < NEAREST_CANDIDATES; i++) {
        struct str candidate = candidates[i];
        bool may_fit = candidate.len <= NEAREST_LONGEST && candidate.len <= name.len + limit &&
                       name.len <= candidate.len + limit;
        size_t found = may_fit ? distance(name, candidate) : limit + 1;
        if (found <= limit) {
            best = candidate;
            if (found == 0) {
                return best;
            }
            limit = found - 1;
        }
    }
    return best;
}
