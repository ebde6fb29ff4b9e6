/* Parses rule files into an AST. Syntax errors go to the diagnostics and parsing goes on at the
 * next rule or clause, so that one run shows them all. */
#ifndef HEARSAY_RULE_PARSER_H
#define HEARSAY_RULE_PARSER_H

#include "hearsay.h"
#include "rule/ast.h"
#include "rule/diagnostic.h"

/* Resolves @lists: fills *bytes (malloc'd) or returns HEARSAY_IO. The path is as written in the
 * rule file; the file's own name is given so that the caller can resolve it. An imported rule file
 * comes with a path that is resolved and an empty `rule_file`. */
typedef enum hearsay_status list_reader(void *context, struct str rule_file, struct str path,
                                        char **bytes, size_t *len);

/* Parses ast->files[0..file_count), reads what they import, which is added to ast->files (in a new
 * array of the arena), and list files. HEARSAY_NO_MEMORY or HEARSAY_OK; mistakes
 * are in diagnostics. The parts that are sound are in the AST. */
enum hearsay_status rules_parse(struct ast *ast, struct diagnostics *diagnostics,
                                list_reader *read_list, void *context);

/* Semantic checks: names, references, cycles, types, duplicate ids, unused terms, regex compile
 * errors, ungated terms, lint of wording. Resolves rule references. */
enum hearsay_status rules_check(struct ast *ast, struct diagnostics *diagnostics);

#endif
