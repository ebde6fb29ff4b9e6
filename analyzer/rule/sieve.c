/* Choosing the windows of a sieve's keys, and its tables. */
#include "rule/sieve.h"

#include <stdlib.h>

#include "rule/frequency.h"
#include "rule/sieve_hash.h"

#define OFFSET_MOST 100u /* windows are chosen in the beginning of a key */
#define LOOK_COST 6.0    /* of looking up a place, in comparisons of one entry */
#define SPACES 6u
#define PUSHES_MOST 500u
#define CHOICES_MANY 8192u /* of more windows too many would share a bit of the small table */

bool sieve_is_space(unsigned char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static unsigned bits_for(size_t count) {
    unsigned bits = 1;
    while ((size_t)1 << bits < count) {
        bits++;
    }
    return bits;
}

/* ---- Choosing ---- */

/* A window that was chosen for a key; or the same with other white space for its blank. */
struct choice {
    uint64_t window;
    uint32_t tag;
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
    uint32_t at = sieve_tag(window) >> bench->use_shift;
    while (bench->uses[at].window != 0 && bench->uses[at].window != window) {
        at = (at + 1) & UINT32_MAX >> bench->use_shift;
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

/* A window that could be chosen for a key. */
struct candidate {
    uint64_t window; /* 0: none yet */
    size_t offset;
    double cost;
};

/* The cheapest window of `size` bytes, if it is cheaper than the one at hand. */
static void find_cheapest(const struct bench *bench, struct str text, unsigned size,
                          struct candidate *best) {
    for (size_t offset = 0; offset < text.len && offset < OFFSET_MOST; offset++) {
        bool is_wide = (unsigned char)text.ptr[offset] & 0x80;
        if (offset + size > text.len || !is_window(text, offset, size) ||
            (is_wide && size == WINDOW_SHORT)) {
            continue;
        }
        double cost = cost_of(bench, text, offset, size);
        if (best->window == 0 || cost < best->cost) {
            *best = (struct candidate){window_of(text, offset, size), offset, cost};
        }
    }
}

/* A blank in a window stands for any white space. */
static void add_choices(struct bench *bench, uint32_t key, uint64_t window, size_t offset) {
    static const unsigned char spaces[SPACES] = {' ', '\t', '\n', '\v', '\f', '\r'};
    unsigned size = (unsigned)(window >> 56);
    unsigned last = size > 0 ? 8 * (size - 1) : 0;
    bool is_first = (window & 0xFF) == ' ';
    bool has_blank = is_first || (window >> last & 0xFF) == ' ';
    for (unsigned i = 0; i < (has_blank ? SPACES : 1); i++) {
        uint64_t other = (uint64_t)(' ' ^ spaces[i]) << (is_first ? 0 : last);
        uint64_t variant = window ^ (has_blank ? other : 0);
        bench->choices[bench->choice_count++] =
            (struct choice){variant, sieve_tag(variant), key, (uint8_t)offset};
    }
}

static void choose(struct bench *bench, uint32_t key) {
    struct str text = bench->keys[key].text;
    struct candidate best = {0};
    find_cheapest(bench, text, WINDOW_LONG, &best);
    find_cheapest(bench, text, WINDOW_SHORT, &best);
    for (unsigned size = WINDOW_ROW; best.window == 0 && size > 0; size--) {
        find_cheapest(bench, text, size, &best);
    }
    struct use *use = use_of(bench, best.window);
    use->window = best.window;
    use->count++;
    add_choices(bench, key, best.window, best.offset);
}

/* ---- Tables ---- */

static int compare_choices(const void *a, const void *b) {
    const struct choice *left = a;
    const struct choice *right = b;
    if (left->tag != right->tag) {
        return left->tag < right->tag ? -1 : 1;
    }
    return left->key < right->key ? -1 : left->key > right->key;
}

static void enter_bits(struct sieve *sieve, uint64_t window) {
    unsigned size = (unsigned)(window >> 56);
    uint64_t *row = &sieve->rows[sieve_row(window, sieve->row_bits)];
    if (size == WINDOW_LONG) {
        *row |= (uint64_t)1 << sieve_long_bit(window);
        return;
    }
    if (size >= WINDOW_ROW) {
        *row |= size == WINDOW_ROW ? UINT32_MAX : (uint64_t)1 << sieve_short_bit(window);
        return;
    }
    sieve->has_pairs = true;
    for (uint32_t second = 0; second < 256; second++) {
        uint32_t pair = size == 2 ? sieve_pair(window) : (uint32_t)(window & 0xFF) | second << 8;
        sieve->pairs[pair >> 5] |= 1u << (pair & 31);
    }
}

/* Up to four bytes of the key behind its window and before it. A blank inside of them, or at the
 * window's end there, may be a run in a text. */
static void enter_neighbours(struct sieve_entry *entry, struct str text, size_t offset,
                             unsigned size) {
    size_t end = offset + size;
    unsigned next = text.len - end < 4 ? (unsigned)(text.len - end) : 4;
    unsigned last = offset < 4 ? (unsigned)offset : 4;
    char bytes[8] = {0};
    memcpy(bytes, text.ptr + end, next);
    memcpy(bytes + 8 - last, text.ptr + offset - last, last);
    uint64_t value = sieve_load(bytes);
    entry->behind = (uint8_t)size;
    entry->next = (uint32_t)value;
    entry->next_mask = (uint32_t)sieve_cut(UINT64_MAX, next);
    entry->last = (uint32_t)(value >> 32);
    entry->last_mask = ~(uint32_t)sieve_cut(UINT64_MAX, 4 - last);
    while (entry->next_bytes < next && text.ptr[end + entry->next_bytes - 1] != ' ' &&
           text.ptr[end + entry->next_bytes] != ' ') {
        entry->next_bytes++;
    }
    while (entry->last_bytes < last && text.ptr[offset - entry->last_bytes] != ' ' &&
           text.ptr[offset - entry->last_bytes - 1] != ' ') {
        entry->last_bytes++;
    }
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
    enter_neighbours(&entry, key->text, choice->offset, (unsigned)(choice->window >> 56));
    return entry;
}

static bool is_first_of_tag(const struct bench *bench, size_t at) {
    return at == 0 || bench->choices[at].tag != bench->choices[at - 1].tag;
}

/* Cuckoo hashing (Pagh and Rodler 2004): who finds both slots taken pushes one out, which goes to
 * its other one. False: there is no end of it. */
static bool enter_slot(struct sieve *sieve, struct sieve_slot entered) {
    uint32_t at = sieve_first_slot(entered.tag, sieve->slot_shift);
    for (unsigned i = 0; i < PUSHES_MOST; i++) {
        struct sieve_slot pushed = sieve->slots[at];
        sieve->slots[at] = entered;
        if (pushed.tag == 0) {
            return true;
        }
        uint32_t first = sieve_first_slot(pushed.tag, sieve->slot_shift);
        at = at == first ? sieve_second_slot(pushed.tag, sieve->slot_shift) : first;
        entered = pushed;
    }
    return false;
}

/* The least table in which every window finds a slot. False: memory is out. */
static bool build_slots(struct sieve *sieve, const struct bench *bench) {
    size_t windows = 0;
    bool has_room = false;
    for (size_t i = 0; i < bench->choice_count; i++) {
        windows += is_first_of_tag(bench, i);
    }
    for (unsigned bits = bits_for(2 * windows); !has_room; bits++) {
        free(sieve->slots);
        sieve->slot_shift = 32 - bits;
        sieve->slots = bits < 32 ? calloc((size_t)1 << bits, sizeof *sieve->slots) : NULL;
        if (!sieve->slots) {
            return false;
        }
        has_room = true;
        for (size_t i = 0; has_room && i < bench->choice_count; i++) {
            has_room = !is_first_of_tag(bench, i) ||
                       enter_slot(sieve, (struct sieve_slot){bench->choices[i].tag, (uint32_t)i});
        }
    }
    return true;
}

static void enter_all(struct sieve *sieve, const struct bench *bench) {
    for (size_t i = 0; i < bench->choice_count; i++) {
        const struct choice *choice = &bench->choices[i];
        enter_bits(sieve, choice->window);
        sieve->entries[i] = entry_of(&bench->keys[choice->key], choice);
        sieve->entries[i].is_final = i + 1 == bench->choice_count || is_first_of_tag(bench, i + 1);
    }
}

static bool build_tables(struct sieve *sieve, struct bench *bench) {
    size_t count = bench->choice_count;
    if (count > 1) {
        qsort(bench->choices, count, sizeof *bench->choices, compare_choices);
    }
    sieve->row_bits = count > CHOICES_MANY ? SIEVE_ROW_BITS_MANY : SIEVE_ROW_BITS;
    sieve->rows = calloc((size_t)1 << sieve->row_bits, sizeof *sieve->rows);
    sieve->entries = calloc(count + 1, sizeof *sieve->entries);
    if (!sieve->rows || !sieve->entries || !build_slots(sieve, bench)) {
        return false;
    }
    enter_all(sieve, bench);
    return true;
}

bool sieve_build(struct sieve *sieve, const struct sieve_key *keys, uint32_t count) {
    struct bench bench = {.keys = keys};
    *sieve = (struct sieve){0};
    unsigned bits = bits_for(2 * (size_t)count);
    bench.use_shift = 32 - bits;
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
