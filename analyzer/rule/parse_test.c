/* The `tests:` section. */
#include "rule/frame.h"
#include "rule/parse.h"

bool is_language_tag(struct str text) {
    size_t subtag = 0;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool is_digit = byte >= '0' && byte <= '9' && i > 2;
        if (byte == '-' && subtag >= 2) {
            subtag = 0;
        } else if (is_letter || is_digit) {
            subtag++;
        } else {
            return false;
        }
    }
    return subtag >= 2 && subtag <= 8 && text.len <= 35;
}

static bool parse_language(struct parser *parser, struct rule_test *test) {
    struct place place = parser->token.place;
    if (parser->token.kind == TOKEN_STRING) {
        parse_string(parser, "a language", &test->lang);
    } else if (parser->token.kind == TOKEN_WORD) {
        test->lang = parser->token.text;
        parse_advance(parser);
    } else {
        parse_expected(parser, E_TEST_LANGUAGE, "a language like en or zh-Hans");
        return false;
    }
    if (!is_language_tag(test->lang)) {
        parse_error(parser, E_TEST_LANGUAGE, place, "this is not a language like en or zh-Hans");
    }
    return true;
}

static void check_binding(struct parser *parser, const struct rule_test *test,
                          const struct collector *bindings, const struct test_binding *binding) {
    const struct test_binding *all = (const struct test_binding *)(const void *)bindings->bytes;
    for (uint32_t i = 0; i < bindings->count; i++) {
        if (all[i].term && all[i].term == binding->term) {
            struct diagnostic *diagnostic =
                parse_error(parser, E_BINDING_TWICE, binding->place, "`$%.*s` is bound twice",
                            (int)binding->term->name.len, binding->term->name.ptr);
            second_place(diagnostic, all[i].place, STR("bound here first"));
            return;
        }
    }
    if (str_find(test->text, binding->text, 0) == STR_NOT_FOUND) {
        parse_error(parser, E_BINDING_ABSENT, binding->place,
                    "the test's text does not hold this text");
    }
}

static bool parse_binding(struct parser *parser, const struct rule_test *test,
                          struct collector *bindings) {
    struct test_binding binding = {.place = parser->token.place};
    if (parser->token.kind != TOKEN_TERM) {
        parse_expected(parser, E_EXPECTED, "a term");
        return false;
    }
    binding.term = parse_term_name(parser);
    if (!expect_sign(parser, "=") || !parse_string(parser, "a string", &binding.text)) {
        return false;
    }
    binding.place = place_since(parser, binding.place);
    check_binding(parser, test, bindings, &binding);
    struct test_binding *slot = binding.term ? parse_collect(parser, bindings, sizeof *slot) : NULL;
    if (slot) {
        *slot = binding;
    }
    return true;
}

static bool is_test_start(const struct parser *parser) {
    switch (parser->token.keyword) {
    case KEYWORD_FIRES:
    case KEYWORD_SILENT:
    case KEYWORD_TODO:
    case KEYWORD_SERIES:
    case KEYWORD_SURVIVES:
        return true;
    default:
        return false;
    }
}

/* Behind the closing brace, so that it does not end the rule. */
static void skip_bindings(struct parser *parser) {
    while (parser->token.kind != TOKEN_END && !at_sign(parser, "}") && !at_section_end(parser) &&
           !(is_test_start(parser) && parser->token.begins_line)) {
        parse_advance(parser);
    }
    accept_sign(parser, "}");
}

/* `{ $leak = "leaked", $n = "4.2 million" }` */
static bool parse_bindings(struct parser *parser, struct rule_test *test) {
    struct place first = parser->token.place;
    struct collector bindings = {0};
    bool is_sound = true;
    parse_advance(parser);
    while (is_sound && !at_sign(parser, "}")) {
        is_sound = bindings.count < PARSE_TERMS && parse_binding(parser, test, &bindings);
        if (is_sound && !accept_sign(parser, ",") && !at_sign(parser, "}")) {
            parse_expected(parser, E_EXPECTED, "`,` or `}`");
            is_sound = false;
        }
    }
    if (!is_sound) {
        skip_bindings(parser);
        collector_free(&bindings);
        return false;
    }
    parse_advance(parser);
    test->bindings = parse_move(parser, &bindings, sizeof *test->bindings, &test->binding_count);
    collector_free(&bindings);
    if (test->kind == TEST_SILENT) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_BINDING_SILENT, first, "a silent test has nothing to bind");
        if (diagnostic) {
            diagnostic->help = STR("say which term keeps it silent: `because $term`");
        }
    }
    return true;
}

static bool parse_because(struct parser *parser, struct rule_test *test) {
    struct place place = parser->token.place;
    parse_advance(parser);
    if (parser->token.kind != TOKEN_TERM) {
        parse_expected(parser, E_EXPECTED, "a term");
        return false;
    }
    test->because = parse_term_name(parser);
    if (test->kind == TEST_FIRES) {
        parse_error(parser, E_BECAUSE_FIRES, place, "`because` belongs to silent tests");
    }
    return true;
}

static void clause_twice(struct parser *parser, bool is_again) {
    if (is_again) {
        struct str clause = parser->token.text;
        parse_error(parser, E_TEST_CLAUSE_TWICE, parser->token.place,
                    "`%.*s` is given twice in this test", (int)clause.len, clause.ptr);
    }
}

static bool parse_clauses(struct parser *parser, struct rule_test *test) {
    for (;;) {
        bool is_sound;
        if (at_keyword(parser, KEYWORD_LANG)) {
            clause_twice(parser, test->lang.len > 0);
            parse_advance(parser);
            is_sound = parse_language(parser, test);
        } else if (at_sign(parser, "{")) {
            clause_twice(parser, test->binding_count > 0);
            is_sound = parse_bindings(parser, test);
        } else if (at_keyword(parser, KEYWORD_BECAUSE)) {
            clause_twice(parser, test->because != NULL);
            is_sound = parse_because(parser, test);
        } else {
            return true;
        }
        if (!is_sound) {
            return false;
        }
    }
}

/* Braces inside tests are skipped in pairs, or a `}` of bindings would end the rule. */
static void recover(struct parser *parser) {
    uint32_t open = 0;
    while (parser->token.kind != TOKEN_END && !at_statement(parser)) {
        if (at_sign(parser, "{")) {
            open++;
        } else if (at_sign(parser, "}") && open > 0) {
            open--;
        } else if (open == 0 && (at_section_end(parser) || is_test_start(parser))) {
            return;
        }
        parse_advance(parser);
    }
}

/* `each $term` before a frame. */
static bool parse_each(struct parser *parser, struct rule_test *test) {
    parse_advance(parser);
    struct place place = parser->token.place;
    if (parser->token.kind != TOKEN_TERM) {
        parse_expected(parser, E_EXPECTED, "a term");
        return false;
    }
    test->each = parse_term_name(parser);
    if (test->each && test->each->kind != TERM_LITERALS) {
        parse_error(parser, E_EACH_TERM, place, "`$%.*s` has no literals to put into a text",
                    (int)test->each->name.len, test->each->name.ptr);
    }
    return test->each != NULL;
}

static void check_frame(struct parser *parser, const struct rule_test *test, struct place place) {
    size_t hole = str_find(test->text, STR(FRAME_HOLE), 0);
    bool has_one =
        hole != STR_NOT_FOUND && str_find(test->text, STR(FRAME_HOLE), hole + 1) == STR_NOT_FOUND;
    if (test->each && !has_one) {
        parse_error(parser, E_EACH_FRAME, place,
                    "the text for `each` needs one {} where the literal goes");
    }
}

static bool parse_test(struct parser *parser, struct rule_test *test) {
    test->place = parser->token.place;
    test->is_todo = accept_keyword(parser, KEYWORD_TODO);
    test->kind = at_keyword(parser, KEYWORD_SILENT) ? TEST_SILENT : TEST_FIRES;
    if (!at_keyword(parser, KEYWORD_SILENT) && !at_keyword(parser, KEYWORD_FIRES)) {
        static const struct str kinds[] = {
            {"fires", 5}, {"silent", 6}, {"todo", 4}, {"series", 6}, {"survives", 8}};
        struct str word = parser->token.text;
        struct diagnostic *diagnostic =
            parse_expected(parser, E_TEST_UNKNOWN, "`fires`, `silent` or `todo`");
        suggest(parser, diagnostic, word, kinds, 5, NULL);
        parse_advance(parser);
        return false;
    }
    parse_advance(parser);
    if (at_keyword(parser, KEYWORD_EACH) && !parse_each(parser, test)) {
        return false;
    }
    if (parser->token.kind != TOKEN_STRING) {
        parse_expected(parser, E_TEST_TEXT, "the text of the test");
        return false;
    }
    struct place text_place = parser->token.place;
    parse_string(parser, "the text of the test", &test->text);
    test->place = place_since(parser, test->place);
    check_frame(parser, test, text_place);
    return parse_clauses(parser, test);
}

static void collect_series(struct parser *parser, struct collector *all) {
    struct rule_series series = {.name = STR_EMPTY};
    if (!parse_series(parser, &series)) {
        recover(parser);
        return;
    }
    struct rule_series *slot = parse_collect(parser, all, sizeof *slot);
    if (slot) {
        *slot = series;
    }
}

static bool at_kind(const struct parser *parser, enum keyword kind) {
    return at_keyword(parser, kind) ||
           (at_keyword(parser, KEYWORD_TODO) && parser->next.keyword == kind);
}

static void collect_survival(struct parser *parser, struct collector *all) {
    struct rule_survival survival = {.is_todo = false};
    if (!parse_survives(parser, &survival)) {
        /* It holds the word `fires` itself, so only a line's start begins the next test. */
        while (!at_section_end(parser) && !(is_test_start(parser) && parser->token.begins_line)) {
            parse_advance(parser);
        }
        return;
    }
    struct rule_survival *slot = parse_collect(parser, all, sizeof *slot);
    if (slot) {
        *slot = survival;
    }
}

void parse_tests(struct parser *parser) {
    struct collector tests = {0};
    struct collector series = {0};
    struct collector survivals = {0};
    while (!at_section_end(parser)) {
        if (at_kind(parser, KEYWORD_SERIES)) {
            collect_series(parser, &series);
            continue;
        }
        if (at_kind(parser, KEYWORD_SURVIVES)) {
            collect_survival(parser, &survivals);
            continue;
        }
        struct rule_test test = {.lang = STR_EMPTY};
        if (!parse_test(parser, &test)) {
            recover(parser);
            continue;
        }
        struct rule_test *slot = parse_collect(parser, &tests, sizeof *slot);
        if (slot) {
            *slot = test;
        }
    }
    parser->rule->tests =
        parse_move(parser, &tests, sizeof *parser->rule->tests, &parser->rule->test_count);
    parser->rule->series =
        parse_move(parser, &series, sizeof *parser->rule->series, &parser->rule->series_count);
    collector_free(&tests);
    parser->rule->survivals = parse_move(parser, &survivals, sizeof *parser->rule->survivals,
                                         &parser->rule->survival_count);
    collector_free(&series);
    collector_free(&survivals);
}
