/* `list @name from "file" as domain`, `list @name = any("a", "b")`. */
#include "rule/parse.h"

static void parse_kind(struct parser *parser, struct list *list) {
    while (!at_statement(parser) && parser->token.kind == TOKEN_WORD) {
        if (accept_keyword(parser, KEYWORD_FOLD)) {
            list->fold = true;
        } else if (accept_keyword(parser, KEYWORD_AS)) {
            list->as_domain = accept_keyword(parser, KEYWORD_DOMAIN);
            if (!list->as_domain) {
                parse_expected(parser, E_LIST_KIND, "`domain`");
                parse_advance(parser);
            }
        } else {
            return;
        }
    }
}

static bool parse_items(struct parser *parser, struct list *list) {
    if (!accept_keyword(parser, KEYWORD_ANY)) {
        parse_expected(parser, E_LIST_SOURCE, "`any(...)`");
        return false;
    }
    struct collector literals = {0};
    bool is_sound = parse_literals(parser, &literals, NULL);
    list->items = parse_move(parser, &literals, sizeof *list->items, &list->count);
    collector_free(&literals);
    return is_sound;
}

static bool parse_source(struct parser *parser, struct list *list) {
    if (accept_sign(parser, "=")) {
        return parse_items(parser, list);
    }
    if (!accept_keyword(parser, KEYWORD_FROM)) {
        parse_expected(parser, E_LIST_SOURCE, "`from \"file\"` or `= any(...)`");
        return false;
    }
    list->path_place = parser->token.place;
    return parse_string(parser, "the name of a file", &list->path);
}

void parse_list(struct parser *parser) {
    parse_advance(parser);
    struct list list = {.name = parser->token.text, .place = parser->token.place};
    list.path = STR_EMPTY;
    list.hash_hex = STR_EMPTY;
    if (parser->token.kind != TOKEN_LIST) {
        parse_expected(parser, E_EXPECTED, "a list's name like `@sites`");
        skip_to_statement(parser);
        return;
    }
    parse_advance(parser);
    if (parse_source(parser, &list)) {
        parse_kind(parser, &list);
    } else {
        skip_to_statement(parser);
    }
    struct list *slot = parse_collect(parser, &parser->lists, sizeof *slot);
    if (slot) {
        *slot = list;
    }
}
