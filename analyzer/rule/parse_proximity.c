/* Conditions on terms: that one occurs, how often, and how near two of them stand. */
#include "rule/parse.h"

struct expr *new_expr(struct parser *parser, enum expr_kind kind, struct place place) {
    struct expr *expr = parse_alloc(parser, sizeof *expr);
    if (expr) {
        expr->kind = kind;
        expr->place = place;
        expr->within = WITHIN_POST;
    }
    return expr;
}

/* Stands for a term whose name is unknown, so that the rest of the condition is still read. It has
 * no name; the pack has an error and goes no further than the checks. */
static struct term *unknown_term(struct parser *parser) {
    return parse_alloc(parser, sizeof(struct term));
}

static bool count_is_constant(enum comparison comparison, uint32_t number) {
    bool is_ordered_at_zero = number == 0 && (comparison == COMPARE_LT || comparison == COMPARE_GE);
    bool is_ordered_at_most =
        number == PARSE_OCCURRENCES && (comparison == COMPARE_GT || comparison == COMPARE_LE);
    return is_ordered_at_zero || is_ordered_at_most || number > PARSE_OCCURRENCES;
}

struct expr *parse_count(struct parser *parser) {
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
        expr->comparison = COMPARE_GE;
        expr->number = 1;
    } else if (!parse_whole(parser, E_COUNT_NUMBER, "a whole number", &expr->number)) {
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

struct expr *parse_term_use(struct parser *parser) {
    struct expr *expr = new_expr(parser, EXPR_TERM, parser->token.place);
    struct term *term = expr ? parse_term_name(parser) : NULL;
    if (expr) {
        expr->term = term ? term : unknown_term(parser);
    }
    return expr && expr->term ? expr : NULL;
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
        *distance = 1;
        if (parser->token.kind != TOKEN_NUMBER) {
            return true; /* go on as if there were one */
        }
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

struct expr *parse_proximity(struct parser *parser) {
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
    struct expr **children = expr ? parse_alloc(parser, 2 * sizeof(struct expr *)) : NULL;
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
