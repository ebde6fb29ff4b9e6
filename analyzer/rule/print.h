/* The AST as rule text again, in the one form that `hearsay rules fmt` would give: all files as
 * one, sections on their own lines, lists by name. Parsing the text gives the same AST but for
 * places; comments are not kept. */
#ifndef HEARSAY_RULE_PRINT_H
#define HEARSAY_RULE_PRINT_H

#include "base/buffer.h"
#include "rule/ast.h"
#include "rule/over.h"

/* Appends the text of a pack that was parsed without errors. False: memory is out. */
bool ast_print(const struct ast *ast, struct buffer *out);

/* print_condition.c: a condition on one line, as it stands behind `match:`. */
void expr_print(const struct expr *expr, struct buffer *out);
void field_test_print(const struct field_test *test, struct buffer *out);
/* print_over.c: the section with its header. */
void over_print(const struct over *over, struct buffer *out);
/* The same on one line: "over 30m by link: count >= 5". */
void over_print_line(const struct over *over, struct buffer *out);
/* In the largest unit that gives a whole number: 90s, 2d. */
void duration_print(int64_t us, struct buffer *out);
/* A string with its quotes; what the lexer would take for something else is escaped. */
void string_print(struct str text, struct buffer *out);

#endif
