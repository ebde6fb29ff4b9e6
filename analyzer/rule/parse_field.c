/* Field tests: `post.lang in [en, ru]`, `account.followers >= 100`, `post.is_reply`. */
#include "rule/field.h"
#include "rule/parse.h"

#define FIELDS_MOST 64

static void unknown_field(struct parser *parser) {
    struct str names[FIELDS_MOST];
    size_t count = 0;
    for (const struct field *field; count < FIELDS_MOST && (field = field_at(count)); count++) {
        names[count] = str_from_c(field->name);
    }
    struct str name = parser->token.text;
    struct diagnostic *diagnostic = parse_error(parser, E_UNKNOWN_FIELD, parser->token.place,
                                                "unknown field `%.*s`", (int)name.len, name.ptr);
    suggest(parser, diagnostic, name, names, count, "rules/README.md lists the fields");
}

static bool comparison_of(struct str sign, enum comparison *comparison) {
    static const struct {
        const char *sign;
        enum comparison comparison;
    } comparisons[] = {
        {"==", COMPARE_EQ}, {"!=", COMPARE_NE}, {"<", COMPARE_LT},
        {"<=", COMPARE_LE}, {">", COMPARE_GT},  {">=", COMPARE_GE},
    };
    for (size_t i = 0; i < sizeof comparisons / sizeof comparisons[0]; i++) {
        if (str_is(sign, comparisons[i].sign)) {
            *comparison = comparisons[i].comparison;
            return true;
        }
    }
    return false;
}

bool parse_comparison(struct parser *parser, enum comparison *comparison) {
    if (parser->token.kind != TOKEN_SIGN) {
        return false;
    }
    if (str_is(parser->token.text, "=")) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_OPERATOR_STYLE, parser->token.place, "`=` does not compare");
        if (diagnostic) {
            diagnostic->help = STR("write `==`");
        }
        *comparison = COMPARE_EQ; /* reported: go on as meant */
    } else if (!comparison_of(parser->token.text, comparison)) {
        return false;
    }
    parse_advance(parser);
    return true;
}

static bool parse_text_value(struct parser *parser, struct str *text) {
    if (parser->token.kind == TOKEN_STRING) {
        return parse_string(parser, "a value", text);
    }
    if (parser->token.kind != TOKEN_WORD && parser->token.kind != TOKEN_NUMBER) {
        parse_expected(parser, E_FIELD_VALUE, "a word or a string");
        return false;
    }
    *text = parser->token.text;
    parse_advance(parser);
    return true;
}

static bool parse_text_list(struct parser *parser, struct field_test *test) {
    struct place first = parser->token.place;
    struct collector texts = {0};
    bool is_sound = expect_sign(parser, "[");
    while (is_sound && !at_sign(parser, "]")) {
        struct str *text = parse_collect(parser, &texts, sizeof *text);
        is_sound = text && parse_text_value(parser, text);
        if (is_sound && !accept_sign(parser, ",") && !at_sign(parser, "]")) {
            parse_expected(parser, E_EXPECTED, "`,` or `]`");
            is_sound = false;
        }
    }
    if (is_sound) {
        parse_advance(parser);
        test->texts = parse_move(parser, &texts, sizeof *test->texts, &test->text_count);
        if (test->text_count == 0 && !parser->is_out_of_memory) {
            parse_error(parser, E_FIELD_LIST_EMPTY, place_since(parser, first),
                        "an empty list holds no value");
        }
    }
    collector_free(&texts);
    return is_sound;
}

static void wrong_comparison(struct parser *parser, const struct field_test *test,
                             struct place place) {
    static const char *const fits[] = {
        [FIELD_TEXT] = "a text takes ==, !=, in [...] and not in [...]",
        [FIELD_NUMBER] = "a number takes ==, !=, <, <=, > and >=",
        [FIELD_BOOLEAN] = "it is true or false: write it alone, after `not`, or with == and !=",
    };
    struct diagnostic *diagnostic = parse_error(
        parser, E_FIELD_COMPARISON, place, "this comparison does not fit `%s`", test->field->name);
    if (diagnostic) {
        diagnostic->help = str_from_c(fits[test->field->kind]);
    }
}

static bool parse_truth(struct parser *parser, bool *truth) {
    *truth = at_keyword(parser, KEYWORD_TRUE);
    if (!*truth && !at_keyword(parser, KEYWORD_FALSE)) {
        parse_expected(parser, E_FIELD_VALUE, "true or false");
        return false;
    }
    parse_advance(parser);
    return true;
}

/* One value for a text field is kept as a list of one. */
static bool parse_right_side(struct parser *parser, struct field_test *test) {
    switch (test->field->kind) {
    case FIELD_TEXT:
        test->texts = parse_alloc(parser, sizeof *test->texts);
        test->text_count = test->texts ? 1 : 0;
        return test->texts && parse_text_value(parser, test->texts);
    case FIELD_NUMBER:
        return parse_number(parser, E_FIELD_VALUE, "a number", &test->number);
    case FIELD_BOOLEAN:
        return parse_truth(parser, &test->boolean);
    }
    return false;
}

static bool comparison_fits(const struct field_test *test) {
    bool is_equality = test->comparison == COMPARE_EQ || test->comparison == COMPARE_NE;
    switch (test->field->kind) {
    case FIELD_TEXT:
        return is_equality || test->comparison == COMPARE_IN;
    case FIELD_NUMBER:
        return test->comparison != COMPARE_IN;
    case FIELD_BOOLEAN:
        return is_equality;
    }
    return false;
}

static bool parse_test_of_field(struct parser *parser, struct field_test *test) {
    struct place operator_place = parser->token.place;
    if (at_keyword(parser, KEYWORD_NOT) && parser->next.keyword == KEYWORD_IN) {
        parse_advance(parser);
        test->negated = true;
    }
    if (accept_keyword(parser, KEYWORD_IN)) {
        test->comparison = COMPARE_IN;
    } else if (!parse_comparison(parser, &test->comparison)) {
        test->boolean = true;
        test->comparison = COMPARE_EQ;
        if (test->field->kind == FIELD_BOOLEAN) {
            return true;
        }
        wrong_comparison(parser, test, test->place);
        return false;
    }
    if (!comparison_fits(test)) {
        wrong_comparison(parser, test, place_since(parser, operator_place));
        return false;
    }
    return test->comparison == COMPARE_IN ? parse_text_list(parser, test)
                                          : parse_right_side(parser, test);
}

struct field_test *parse_field_test(struct parser *parser) {
    struct field_test *test = parse_alloc(parser, sizeof *test);
    if (!test) {
        return NULL;
    }
    struct place first = parser->token.place;
    test->place = first;
    test->field_index = field_find(parser->token.text);
    if (test->field_index == FIELD_NONE) {
        unknown_field(parser);
        return NULL;
    }
    test->field = field_at(test->field_index);
    parse_advance(parser);
    if (!parse_test_of_field(parser, test)) {
        return NULL;
    }
    test->place = place_since(parser, first);
    return test;
}
