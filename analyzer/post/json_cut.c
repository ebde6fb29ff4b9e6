#include "post/json_cut.h"

static bool is_separator(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == '[' || c == ']';
}

/* One byte inside a record; true if the record ends with it. */
static bool step(struct json_cut *cut, char c) {
    if (cut->in_string) {
        if (cut->after_backslash) {
            cut->after_backslash = false;
        } else if (c == '\\') {
            cut->after_backslash = true;
        } else if (c == '"') {
            cut->in_string = false;
            return cut->depth == 0;
        }
        return false;
    }
    if (c == '"') {
        cut->in_string = true;
    } else if (c == '{' || c == '[') {
        cut->depth++;
    } else if (c == '}' || c == ']') {
        cut->depth -= cut->depth > 0;
        return cut->depth == 0;
    }
    return false;
}

bool json_cut_next(struct json_cut *cut, struct str bytes, size_t at, size_t *start, size_t *end) {
    for (; at < bytes.len; at++) {
        char c = bytes.ptr[at];
        if (!cut->in_record) {
            if (is_separator(c)) {
                continue;
            }
            cut->in_record = true;
            *start = at;
        } else if (cut->depth == 0 && !cut->in_string && is_separator(c)) {
            cut->in_record = false; /* the end of a bare token */
            *end = at;
            return true;
        }
        if (step(cut, c)) {
            *cut = (struct json_cut){0};
            *end = at + 1;
            return true;
        }
    }
    return false;
}
