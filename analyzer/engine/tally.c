#include "engine/tally.h"

#include "base/json.h"

void tally_add(struct tally *tally, const char *name, uint64_t count) {
    size_t at = 0;
    while (at < tally->used && strcmp(tally->names[at], name) != 0) {
        at++;
    }
    if (at == tally->used) {
        if (tally->used == TALLY_LIMIT) {
            at = TALLY_LIMIT - 1;
            tally->names[at] = "other";
        } else {
            tally->names[tally->used++] = name;
        }
    }
    tally->counts[at] += count;
}

void tally_merge(struct tally *tally, const struct tally *other) {
    for (size_t i = 0; i < other->used; i++) {
        tally_add(tally, other->names[i], other->counts[i]);
    }
}

uint64_t tally_total(const struct tally *tally) {
    uint64_t total = 0;
    for (size_t i = 0; i < tally->used; i++) {
        total += tally->counts[i];
    }
    return total;
}

/* Index of the smallest name after `last` (NULL: of all); used when there is none. */
static size_t next_by_name(const struct tally *tally, const char *last) {
    size_t best = tally->used;
    for (size_t i = 0; i < tally->used; i++) {
        bool is_later = !last || strcmp(tally->names[i], last) > 0;
        if (is_later && (best == tally->used || strcmp(tally->names[i], tally->names[best]) < 0)) {
            best = i;
        }
    }
    return best;
}

bool tally_write(const struct tally *tally, struct buffer *out) {
    const char *last = NULL;
    buffer_append_byte(out, '{');
    for (size_t at; (at = next_by_name(tally, last)) < tally->used;) {
        if (last) {
            buffer_append_byte(out, ',');
        }
        last = tally->names[at];
        json_append_string(out, str_from_c(last));
        buffer_append_byte(out, ':');
        buffer_append_u64(out, tally->counts[at]);
    }
    return buffer_append_byte(out, '}');
}
