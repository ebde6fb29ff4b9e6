/* The context-free fold in one pass, which also finds out whether context matters. The few texts
 * where it does are folded again by fold_context.c. */
#include "text/fold.h"

#include <stdlib.h>

#include "text/fold_ascii.h"
#include "text/fold_character.h"
#include "text/fold_context.h"
#include "text/fold_join.h"

#define ROOM (FOLD_LENGTH_MAX + FOLD_ZEROS)

static bool resize(void *pointer_to_pointer, size_t size) {
    void *old;
    memcpy(&old, pointer_to_pointer, sizeof old);
    void *grown = realloc(old, size);
    if (grown) {
        memcpy(pointer_to_pointer, &grown, sizeof grown);
    }
    return grown != NULL;
}

bool folder_reserve(struct folder *folder, size_t capacity) {
    if (capacity <= folder->capacity) {
        return true;
    }
    capacity += capacity / 2;
    if (capacity > SIZE_MAX / sizeof *folder->to_raw || !resize(&folder->bytes, capacity) ||
        !resize(&folder->simple, capacity) ||
        !resize(&folder->to_raw, capacity * sizeof *folder->to_raw)) {
        return false;
    }
    folder->capacity = capacity;
    return true;
}

void folder_free(struct folder *folder) {
    free(folder->bytes);
    free(folder->to_raw);
    free(folder->simple);
    free(folder->joins);
    fold_context_free(folder->composer);
    *folder = (struct folder){0};
}

/* One pass over a text: where it stands, and what it saw of neighbours that matter. */
struct pass {
    struct folder *folder;
    struct str raw;
    size_t at;
    size_t out;
    unsigned scripts; /* of the word, since its last ASCII character; bits 1 << enum entry_script */
    uint32_t last;    /* entry of the last character that was not dropped, 0 after ASCII */
    bool needs_context; /* composition, order of marks or a word that mixes scripts */
};

#define SCRIPT_BIT(script) (1u << (script) & ~1u)
#define FOREIGN_SCRIPTS (SCRIPT_BIT(SCRIPT_CYRILLIC) | SCRIPT_BIT(SCRIPT_GREEK))

/* Whether the word so far, which ends in ASCII, has a Latin letter; digits are looked through. */
static bool ends_in_latin(const char *bytes, size_t end) {
    while (end > 0 && is_ascii_digit(bytes[end - 1])) {
        end--;
    }
    return end > 0 && is_ascii_letter(bytes[end - 1]);
}

static size_t leading_digits(struct str text) {
    size_t count = 0;
    while (count < text.len && is_ascii_digit(text.ptr[count])) {
        count++;
    }
    return count;
}

static void pass_ascii(struct pass *pass) {
    struct str rest = str_slice(pass->raw, pass->at, pass->raw.len);
    size_t len = fold_ascii_mapped(rest, pass->folder->bytes + pass->out,
                                   pass->folder->to_raw + pass->out, (uint32_t)pass->at);
    size_t digits = leading_digits(str_slice(rest, 0, len));
    if (digits < len) {
        if (pass->scripts & FOREIGN_SCRIPTS && is_ascii_letter(rest.ptr[digits])) {
            pass->needs_context = true;
        }
        pass->scripts = 0;
    }
    pass->last = 0;
    pass->at += len;
    pass->out += len;
}

/* What the characters so far mean for the next one's context; kept in registers by the loop below.
 */
struct neighbours {
    unsigned scripts;
    uint32_t last;
    bool needs_context;
};

static inline void note_character(struct neighbours *state, uint32_t entry, const char *bytes,
                                  size_t out) {
    enum entry_script script = entry_script(entry);
    if (entry_class(entry) == CLASS_WORD || script != SCRIPT_OTHER) {
        if (state->scripts == 0 && ends_in_latin(bytes, out)) {
            state->scripts = SCRIPT_BIT(SCRIPT_LATIN);
        }
        state->scripts |= SCRIPT_BIT(script);
        state->needs_context |= (state->scripts & (state->scripts - 1)) != 0;
    } else {
        state->scripts = 0;
    }
    state->needs_context |= (entry & ENTRY_COMPOSES) != 0 || (entry & state->last & ENTRY_MARK);
}

/* A character of the same kind as the one before it, which is no mark, changes nothing. */
static inline bool is_news(uint32_t entry, uint32_t last) {
    const uint32_t kind = 3u << ENTRY_SCRIPT_SHIFT | 3u << ENTRY_CLASS_SHIFT;
    return ((entry ^ last) & kind) | (entry & (ENTRY_COMPOSES | ENTRY_MARK));
}

/* A single ASCII character among others, mostly the space between two words. */
static inline void note_ascii(struct neighbours *state, char byte) {
    if (is_ascii_letter(byte)) {
        state->needs_context |= (state->scripts & FOREIGN_SCRIPTS) != 0;
    }
    state->scripts = is_ascii_digit(byte) ? state->scripts : 0;
    state->last = 0;
}

static inline bool is_outside_ascii(struct str text, size_t at) {
    return at < text.len && (unsigned char)text.ptr[at] & 0x80;
}

/* Characters outside ASCII, and single ASCII characters between them, as far as the room lasts. All
 * state is local: stores through char pointers would make the compiler reload it from memory. */
static void pass_characters(struct pass *pass) {
    struct str raw = pass->raw;
    char *bytes = pass->folder->bytes;
    uint32_t *map = pass->folder->to_raw;
    size_t capacity = pass->folder->capacity;
    size_t at = pass->at;
    size_t out = pass->out;
    struct neighbours state = {pass->scripts, pass->last, pass->needs_context};
    while (at < raw.len && capacity - out >= raw.len - at + ROOM) {
        if (!((unsigned char)raw.ptr[at] & 0x80)) {
            if (!is_outside_ascii(raw, at + 1)) {
                break;
            }
            note_ascii(&state, raw.ptr[at]);
            bytes[out] = ascii_lower(raw.ptr[at]);
            map[out++] = (uint32_t)at++;
            continue;
        }
        size_t width;
        uint32_t cp = character_decode(raw, at, &width);
        uint32_t entry = table_entry(cp);
        uint32_t fold = entry & ENTRY_FOLD_MASK;
        if (fold != ENTRY_NOTHING) {
            if (is_news(entry, state.last)) {
                note_character(&state, entry, bytes, out);
            }
            state.last = entry;
            map[out] = map[out + 1] = map[out + 2] = map[out + 3] = (uint32_t)at;
            size_t len = character_fold(cp, entry, bytes + out);
            for (size_t i = 4; i < len; i++) {
                map[out + i] = (uint32_t)at;
            }
            out += len;
        }
        at += width;
    }
    pass->at = at;
    pass->out = out;
    pass->scripts = state.scripts;
    pass->last = state.last;
    pass->needs_context = state.needs_context;
}

static void end_text(char *bytes, size_t len) {
    memset(bytes + len, 0, FOLD_ZEROS);
}

static bool fold_mixed(struct folder *folder, struct str raw, struct folded *folded) {
    struct pass pass = {.folder = folder, .raw = raw};
    while (pass.at < raw.len) {
        if (!folder_reserve(folder, pass.out + raw.len - pass.at + ROOM)) {
            return false;
        }
        pass_characters(&pass);
        if (pass.at < raw.len && !((unsigned char)raw.ptr[pass.at] & 0x80)) {
            pass_ascii(&pass);
        }
    }
    end_text(folder->bytes, pass.out);
    size_t len = pass.out;
    struct str simple = {folder->bytes, len};
    if (pass.needs_context) {
        /* The context-free fold stays in the other buffer. */
        char *other = folder->simple;
        folder->simple = folder->bytes;
        folder->bytes = other;
        if (!fold_context(folder, raw, &len)) {
            return false;
        }
        end_text(folder->bytes, len);
        simple.ptr = folder->simple; /* it may have been moved */
    }
    folder->to_raw[len] = (uint32_t)raw.len;
    struct str text = {folder->bytes, len};
    *folded = (struct folded){
        .text = text, .to_raw = folder->to_raw, .simple = str_equal(text, simple) ? text : simple};
    return fold_join(folder, folded);
}

bool fold_text(struct folder *folder, struct str raw, struct folded *folded) {
    if (raw.len >= UINT32_MAX || !folder_reserve(folder, raw.len + ROOM)) {
        return false;
    }
    if (fold_ascii(raw, folder->bytes) < raw.len) {
        return fold_mixed(folder, raw, folded);
    }
    end_text(folder->bytes, raw.len);
    struct str text = {folder->bytes, raw.len};
    *folded = (struct folded){.text = text, .simple = text, .is_ascii = true};
    return fold_join(folder, folded);
}

size_t fold_simple(struct str raw, char *out) {
    char fold[FOLD_LENGTH_MAX];
    size_t len = 0;
    size_t at = 0;
    while (at < raw.len) {
        size_t width;
        uint32_t cp = utf8_decode(raw, at, &width);
        /* By way of a copy: character_fold may write past the end of what it returns. */
        size_t count = character_fold(cp, table_entry(cp), fold);
        memcpy(out + len, fold, count);
        len += count;
        at += width;
    }
    return len;
}

/* End of the raw character at `at` with the marks and dropped characters that belong to it. */
static size_t character_end(struct str raw, size_t at, size_t limit) {
    size_t width;
    utf8_decode(raw, at, &width);
    size_t end = at + width;
    size_t next = end;
    while (next < limit) {
        uint32_t entry = table_entry(utf8_decode(raw, next, &width));
        next += width;
        if (entry & (ENTRY_MARK | ENTRY_COMPOSES)) {
            end = next;
        } else if ((entry & ENTRY_FOLD_MASK) != ENTRY_NOTHING) {
            break;
        }
    }
    return end;
}

void folded_span(const struct folded *folded, struct str raw, size_t from, size_t to, size_t *start,
                 size_t *end) {
    to = to < folded->text.len ? to : folded->text.len;
    from = from < to ? from : to;
    if (!folded->to_raw) {
        *start = from;
        *end = to;
        return;
    }
    *start = folded->to_raw[from];
    if (from == to) {
        *end = *start;
        return;
    }
    /* The first folded byte after the span that comes from another raw character ends the search
     * for marks, so that a span never takes what belongs to the next character. */
    uint32_t last = folded->to_raw[to - 1];
    size_t next = to;
    while (next < folded->text.len && folded->to_raw[next] == last) {
        next++;
    }
    *end = character_end(raw, last, folded->to_raw[next]);
}
