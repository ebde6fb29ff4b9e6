/* Reading a text through a sieve. */
#include "rule/sieve.h"
#include "rule/sieve_hash.h"

#define PIECE 256u /* places that are asked for before any is looked at */

/* A byte that belongs to a word: ASCII letters and digits, and lead bytes of Cyrillic letters
 * (U+0400 to U+047F), which together are most of what posts are made of. No says nothing. */
static bool is_word_byte(unsigned char byte) {
    unsigned letter = (byte | 0x20u) - 'a';
    unsigned digit = (unsigned)byte - '0';
    return (letter < 26) | (digit < 10) | ((byte | 1u) == 0xD1);
}

static bool word_goes_on(struct str text, const struct sieve_entry *entry, size_t at) {
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    if (entry->after && at + entry->after < text.len && is_word_byte(bytes[at + entry->after])) {
        return true;
    }
    if (entry->before == 0 || at < entry->before) {
        return false;
    }
    size_t last = at - entry->before;
    return is_word_byte(bytes[last]) || (last > 0 && (bytes[last - 1] | 1u) == 0xD1);
}

static bool is_refuted(struct str text, const struct sieve_entry *entry, size_t at) {
    if (entry->check_at < 0 && at < (size_t)-entry->check_at) {
        return true;
    }
    uint32_t bytes = (uint32_t)sieve_load(text.ptr + at + entry->check_at);
    return (bytes & entry->mask) != entry->check;
}

static void try_window(const struct sieve *sieve, struct str text, size_t at, uint64_t window,
                       const struct sieve_reader *reader) {
    const struct sieve_slot *slot = sieve_slot(sieve, window);
    const struct sieve_entry *entry = sieve->entries + slot->first;
    const struct sieve_entry *end = entry + slot->count;
    for (; entry < end; entry++) {
        if (!is_refuted(text, entry, at) &&
            !(reader->looks_around && word_goes_on(text, entry, at))) {
            reader->report(reader->context, entry->key, entry->offset, at);
        }
    }
}

/* A place that the tables of bits let through. A row that is full is one of windows that have no
 * more than its three bytes. */
static void try_place(const struct sieve *sieve, struct str text, size_t at,
                      const struct sieve_reader *reader) {
    uint64_t bytes = sieve_load(text.ptr + at);
    unsigned size = bytes & 0x80 ? WINDOW_WIDE : WINDOW_NARROW;
    uint32_t row = sieve->rows[sieve_row(bytes, sieve->row_shift)];
    if (row >> sieve_bit(sieve_cut(bytes, size)) & 1) {
        try_window(sieve, text, at, sieve_window(bytes, size), reader);
    }
    if (row == UINT32_MAX) {
        try_window(sieve, text, at, sieve_window(bytes, WINDOW_ROW), reader);
    }
    if (sieve->pairs[sieve_pair(bytes) >> 5] >> (sieve_pair(bytes) & 31) & 1) {
        try_window(sieve, text, at, sieve_window(bytes, 2), reader);
        try_window(sieve, text, at, sieve_window(bytes, 1), reader);
    }
}

/* Writes every place and keeps those that may begin a window: a branch here would be guessed wrong
 * too often. */
static inline uint32_t sift(const struct sieve *sieve, const char *bytes, uint32_t count,
                            const bool is_ascii, uint16_t places[PIECE]) {
    /* By the highest bit of the first byte: the bytes of the longest window. */
    static const uint64_t masks[2] = {0xFFFFFFFF, 0xFFFFFFFFFFFF};
    const uint32_t *rows = sieve->rows;
    const uint32_t *pairs = sieve->pairs;
    const unsigned shift = sieve->row_shift;
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t window = sieve_load(bytes + i);
        bool is_begin = is_ascii || (signed char)bytes[i] >= -64; /* of a character */
        window &= is_ascii ? masks[0] : masks[(unsigned char)bytes[i] >> 7];
        uint32_t row = rows[sieve_row(window, shift)] >> sieve_bit(window);
        uint32_t pair = pairs[sieve_pair(window) >> 5] >> (sieve_pair(window) & 31);
        places[found] = (uint16_t)i;
        found += (row | pair) & is_begin;
    }
    return found;
}

void sieve_read(const struct sieve *sieve, struct str text, size_t from, size_t to,
                const struct sieve_reader *reader) {
    uint16_t places[PIECE];
    for (; from < to; from += PIECE) {
        uint32_t count = to - from < PIECE ? (uint32_t)(to - from) : PIECE;
        uint32_t found = reader->is_ascii ? sift(sieve, text.ptr + from, count, true, places)
                                          : sift(sieve, text.ptr + from, count, false, places);
        for (uint32_t i = 0; i < found; i++) {
            try_place(sieve, text, from + places[i], reader);
        }
    }
}
