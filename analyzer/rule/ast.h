/* The parsed and checked form of rule files (DESIGN section 6): what rule/parser.c builds,
 * rule/check.c verifies and rule/compile.c turns into a struct rule_pack. Everything lives in the
 * pack's arena. Every node keeps its place for diagnostics. */
#ifndef HEARSAY_RULE_AST_H
#define HEARSAY_RULE_AST_H

#include "base/arena.h"
#include "base/str.h"

/* Byte range [start, end) in file number `file`. */
struct place {
    uint32_t file;
    uint32_t start;
    uint32_t end;
};

enum term_kind {
    TERM_LITERALS, /* any("a", "b*", ...) or any(@list) */
    TERM_REGEX,    /* /.../flags */
    TERM_URL,      /* url(@list): a link whose registrable domain or host is in the list */
    TERM_FIELD     /* field test, e.g. post.lang in [en] used as a term */
};

struct literal {
    struct str text; /* as written, escapes resolved, without the '*' */
    bool is_prefix;  /* "hack*": any word that begins so */
    bool is_suffix;  /* "*ware": any word that ends so */
    struct place place;
};

struct list {
    struct str name; /* without '@' */
    struct str path; /* "" for an inline list */
    struct literal *items;
    uint32_t count;
    bool as_domain;
    bool fold;
    struct str hash_hex;     /* XXH3-128 of the file, for the summary; "" for an inline list */
    struct place place;      /* of the name */
    struct place path_place; /* of the file name */
};

/* `@name` in a term: resolved once all files are read, since a list may stand in any of them. */
struct list_use {
    struct str name; /* without '@' */
    const struct list *list;
    struct place place;
};

struct term {
    struct str name; /* without '$' */
    enum term_kind kind;
    bool fold;                /* runs on the folded view instead of the raw one */
    bool leet;                /* `fold leet`: also on the folded view with leetspeak undone */
    bool accepts_cost;        /* `ungated`: the author accepts a term without a required literal */
    struct literal *literals; /* TERM_LITERALS: own literals; lists are flattened into them */
    uint32_t literal_count;
    uint32_t own_count;    /* literals[0..own_count) stand in the term itself, the rest in lists */
    struct list_use *uses; /* the lists it names, in order */
    uint32_t use_count;
    struct str regex;         /* TERM_REGEX: pattern between the slashes */
    struct str regex_flags;   /* subset of "imsx" */
    const struct list *list;  /* TERM_URL */
    struct field_test *field; /* TERM_FIELD */
    struct place place;       /* of the value: TERM_REGEX with its slashes and flags */
    struct place name_place;
};

enum field_kind { FIELD_TEXT, FIELD_NUMBER, FIELD_BOOLEAN };

/* One row of the field table in rule/field.c: post.lang, post.is_repost, account.followers, ... */
struct field {
    const char *name;
    enum field_kind kind;
    const char *meaning;
};

enum comparison {
    COMPARE_EQ,
    COMPARE_NE,
    COMPARE_LT,
    COMPARE_LE,
    COMPARE_GT,
    COMPARE_GE,
    COMPARE_IN
};

struct field_test {
    const struct field *field;
    uint32_t field_index; /* row in the table */
    enum comparison comparison;
    bool negated;      /* `not in` */
    struct str *texts; /* right side of text fields */
    uint32_t text_count;
    double number;
    bool boolean;
    bool is_assumed;  /* account.label: taken so until the post's account is known to have it */
    uint32_t *labels; /* account.label: those of `texts`, by rank in ast.label_names */
    struct place place;
};

enum expr_kind {
    EXPR_AND,    /* children */
    EXPR_OR,     /* children */
    EXPR_NOT,    /* child 0 */
    EXPR_TERM,   /* term occurs at least once */
    EXPR_COUNT,  /* #$t <op> number */
    EXPR_NEAR,   /* $a near/N $b : child 0 and 1 are EXPR_TERM, or sets `any of ($a, $b)` */
    EXPR_BEFORE, /* $a before/N $b : a ends at most N words before b begins */
    EXPR_OF,     /* any|all|N of ($a, $b, $c*) or of them */
    EXPR_FIELD,  /* field test (where clauses and match) */
    EXPR_RULE,   /* reference to another rule by name */
    EXPR_TRUE
};

enum within { WITHIN_POST, WITHIN_LINE, WITHIN_SENTENCE };

struct expr {
    enum expr_kind kind;
    struct expr **children;
    uint32_t child_count;
    struct term *term;   /* EXPR_TERM, EXPR_COUNT */
    struct term **terms; /* EXPR_OF */
    uint32_t term_count;
    uint32_t of_minimum;        /* EXPR_OF: how many must occur */
    enum comparison comparison; /* EXPR_COUNT */
    uint32_t number;    /* EXPR_COUNT: right side; EXPR_NEAR, EXPR_BEFORE: distance in words */
    enum within within; /* scope `within sentence` binds the proximity and conjunction it follows */
    bool has_within;
    struct field_test *field;
    struct rule *rule; /* EXPR_RULE, resolved by check */
    struct str rule_name;
    struct place place;
};

/* A test of account.label, alone or behind `not`: known only when posts are in order. */
static inline bool expr_asks_label(const struct expr *expr) {
    const struct expr *inner = expr->kind == EXPR_NOT ? expr->children[0] : expr;
    return inner->kind == EXPR_FIELD && inner->field->labels;
}

enum rule_status { RULE_DRAFT, RULE_SHADOW, RULE_STABLE, RULE_DEPRECATED };

enum test_kind { TEST_FIRES, TEST_SILENT };

struct test_binding { /* { $leak = "leaked" } */
    struct term *term;
    struct str text;
    struct place place;
};

struct rule_test {
    enum test_kind kind;
    bool is_todo;
    struct term *each; /* the text is a frame: each literal of the term stands for its {} */
    struct str text;
    struct str lang; /* optional `lang en`: the post's language, else "und" */
    struct test_binding *bindings;
    uint32_t binding_count;
    struct term *because; /* silent ... because $deny */
    struct place place;
};

/* `fires at 5`: after the first 5 posts the rule has fired. */
struct series_point {
    bool fires;
    uint32_t at;
    struct place place;
};

/* `survives variants 0.8 of fires`: of the evasions of the rule's `fires` texts it still catches
 * that share. */
struct rule_survival {
    double share; /* over 0, up to 1 */
    bool is_todo;
    struct place place;
};

/* Posts from a file under the rule, their own times being the clock. */
struct rule_series {
    struct str name;
    struct str path;
    struct str posts; /* the file's bytes */
    struct series_point *points;
    uint32_t point_count;
    bool is_todo;
    struct place place;
    struct place path_place;
};

struct meta {
    struct str id;       /* "HS-0017", unique in the pack */
    struct str severity; /* low | medium | high */
    struct str incident; /* one of the eight incident types or "none" */
    struct str stance;   /* one of the six stances, or "" */
    struct str note;
    struct str *refs;
    uint32_t ref_count;
    struct str *disarm;
    uint32_t disarm_count;
    enum rule_status status;
    struct place id_place;
    struct place note_place;
};

/* `extract victim = $who, quantity = $n` */
struct extract {
    struct str field; /* "victim" or "quantity" */
    struct term *term;
    struct str group; /* named group of the regex, or "" for the whole match */
    struct place place;
};

/* `label account "amplifier" for 7d` */
struct label {
    struct str name;
    int64_t duration_us;
    uint32_t number; /* in ast.label_names */
    struct place place;
};

struct outcome {
    double weight; /* log-odds, may be negative */
    bool has_weight;
    struct str group; /* rules of one group add up to `cap` at most */
    double cap;
    bool has_cap;
    struct extract *extracts;
    uint32_t extract_count;
    struct label *labels; /* that the post's account gets */
    uint32_t label_count;
    struct place place;
};

struct rule {
    struct str name;
    bool is_private;
    struct meta meta;
    struct expr *where; /* NULL: no condition */
    struct term *terms;
    uint32_t term_count;
    struct expr *match;
    struct over *over;        /* NULL: the rule judges each post by itself */
    struct field_test **asks; /* tests of account.label in `where`: all must come as assumed */
    uint32_t ask_count;
    struct outcome outcome;
    struct rule_test *tests;
    uint32_t test_count;
    struct rule_series *series;
    uint32_t series_count;
    struct rule_survival *survivals;
    uint32_t survival_count;
    uint32_t index; /* in the pack, by order of (file name, place) */
    struct place place;
    struct place name_place;
};

struct source_file {
    struct str name; /* as shown in diagnostics */
    struct str text;
};

/* `pack NAME version V requires hearsay >= 0.1` and its settings, the same or absent in every file.
 */
struct ast {
    struct arena arena;
    struct source_file *files;
    uint32_t file_count;
    struct str name;
    struct str version;
    struct str requires; /* "0.1" of `requires hearsay >= 0.1`, or "" */
    double prior;        /* log-odds before any rule: `prior -3.0`; default 0 */
    double threshold;    /* score at or over it sets the flag: `threshold 0.5`; default 0.5 */
    bool has_prior;
    bool has_threshold;
    struct place pack_place; /* of the first header; start == end: there is none */
    struct place prior_place;
    struct place threshold_place;
    struct list *lists;
    uint32_t list_count;
    struct rule *rules;
    uint32_t rule_count;
    struct str *label_names; /* that rules give, in order of first mention */
    uint32_t label_count;
};

#endif
