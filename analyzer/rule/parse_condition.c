/* Conditions, by recursive descent. Loosest first: or, and (with `within` behind), not, then
 * near, before and the single tests. Chains of `and` and `or` become one node with many children,
 * so that only parentheses and `not` nest. */
#include "rule/parse.h"

static struct expr *parse_or(struct parser *parser);

static struct expr *new_expr(struct parser *parser, enum expr_kind kind, struct place place) {
    struct expr *expr = parse_alloc(parser, sizeof *expr);
    if (expr) {
        expr->kind = kind;
        expr->place = place;
        expr->within = WITHIN_POST;
    }
    return expr;
}

static bool collect_child(struct parser *parser, struct collector *children, struct expr *child) {
    struct expr **slot = parse_collect(parser, children, sizeof *slot);
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
        expr->children = parse_move(parser, children, sizeof *expr->children, &expr->child_count);
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

static bool count_is_constant(enum comparison comparison, uint32_t number) {
    bool is_ordered_at_zero = number == 0 && (comparison == COMPARE_LT || comparison == COMPARE_GE);
    bool is_ordered_at_most =
        number == PARSE_OCCURRENCES && (comparison == COMPARE_GT || comparison == COMPARE_LE);
    return is_ordered_at_zero || is_ordered_at_most || number > PARSE_OCCURRENCES;
}

/* Stands for a term whose name is unknown, so that the rest of the condition is still read. It has
 * no name; the pack has an error and goes no further than the checks. */
static struct term *unknown_term(struct parser *parser) {
    return parse_alloc(parser, sizeof(struct term));
}

static struct expr *parse_count(struct parser *parser) {
    struct place first = parser->token.place;
    struct expr *expr = new_expr(parser, EXPR_COUNT, first);
    struct term *term = expr ? parse_term_name(parser) : NULL;
    if (!expr) {
        return NULL;
    }
    if (!parse_comparison(parser, &expr->comparison)) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_COUNT_BARE, first, "a count needs a comparison");
        if (diagnostic) {
            diagnostic->help = STR("write `#$term >= 2`, or `$term` for at least once; a comment "
                                   "begins with `# `");
        }
        return NULL;
    }
    if (!parse_whole(parser, E_COUNT_NUMBER, "a whole number", &expr->number)) {
        return NULL;
    }
    expr->place = place_since(parser, first);
    if (count_is_constant(expr->comparison, expr->number)) {
        parse_error(parser, E_COUNT_CONSTANT, expr->place,
                    "this comparison never changes: a count is 0 to %u", PARSE_OCCURRENCES);
    }
    expr->term = term ? term : unknown_term(parser);
    return expr->term ? expr : NULL;
}

static struct expr *parse_term_use(struct parser *parser) {
    struct expr *expr = new_expr(parser, EXPR_TERM, parser->token.place);
    struct term *term = expr ? parse_term_name(parser) : NULL;
    if (expr) {
        expr->term = term ? term : unknown_term(parser);
    }
    return expr && expr->term ? expr : NULL;
}

/* A keyword; one in capitals is reported and read as meant. */
static bool at_operator(struct parser *parser, enum keyword keyword) {
    const char *name = keyword_at(keyword)->name;
    if (at_keyword(parser, keyword)) {
        return true;
    }
    if (parser->token.kind != TOKEN_WORD ||
        !str_equal_ascii_case(parser->token.text, str_from_c(name))) {
        return false;
    }
    struct diagnostic *diagnostic =
        parse_error(parser, E_CASE, parser->token.place, "keywords are written in small letters");
    if (diagnostic) {
        diagnostic->help = diagnostics_text(parser->diagnostics, "write `%s`", name);
    }
    parser->token.keyword = keyword;
    return true;
}

static bool accept_operator(struct parser *parser, enum keyword keyword) {
    if (!at_operator(parser, keyword)) {
        return false;
    }
    parse_advance(parser);
    return true;
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

static struct expr *parse_primary(struct parser *parser) {
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

static bool is_proximity(struct parser *parser) {
    return at_operator(parser, KEYWORD_NEAR) || at_operator(parser, KEYWORD_BEFORE);
}

/* Reads `near/8` up to the number. */
static bool parse_distance(struct parser *parser, uint32_t *distance) {
    struct place first = parser->token.place;
    parse_advance(parser);
    if (!accept_sign(parser, "/")) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_DISTANCE_MISSING, first, "this needs a distance in words");
        if (diagnostic) {
            diagnostic->help = STR("write `near/8` or `before/4`");
        }
        return false;
    }
    struct place place = parser->token.place;
    if (!parse_whole(parser, E_DISTANCE, "a whole number of words", distance)) {
        return false;
    }
    if (*distance < 1 || *distance > PARSE_DISTANCE) {
        parse_error(parser, E_DISTANCE, place, "a distance is 1 to %u words", PARSE_DISTANCE);
    }
    return true;
}

static bool check_operand(struct parser *parser, const struct expr *operand) {
    if (operand->kind == EXPR_TERM) {
        return true;
    }
    if (operand->kind == EXPR_OF) {
        if (operand->of_minimum != 1) {
            parse_error(parser, E_PROXIMITY_SET, operand->place,
                        "beside near and before a set can only be `any of`");
        }
        return true;
    }
    struct diagnostic *diagnostic = parse_error(parser, E_PROXIMITY_OPERAND, operand->place,
                                                "near and before stand between two terms");
    if (diagnostic) {
        diagnostic->help = STR("a term is `$name` or `any of ($a, $b)`");
    }
    return false;
}

static struct expr *parse_proximity(struct parser *parser) {
    struct place first = parser->token.place;
    struct expr *left = parse_primary(parser);
    if (!left || !is_proximity(parser)) {
        return left;
    }
    enum expr_kind kind = at_keyword(parser, KEYWORD_NEAR) ? EXPR_NEAR : EXPR_BEFORE;
    uint32_t distance;
    if (!parse_distance(parser, &distance)) {
        return NULL;
    }
    struct expr *right = parse_primary(parser);
    struct expr *expr = right ? new_expr(parser, kind, place_since(parser, first)) : NULL;
    struct expr **children = expr ? parse_alloc(parser, 2 * sizeof *children) : NULL;
    if (!children || !check_operand(parser, left) || !check_operand(parser, right)) {
        return NULL;
    }
    children[0] = left;
    children[1] = right;
    expr->children = children;
    expr->child_count = 2;
    expr->number = distance;
    if (is_proximity(parser)) {
        struct diagnostic *diagnostic = parse_error(parser, E_PROXIMITY_CHAIN, parser->token.place,
                                                    "near and before do not chain");
        if (diagnostic) {
            diagnostic->help = STR("write `$a near/4 $b and $b near/4 $c`");
        }
        return NULL;
    }
    return expr;
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
    struct expr **children = expr ? parse_alloc(parser, sizeof *children) : NULL;
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
    parse_expected(parser, E_WITHIN_SCOPE, "`sentence`, `line` or `post`");
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
        struct expr **own = bound ? parse_alloc(parser, count * sizeof *own) : NULL;
        if (!own) {
            return false;
        }
        memcpy(own, all + from, count * sizeof *own);
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

struct expr *parse_condition(struct parser *parser) {
    parser->depth = 0;
    struct expr *expr = parse_or(parser);
    if (expr && !at_section_end(parser)) {
        parse_expected(parser, E_EXPECTED, "`and`, `or` or the end of the condition");
    }
    return expr;
}
