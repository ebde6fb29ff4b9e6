#include "phrases.h"

#include <stdio.h>

#define DEPTH_MAX 8

/* A phrase file is small, so it is read as a whole. */
static bool read_whole(const char *path, struct arena *arena, struct str *bytes) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return false;
    }
    struct buffer buffer = {0};
    char chunk[4096];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_append(&buffer, chunk, got);
    }
    bool good = !ferror(file) && !buffer.failed && arena_copy(arena, buffer_str(&buffer), bytes);
    fclose(file);
    buffer_free(&buffer);
    if (!good) {
        fprintf(stderr, "%s: cannot be read\n", path);
    }
    return good;
}

bool phrases_read(struct phrases *phrases, const char *path, struct arena *arena) {
    struct str rest;
    if (!read_whole(path, arena, &rest) || !arena_copy(arena, str_from_c(path), &phrases->file)) {
        return false;
    }
    phrases->count = 0;
    struct str section = STR_EMPTY;
    while (rest.len > 0) {
        size_t end = str_find_byte(rest, '\n', 0);
        struct str line = str_slice(rest, 0, end);
        rest = str_slice(rest, line.len + 1, rest.len);
        if (line.len == 0 || str_starts_with(line, STR("# "))) {
            continue;
        }
        if (line.ptr[0] == '[' && line.ptr[line.len - 1] == ']') {
            section = str_slice(line, 1, line.len - 1);
            continue;
        }
        if (phrases->count == PHRASES_MAX) {
            fprintf(stderr, "%s: more than %d phrases\n", path, PHRASES_MAX);
            return false;
        }
        phrases->items[phrases->count++] = (struct phrase){section, line};
    }
    return true;
}

uint32_t phrases_section(const struct phrases *phrases, struct str section) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < phrases->count; i++) {
        count += str_equal(phrases->items[i].section, section);
    }
    return count;
}

struct str phrases_at(const struct phrases *phrases, struct str section, uint32_t index) {
    uint32_t count = phrases_section(phrases, section);
    if (count == 0) {
        return STR_EMPTY;
    }
    index %= count;
    for (uint32_t i = 0; i < phrases->count; i++) {
        if (str_equal(phrases->items[i].section, section) && index-- == 0) {
            return phrases->items[i].text;
        }
    }
    return STR_EMPTY;
}

static bool append_section(const struct expansion *expansion, struct str section, int depth,
                           struct buffer *out);

static bool append_slot(const struct expansion *expansion, struct str slot, int depth,
                        struct buffer *out) {
    for (uint32_t i = 0; i < expansion->binding_count; i++) {
        if (str_is(slot, expansion->bindings[i].name)) {
            return buffer_append_str(out, expansion->bindings[i].value);
        }
    }
    return append_section(expansion, slot, depth, out);
}

static bool append_phrase(const struct expansion *expansion, struct str phrase, int depth,
                          struct buffer *out) {
    for (size_t i = 0; i < phrase.len; i++) {
        bool good;
        if (phrase.ptr[i] == '{') {
            size_t end = str_find_byte(phrase, '}', i);
            good = end != STR_NOT_FOUND &&
                   append_slot(expansion, str_slice(phrase, i + 1, end), depth + 1, out);
            i = end;
        } else if (phrase.ptr[i] == '\\' && i + 1 < phrase.len && phrase.ptr[i + 1] == 'n') {
            good = buffer_append_byte(out, '\n');
            i++;
        } else {
            good = buffer_append_byte(out, phrase.ptr[i]);
        }
        if (!good) {
            return false;
        }
    }
    return true;
}

static bool append_section(const struct expansion *expansion, struct str section, int depth,
                           struct buffer *out) {
    const struct phrases *phrases = expansion->phrases;
    uint32_t count = phrases_section(phrases, section);
    if (count == 0 || depth > DEPTH_MAX) {
        fprintf(stderr, "%.*s: [%.*s] is %s\n", (int)phrases->file.len, phrases->file.ptr,
                (int)section.len, section.ptr, count == 0 ? "missing" : "nested without end");
        return false;
    }
    uint32_t index = (uint32_t)random_below(expansion->random, count);
    return append_phrase(expansion, phrases_at(phrases, section, index), depth, out);
}

bool phrases_expand(const struct expansion *expansion, struct str section, struct buffer *out) {
    return append_section(expansion, section, 0, out);
}
