/* Cuts a rule file into tokens, one at a time. White space separates and a `#` that does not begin
 * a count (`#$term`) begins a comment up to the line's end. Knows the words of the language, not
 * their order. */
#ifndef HEARSAY_RULE_LEXER_H
#define HEARSAY_RULE_LEXER_H

#include "rule/diagnostic.h"
#include "rule/keyword.h"

enum token_kind {
    TOKEN_END,
    TOKEN_BAD, /* already reported */
    TOKEN_WORD,
    TOKEN_NUMBER, /* begins with a digit or with a sign and a digit: 4, -2.5, 1.0.0, 30m */
    TOKEN_STRING,
    TOKEN_REGEX,
    TOKEN_TERM,  /* $name */
    TOKEN_COUNT, /* #$name */
    TOKEN_LIST,  /* @name */
    TOKEN_SIGN   /* punctuation and comparisons, one of `{}()[]:;,.*` / = == != < <= > >= */
};

struct token {
    enum token_kind kind;
    enum keyword keyword; /* of a TOKEN_WORD, else KEYWORD_NONE */
    struct str text;      /* WORD, NUMBER, SIGN: as written; STRING: between the quotes, escapes not
                             resolved; REGEX: between the slashes; TERM, COUNT, LIST: the name */
    struct str flags;     /* REGEX: the letters after the closing slash */
    struct place place;   /* all of it, signs and quotes included */
    bool begins_line;     /* the first token of its line */
};

struct lexer {
    struct str text;
    uint32_t file;
    uint32_t at;
    bool after_proximity; /* the last token was near or before: `/` is a sign, not a regex */
    bool at_line_start;
    struct diagnostics *diagnostics;
};

/* `text` is valid UTF-8 and shorter than 4 GiB; it is borrowed by every token. */
void lexer_init(struct lexer *lexer, struct str text, uint32_t file,
                struct diagnostics *diagnostics);

/* The next token; TOKEN_END for ever at the end. Mistakes go to the diagnostics. */
struct token lexer_next(struct lexer *lexer);

#endif
