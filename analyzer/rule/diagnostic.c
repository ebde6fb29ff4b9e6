#include "rule/diagnostic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool grow(struct diagnostics *diagnostics) {
    if (diagnostics->count < diagnostics->capacity) {
        return true;
    }
    size_t capacity = diagnostics->capacity ? diagnostics->capacity * 2 : 16;
    struct diagnostic *items = realloc(diagnostics->items, capacity * sizeof *items);
    if (!items) {
        return false;
    }
    diagnostics->items = items;
    diagnostics->capacity = capacity;
    return true;
}

static bool format_text(struct arena *arena, const char *format, va_list arguments,
                        struct str *text) {
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *bytes = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (!bytes) {
        return false;
    }
    vsnprintf(bytes, (size_t)len + 1, format, arguments);
    *text = (struct str){bytes, (size_t)len};
    return true;
}

struct diagnostic *diagnostics_add(struct diagnostics *diagnostics, const char *code,
                                   enum severity severity, struct place place, const char *format,
                                   ...) {
    size_t *counter =
        severity == SEVERITY_ERROR ? &diagnostics->error_count : &diagnostics->warning_count;
    if (++*counter > DIAGNOSTICS_KEPT) {
        return NULL;
    }
    struct diagnostic diagnostic = {.code = code, .severity = severity, .place = place};
    va_list arguments;
    va_start(arguments, format);
    bool is_formatted = format_text(&diagnostics->arena, format, arguments, &diagnostic.message);
    va_end(arguments);
    if (!is_formatted || !grow(diagnostics)) {
        diagnostics->failed = true;
        return NULL;
    }
    diagnostics->items[diagnostics->count] = diagnostic;
    return &diagnostics->items[diagnostics->count++];
}

struct str diagnostics_text(struct diagnostics *diagnostics, const char *format, ...) {
    struct str text = STR_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    if (!format_text(&diagnostics->arena, format, arguments, &text)) {
        diagnostics->failed = true;
    }
    va_end(arguments);
    return text;
}

static bool comes_after(const struct diagnostic *a, const struct diagnostic *b) {
    if (a->place.file != b->place.file) {
        return a->place.file > b->place.file;
    }
    return a->place.start > b->place.start;
}

/* Insertion sort: stable, and there are at most 2 * DIAGNOSTICS_KEPT. */
void diagnostics_sort(struct diagnostics *diagnostics) {
    for (size_t i = 1; i < diagnostics->count; i++) {
        struct diagnostic moved = diagnostics->items[i];
        size_t at = i;
        while (at > 0 && comes_after(&diagnostics->items[at - 1], &moved)) {
            diagnostics->items[at] = diagnostics->items[at - 1];
            at--;
        }
        diagnostics->items[at] = moved;
    }
}

void diagnostics_free(struct diagnostics *diagnostics) {
    arena_free(&diagnostics->arena);
    free(diagnostics->items);
    *diagnostics = (struct diagnostics){0};
}
