/* Sets of terms: `any of ($a, $b*)`, `2 of them`; and the names of terms. */
#include "rule/parse.h"

static void report_unknown(struct parser *parser, struct str name, struct place place) {
    if (parser->terms_are_late) {
        return; /* every name of the rule would be unknown: the order is reported already */
    }
    struct diagnostic *diagnostic =
        parse_error(parser, E_UNKNOWN_TERM, place, "unknown term `$%.*s`", (int)name.len, name.ptr);
    if (!diagnostic) {
        return;
    }
    diagnostic->label = STR("not declared in this rule");
    struct str names[PARSE_TERMS];
    uint32_t count = parser->rule ? parser->rule->term_count : 0;
    for (uint32_t i = 0; i < count; i++) {
        names[i] = parser->rule->terms[i].name;
    }
    struct str nearest = nearest_name(name, names, count);
    if (nearest.len > 0) {
        diagnostic->help = diagnostics_text(parser->diagnostics, "did you mean `$%.*s`?",
                                            (int)nearest.len, nearest.ptr);
    }
}

struct term *parse_term_name(struct parser *parser) {
    struct str name = parser->token.text;
    struct place place = parser->token.place;
    parse_advance(parser);
    uint32_t count = parser->rule ? parser->rule->term_count : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (str_equal(parser->rule->terms[i].name, name)) {
            return &parser->rule->terms[i];
        }
    }
    report_unknown(parser, name, place);
    return NULL;
}

struct set {
    bool has[PARSE_TERMS]; /* by index in the rule */
    uint32_t count;
    bool is_sound; /* all names are known */
};

static void set_add(struct parser *parser, struct set *set, const struct term *term,
                    struct place place, bool is_wildcard) {
    size_t index = (size_t)(term - parser->rule->terms);
    if (!set->has[index]) {
        set->has[index] = true;
        set->count++;
    } else if (!is_wildcard) {
        parse_error(parser, E_OF_TWICE, place, "`$%.*s` is in this set already",
                    (int)term->name.len, term->name.ptr);
    }
}

/* `$leak*`: every term whose name begins so. */
static void add_wildcard(struct parser *parser, struct set *set) {
    struct str prefix = parser->token.text;
    struct place first = parser->token.place;
    parse_advance(parser);
    parse_advance(parser);
    bool fits = false;
    uint32_t count = parser->rule ? parser->rule->term_count : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (str_starts_with(parser->rule->terms[i].name, prefix)) {
            set_add(parser, set, &parser->rule->terms[i], first, true);
            fits = true;
        }
    }
    if (!fits && !parser->terms_are_late) {
        parse_error(parser, E_OF_WILDCARD, place_since(parser, first),
                    "no term begins with `$%.*s`", (int)prefix.len, prefix.ptr);
    }
    set->is_sound = set->is_sound && fits;
}

static bool parse_set_members(struct parser *parser, struct set *set) {
    if (!expect_sign(parser, "(")) {
        return false;
    }
    while (!at_sign(parser, ")")) {
        if (parser->token.kind != TOKEN_TERM) {
            parse_expected(parser, E_EXPECTED, "a term");
            return false;
        }
        struct place place = parser->token.place;
        if (parser->next.kind == TOKEN_SIGN && str_is(parser->next.text, "*")) {
            add_wildcard(parser, set);
        } else {
            const struct term *term = parse_term_name(parser);
            set->is_sound = set->is_sound && term;
            if (term) {
                set_add(parser, set, term, place, false);
            }
        }
        if (!accept_sign(parser, ",") && !at_sign(parser, ")")) {
            parse_expected(parser, E_EXPECTED, "`,` or `)`");
            return false;
        }
    }
    parse_advance(parser);
    return true;
}

static void set_of_them(const struct parser *parser, struct set *set) {
    set->count = parser->rule ? parser->rule->term_count : 0;
    memset(set->has, true, set->count);
}

static bool move_set(struct parser *parser, const struct set *set, struct expr *expr) {
    parser->set_members += set->count;
    if (parser->set_members > PARSE_SET_MEMBERS) {
        parse_error(parser, E_SET_TOO_LARGE, expr->place,
                    "the sets of this pack name more than %u terms together", PARSE_SET_MEMBERS);
        return false;
    }
    expr->terms = parse_alloc(parser, set->count * sizeof(struct term *));
    if (!expr->terms) {
        return false;
    }
    for (uint32_t i = 0; i < parser->rule->term_count; i++) {
        if (set->has[i]) {
            expr->terms[expr->term_count++] = &parser->rule->terms[i];
        }
    }
    return true;
}

/* `any`, `all` or a number; *minimum 0 stands for all. */
static bool parse_quantifier(struct parser *parser, uint32_t *minimum) {
    *minimum = at_keyword(parser, KEYWORD_ANY) ? 1 : 0;
    if (accept_keyword(parser, KEYWORD_ANY) || accept_keyword(parser, KEYWORD_ALL)) {
        return true;
    }
    struct place place = parser->token.place;
    if (parser->token.kind == TOKEN_WORD) {
        struct diagnostic *diagnostic =
            parse_expected(parser, E_EXPECTED, "`any`, `all` or a number");
        if (diagnostic && str_is(parser->token.text, "none")) {
            diagnostic->help = STR("write `not any of (...)`");
        }
        return false;
    }
    if (!parse_whole(parser, E_OF_NUMBER, "a whole number", minimum)) {
        return false;
    }
    if (*minimum == 0) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_OF_NUMBER, place, "`0 of` holds for every post");
        if (diagnostic) {
            diagnostic->help = STR("write `not any of (...)` for none");
        }
        *minimum = 1;
    }
    return true;
}

struct expr *parse_set(struct parser *parser) {
    struct place first = parser->token.place;
    struct set set = {.is_sound = true};
    uint32_t minimum;
    if (!parse_quantifier(parser, &minimum)) {
        return NULL;
    }
    parse_advance(parser); /* `of` */
    if (accept_keyword(parser, KEYWORD_THEM)) {
        set_of_them(parser, &set);
    } else if (!parse_set_members(parser, &set)) {
        return NULL;
    }
    struct place place = place_since(parser, first);
    if (set.count == 0) {
        if (set.is_sound && !parser->terms_are_late) {
            parse_error(parser, E_OF_EMPTY, place, "this set has no terms");
        }
        return NULL;
    }
    if (set.is_sound && minimum > set.count) {
        parse_error(parser, E_OF_NUMBER, place, "%u of a set of %u can never hold", minimum,
                    set.count);
    }
    struct expr *expr = parse_alloc(parser, sizeof *expr);
    if (!expr) {
        return NULL;
    }
    *expr = (struct expr){.kind = EXPR_OF, .place = place, .within = WITHIN_POST};
    expr->of_minimum = minimum == 0 ? set.count : minimum;
    return move_set(parser, &set, expr) ? expr : NULL;
}
