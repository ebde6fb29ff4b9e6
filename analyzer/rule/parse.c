#include "rule/parse.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

void parse_advance(struct parser *parser) {
    parser->last_end = parser->token.place.end;
    parser->token = parser->next;
    parser->next = lexer_next(&parser->lexer);
}

void *parse_alloc(struct parser *parser, size_t size) {
    void *object = arena_alloc(&parser->ast->arena, size);
    if (!object) {
        parser->is_out_of_memory = true;
    }
    return object;
}

void *parse_collect(struct parser *parser, struct collector *collector, size_t item_size) {
    void *item = collector_add(collector, item_size);
    if (!item) {
        parser->is_out_of_memory = true;
    }
    return item;
}

void *parse_move(struct parser *parser, struct collector *collector, size_t item_size,
                 uint32_t *count) {
    void *items = collector_move(collector, item_size, &parser->ast->arena, count);
    if (!items && *count > 0) {
        parser->is_out_of_memory = true;
        *count = 0;
    }
    return items;
}

bool at_sign(const struct parser *parser, const char *sign) {
    return parser->token.kind == TOKEN_SIGN && str_is(parser->token.text, sign);
}

bool at_keyword(const struct parser *parser, enum keyword keyword) {
    return parser->token.keyword == keyword;
}

bool accept_sign(struct parser *parser, const char *sign) {
    if (!at_sign(parser, sign)) {
        return false;
    }
    parse_advance(parser);
    return true;
}

bool accept_keyword(struct parser *parser, enum keyword keyword) {
    if (!at_keyword(parser, keyword)) {
        return false;
    }
    parse_advance(parser);
    return true;
}

bool expect_sign(struct parser *parser, const char *sign) {
    if (accept_sign(parser, sign)) {
        return true;
    }
    char wanted[8];
    snprintf(wanted, sizeof wanted, "`%s`", sign);
    parse_expected(parser, E_EXPECTED, wanted);
    return false;
}

bool at_section(const struct parser *parser) {
    bool is_labelled = parser->token.kind == TOKEN_WORD && parser->next.kind == TOKEN_SIGN &&
                       str_is(parser->next.text, ":");
    return is_labelled || (at_keyword(parser, KEYWORD_OVER) &&
                           (parser->token.begins_line || parser->next.kind == TOKEN_NUMBER));
}

/* Asks for the second token too, because a name inside a rule may be spelt like a statement. */
bool at_statement(const struct parser *parser) {
    if (!parser->token.begins_line) {
        return false;
    }
    switch (parser->token.keyword) {
    case KEYWORD_RULE:
    case KEYWORD_PACK:
        return parser->next.kind == TOKEN_WORD && !parser->next.begins_line;
    case KEYWORD_PRIVATE:
        return parser->next.keyword == KEYWORD_RULE;
    case KEYWORD_LIST:
        return parser->next.kind == TOKEN_LIST;
    case KEYWORD_PRIOR:
    case KEYWORD_THRESHOLD:
        return parser->next.kind == TOKEN_NUMBER;
    case KEYWORD_IMPORT:
        return parser->next.kind == TOKEN_STRING;
    default:
        return false;
    }
}

bool at_section_end(const struct parser *parser) {
    return parser->token.kind == TOKEN_END || at_sign(parser, "}") || at_section(parser) ||
           at_statement(parser);
}

bool at_statement_keyword(const struct parser *parser) {
    const struct keyword_row *row = keyword_at(parser->token.keyword);
    return row && row->use == KEYWORD_STATEMENT;
}

void skip_to_statement(struct parser *parser) {
    while (parser->token.kind != TOKEN_END &&
           !(parser->token.begins_line && at_statement_keyword(parser))) {
        parse_advance(parser);
    }
}

struct diagnostic *parse_error(struct parser *parser, const char *code, struct place place,
                               const char *format, ...) {
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return diagnostics_add(parser->diagnostics, code, SEVERITY_ERROR, place, "%s", message);
}

struct diagnostic *parse_expected(struct parser *parser, const char *code, const char *wanted) {
    const struct token *token = &parser->token;
    if (token->kind == TOKEN_BAD) {
        return NULL;
    }
    if (token->kind == TOKEN_END) {
        return parse_error(parser, code, token->place, "expected %s, found the end of the file",
                           wanted);
    }
    struct place place = token->place;
    struct str found = str_slice(parser->lexer.text, place.start, place.end);
    struct str shown = utf8_clip(found, 40);
    return parse_error(parser, code, place, "expected %s, found `%.*s%s`", wanted, (int)shown.len,
                       shown.ptr, shown.len < found.len ? "..." : "");
}

void suggest(struct parser *parser, struct diagnostic *diagnostic, struct str name,
             const struct str *candidates, size_t count, const char *otherwise) {
    if (!diagnostic) {
        return;
    }
    struct str nearest = nearest_name(name, candidates, count);
    if (nearest.len > 0) {
        diagnostic->help = diagnostics_text(parser->diagnostics, "did you mean `%.*s`?",
                                            (int)nearest.len, nearest.ptr);
    } else if (otherwise) {
        diagnostic->help = str_from_c(otherwise);
    }
}

void second_place(struct diagnostic *diagnostic, struct place place, struct str label) {
    if (diagnostic) {
        diagnostic->has_second = true;
        diagnostic->second = place;
        diagnostic->second_label = label;
    }
}

struct place place_since(const struct parser *parser, struct place first) {
    uint32_t end = parser->last_end > first.end ? parser->last_end : first.end;
    return (struct place){first.file, first.start, end};
}

bool parse_number(struct parser *parser, const char *code, const char *wanted, double *number) {
    if (parser->token.kind != TOKEN_NUMBER || !str_to_double(parser->token.text, number)) {
        parse_expected(parser, code, wanted);
        return false;
    }
    parse_advance(parser);
    return true;
}

bool parse_whole(struct parser *parser, const char *code, const char *wanted, uint32_t *number) {
    uint64_t value;
    if (parser->token.kind != TOKEN_NUMBER || !str_to_u64(parser->token.text, &value) ||
        value > UINT32_MAX) {
        parse_expected(parser, code, wanted);
        return false;
    }
    parse_advance(parser);
    *number = (uint32_t)value;
    return true;
}

bool at_operator(struct parser *parser, enum keyword keyword) {
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

bool accept_operator(struct parser *parser, enum keyword keyword) {
    if (!at_operator(parser, keyword)) {
        return false;
    }
    parse_advance(parser);
    return true;
}
