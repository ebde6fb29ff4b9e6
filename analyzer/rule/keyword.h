/* The words that the rule language gives a meaning. One table for lexer, parser, documentation and
 * the contract test that compares it with the EBNF of rules/README.md. */
#ifndef HEARSAY_RULE_KEYWORD_H
#define HEARSAY_RULE_KEYWORD_H

#include "base/str.h"

/* In alphabetic order, as the table is. */
enum keyword {
    KEYWORD_ACCOUNT,
    KEYWORD_ALL,
    KEYWORD_AND,
    KEYWORD_ANY,
    KEYWORD_AS,
    KEYWORD_AT,
    KEYWORD_BECAUSE,
    KEYWORD_BEFORE,
    KEYWORD_BURST,
    KEYWORD_BY,
    KEYWORD_CAP,
    KEYWORD_COUNT_POSTS,
    KEYWORD_DISARM,
    KEYWORD_DISTINCT,
    KEYWORD_DOMAIN,
    KEYWORD_EACH,
    KEYWORD_ENTROPY,
    KEYWORD_EXTRACT,
    KEYWORD_FALSE,
    KEYWORD_FIRES,
    KEYWORD_FOLD,
    KEYWORD_FOR,
    KEYWORD_FROM,
    KEYWORD_GROUP,
    KEYWORD_HASHTAG,
    KEYWORD_HEARSAY,
    KEYWORD_ID,
    KEYWORD_IMPORT,
    KEYWORD_IN,
    KEYWORD_INCIDENT,
    KEYWORD_LABEL,
    KEYWORD_LANG,
    KEYWORD_LEET,
    KEYWORD_LINE,
    KEYWORD_LINK,
    KEYWORD_LIST,
    KEYWORD_MATCH,
    KEYWORD_MEDIAN,
    KEYWORD_MENTION,
    KEYWORD_META,
    KEYWORD_NEAR,
    KEYWORD_NOT,
    KEYWORD_NOTE,
    KEYWORD_OF,
    KEYWORD_OR,
    KEYWORD_OUTCOME,
    KEYWORD_OVER,
    KEYWORD_P,
    KEYWORD_PACK,
    KEYWORD_POST,
    KEYWORD_PRIOR,
    KEYWORD_PRIVATE,
    KEYWORD_QUANTITY,
    KEYWORD_RATE,
    KEYWORD_REFS,
    KEYWORD_REQUIRES,
    KEYWORD_RULE,
    KEYWORD_SENTENCE,
    KEYWORD_SERIES,
    KEYWORD_SEVERITY,
    KEYWORD_SHARE,
    KEYWORD_SILENT,
    KEYWORD_SIMILAR,
    KEYWORD_STANCE,
    KEYWORD_STATUS,
    KEYWORD_SURVIVES,
    KEYWORD_TERMS,
    KEYWORD_TESTS,
    KEYWORD_THEM,
    KEYWORD_THRESHOLD,
    KEYWORD_TODO,
    KEYWORD_TRUE,
    KEYWORD_UNGATED,
    KEYWORD_URL,
    KEYWORD_VARIANTS,
    KEYWORD_VERSION,
    KEYWORD_VICTIM,
    KEYWORD_WEIGHT,
    KEYWORD_WHERE,
    KEYWORD_WITHIN,
    KEYWORD_COUNT,
    KEYWORD_NONE = KEYWORD_COUNT
};

/* What a keyword is for. */
enum keyword_use {
    KEYWORD_STATEMENT,
    KEYWORD_SECTION,
    KEYWORD_META_KEY,
    KEYWORD_CONDITION, /* reserved: no rule may be called so */
    KEYWORD_CLAUSE
};

struct keyword_row {
    const char *name;
    enum keyword_use use;
};

/* Row of a keyword; NULL for KEYWORD_NONE and beyond. */
const struct keyword_row *keyword_at(size_t keyword);

/* The keyword spelt exactly so, or KEYWORD_NONE. */
enum keyword keyword_find(struct str word);

#endif
