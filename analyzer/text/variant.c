#include "text/variant.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/tables.h"

#define WORD_MOST 64u /* letters changed as one word; the rest of a longer run is another */

struct word {
    uint32_t letters[WORD_MOST];
    uint32_t count;
};

struct maker {
    struct buffer *out;
    uint64_t random;
    bool has_changed; /* a word of this text, for kinds that change some */
};

/* splitmix64 (Steele, Lea and Flood 2014). Below `limit`; the bias of the remainder is no matter.
 */
static uint32_t draw(struct maker *maker, uint32_t limit) {
    uint64_t x = (maker->random += 0x9E3779B97F4A7C15u);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    x ^= x >> 31;
    return (uint32_t)(x % limit);
}

static void put(struct maker *maker, uint32_t cp) {
    char bytes[4];
    buffer_append(maker->out, bytes, utf8_encode(cp, bytes));
}

static void put_all(struct maker *maker, const struct word *word) {
    for (uint32_t i = 0; i < word->count; i++) {
        put(maker, word->letters[i]);
    }
}

/* A replacement for each letter that has one (else 0): those drawn are written, one at least of
 * `able`. */
static void put_drawn(struct maker *maker, const struct word *word, const uint32_t *others,
                      uint32_t able) {
    bool drawn[WORD_MOST] = {false};
    uint32_t count = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        drawn[i] = others[i] != 0 && draw(maker, 2) == 0;
        count += drawn[i];
    }
    uint32_t chosen = count == 0 && able > 0 ? draw(maker, able) : WORD_MOST;
    for (uint32_t i = 0; i < word->count; i++) {
        bool is_chosen = others[i] != 0 && chosen-- == 0;
        put(maker, drawn[i] || is_chosen ? others[i] : word->letters[i]);
    }
}

/* ---- Kinds ---- */

static uint32_t other_case(uint32_t cp) {
    bool is_ascii_letter = (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    if (is_ascii_letter) {
        return cp ^ 0x20;
    }
    if (cp >= 0x410 && cp < 0x430) {
        return cp + 0x20;
    }
    if (cp >= 0x430 && cp < 0x450) {
        return cp - 0x20;
    }
    if (cp >= 0x400 && cp < 0x410) {
        return cp + 0x50;
    }
    return cp >= 0x450 && cp < 0x460 ? cp - 0x50 : 0;
}

static void write_case(struct maker *maker, const struct word *word) {
    uint32_t others[WORD_MOST];
    uint32_t able = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        others[i] = other_case(word->letters[i]);
        able += others[i] != 0;
    }
    put_drawn(maker, word, others, able);
}

static void write_full_width(struct maker *maker, const struct word *word) {
    for (uint32_t i = 0; i < word->count; i++) {
        uint32_t cp = word->letters[i];
        put(maker, cp < 0x80 ? cp + 0xFEE0 : cp);
    }
}

/* One of the signs between letters, each place with a chance of 1/3. */
static void write_between(struct maker *maker, const struct word *word, const uint32_t *signs,
                          uint32_t sign_count) {
    bool has_sign = false;
    put(maker, word->letters[0]);
    for (uint32_t i = 1; i < word->count; i++) {
        bool is_last_chance = i + 1 == word->count && !has_sign;
        if (draw(maker, 3) == 0 || is_last_chance) {
            put(maker, signs[draw(maker, sign_count)]);
            has_sign = true;
        }
        put(maker, word->letters[i]);
    }
}

static void write_zero_width(struct maker *maker, const struct word *word) {
    static const uint32_t signs[] = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF};
    write_between(maker, word, signs, 5);
}

static void write_soft_hyphen(struct maker *maker, const struct word *word) {
    static const uint32_t sign = 0xAD;
    write_between(maker, word, &sign, 1);
}

static const struct look_alike *look_alikes_of(uint32_t cp) {
    for (size_t i = 0; i < table_look_alike_count; i++) {
        if (table_look_alikes[i].letter == cp) {
            return &table_look_alikes[i];
        }
    }
    return NULL;
}

/* A letter of another script of which this one is the look-alike too (nu is like v, though the
 * table has it for n); 0: none. */
static uint32_t look_alike(uint32_t cp) {
    const struct look_alike *row = look_alikes_of(cp);
    for (int script = SCRIPT_LATIN; row && script <= SCRIPT_GREEK; script++) {
        uint32_t other = row->as[script];
        const struct look_alike *back = other != cp ? look_alikes_of(other) : NULL;
        if (back && back->as[entry_script(table_entry(cp))] == cp) {
            return other;
        }
    }
    return 0;
}

static uint32_t find_look_alikes(const struct word *word, uint32_t *others) {
    uint32_t able = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        others[i] = look_alike(word->letters[i]);
        able += others[i] != 0;
    }
    return able;
}

static void write_homoglyph(struct maker *maker, const struct word *word) {
    uint32_t others[WORD_MOST];
    uint32_t able = find_look_alikes(word, others);
    uint32_t chosen = able > 0 ? draw(maker, able) : WORD_MOST;
    for (uint32_t i = 0; i < word->count; i++) {
        bool is_chosen = others[i] != 0 && chosen-- == 0;
        put(maker, is_chosen ? others[i] : word->letters[i]);
    }
}

static void write_mixed_script(struct maker *maker, const struct word *word) {
    uint32_t others[WORD_MOST];
    uint32_t able = find_look_alikes(word, others);
    put_drawn(maker, word, others, able);
}

/* A digit or sign that stands for the letter; 0: none. */
static uint32_t leet_sign(struct maker *maker, uint32_t cp) {
    static const struct {
        char letter;
        char signs[3];
    } table[] = {{'a', "4@"}, {'b', "8"}, {'e', "3"},  {'g', "9"}, {'i', "1!"},
                 {'l', "1"},  {'o', "0"}, {'s', "5$"}, {'t', "7"}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if ((cp | 0x20) == (uint32_t)table[i].letter && cp < 0x80) {
            return (uint32_t)table[i].signs[draw(maker, (uint32_t)strlen(table[i].signs))];
        }
    }
    return 0;
}

/* The first letter stays in a word of which all could go, or the word would be a number. */
static void write_leet(struct maker *maker, const struct word *word) {
    uint32_t others[WORD_MOST];
    uint32_t able = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        others[i] = leet_sign(maker, word->letters[i]);
        able += others[i] != 0;
    }
    if (able == word->count) {
        others[0] = 0;
        able--;
    }
    put_drawn(maker, word, others, able);
}

static void write_spaced(struct maker *maker, const struct word *word) {
    /* The first word is always taken, so that one is. */
    if (maker->has_changed && draw(maker, 2) == 0) {
        put_all(maker, word);
        return;
    }
    for (uint32_t i = 0; i < word->count; i++) {
        if (i > 0) {
            put(maker, ' ');
        }
        put(maker, word->letters[i]);
    }
}

typedef void write_word(struct maker *maker, const struct word *word);

static const struct {
    const char *name;
    write_word *write;
} kinds[VARIANT_COUNT] = {
    [VARIANT_CASE] = {"case", write_case},
    [VARIANT_FULL_WIDTH] = {"full width", write_full_width},
    [VARIANT_ZERO_WIDTH] = {"zero width", write_zero_width},
    [VARIANT_SOFT_HYPHEN] = {"soft hyphen", write_soft_hyphen},
    [VARIANT_HOMOGLYPH] = {"homoglyph", write_homoglyph},
    [VARIANT_MIXED_SCRIPT] = {"mixed script", write_mixed_script},
    [VARIANT_LEET] = {"leet", write_leet},
    [VARIANT_SPACED] = {"spaced", write_spaced},
};

const char *variant_name(enum variant_kind kind) {
    return kind < VARIANT_COUNT ? kinds[kind].name : "";
}

/* ---- Words of a text ---- */

/* A letter; *is_alone: of a script without spaces. */
static bool is_letter(uint32_t cp, bool *is_alone) {
    uint32_t entry = table_entry(cp);
    enum entry_class class = entry_class(entry);
    *is_alone = class == CLASS_ALONE;
    bool is_mark = entry & (ENTRY_MARK | ENTRY_COMPOSES);
    return (class == CLASS_WORD || class == CLASS_ALONE) && !is_mark && table_digit(cp) < 0;
}

static bool begins_name(struct str rest) {
    return str_starts_with(rest, STR("http://")) || str_starts_with(rest, STR("https://")) ||
           str_starts_with(rest, STR("www.")) || str_starts_with(rest, STR("@")) ||
           str_starts_with(rest, STR("#"));
}

static size_t end_of_token(struct str text, size_t at) {
    while (at < text.len && (unsigned char)text.ptr[at] > ' ') {
        at++;
    }
    return at;
}

/* Reads letters from `at` on; returns the byte after them. */
static size_t read_word(struct str text, size_t at, struct word *word, bool *is_alone) {
    word->count = 0;
    while (at < text.len && word->count < WORD_MOST) {
        size_t width;
        bool alone;
        uint32_t cp = utf8_decode(text, at, &width);
        if (!is_letter(cp, &alone) || (word->count > 0 && alone != *is_alone)) {
            return at;
        }
        *is_alone = alone;
        word->letters[word->count++] = cp;
        at += width;
    }
    return at;
}

bool variant_append(struct str text, enum variant_kind kind, uint64_t seed, struct buffer *out) {
    struct maker maker = {.out = out,
                          .random = hash64(text) ^ (seed * VARIANT_COUNT + (uint64_t)kind)};
    struct word word;
    bool begins_token = true;
    for (size_t at = 0; at < text.len;) {
        struct str rest = str_slice(text, at, text.len);
        size_t end = begins_token && begins_name(rest) ? end_of_token(text, at) : at;
        bool is_alone = false;
        bool is_name = end > at;
        end = is_name ? end : read_word(text, at, &word, &is_alone);
        if (end == at) {
            size_t width;
            utf8_decode(text, at, &width);
            end = at + width;
            word.count = 0;
        }
        if (!is_name && word.count >= (is_alone ? 2 : VARIANT_WORD_LEAST)) {
            kinds[kind].write(&maker, &word);
            maker.has_changed = true;
        } else {
            buffer_append_str(out, str_slice(text, at, end));
        }
        begins_token = (unsigned char)text.ptr[end - 1] <= ' ';
        at = end;
    }
    return !out->failed;
}
