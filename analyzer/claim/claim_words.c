#include "claim/claim_words.h"

#include "text/token.h"

struct pattern {
    struct str text;
    bool is_open_before; /* any beginning */
    bool is_open_after;
};

/* Takes the next word of "a;b*;c" from the list. */
static bool next_pattern(struct str *list, struct pattern *pattern) {
    if (list->len == 0) {
        return false;
    }
    size_t end = str_find_byte(*list, ';', 0);
    end = end == STR_NOT_FOUND ? list->len : end;
    struct str word = str_slice(*list, 0, end);
    *list = str_slice(*list, end + 1, list->len);
    pattern->is_open_before = word.len > 0 && word.ptr[0] == '*';
    pattern->is_open_after = word.len > 0 && word.ptr[word.len - 1] == '*';
    pattern->text = str_slice(word, pattern->is_open_before, word.len - pattern->is_open_after);
    return true;
}

/* Which runs of four bytes a text has, by 12 bits of a hash: most patterns are in no text, and this
 * turns them away without a search (measured: a tenth of the time). */
#define GRAM_BYTES 4
#define GRAM_BITS 12

struct grams {
    uint64_t bits[(1u << GRAM_BITS) / 64];
};

static uint32_t gram_at(const char *bytes) {
    uint32_t value;
    memcpy(&value, bytes, GRAM_BYTES);
    return value * 2654435761u >> (32 - GRAM_BITS); /* multiplicative hash, Knuth 6.4 */
}

static void grams_of(struct str text, struct grams *grams) {
    *grams = (struct grams){{0}};
    for (size_t i = 0; i + GRAM_BYTES <= text.len; i++) {
        uint32_t gram = gram_at(text.ptr + i);
        grams->bits[gram / 64] |= 1ull << gram % 64;
    }
}

static bool may_have(const struct grams *grams, struct str pattern) {
    uint32_t gram = pattern.len >= GRAM_BYTES ? gram_at(pattern.ptr) : 0;
    return pattern.len < GRAM_BYTES || (grams->bits[gram / 64] >> gram % 64 & 1);
}

static bool is_whole(struct str folded, const struct pattern *pattern, size_t from, size_t to) {
    bool begins =
        pattern->is_open_before || !is_word_at(folded, from) || !is_word_before(folded, from);
    bool ends = pattern->is_open_after || !is_word_before(folded, to) || !is_word_at(folded, to);
    return begins && ends;
}

static bool visit_pattern(struct str folded, const struct pattern *pattern, claim_word_visit *visit,
                          void *context) {
    size_t at = pattern->text.len > 0 ? str_find(folded, pattern->text, 0) : STR_NOT_FOUND;
    while (at != STR_NOT_FOUND) {
        size_t end = at + pattern->text.len;
        if (is_whole(folded, pattern, at, end) && !visit(context, at, end)) {
            return false;
        }
        at = str_find(folded, pattern->text, end);
    }
    return true;
}

void claim_words_visit(struct str folded, enum claim_word_kind kind, claim_word_visit *visit,
                       void *context) {
    struct grams grams;
    grams_of(folded, &grams);
    for (size_t i = 0; i < claim_word_row_count; i++) {
        struct str list = str_from_c(claim_word_rows[i].words);
        struct pattern pattern;
        while (claim_word_rows[i].kind == kind && next_pattern(&list, &pattern)) {
            if (may_have(&grams, pattern.text) &&
                !visit_pattern(folded, &pattern, visit, context)) {
                return;
            }
        }
    }
}

static bool count(void *context, size_t from, size_t to) {
    uint16_t *places = context;
    (void)from;
    (void)to;
    *places += *places < UINT16_MAX;
    return true;
}

uint16_t claim_words_count(struct str folded, enum claim_word_kind kind) {
    uint16_t places = 0;
    claim_words_visit(folded, kind, count, &places);
    return places;
}
