/* Choosing the windows of a sieve's keys, and its tables. */
#include "rule/sieve.h"

#include <stdlib.h>

#include "rule/frequency.h"
#include "rule/sieve_hash.h"

#define OFFSET_MOST 100u   /* windows are chosen in the beginning of a key */
#define ROWS_LEAST_BITS 8u /* 2^8 rows: 1 KB */
#define ROWS_MOST_BITS 13u /* 32 KB: beyond, the first cache does not hold them */
#define LOOK_COST 6.0      /* of looking up a place, in comparisons of one entry */
#define SPACES 6u

bool sieve_is_space(unsigned char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* ---- Choosing ---- */

/* A window that was chosen for a key; or the same with other white space for its blank. */
struct choice {
    uint64_t window;
    uint32_t key;
    uint8_t offset;
};

/* How many keys have chosen a window so far. */
struct use {
    uint64_t window;
    uint32_t count;
};

struct bench {
    const struct sieve_key *keys;
    struct choice *choices;
    size_t choice_count;
    struct use *uses;
    unsigned use_shift;
};

static struct use *use_of(const struct bench *bench, uint64_t window) {
    size_t mask = ((size_t)1 << (64 - bench->use_shift)) - 1;
    size_t at = sieve_slot_of(window, bench->use_shift);
    while (bench->uses[at].window != 0 && bench->uses[at].window != window) {
        at = (at + 1) & mask;
    }
    return &bench->uses[at];
}

/* May text[offset, offset + size) be a window? It must begin with a character, and a blank, which
 * may be a run in a text, may stand only at its ends, at one of them. */
static bool is_window(struct str text, size_t offset, unsigned size) {
    const unsigned char *bytes = (const unsigned char *)text.ptr + offset;
    if ((bytes[0] & 0xC0) == 0x80) {
        return false;
    }
    unsigned blanks = 0;
    for (unsigned i = 0; i < size; i++) {
        if (bytes[i] == ' ') {
            blanks++;
            if ((i > 0 && i + 1 < size) || blanks > 1 || size == 1) {
                return false;
            }
        }
    }
    return true;
}

/* The size of the longest window that begins with this character. */
static unsigned size_at(struct str text, size_t offset) {
    return (unsigned char)text.ptr[offset] & 0x80 ? WINDOW_WIDE : WINDOW_NARROW;
}

static uint64_t window_of(struct str text, size_t offset, unsigned size) {
    char bytes[8] = {0};
    memcpy(bytes, text.ptr + offset, size);
    return sieve_window(sieve_load(bytes), size);
}

/* What one more key at this window costs for each byte of a text: places that are looked up for
 * nothing, and one more comparison at each. */
static double cost_of(const struct bench *bench, struct str text, size_t offset, unsigned size) {
    double frequency = window_frequency(str_slice(text, offset, offset + size));
    bool is_new = use_of(bench, window_of(text, offset, size))->count == 0;
    return frequency * (is_new ? LOOK_COST + 1 : 1);
}

/* The cheapest window of `size` bytes, or, with size 0, of the longest; 0: there is none. */
static uint64_t cheapest(const struct bench *bench, struct str text, unsigned size,
                         size_t *best_offset) {
    uint64_t best = 0;
    double best_cost = 0;
    for (size_t offset = 0; offset < text.len && offset < OFFSET_MOST; offset++) {
        unsigned wanted = size > 0 ? size : size_at(text, offset);
        if (offset + wanted > text.len || !is_window(text, offset, wanted)) {
            continue;
        }
        double cost = cost_of(bench, text, offset, wanted);
        if (best == 0 || cost < best_cost) {
            best = window_of(text, offset, wanted);
            best_cost = cost;
            *best_offset = offset;
        }
    }
    return best;
}

/* A blank in a window stands for any white space. */
static void add_choices(struct bench *bench, uint32_t key, uint64_t window, size_t offset) {
    static const unsigned char spaces[SPACES] = {' ', '\t', '\n', '\v', '\f', '\r'};
    unsigned size = (unsigned)(window >> 56);
    unsigned last = 8 * (size - 1);
    bool is_first = (window & 0xFF) == ' ';
    bool has_blank = is_first || (window >> last & 0xFF) == ' ';
    for (unsigned i = 0; i < (has_blank ? SPACES : 1); i++) {
        uint64_t other = (uint64_t)(' ' ^ spaces[i]) << (is_first ? 0 : last);
        bench->choices[bench->choice_count++] =
            (struct choice){window ^ (has_blank ? other : 0), key, (uint8_t)offset};
    }
}

static void choose(struct bench *bench, uint32_t key) {
    struct str text = bench->keys[key].text;
    size_t offset = 0;
    uint64_t window = cheapest(bench, text, 0, &offset);
    for (unsigned size = WINDOW_ROW; window == 0 && size > 0; size--) {
        window = cheapest(bench, text, size, &offset);
    }
    struct use *use = use_of(bench, window);
    use->window = window;
    use->count++;
    add_choices(bench, key, window, offset);
}

/* ---- Tables ---- */

static int compare_choices(const void *a, const void *b) {
    const struct choice *left = a;
    const struct choice *right = b;
    if (left->window != right->window) {
        return left->window < right->window ? -1 : 1;
    }
    return left->key < right->key ? -1 : left->key > right->key;
}

static void enter_bits(struct sieve *sieve, uint64_t window) {
    unsigned size = (unsigned)(window >> 56);
    if (size >= WINDOW_ROW) {
        uint32_t *row = &sieve->rows[sieve_row(window, sieve->row_shift)];
        *row |= size == WINDOW_ROW ? UINT32_MAX : 1u << sieve_bit(sieve_cut(window, size));
        return;
    }
    for (uint32_t second = 0; second < 256; second++) {
        uint32_t pair = size == 2 ? sieve_pair(window) : (uint32_t)(window & 0xFF) | second << 8;
        sieve->pairs[pair >> 5] |= 1u << (pair & 31);
    }
}

/* Up to four bytes of the key behind its window, or else before it, up to a blank. */
static void enter_check(struct sieve_entry *entry, struct str text, size_t offset, unsigned size) {
    size_t end = offset + size;
    size_t count = 0;
    while (count < 4 && end + count < text.len && text.ptr[end - 1 + count] != ' ' &&
           text.ptr[end + count] != ' ') {
        count++;
    }
    size_t from = end;
    if (count == 0) {
        while (count < 4 && count < offset && text.ptr[offset - count] != ' ' &&
               text.ptr[offset - count - 1] != ' ') {
            count++;
        }
        from = offset - count;
    }
    char bytes[8] = {0};
    memcpy(bytes, text.ptr + from, count);
    entry->check_at = (int8_t)(count > 0 ? (int)from - (int)offset : 0);
    entry->check = (uint32_t)sieve_load(bytes);
    entry->mask = (uint32_t)sieve_cut(UINT64_MAX, (unsigned)count);
}

static struct sieve_entry entry_of(const struct sieve_key *key, const struct choice *choice) {
    struct sieve_entry entry = {.key = choice->key, .offset = choice->offset};
    struct str before = str_slice(key->text, 0, choice->offset + 1u);
    struct str after = str_slice(key->text, choice->offset, key->text.len);
    if (key->is_bound_before && str_find_byte(before, ' ', 0) == STR_NOT_FOUND) {
        entry.before = (uint8_t)(choice->offset + 1u);
    }
    if (key->is_bound_after && after.len < 256 && str_find_byte(after, ' ', 0) == STR_NOT_FOUND) {
        entry.after = (uint8_t)after.len;
    }
    enter_check(&entry, key->text, choice->offset, (unsigned)(choice->window >> 56));
    return entry;
}

static void enter_all(struct sieve *sieve, const struct bench *bench) {
    struct sieve_slot *slot = NULL;
    for (size_t i = 0; i < bench->choice_count; i++) {
        const struct choice *choice = &bench->choices[i];
        if (i == 0 || choice->window != bench->choices[i - 1].window) {
            slot = sieve_slot(sieve, choice->window);
            *slot = (struct sieve_slot){choice->window, (uint32_t)i, 0};
            enter_bits(sieve, choice->window);
        }
        slot->count++;
        sieve->entries[i] = entry_of(&bench->keys[choice->key], choice);
    }
}

static unsigned bits_for(size_t count) {
    unsigned bits = 1;
    while ((size_t)1 << bits < count) {
        bits++;
    }
    return bits;
}

static bool build_tables(struct sieve *sieve, struct bench *bench) {
    size_t count = bench->choice_count;
    size_t windows = 0;
    if (count > 1) {
        qsort(bench->choices, count, sizeof *bench->choices, compare_choices);
    }
    for (size_t i = 0; i < count; i++) {
        windows += i == 0 || bench->choices[i].window != bench->choices[i - 1].window;
    }
    unsigned bits = bits_for(windows);
    bits = bits < ROWS_LEAST_BITS ? ROWS_LEAST_BITS : bits > ROWS_MOST_BITS ? ROWS_MOST_BITS : bits;
    sieve->row_shift = 32 - bits;
    sieve->slot_shift = 64 - bits_for(2 * windows);
    sieve->rows = calloc((size_t)1 << bits, sizeof *sieve->rows);
    sieve->slots = calloc((size_t)1 << (64 - sieve->slot_shift), sizeof *sieve->slots);
    sieve->entries = calloc(count + 1, sizeof *sieve->entries);
    if (!sieve->rows || !sieve->slots || !sieve->entries) {
        return false;
    }
    enter_all(sieve, bench);
    return true;
}

bool sieve_build(struct sieve *sieve, const struct sieve_key *keys, uint32_t count) {
    struct bench bench = {.keys = keys};
    *sieve = (struct sieve){0};
    unsigned bits = bits_for(2 * (size_t)count);
    bench.use_shift = 64 - bits;
    bench.uses = calloc((size_t)1 << bits, sizeof *bench.uses);
    bench.choices = calloc((size_t)count * SPACES + 1, sizeof *bench.choices);
    bool ok = bench.uses && bench.choices;
    for (uint32_t i = 0; ok && i < count; i++) {
        choose(&bench, i);
    }
    ok = ok && build_tables(sieve, &bench);
    free(bench.uses);
    free(bench.choices);
    if (!ok) {
        sieve_free(sieve);
    }
    return ok;
}

void sieve_free(struct sieve *sieve) {
    free(sieve->rows);
    free(sieve->slots);
    free(sieve->entries);
    *sieve = (struct sieve){0};
}
