/* Conditions, by recursive descent. Loosest first: or, and (with `within` behind), not, then
 * near, before and the single tests. Chains of `and` and `or` become one node with many children,
 * so that only parentheses and `not` nest. */
#include "rule/parse.h"

static struct expr *parse_or(struct parser *parser);

static bool collect_child(struct parser *parser, struct collector *children, struct expr *child) {
    struct expr **slot = parse_collect(parser, children, sizeof(struct expr *));
    if (slot) {
        *slot = child;
    }
    return slot != NULL;
}

/* A node of `kind` over the children; a single child stands for itself. */
static struct expr *join(struct parser *parser, struct collector *children, enum expr_kind kind,
                         struct place first) {
    if (children->count == 1) {
        struct expr *child = *(struct expr **)(void *)children->bytes;
        children->count = 0;
        return child;
    }
    struct expr *expr = new_expr(parser, kind, place_since(parser, first));
    if (expr) {
        expr->children = parse_move(parser, children, sizeof(struct expr *), &expr->child_count);
    }
    return expr && expr->children ? expr : NULL;
}

static bool enter(struct parser *parser) {
    if (parser->depth >= PARSE_NESTING) {
        parse_error(parser, E_NESTING, parser->token.place, "conditions nest deeper than %u here",
                    PARSE_NESTING);
        return false;
    }
    parser->depth++;
    return true;
}

static struct expr *parse_parentheses(struct parser *parser) {
    struct place open = parser->token.place;
    parse_advance(parser);
    if (!enter(parser)) {
        return NULL;
    }
    struct expr *expr = parse_or(parser);
    parser->depth--;
    if (!expr || accept_sign(parser, ")")) {
        return expr;
    }
    if (at_section_end(parser)) {
        parse_error(parser, E_PARENTHESIS_OPEN, open, "this parenthesis is not closed");
    } else {
        parse_expected(parser, E_EXPECTED, "`and`, `or` or `)`");
    }
    return NULL;
}

static void expected_condition(struct parser *parser) {
    struct diagnostic *diagnostic = parse_expected(parser, E_EXPECTED_CONDITION, "a condition");
    if (diagnostic) {
        diagnostic->help = STR("a condition is $term, #$term >= 2, any of ($a, $b), a field test, "
                               "a rule's name, or parentheses around one");
    }
}

static struct expr *parse_word(struct parser *parser) {
    struct place place = parser->token.place;
    struct str name = parser->token.text;
    if (accept_keyword(parser, KEYWORD_TRUE)) {
        return new_expr(parser, EXPR_TRUE, place);
    }
    if (memchr(name.ptr, '.', name.len)) {
        struct field_test *test = parse_field_test(parser);
        struct expr *field = test ? new_expr(parser, EXPR_FIELD, test->place) : NULL;
        if (field) {
            field->field = test;
        }
        return field;
    }
    const struct keyword_row *row = keyword_at(parser->token.keyword);
    if ((row && row->use == KEYWORD_CONDITION) || at_section(parser)) {
        expected_condition(parser);
        return NULL;
    }
    struct expr *rule = new_expr(parser, EXPR_RULE, place);
    if (rule) {
        rule->rule_name = name;
    }
    parse_advance(parser);
    return rule;
}

/* `where` runs before any text is searched, so it may ask for fields only. */
static bool is_kept_out(struct parser *parser) {
    bool is_set = parser->next.keyword == KEYWORD_OF;
    bool is_name = parser->token.kind == TOKEN_WORD && parser->token.keyword == KEYWORD_NONE &&
                   !memchr(parser->token.text.ptr, '.', parser->token.text.len);
    bool is_term = parser->token.kind == TOKEN_TERM || parser->token.kind == TOKEN_COUNT;
    if (!parser->fields_only || !(is_set || is_name || is_term) || at_section(parser)) {
        return false;
    }
    struct diagnostic *diagnostic =
        parse_error(parser, E_WHERE_FIELDS_ONLY, parser->token.place, "`where` tests fields only");
    if (diagnostic) {
        diagnostic->help = STR("terms and rules belong to `match:`");
    }
    return true;
}

struct expr *parse_primary(struct parser *parser) {
    if (is_kept_out(parser)) {
        return NULL;
    }
    if (at_sign(parser, "(")) {
        return parse_parentheses(parser);
    }
    if (parser->next.keyword == KEYWORD_OF &&
        (parser->token.kind == TOKEN_WORD || parser->token.kind == TOKEN_NUMBER)) {
        return parse_set(parser);
    }
    switch (parser->token.kind) {
    case TOKEN_TERM:
        return parse_term_use(parser);
    case TOKEN_COUNT:
        return parse_count(parser);
    case TOKEN_WORD:
        return parse_word(parser);
    default:
        expected_condition(parser);
        return NULL;
    }
}

static struct expr *parse_not(struct parser *parser) {
    struct place first = parser->token.place;
    if (!accept_operator(parser, KEYWORD_NOT)) {
        return parse_proximity(parser);
    }
    if (!enter(parser)) {
        return NULL;
    }
    struct expr *child = parse_not(parser);
    parser->depth--;
    struct expr *expr = child ? new_expr(parser, EXPR_NOT, place_since(parser, first)) : NULL;
    struct expr **children = expr ? parse_alloc(parser, sizeof(struct expr *)) : NULL;
    if (!children) {
        return NULL;
    }
    children[0] = child;
    expr->children = children;
    expr->child_count = 1;
    return expr;
}

static bool parse_scope(struct parser *parser, enum within *within) {
    static const struct {
        enum keyword keyword;
        enum within within;
    } scopes[] = {{KEYWORD_SENTENCE, WITHIN_SENTENCE},
                  {KEYWORD_LINE, WITHIN_LINE},
                  {KEYWORD_POST, WITHIN_POST}};
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        if (accept_keyword(parser, scopes[i].keyword)) {
            *within = scopes[i].within;
            return true;
        }
    }
    static const struct str names[] = {{"sentence", 8}, {"line", 4}, {"post", 4}};
    struct diagnostic *diagnostic =
        parse_expected(parser, E_WITHIN_SCOPE, "`sentence`, `line` or `post`");
    suggest(parser, diagnostic, parser->token.text, names, 3, NULL);
    return false;
}

static bool check_bound(struct parser *parser, const struct expr *expr, struct place place) {
    switch (expr->kind) {
    case EXPR_TERM:
        diagnostics_add(parser->diagnostics, W_WITHIN_IDLE, SEVERITY_WARNING, place,
                        "`within` after a single term changes nothing");
        return true;
    case EXPR_AND:
    case EXPR_NEAR:
    case EXPR_BEFORE:
    case EXPR_OF:
        return true;
    default:
        break;
    }
    struct diagnostic *diagnostic =
        parse_error(parser, E_WITHIN_NOTHING, place, "`within` has nothing to bind here");
    if (diagnostic) {
        diagnostic->help = STR("it binds the terms joined by `and`, `near`, `before` or `of` "
                               "before it");
    }
    return false;
}

/* `within sentence` binds all operands since the chain began or since the `within` before. The
 * collected operands after `from` become one that carries the scope. */
static bool bind_within(struct parser *parser, struct collector *children, uint32_t from,
                        struct place first) {
    struct place place = parser->token.place;
    enum within within;
    parse_advance(parser);
    if (!parse_scope(parser, &within)) {
        return false;
    }
    struct expr **all = (struct expr **)(void *)children->bytes;
    uint32_t count = children->count - from;
    struct expr *bound = all[from];
    if (count > 1 || bound->has_within) {
        bound = new_expr(parser, EXPR_AND, place_since(parser, first));
        struct expr **own = bound ? parse_alloc(parser, count * sizeof(struct expr *)) : NULL;
        if (!own) {
            return false;
        }
        memcpy(own, all + from, count * sizeof(struct expr *));
        bound->children = own;
        bound->child_count = count;
    }
    if (!check_bound(parser, bound, place_since(parser, place))) {
        return false;
    }
    bound->within = within;
    bound->has_within = true;
    all[from] = bound;
    children->count = from + 1;
    return true;
}

static bool parse_conjunction(struct parser *parser, struct collector *children) {
    uint32_t from = 0;
    struct place first = parser->token.place;
    do {
        if (children->count == from) {
            first = parser->token.place;
        }
        struct expr *child = parse_not(parser);
        if (!child || !collect_child(parser, children, child)) {
            return false;
        }
        while (at_operator(parser, KEYWORD_WITHIN)) {
            if (from == children->count) {
                from--; /* a second `within` right behind the first binds the same */
            }
            if (!bind_within(parser, children, from, first)) {
                return false;
            }
            from = children->count;
        }
    } while (accept_operator(parser, KEYWORD_AND));
    return true;
}

static struct expr *parse_and(struct parser *parser) {
    struct place first = parser->token.place;
    struct collector children = {0};
    struct expr *expr = NULL;
    if (parse_conjunction(parser, &children)) {
        expr = join(parser, &children, EXPR_AND, first);
    }
    collector_free(&children);
    return expr;
}

static struct expr *parse_or(struct parser *parser) {
    struct place first = parser->token.place;
    struct collector children = {0};
    struct expr *expr = NULL;
    bool is_sound = true;
    do {
        struct expr *child = parse_and(parser);
        is_sound = child && collect_child(parser, &children, child);
    } while (is_sound && accept_operator(parser, KEYWORD_OR));
    if (is_sound) {
        expr = join(parser, &children, EXPR_OR, first);
    }
    collector_free(&children);
    return expr;
}

struct expr *parse_inner_condition(struct parser *parser) {
    return parse_or(parser);
}

struct expr *parse_condition(struct parser *parser) {
    parser->depth = 0;
    struct expr *expr = parse_or(parser);
    if (expr && !at_section_end(parser)) {
        parse_expected(parser, E_EXPECTED, "`and`, `or` or the end of the condition");
    }
    return expr;
}
