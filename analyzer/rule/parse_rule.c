/* `rule name { ... }`: the sections in their order. */
#include "rule/parse.h"

static void parse_where(struct parser *parser) {
    parser->fields_only = true;
    parser->rule->where = parse_condition(parser);
    parser->fields_only = false;
}

static void parse_match(struct parser *parser) {
    parser->rule->match = parse_condition(parser);
}

/* In the order in which they stand. */
static const struct {
    enum keyword keyword;
    void (*parse)(struct parser *parser);
} sections[] = {
    {KEYWORD_META, parse_meta},   {KEYWORD_WHERE, parse_where}, {KEYWORD_TERMS, parse_terms},
    {KEYWORD_MATCH, parse_match}, {KEYWORD_OVER, parse_over},   {KEYWORD_OUTCOME, parse_outcome},
    {KEYWORD_TESTS, parse_tests},
};

#define LOOK_AHEAD_TOKENS 4096u
#define SECTION_COUNT (sizeof sections / sizeof sections[0])

static void recover(struct parser *parser) {
    while (!at_section_end(parser)) {
        parse_advance(parser);
    }
}

static void unknown_section(struct parser *parser) {
    struct str name = parser->token.text;
    struct str names[SECTION_COUNT];
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        names[i] = str_from_c(keyword_at(sections[i].keyword)->name);
    }
    struct diagnostic *diagnostic = parse_error(parser, E_UNKNOWN_SECTION, parser->token.place,
                                                "unknown section `%.*s`", (int)name.len, name.ptr);
    const struct keyword_row *row = keyword_at(parser->token.keyword);
    if (diagnostic && row && row->use == KEYWORD_META_KEY) {
        diagnostic->help = diagnostics_text(parser->diagnostics, "write `%s = ...`", row->name);
    } else if (diagnostic && row && row->use == KEYWORD_CLAUSE) {
        diagnostic->help =
            diagnostics_text(parser->diagnostics, "`%s` stands without `:`", row->name);
    } else {
        suggest(parser, diagnostic, name, names, SECTION_COUNT,
                "the sections are meta, where, terms, match, over, outcome and tests");
    }
    parse_advance(parser);
}

static size_t section_index(const struct parser *parser) {
    size_t index = 0;
    while (index < SECTION_COUNT && !at_keyword(parser, sections[index].keyword)) {
        index++;
    }
    return index;
}

static void check_order(struct parser *parser, size_t index, const bool seen[SECTION_COUNT]) {
    const char *name = keyword_at(sections[index].keyword)->name;
    if (seen[index]) {
        parse_error(parser, E_SECTION_TWICE, parser->token.place, "`%s:` is given twice", name);
        return;
    }
    for (size_t later = index + 1; later < SECTION_COUNT; later++) {
        if (seen[later]) {
            struct diagnostic *diagnostic = parse_error(
                parser, E_SECTION_ORDER, parser->token.place, "`%s:` must stand before `%s:`", name,
                keyword_at(sections[later].keyword)->name);
            if (diagnostic) {
                diagnostic->help =
                    STR("the order is meta, where, terms, match, over, outcome, tests");
            }
            return;
        }
    }
}

/* A match that stands before its terms cannot know them: look ahead for a late `terms:`, but no
 * farther than to the next rule and LOOK_AHEAD_TOKENS, since every rule of a file may ask. */
static bool terms_come_late(const struct parser *parser, const bool seen[SECTION_COUNT]) {
    if (seen[2]) {
        return false;
    }
    struct lexer ahead = parser->lexer;
    struct diagnostics silent = {.error_count = DIAGNOSTICS_KEPT};
    ahead.diagnostics = &silent;
    struct token last = parser->next;
    struct token token = lexer_next(&ahead);
    for (uint32_t i = 0; i < LOOK_AHEAD_TOKENS && token.kind != TOKEN_END; i++) {
        bool follows_rule = token.begins_line || str_is(last.text, "}");
        if (token.keyword == KEYWORD_RULE && follows_rule) {
            return false;
        }
        if (last.keyword == KEYWORD_TERMS && str_is(token.text, ":")) {
            return true;
        }
        last = token;
        token = lexer_next(&ahead);
    }
    return false;
}

static void parse_section(struct parser *parser, bool seen[SECTION_COUNT]) {
    size_t index = section_index(parser);
    if (index == SECTION_COUNT) {
        unknown_section(parser);
        accept_sign(parser, ":");
        recover(parser);
        return;
    }
    check_order(parser, index, seen);
    bool is_again = seen[index];
    seen[index] = true;
    if (sections[index].keyword == KEYWORD_MATCH && !is_again) {
        parser->terms_are_late = terms_come_late(parser, seen);
    }
    parse_advance(parser);
    accept_sign(parser, ":");
    if (is_again) {
        recover(parser);
        return;
    }
    sections[index].parse(parser);
    if (!at_section_end(parser)) {
        recover(parser);
    }
}

static void check_match(struct parser *parser, const bool seen[SECTION_COUNT]) {
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (sections[i].keyword == KEYWORD_MATCH && !seen[i]) {
            parse_error(parser, E_MATCH_MISSING, parser->rule->name_place,
                        "the rule `%.*s` has no match", (int)parser->rule->name.len,
                        parser->rule->name.ptr);
        }
    }
}

static void parse_body(struct parser *parser) {
    bool seen[SECTION_COUNT] = {false};
    parser->terms_are_late = false;
    parser->terms_are_full = false;
    while (!at_sign(parser, "}")) {
        if (parser->token.kind == TOKEN_END || at_statement(parser)) {
            check_match(parser, seen);
            parse_error(parser, E_RULE_OPEN, parser->rule->name_place,
                        "the rule `%.*s` is not closed", (int)parser->rule->name.len,
                        parser->rule->name.ptr);
            return;
        }
        if (at_section(parser)) {
            parse_section(parser, seen);
        } else {
            parse_expected(parser, E_EXPECTED, "a section like `terms:`");
            parse_advance(parser);
            recover(parser);
        }
    }
    check_match(parser, seen);
    parse_advance(parser);
}

static bool parse_name(struct parser *parser, struct rule *rule) {
    const struct keyword_row *row = keyword_at(parser->token.keyword);
    rule->name = parser->token.text;
    rule->name_place = parser->token.place;
    bool is_dotted = memchr(rule->name.ptr ? rule->name.ptr : "", '.', rule->name.len) != NULL;
    if (parser->token.kind != TOKEN_WORD) {
        parse_expected(parser, E_RULE_NAME, "the rule's name");
        rule->name = STR_EMPTY;
        return false;
    }
    if ((row && row->use == KEYWORD_CONDITION) || is_dotted) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_RULE_NAME, rule->name_place, "a rule cannot be called `%.*s`",
                        (int)rule->name.len, rule->name.ptr);
        if (diagnostic) {
            diagnostic->help = STR("conditions use this word");
        }
    }
    parse_advance(parser);
    return true;
}

static void keep_rule(struct parser *parser, const struct rule *rule) {
    if (parser->rules.count >= PARSE_RULES) {
        if (!parser->rules_are_full) {
            parse_error(parser, E_TOO_MANY_RULES, rule->place, "a pack has at most %u rules",
                        PARSE_RULES);
        }
        parser->rules_are_full = true;
        return;
    }
    struct rule *slot = parse_collect(parser, &parser->rules, sizeof *slot);
    if (slot) {
        *slot = *rule;
    }
}

void parse_rule(struct parser *parser, bool is_private) {
    struct rule rule = {.is_private = is_private, .place = parser->token.place};
    rule.meta.status = RULE_STABLE;
    parser->rule = &rule;
    parser->terms.count = 0;
    parse_advance(parser);
    bool is_sound = parse_name(parser, &rule);
    if (expect_sign(parser, "{")) {
        parse_body(parser);
    } else {
        is_sound = false;
        while (parser->token.kind != TOKEN_END && !at_statement(parser)) {
            parse_advance(parser);
        }
    }
    rule.place = place_since(parser, rule.place);
    parser->rule = NULL;
    if (is_sound) {
        keep_rule(parser, &rule);
    }
}
