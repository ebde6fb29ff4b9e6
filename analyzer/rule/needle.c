#include "rule/needle.h"

#include "rule/builder.h"
#include "rule/literals.h"
#include "text/fold.h"
#include "text/token.h"

#define WORD_MOST 1024u

/* ---- Matching ---- */

/* ASCII bytes decide alone; calls are for the rest. */
static bool is_ascii_word(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           (byte >= 'A' && byte <= 'Z');
}

static bool has_word_before(struct str text, size_t at) {
    if (at == 0) {
        return false;
    }
    unsigned char byte = (unsigned char)text.ptr[at - 1];
    return byte < 0x80 ? is_ascii_word(byte) : is_word_before(text, at);
}

static bool has_word_at(struct str text, size_t at) {
    if (at >= text.len) {
        return false;
    }
    unsigned char byte = (unsigned char)text.ptr[at];
    return byte < 0x80 ? is_ascii_word(byte) : is_word_at(text, at);
}

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* "leak*" and "*ware" take in the rest of their word, up to WORD_MOST bytes of it: no word is
 * longer, but a hostile text can be one. Cuts no character. */
static void extend_to_word(const struct needle *needle, struct str text, size_t *start,
                           size_t *end) {
    size_t first = *start;
    size_t last = *end;
    while (needle->extends_start && first - *start < WORD_MOST && has_word_before(text, *start)) {
        do {
            (*start)--;
        } while (*start > 0 && is_continuation(text.ptr[*start]));
    }
    while (needle->extends_end && *end - last < WORD_MOST && has_word_at(text, *end)) {
        do {
            (*end)++;
        } while (*end < text.len && is_continuation(text.ptr[*end]));
    }
}

/* A word may end unseen among joined letters; short needles would be found in them by chance. */
static bool ends_unseen(const struct needle *needle, const struct needle_view *view, size_t at) {
    size_t characters = 0;
    if (!view->folded || !folded_is_inside_join(view->folded, at)) {
        return false;
    }
    for (size_t i = 0; i < needle->text.len; i++) {
        characters += !is_continuation(needle->text.ptr[i]);
    }
    return characters >= NEEDLE_JOINED_LEAST;
}

static bool settle(const struct needle *needle, const struct needle_view *view, size_t *start,
                   size_t *end) {
    struct str text = view->text;
    if ((needle->bounds_start && has_word_before(text, *start) &&
         !ends_unseen(needle, view, *start)) ||
        (needle->bounds_end && has_word_at(text, *end) && !ends_unseen(needle, view, *end))) {
        return false;
    }
    extend_to_word(needle, text, start, end);
    return !needle->is_apart || (view->folded && folded_has_join(view->folded, *start, *end));
}

/* Compares needle bytes with the text from `at` on; a blank stands for a run of white space. */
static bool match_forward(struct str needle, struct str text, size_t at, size_t *end) {
    for (size_t i = 0; i < needle.len; i++) {
        if (at >= text.len) {
            return false;
        }
        if (needle.ptr[i] != ' ') {
            if (text.ptr[at++] != needle.ptr[i]) {
                return false;
            }
            continue;
        }
        size_t run = at;
        while (run < text.len && sieve_is_space((unsigned char)text.ptr[run])) {
            run++;
        }
        if (run == at) {
            return false;
        }
        at = run;
    }
    *end = at;
    return true;
}

/* The same before `at`, from the needle's last byte back. */
static bool match_backward(struct str needle, struct str text, size_t at, size_t *start) {
    for (size_t i = needle.len; i > 0; i--) {
        if (at == 0) {
            return false;
        }
        if (needle.ptr[i - 1] != ' ') {
            if (text.ptr[--at] != needle.ptr[i - 1]) {
                return false;
            }
            continue;
        }
        size_t run = at;
        while (run > 0 && sieve_is_space((unsigned char)text.ptr[run - 1])) {
            run--;
        }
        if (run == at) {
            return false;
        }
        at = run;
    }
    *start = at;
    return true;
}

static bool match_around(const struct needle *needle, struct str view, size_t offset, size_t at,
                         size_t *start, size_t *end) {
    if (needle->text.ptr[offset] == ' ') {
        while (at > 0 && sieve_is_space((unsigned char)view.ptr[at - 1])) {
            at--;
        }
    }
    return match_forward(str_slice(needle->text, offset, needle->text.len), view, at, end) &&
           match_backward(str_slice(needle->text, 0, offset), view, at, start);
}

bool needle_at(const struct needle *needle, const struct needle_view *view, size_t offset,
               size_t at, size_t *start, size_t *end) {
    size_t from;
    size_t to;
    if (!match_around(needle, view->text, offset, at, &from, &to) ||
        !settle(needle, view, &from, &to)) {
        return false;
    }
    *start = from;
    *end = to;
    return true;
}

bool needle_is_candidate(const struct needle *needle, struct str view, size_t offset, size_t at) {
    size_t start;
    size_t end;
    return match_around(needle, view, offset, at, &start, &end);
}

bool needle_next(const struct needle *needle, const struct needle_view *view, size_t *from,
                 size_t *start, size_t *end) {
    while (*from < view->text.len && needle->text.len > 0) {
        *start = (*from)++;
        if (match_forward(needle->text, view->text, *start, end) &&
            settle(needle, view, start, end)) {
            return true;
        }
    }
    return false;
}

bool needle_next_raw(const struct needle *needle, struct str raw, size_t *from, size_t *start,
                     size_t *end) {
    const struct needle_view view = {raw, NULL};
    for (;;) {
        *start = needle->raw.len > 0 ? str_find(raw, needle->raw, *from) : STR_NOT_FOUND;
        if (*start == STR_NOT_FOUND) {
            *from = raw.len;
            return false;
        }
        *from = *start + 1;
        *end = *start + needle->raw.len;
        if (settle(needle, &view, start, end)) {
            return true;
        }
    }
}

/* ---- Compiling ---- */

/* Runs of ASCII white space become one blank; none at the ends. In place. */
static size_t collapse(char *bytes, size_t len) {
    size_t out = 0;
    for (size_t i = 0; i < len; i++) {
        if (!sieve_is_space((unsigned char)bytes[i])) {
            bytes[out++] = bytes[i];
        } else if (out > 0 && bytes[out - 1] != ' ') {
            bytes[out++] = ' ';
        }
    }
    return out > 0 && bytes[out - 1] == ' ' ? out - 1 : out;
}

static bool collapsed_copy(struct arena *arena, struct str text, struct str *copy) {
    char *bytes = arena_alloc(arena, text.len + 1);
    if (!bytes) {
        return false;
    }
    if (text.len > 0) {
        memcpy(bytes, text.ptr, text.len);
    }
    *copy = (struct str){bytes, collapse(bytes, text.len)};
    return true;
}

/* The fold that a literal is compared in: the whole fold for folded terms, the context-free one as
 * the candidate of a raw one. *is_apart: letters of it were written apart and are joined now. */
static bool fold_literal(struct builder *builder, struct str text, bool fold, struct str *folded,
                         bool *is_apart) {
    *is_apart = false;
    if (!fold) {
        char *bytes = arena_alloc(&builder->scratch, 18 * text.len + 1);
        *folded = (struct str){bytes, bytes ? fold_simple(text, bytes) : 0};
        return bytes != NULL;
    }
    struct folder folder = {0};
    struct folded view;
    bool ok = fold_text(&folder, text, &view) && arena_copy(&builder->scratch, view.text, folded);
    *is_apart = ok && view.join_count > 0;
    folder_free(&folder);
    return ok;
}

/* Needles are equal when they are found at the same places and opened gates alike. */
static uint32_t intern(struct builder *builder, const struct needle *needle) {
    const char flags[] = {needle->is_raw,        needle->is_gate,      needle->is_folded_view,
                          needle->is_leet,       needle->bounds_start, needle->bounds_end,
                          needle->extends_start, needle->extends_end,  needle->is_apart};
    struct hearsay_rules *pack = builder->pack;
    bool is_new = false;
    buffer_clear(&builder->key);
    buffer_append(&builder->key, flags, sizeof flags);
    buffer_append_u64(&builder->key, needle->text.len);
    buffer_append_byte(&builder->key, ':');
    buffer_append_str(&builder->key, needle->text);
    if (!buffer_append_str(&builder->key, needle->raw) || builder->key.failed) {
        return RULE_NONE;
    }
    uint32_t index = map_intern(&builder->needle_ids, buffer_str(&builder->key), &is_new);
    if (index == MAP_NONE || !is_new) {
        return index;
    }
    void *items = pack->needles;
    struct needle copy = *needle;
    if (!builder_grow(builder, &items, pack->needle_count, &builder->needle_capacity,
                      sizeof copy) ||
        !collapsed_copy(&pack->arena, needle->text, &copy.text)) {
        return RULE_NONE;
    }
    pack->needles = items;
    pack->needles[pack->needle_count++] = copy;
    return index;
}

uint32_t builder_literal(struct builder *builder, const struct literal *literal,
                         const struct term *term) {
    bool fold = term->fold;
    struct str folded;
    struct str text;
    bool is_apart;
    if (!fold_literal(builder, literal->text, fold, &folded, &is_apart) ||
        !collapsed_copy(&builder->scratch, folded, &text)) {
        return RULE_NONE;
    }
    struct str searched = fold ? text : literal->text;
    bool begins_word = searched.len > 0 && has_word_at(searched, 0);
    bool ends_word = searched.len > 0 && has_word_before(searched, searched.len);
    struct needle needle = {
        .text = text,
        .raw = fold ? STR_EMPTY : literal->text,
        .is_raw = !fold,
        .is_folded_view = fold,
        .is_leet = term->leet,
        .is_apart = is_apart,
        .bounds_start = begins_word && !literal->is_suffix,
        .bounds_end = ends_word && !literal->is_prefix,
        .extends_start = begins_word && literal->is_suffix,
        .extends_end = ends_word && literal->is_prefix,
    };
    return intern(builder, &needle);
}

uint32_t builder_required(struct builder *builder, struct str folded, const struct term *term) {
    struct needle needle = {.is_gate = true, .is_folded_view = term->fold, .is_leet = term->leet};
    if (!collapsed_copy(&builder->scratch, folded, &needle.text)) {
        return RULE_NONE;
    }
    return intern(builder, &needle);
}

uint32_t builder_links(struct builder *builder) {
    struct needle needle = {.is_gate = true, .raw = STR("links beside the text")};
    builder->pack->link_needle = intern(builder, &needle);
    return builder->pack->link_needle;
}

struct sieve_key needle_key(const struct needle *needle) {
    return (struct sieve_key){needle->text, needle->bounds_start && !needle->is_raw,
                              needle->bounds_end && !needle->is_raw};
}
