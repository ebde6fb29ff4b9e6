/* Reading a text through a sieve. */
#include "rule/sieve.h"
#include "rule/sieve_hash.h"

#define PROBES_MOST 5u /* windows at one place */
#define PIECE 128u     /* places that are asked for before any is looked at */

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

/* The four bytes before `at`; zeros before the text. */
static uint32_t load_before(struct str text, size_t at) {
    return (uint32_t)(at >= 4 ? sieve_load(text.ptr + at - 4)
                              : sieve_load(text.ptr) << 8 * (4 - at));
}

/* One text while it is read. */
struct reading {
    const struct sieve *sieve;
    const struct sieve_reader *reader;
    struct str text;
    bool is_plain; /* no white space but single blanks */
};

static bool is_refuted(const struct reading *reading, const struct sieve_entry *entry, size_t at,
                       uint32_t last) {
    uint32_t next = (uint32_t)sieve_load(reading->text.ptr + at + entry->behind);
    uint32_t next_mask = entry->next_mask;
    uint32_t last_mask = entry->last_mask;
    if (!reading->is_plain) {
        next_mask &= (uint32_t)sieve_cut(UINT64_MAX, entry->next_bytes);
        last_mask &= ~(uint32_t)sieve_cut(UINT64_MAX, 4u - entry->last_bytes);
    }
    return (((next ^ entry->next) & next_mask) | ((last ^ entry->last) & last_mask)) != 0;
}

static bool try_entries(const struct reading *reading, uint32_t first, size_t at) {
    const struct sieve_entry *entry = &reading->sieve->entries[first];
    const struct sieve_reader *reader = reading->reader;
    uint32_t last = load_before(reading->text, at);
    do {
        if (!is_refuted(reading, entry, at, last) &&
            !(reader->looks_around && word_goes_on(reading->text, entry, at)) &&
            !reader->report(reader->context, entry->key, entry->offset, at)) {
            return false;
        }
    } while (!entry++->is_final);
    return true;
}

/* ---- From places to windows ---- */

struct probe {
    uint32_t tag;
    uint32_t first; /* once it is found: its first entry */
    size_t at;
};

/* The windows that the tables of bits let through at a place. */
static uint32_t add_probes(const struct reading *reading, size_t at, struct probe *probes) {
    const struct sieve *sieve = reading->sieve;
    uint64_t bytes = sieve_load(reading->text.ptr + at);
    uint64_t row = sieve->rows[sieve_row(bytes, sieve->row_bits)];
    uint32_t count = 0;
    probes[count] = (struct probe){sieve_tag(sieve_window(bytes, WINDOW_LONG)), 0, at};
    count += row >> sieve_long_bit(bytes) & 1;
    probes[count] = (struct probe){sieve_tag(sieve_window(bytes, WINDOW_SHORT)), 0, at};
    count += row >> sieve_short_bit(bytes) & 1;
    if ((uint32_t)row == UINT32_MAX) {
        probes[count++] = (struct probe){sieve_tag(sieve_window(bytes, WINDOW_ROW)), 0, at};
    }
    if (sieve->pairs[sieve_pair(bytes) >> 5] >> (sieve_pair(bytes) & 31) & 1) {
        probes[count++] = (struct probe){sieve_tag(sieve_window(bytes, 2)), 0, at};
        probes[count++] = (struct probe){sieve_tag(sieve_window(bytes, 1)), 0, at};
    }
    return count;
}

/* Keeps the windows that are some key's. */
static uint32_t find_probes(const struct sieve *sieve, struct probe *probes, uint32_t count) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct probe probe = probes[i];
        const struct sieve_slot *slots = sieve->slots;
        struct sieve_slot one = slots[sieve_first_slot(probe.tag, sieve->slot_shift)];
        struct sieve_slot other = slots[sieve_second_slot(probe.tag, sieve->slot_shift)];
        probe.first = one.tag == probe.tag ? one.first : other.first;
        probes[found] = probe;
        found += (one.tag == probe.tag) | (other.tag == probe.tag);
    }
    return found;
}

/* Writes every place and keeps those that may begin a window: a branch here would be guessed wrong
 * too often. */
static inline uint32_t sift(const struct sieve *sieve, struct str piece, const bool is_ascii,
                            const bool has_pairs, const unsigned row_bits, uint16_t places[PIECE]) {
    const uint64_t *rows = sieve->rows;
    const uint32_t *pairs = sieve->pairs;
    const char *bytes = piece.ptr;
    uint32_t found = 0;
    for (size_t i = 0; i < piece.len; i++) {
        uint64_t window = sieve_load(bytes + i);
        bool is_begin = is_ascii || (signed char)bytes[i] >= -64; /* of a character */
        uint64_t row = rows[sieve_row(window, row_bits)];
        bool is_long = row & (uint64_t)1 << sieve_long_bit(window);
        bool is_short = row & (uint64_t)1 << sieve_short_bit(window);
        bool is_pair =
            has_pairs && (pairs[sieve_pair(window) >> 5] & 1u << (sieve_pair(window) & 31));
        places[found] = (uint16_t)i;
        found += (is_long | is_short | is_pair) & is_begin;
    }
    return found;
}

/* The same with constants, so that the loop has no more in it than it needs. */
static inline uint32_t sift_rows(const struct sieve *sieve, struct str piece, bool is_ascii,
                                 const unsigned row_bits, uint16_t places[PIECE]) {
    if (sieve->has_pairs) {
        return is_ascii ? sift(sieve, piece, true, true, row_bits, places)
                        : sift(sieve, piece, false, true, row_bits, places);
    }
    return is_ascii ? sift(sieve, piece, true, false, row_bits, places)
                    : sift(sieve, piece, false, false, row_bits, places);
}

static uint32_t sift_piece(const struct sieve *sieve, struct str piece, bool is_ascii,
                           uint16_t places[PIECE]) {
    return sieve->row_bits == SIEVE_ROW_BITS
               ? sift_rows(sieve, piece, is_ascii, SIEVE_ROW_BITS, places)
               : sift_rows(sieve, piece, is_ascii, SIEVE_ROW_BITS_MANY, places);
}

/* No two bytes of white space in a row, and none but blanks. Eight bytes at once: the highest bit
 * of each says that it is a blank or less (Mycroft 1987). */
static bool is_plain(struct str text) {
    const uint64_t tops = 0x8080808080808080u;
    uint64_t last = 0; /* whether the byte before was one */
    for (size_t at = 0; at < text.len; at += 8) {
        uint64_t bytes = sieve_load(text.ptr + at);
        if (text.len - at < 8) {
            bytes |= ~sieve_cut(UINT64_MAX, (unsigned)(text.len - at));
        }
        uint64_t low = bytes & ~tops;
        uint64_t blanks = ~((low + 0x5F5F5F5F5F5F5F5Fu) | bytes) & tops;
        uint64_t others = ~((low + 0x6060606060606060u) | bytes) & tops;
        if (others | (blanks & (blanks << 8 | last))) {
            return false;
        }
        last = blanks >> 56;
    }
    return true;
}

bool sieve_read(const struct sieve *sieve, struct str text, size_t from, size_t to,
                const struct sieve_reader *reader) {
    struct reading reading = {sieve, reader, text, is_plain(text)};
    uint16_t places[PIECE] = {0};
    struct probe probes[PIECE * PROBES_MOST];
    for (; from < to; from += PIECE) {
        size_t end = to - from < PIECE ? to : from + PIECE;
        struct str piece = str_slice(text, from, end);
        uint32_t found = sift_piece(sieve, piece, reader->is_ascii, places);
        uint32_t probe_count = 0;
        for (uint32_t i = 0; i < found; i++) {
            probe_count += add_probes(&reading, from + places[i], probes + probe_count);
        }
        probe_count = find_probes(sieve, probes, probe_count);
        for (uint32_t i = 0; i < probe_count; i++) {
            if (!try_entries(&reading, probes[i].first, probes[i].at)) {
                return false;
            }
        }
    }
    return true;
}
