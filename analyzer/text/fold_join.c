#include "text/fold_join.h"

#include <stdlib.h>

#include "text/fold_character.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK 16

/* ---- Is there anything to join? ---- */

static bool is_sign(char byte) {
    return byte == ' ' || byte == '.' || byte == '-' || byte == '_' || byte == '*';
}

#ifdef __SSE2__
/* Bits of the bytes that may be signs: U+0020 to U+002F and the underscore. */
static uint32_t sign_bits(__m128i block) {
    __m128i from = _mm_cmpgt_epi8(block, _mm_set1_epi8(' ' - 1));
    __m128i to = _mm_cmplt_epi8(block, _mm_set1_epi8('/' + 1));
    __m128i line = _mm_cmpeq_epi8(block, _mm_set1_epi8('_'));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_and_si128(from, to), line));
}

/* Could letters stand apart? Three signs with one character between each two, of one to three
 * bytes, is what few texts have. 16 zero bytes follow the text. */
static bool may_stand_apart(struct str text) {
    uint32_t signs = 0;   /* of this block in the upper half, of the one before in the lower */
    uint32_t outside = 0; /* the same of bytes outside of ASCII */
    for (size_t at = 0; at < text.len; at += BLOCK) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text.ptr + at));
        signs = signs >> BLOCK | sign_bits(block) << BLOCK;
        outside = outside >> BLOCK | (uint32_t)_mm_movemask_epi8(block) << BLOCK;
        /* The first of two signs that are two, three or four bytes apart. */
        uint32_t two = signs & signs >> 2 & ~(signs >> 1);
        uint32_t three = signs & signs >> 3 & outside >> 1;
        uint32_t four = signs & signs >> 4 & outside >> 1;
        uint32_t pairs = two | three | four;
        if ((two & pairs >> 2) | (three & pairs >> 3) | (four & pairs >> 4)) {
            return true;
        }
    }
    return false;
}
#else
static bool may_stand_apart(struct str text) {
    (void)text;
    return true;
}
#endif

/* ---- Runs ---- */

/* Letters, digits, marks and apostrophes: what stands beside one of them does not stand alone. */
static bool is_in_word(uint32_t cp) {
    uint32_t entry = table_entry(cp);
    return cp == '\'' || cp == 0x2019 || entry_class(entry) != CLASS_NONE ||
           entry & (ENTRY_MARK | ENTRY_COMPOSES);
}

/* A letter that could be joined with another: no digit, nothing that marks change, and of at most
 * three bytes (may_stand_apart). */
static bool is_letter(uint32_t cp, uint32_t entry) {
    enum entry_class class = entry_class(entry);
    return (class == CLASS_WORD || class == CLASS_ALONE) && table_digit(cp) < 0 && cp <= 0xffff &&
           !(entry & (ENTRY_MARK | ENTRY_COMPOSES));
}

/* Reads the letter at `at` that stands alone: neither a letter nor a mark follows. Returns its
 * width and the kind of letter, by which letters of a run are alike; 0: there is none. */
static size_t read_single(struct str text, size_t at, uint32_t *kind) {
    size_t width;
    if (at >= text.len) {
        return 0;
    }
    uint32_t cp = character_decode(text, at, &width);
    uint32_t entry = table_entry(cp);
    if (!is_letter(cp, entry)) {
        return 0;
    }
    if (at + width < text.len) {
        size_t next;
        if (is_in_word(character_decode(text, at + width, &next))) {
            return 0;
        }
    }
    *kind = entry & (3u << ENTRY_SCRIPT_SHIFT | 3u << ENTRY_CLASS_SHIFT);
    return width;
}

/* End of the run of single letters that begins at `at`; `at` itself if they are too few. */
static size_t run_end(struct str text, size_t at) {
    uint32_t kind;
    uint32_t other;
    size_t width = read_single(text, at, &kind);
    size_t end = at + width;
    uint32_t count = width > 0;
    if (count == 0 || end >= text.len || !is_sign(text.ptr[end])) {
        return at;
    }
    char sign = text.ptr[end];
    while (end < text.len && text.ptr[end] == sign) {
        width = read_single(text, end + 1, &other);
        if (width == 0 || other != kind) {
            break;
        }
        end += 1 + width;
        count++;
    }
    return count >= JOIN_LEAST ? end : at;
}

/* ---- Joining ---- */

static bool add_join(struct folder *folder, size_t count, size_t from, size_t to) {
    if (count == folder->join_capacity) {
        size_t capacity = count > 0 ? count * 2 : 8;
        struct join *joins = realloc(folder->joins, capacity * sizeof *joins);
        if (!joins) {
            return false;
        }
        folder->joins = joins;
        folder->join_capacity = capacity;
    }
    folder->joins[count] = (struct join){(uint32_t)from, (uint32_t)to};
    return true;
}

/* Moves bytes [from, to) to `out`, without signs where they are a run; returns the end. */
static size_t move(struct folder *folder, size_t from, size_t to, size_t out, bool is_run) {
    for (size_t i = from; i < to; i++) {
        if (!is_run || !is_sign(folder->bytes[i])) {
            folder->bytes[out] = folder->bytes[i];
            folder->to_raw[out++] = folder->to_raw[i];
        }
    }
    return out;
}

static bool join_runs(struct folder *folder, struct folded *folded) {
    struct str text = folded->text;
    bool is_in = false; /* in a word: no single letter begins here */
    size_t out = 0;
    size_t count = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = is_in ? at : run_end(text, at);
        bool is_run = end > at;
        if (is_run && !add_join(folder, count++, out, 0)) {
            return false;
        }
        if (!is_run) {
            size_t width;
            is_in = is_in_word(character_decode(text, at, &width));
            end = at + width;
        }
        out = move(folder, at, end, out, is_run);
        if (is_run) {
            folder->joins[count - 1].to = (uint32_t)out;
            is_in = true;
        }
        at = end;
    }
    folder->to_raw[out] = folder->to_raw[text.len];
    folded->text.len = out;
    folded->joins = folder->joins;
    folded->join_count = count;
    return true;
}

/* A first run shows that there is something to join. */
static bool has_run(struct str text) {
    bool is_in = false;
    for (size_t at = 0; at < text.len;) {
        size_t width;
        if (!is_in && run_end(text, at) > at) {
            return true;
        }
        is_in = is_in_word(character_decode(text, at, &width));
        at += width;
    }
    return false;
}

bool fold_join(struct folder *folder, struct folded *folded) {
    struct str text = folded->text;
    if (!may_stand_apart(text) || !has_run(text)) {
        return true;
    }
    if (!folded->to_raw) {
        for (size_t i = 0; i <= text.len; i++) {
            folder->to_raw[i] = (uint32_t)i;
        }
        folded->to_raw = folder->to_raw;
    }
    if (folded->simple.ptr == text.ptr) {
        memcpy(folder->simple, text.ptr, text.len + FOLD_ZEROS);
        folded->simple.ptr = folder->simple;
    }
    if (!join_runs(folder, folded)) {
        return false;
    }
    memset(folder->bytes + folded->text.len, 0, FOLD_ZEROS);
    return true;
}

/* The first join that ends after `at`; its index is join_count if there is none. */
static size_t join_ending_after(const struct folded *folded, size_t at) {
    size_t low = 0;
    size_t high = folded->join_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (folded->joins[middle].to <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool folded_is_inside_join(const struct folded *folded, size_t at) {
    size_t join = join_ending_after(folded, at);
    return join < folded->join_count && folded->joins[join].from < at;
}

bool folded_has_join(const struct folded *folded, size_t from, size_t to) {
    size_t join = join_ending_after(folded, from);
    return join < folded->join_count && folded->joins[join].from < to;
}
