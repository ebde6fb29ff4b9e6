/* Diagnostics in the manner of the best compilers: stable code, file:line:column, source line,
 * caret run, second place, nearest name, fix. Collected, sorted by place, all shown in one run. */
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
    struct str label; /* at the carets, may be empty */
    bool has_second;
    struct place second; /* "declared here" */
    struct str second_label;
    const struct place *chain; /* steps that lead here, in order; their source is shown */
    uint32_t chain_count;
    struct str chain_title;
    struct str help; /* "did you mean `near`?", may be empty */
};

/* At most this many errors and this many warnings are kept; the rest is only counted. */
#define DIAGNOSTICS_KEPT 100

struct diagnostics {
    struct arena arena;
    struct diagnostic *items;
    size_t count;
    size_t capacity;
    size_t error_count;   /* all, kept or not */
    size_t warning_count; /* all, kept or not */
    bool failed;          /* memory ran out while collecting */
};

/* Adds one; the message is formatted into the arena. Returns it, valid until the next call, so that
 * label, help and second place can be filled in, or NULL when it is not kept (too many, or memory
 * is out). */
__attribute__((format(printf, 5, 6))) struct diagnostic *
diagnostics_add(struct diagnostics *diagnostics, const char *code, enum severity severity,
                struct place place, const char *format, ...);

/* A formatted text in the arena of the diagnostics, for label and help; empty when memory is out.
 */
__attribute__((format(printf, 2, 3))) struct str diagnostics_text(struct diagnostics *diagnostics,
                                                                  const char *format, ...);

/* Where it begins: line and column from 1, columns in characters; 0, 0 without a file. */
void diagnostic_spot(const struct diagnostic *diagnostic, const struct source_file *files,
                     uint32_t file_count, uint64_t *line, uint64_t *column);

/* Renders one as text. `files` as in struct ast. */
bool diagnostic_render(const struct diagnostic *diagnostic, const struct source_file *files,
                       uint32_t file_count, bool colour, struct buffer *out);

/* The closing line: "error: 137 errors, 37 of them not shown". Appends nothing when there are
 * neither errors nor warnings. */
bool diagnostics_render_total(const struct diagnostics *diagnostics, bool colour,
                              struct buffer *out);

/* By file, place, then order of arrival. */
void diagnostics_sort(struct diagnostics *diagnostics);
void diagnostics_free(struct diagnostics *diagnostics);

/* The candidate nearest to `name` by edit distance, if near enough to suggest (at most a third of
 * its length), else empty. */
struct str nearest_name(struct str name, const struct str *candidates, size_t count);

#endif
