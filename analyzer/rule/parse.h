/* Shared by the files of the parser, seen by nobody else: the state of one run and the steps that
 * every part of the grammar takes. A part that cannot go on reports once, returns false (or NULL)
 * and leaves recovery to the clause that called it. */
#ifndef HEARSAY_RULE_PARSE_H
#define HEARSAY_RULE_PARSE_H

#include "base/map.h"
#include "rule/ast.h"
#include "rule/codes.h"
#include "rule/collector.h"
#include "rule/lexer.h"
#include "rule/parser.h"

#define PARSE_FILE_BYTES (10u * 1000 * 1000)
#define PARSE_RULES 100000u
#define PARSE_NESTING 64u
#define PARSE_TERMS 256u           /* of one rule */
#define PARSE_SET_MEMBERS 4000000u /* of all `of` sets of the pack */
#define PARSE_LITERALS 4000000u    /* of all terms of the pack */
#define PARSE_DISTANCE 64u         /* largest N of near/N and before/N, in words */
#define PARSE_OCCURRENCES 64u      /* of a term in a post: what the matcher records at most */
#define PARSE_LABELS 8u            /* that one rule gives */
#define PARSE_IMPORTS 1000u        /* files beside those that were given */
#define PARSE_WEIGHT 20.0          /* largest size of a weight, cap or prior, log-odds */

struct parser {
    struct ast *ast;
    struct diagnostics *diagnostics;
    struct lexer lexer;
    struct token token; /* the one to be read now */
    struct token next;  /* the one after it */
    uint32_t last_end;  /* byte offset at which the last token read ended */
    struct collector rules;
    struct collector lists;
    struct collector terms;          /* of the rule being read, until its section ends */
    struct collector imports;        /* struct import, by file and place */
    struct map paths;                /* of all files, given and imported */
    struct collector files_of_paths; /* uint32_t by index of `paths`: number of the file */
    uint32_t imports_seen;
    uint32_t given_count; /* files that were given; the imported ones follow */
    struct rule *rule;    /* being read, NULL between rules */
    bool terms_are_late;  /* `terms` stands after its users: reported once, names stay unknown */
    bool fields_only;     /* inside `where` */
    uint32_t depth;       /* of conditions */
    uint64_t set_members;
    bool rules_are_full;
    bool terms_are_full; /* of the rule being read: reported once */
    bool is_out_of_memory;
};

/* ---- parse.c: steps ---- */

void parse_advance(struct parser *parser);
void *parse_alloc(struct parser *parser, size_t size); /* in the AST's arena; NULL sets the flag */
void *parse_collect(struct parser *parser, struct collector *collector, size_t item_size);
void *parse_move(struct parser *parser, struct collector *collector, size_t item_size,
                 uint32_t *count);

bool at_sign(const struct parser *parser, const char *sign);
bool at_keyword(const struct parser *parser, enum keyword keyword);
/* A keyword in a condition; one in capitals is reported and read as meant. */
bool at_operator(struct parser *parser, enum keyword keyword);
bool accept_operator(struct parser *parser, enum keyword keyword);
bool accept_sign(struct parser *parser, const char *sign);
bool accept_keyword(struct parser *parser, enum keyword keyword);
bool expect_sign(struct parser *parser, const char *sign);

/* Do these stand here: a section (`word:`), a statement of the top level, the end of a section? */
bool at_section(const struct parser *parser);
bool at_statement(const struct parser *parser);
bool at_section_end(const struct parser *parser);

/* Recovery at the top level: a word that begins statements, at the start of a line. */
bool at_statement_keyword(const struct parser *parser);
void skip_to_statement(struct parser *parser);

/* An error at `place`; NULL when it is not kept. */
__attribute__((format(printf, 4, 5))) struct diagnostic *
parse_error(struct parser *parser, const char *code, struct place place, const char *format, ...);
/* "expected X, found Y" at the current token; silent on TOKEN_BAD, which is already reported. */
struct diagnostic *parse_expected(struct parser *parser, const char *code, const char *wanted);
/* Sets help to "did you mean `...`?" when a candidate is near `name`, else to `otherwise`. */
void suggest(struct parser *parser, struct diagnostic *diagnostic, struct str name,
             const struct str *candidates, size_t count, const char *otherwise);
/* Points to where the other one is. */
void second_place(struct diagnostic *diagnostic, struct place place, struct str label);
struct place place_since(const struct parser *parser, struct place first);

/* The number of the current token, which is read; false (reported with `code`) when it is none. */
bool parse_number(struct parser *parser, const char *code, const char *wanted, double *number);
bool parse_whole(struct parser *parser, const char *code, const char *wanted, uint32_t *number);

/* A duration in microseconds, 1 s to 366 days (parse_duration.c). */
bool parse_duration(struct parser *parser, int64_t *us);

/* ---- parse_string.c ---- */

/* Reads the current token, a string, and resolves its escapes. */
bool parse_string(struct parser *parser, const char *wanted, struct str *text);
/* The same as a literal: stars at its ends are wildcards. */
bool parse_literal(struct parser *parser, struct literal *literal);
/* A literal from bytes without escapes, as list files hold them. */
void literal_from_line(struct str line, struct literal *literal);
/* `( "a", "b", @list )` after any: literals and uses are collected. */
bool parse_literals(struct parser *parser, struct collector *literals, struct collector *uses);

/* ---- the sections ---- */

void parse_rule(struct parser *parser, bool is_private);
void parse_list(struct parser *parser);
void parse_meta(struct parser *parser);
void parse_terms(struct parser *parser);
/* A whole condition up to the end of its section. */
struct expr *parse_condition(struct parser *parser);
/* One inside parentheses, which the caller reads. */
struct expr *parse_inner_condition(struct parser *parser);
/* The parts of one; NULL: reported, or memory is out. */
struct expr *new_expr(struct parser *parser, enum expr_kind kind, struct place place);
struct expr *parse_primary(struct parser *parser);
struct expr *parse_proximity(struct parser *parser); /* a primary, or two with near or before */
struct expr *parse_term_use(struct parser *parser);
struct expr *parse_count(struct parser *parser);
/* `any of (...)` with the quantifier as the current token and `of` behind it. */
struct expr *parse_set(struct parser *parser);
void parse_over(struct parser *parser);
void parse_outcome(struct parser *parser);
void parse_tests(struct parser *parser);

/* `post.lang in [en, ru]` with the field's name as the current token. */
struct field_test *parse_field_test(struct parser *parser);

/* A comparison sign, which is read; false when there is none. */
bool parse_comparison(struct parser *parser, enum comparison *comparison);

/* The term of the current token (TERM or COUNT), which is read; NULL: unknown, reported. */
struct term *parse_term_name(struct parser *parser);

/* A label of the language: en, zh-Hans. */
bool is_language_tag(struct str text);

/* `series "name" from "file" { ... }`, `todo` included (parse_series.c). */
bool parse_series(struct parser *parser, struct rule_series *series);
/* `survives variants 0.8 of fires`, `todo` included (parse_survives.c). */
bool parse_survives(struct parser *parser, struct rule_survival *survival);
/* Reads the files of all series, after all rule files. */
void series_load(struct parser *parser, list_reader *read_file, void *context);

/* ---- lists.c: after all files ---- */

/* Reads list files and resolves the uses of lists in terms. */
void lists_load(struct parser *parser, list_reader *read_list, void *context);

#endif
