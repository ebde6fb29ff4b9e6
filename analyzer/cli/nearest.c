#include "cli/nearest.h"

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t nearest_distance(struct str a, struct str b) {
    if (a.len > NEAREST_NAME_BYTES || b.len > NEAREST_NAME_BYTES) {
        return SIZE_MAX;
    }
    size_t rows[3][NEAREST_NAME_BYTES + 1];
    for (size_t j = 0; j <= b.len; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t replace = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            row[j] = least(replace, least(above[j], row[j - 1]) + 1);
            bool is_swap =
                i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1];
            if (is_swap) {
                row[j] = least(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return rows[a.len % 3][b.len];
}

bool nearest_is_close(struct str a, struct str b, size_t distance) {
    size_t longer = a.len > b.len ? a.len : b.len;
    size_t shorter = a.len > b.len ? b.len : a.len;
    if (shorter >= 2 && (str_starts_with(a, b) || str_starts_with(b, a))) {
        return true;
    }
    return distance <= (longer + 2) / 3;
}
