/* The context-free fold in one pass, which also finds out whether context matters. The few texts
 * where it does are folded again by fold_context.c. */
#include "text/fold.h"

#include <stdlib.h>

#include "text/fold_ascii.h"
#include "text/fold_character.h"
#include "text/fold_context.h"

#define ZEROS 16 /* readable bytes after a folded text */
#define ROOM (FOLD_LENGTH_MAX + ZEROS)

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
    unsigned foreign = SCRIPT_BIT(SCRIPT_CYRILLIC) | SCRIPT_BIT(SCRIPT_GREEK);
    struct str rest = str_slice(pass->raw, pass->at, pass->raw.len);
    size_t len = fold_ascii_mapped(rest, pass->folder->bytes + pass->out,
                                   pass->folder->to_raw + pass->out, (uint32_t)pass->at);
    size_t digits = leading_digits(str_slice(rest, 0, len));
    if (digits < len) {
        if (pass->scripts & foreign && is_ascii_letter(rest.ptr[digits])) {
            pass->needs_context = true;
        }
        pass->scripts = 0;
    }
    pass->last = 0;
    pass->at += len;
    pass->out += len;
}

/* Takes note of what the character and its neighbours before it mean for the context. */
static inline void pass_note(struct pass *pass, uint32_t entry) {
    enum entry_script script = entry_script(entry);
    if (entry_class(entry) == CLASS_WORD || script != SCRIPT_OTHER) {
        if (pass->scripts == 0 && ends_in_latin(pass->folder->bytes, pass->out)) {
            pass->scripts = SCRIPT_BIT(SCRIPT_LATIN);
        }
        pass->scripts |= SCRIPT_BIT(script);
        if (pass->scripts & (pass->scripts - 1)) {
            pass->needs_context = true;
        }
    } else {
        pass->scripts = 0;
    }
    if (entry & ENTRY_COMPOSES || (entry & pass->last & ENTRY_MARK)) {
        pass->needs_context = true;
    }
    pass->last = entry;
}

static inline bool pass_character(struct pass *pass) {
    struct folder *folder = pass->folder;
    if (folder->capacity - pass->out < pass->raw.len - pass->at + ROOM &&
        !folder_reserve(folder, pass->out + pass->raw.len - pass->at + ROOM)) {
        return false;
    }
    size_t width;
    uint32_t cp = character_decode(pass->raw, pass->at, &width);
    uint32_t entry = table_entry(cp);
    if ((entry & ENTRY_FOLD_MASK) != ENTRY_NOTHING) {
        pass_note(pass, entry);
        size_t len = character_fold(cp, entry, folder->bytes + pass->out);
        uint32_t *map = folder->to_raw + pass->out;
        map[0] = map[1] = map[2] = map[3] = (uint32_t)pass->at;
        for (size_t i = 4; i < len; i++) {
            map[i] = (uint32_t)pass->at;
        }
        pass->out += len;
    }
    pass->at += width;
    return true;
}

static void end_text(char *bytes, size_t len) {
    memset(bytes + len, 0, ZEROS);
}

static bool fold_mixed(struct folder *folder, struct str raw, struct folded *folded) {
    struct pass pass = {.folder = folder, .raw = raw};
    while (pass.at < raw.len) {
        if (!((unsigned char)raw.ptr[pass.at] & 0x80)) {
            pass_ascii(&pass);
        } else if (!pass_character(&pass)) {
            return false;
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
    *folded = (struct folded){text, folder->to_raw, str_equal(text, simple) ? text : simple, false};
    return true;
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
    *folded = (struct folded){text, NULL, text, true};
    return true;
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
