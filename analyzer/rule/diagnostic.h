/* Diagnostics in the manner of the best compilers: stable code, file:line:column, source line, caret
 * run, second place, nearest name, fix. Collected, sorted by place, all shown in one run. */
#ifndef HEARSAY_RULE_DIAGNOSTIC_H
#define HEARSAY_RULE_DIAGNOSTIC_H

#include "base/arena.h"
#include "base/buffer.h"
#include "rule/ast.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct diagnostic {
    const char *code; /* "E014"; a constant, one per kind of mistake, listed in rule/codes.c */
    enum severity severity;
    struct place place;
    struct str message;
    struct str label;       /* at the carets, may be empty */
    bool has_second;
    struct place second;    /* "declared here" */
    struct str second_label;
    struct str help;        /* "did you mean `near`?", may be empty */
};

struct diagnostics {
    struct arena arena;
    struct diagnostic *items;
    size_t count;
    size_t capacity;
    size_t error_count;
    bool failed; /* memory ran out while collecting */
};

/* Adds one; the message is formatted into the arena. Returns it so that label, help and second place
 * can be filled in, or NULL when memory is out. */
__attribute__((format(printf, 5, 6))) struct diagnostic *
diagnostics_add(struct diagnostics *diagnostics, const char *code, enum severity severity,
                struct place place, const char *format, ...);

/* Renders one as text. `files` as in struct ast. */
bool diagnostic_render(const struct diagnostic *diagnostic, const struct source_file *files,
                       uint32_t file_count, bool colour, struct buffer *out);
void diagnostics_sort(struct diagnostics *diagnostics);
void diagnostics_free(struct diagnostics *diagnostics);

/* The candidate nearest to `name` by edit distance, if near enough to suggest (at most a third of its
 * length), else empty. */
struct str nearest_name(struct str name, const struct str *candidates, size_t count);

#endif
