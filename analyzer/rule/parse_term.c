/* The `terms:` section. */
#include "rule/parse.h"

static void parse_any(struct parser *parser, struct term *term) {
    struct collector literals = {0};
    struct collector uses = {0};
    term->kind = TERM_LITERALS;
    if (parse_literals(parser, &literals, &uses)) {
        term->literals =
            parse_move(parser, &literals, sizeof *term->literals, &term->literal_count);
        term->own_count = term->literal_count;
        term->uses = parse_move(parser, &uses, sizeof *term->uses, &term->use_count);
    } else {
        term->name = STR_EMPTY; /* marks a term whose value is unsound */
    }
    collector_free(&literals);
    collector_free(&uses);
}

static void parse_single_literal(struct parser *parser, struct term *term) {
    term->kind = TERM_LITERALS;
    term->literals = parse_alloc(parser, sizeof *term->literals);
    if (term->literals && parse_literal(parser, term->literals)) {
        term->literal_count = 1;
        term->own_count = 1;
    }
}

static bool parse_url(struct parser *parser, struct term *term) {
    term->kind = TERM_URL;
    parse_advance(parser);
    if (!expect_sign(parser, "(")) {
        return false;
    }
    if (parser->token.kind != TOKEN_LIST) {
        struct diagnostic *diagnostic = parse_expected(parser, E_URL_LIST, "a list");
        if (diagnostic) {
            diagnostic->help = STR("write `url(@sites)` with `list @sites = any(\"example.org\") "
                                   "as domain`");
        }
        return false;
    }
    term->uses = parse_alloc(parser, sizeof *term->uses);
    if (!term->uses) {
        return false;
    }
    term->uses[0] = (struct list_use){.name = parser->token.text, .place = parser->token.place};
    term->use_count = 1;
    parse_advance(parser);
    return expect_sign(parser, ")");
}

static bool parse_value(struct parser *parser, struct term *term) {
    const struct token *token = &parser->token;
    switch (token->kind) {
    case TOKEN_STRING:
        parse_single_literal(parser, term);
        return true;
    case TOKEN_REGEX:
        term->kind = TERM_REGEX;
        term->regex = token->text;
        term->regex_flags = token->flags;
        parse_advance(parser);
        return true;
    case TOKEN_WORD:
        if (at_keyword(parser, KEYWORD_ANY)) {
            parse_advance(parser);
            struct str name = term->name;
            parse_any(parser, term);
            bool is_sound = term->name.len > 0;
            term->name = name;
            return is_sound;
        }
        if (at_keyword(parser, KEYWORD_URL)) {
            return parse_url(parser, term);
        }
        if (memchr(token->text.ptr, '.', token->text.len)) {
            term->kind = TERM_FIELD;
            term->field = parse_field_test(parser);
            return term->field != NULL;
        }
        break;
    default:
        break;
    }
    struct diagnostic *diagnostic = parse_expected(parser, E_TERM_VALUE, "the value of a term");
    if (diagnostic) {
        diagnostic->help =
            STR("a term is any(\"...\", @list), \"...\", /regex/, url(@list) or a field test");
    }
    return false;
}

static void wrong_modifier(struct parser *parser, const struct term *term) {
    static const struct str known[] = {{"fold", 4}, {"leet", 4}, {"ungated", 7}};
    struct str word = parser->token.text;
    bool is_leet = at_keyword(parser, KEYWORD_LEET);
    bool is_known =
        is_leet || at_keyword(parser, KEYWORD_FOLD) || at_keyword(parser, KEYWORD_UNGATED);
    struct diagnostic *diagnostic =
        is_known ? parse_error(parser, E_TERM_MODIFIER, parser->token.place,
                               "`%.*s` does not fit this kind of term", (int)word.len, word.ptr)
                 : parse_error(parser, E_TERM_MODIFIER, parser->token.place,
                               "unknown modifier `%.*s`", (int)word.len, word.ptr);
    if (diagnostic && is_leet) {
        diagnostic->help = STR("leetspeak is undone in folded texts: write `fold leet`");
    } else if (diagnostic && is_known) {
        diagnostic->help = term->kind == TERM_LITERALS
                               ? STR("literals are always found by the prefilter")
                               : STR("`fold` and `ungated` are for searched texts");
    } else {
        bool is_case = str_is(word, "nocase") || str_is(word, "i");
        suggest(parser, diagnostic, word, known, 3,
                is_case ? "write `fold`: without case, accents kept, look-alikes undone"
                        : "the modifiers are `fold`, `fold leet` and `ungated`");
    }
}

static void parse_modifiers(struct parser *parser, struct term *term) {
    bool is_searched = term->kind == TERM_LITERALS || term->kind == TERM_REGEX;
    while (parser->token.kind == TOKEN_WORD && !at_section_end(parser)) {
        if (at_keyword(parser, KEYWORD_FOLD) && is_searched) {
            term->fold = true;
        } else if (at_keyword(parser, KEYWORD_LEET) && term->fold) {
            term->leet = true;
        } else if (at_keyword(parser, KEYWORD_UNGATED) && term->kind == TERM_REGEX) {
            term->accepts_cost = true;
        } else {
            wrong_modifier(parser, term);
        }
        parse_advance(parser);
    }
}

static const struct term *find_term(const struct parser *parser, struct str name) {
    const struct term *terms = (const struct term *)(const void *)parser->terms.bytes;
    for (uint32_t i = 0; i < parser->terms.count; i++) {
        if (str_equal(terms[i].name, name)) {
            return &terms[i];
        }
    }
    return NULL;
}

static void keep_term(struct parser *parser, const struct term *term) {
    const struct term *same = find_term(parser, term->name);
    if (same) {
        struct diagnostic *diagnostic =
            parse_error(parser, E_TERM_TWICE, term->name_place, "`$%.*s` is declared twice",
                        (int)term->name.len, term->name.ptr);
        second_place(diagnostic, same->name_place, STR("declared here first"));
        return;
    }
    if (parser->terms.count >= PARSE_TERMS) {
        if (!parser->terms_are_full) {
            parse_error(parser, E_TOO_MANY_TERMS, term->name_place, "a rule has at most %u terms",
                        PARSE_TERMS);
        }
        parser->terms_are_full = true;
        return;
    }
    struct term *slot = parse_collect(parser, &parser->terms, sizeof *slot);
    if (slot) {
        *slot = *term;
    }
}

/* `$name =` at a line's start begins the next term. */
static void recover(struct parser *parser) {
    while (!at_section_end(parser) &&
           !(parser->token.kind == TOKEN_TERM && parser->token.begins_line)) {
        parse_advance(parser);
    }
}

static void parse_term(struct parser *parser) {
    struct term term = {.name = parser->token.text, .name_place = parser->token.place};
    parse_advance(parser);
    bool is_sound = expect_sign(parser, "=");
    term.place = parser->token.place;
    is_sound = is_sound && parse_value(parser, &term);
    term.place = place_since(parser, term.place);
    if (is_sound) {
        parse_modifiers(parser, &term);
    }
    /* An unsound value is reported; the name is kept so that its uses are not reported too. */
    keep_term(parser, &term);
    if (!is_sound) {
        recover(parser);
    }
}

void parse_terms(struct parser *parser) {
    while (!at_section_end(parser)) {
        if (parser->token.kind == TOKEN_TERM) {
            parse_term(parser);
        } else {
            parse_expected(parser, E_EXPECTED, "a term");
            parse_advance(parser);
            recover(parser);
        }
    }
    parser->rule->terms =
        parse_move(parser, &parser->terms, sizeof *parser->rule->terms, &parser->rule->term_count);
}
