/* A trace as text for a person and as JSON. Internal to rule/. */
#ifndef HEARSAY_RULE_TRACE_PRINT_H
#define HEARSAY_RULE_TRACE_PRINT_H

#include "base/buffer.h"
#include "rule/trace.h"

/* One line a clause, the deciding one marked with "=>", and below it what its terms found. */
void trace_print(const struct trace *trace, const struct ast *ast, struct str text,
                 struct buffer *out);

/* The array "clauses" of analyzer/report/schemas/rules-explain.schema.json. */
void trace_print_json(const struct trace *trace, const struct ast *ast, struct str text,
                      struct buffer *out);

/* The line of a place, from 1. */
uint32_t trace_line(const struct ast *ast, struct place place);

#endif
