#include "rule/dump.h"

#include "base/json.h"
#include "rule/lexer.h"

#define ITEM_INDENT 4u /* as rule/format.c lays items out; their further lines stand deeper */

struct dumper {
    struct lexer lexer;
    struct token token;
    struct token next;
    struct buffer *out;
    struct buffer piece; /* rule text on one line */
};

static void advance(struct dumper *dumper) {
    dumper->token = dumper->next;
    dumper->next = lexer_next(&dumper->lexer);
}

static bool is_sign(const struct token *token, const char *sign) {
    return token->kind == TOKEN_SIGN && str_is(token->text, sign);
}

static struct str source(const struct dumper *dumper, struct place place) {
    return str_slice(dumper->lexer.text, place.start, place.end);
}

/* Bytes between the line's start and the token. */
static uint32_t indent_of(const struct dumper *dumper) {
    uint32_t at = dumper->token.place.start;
    while (at > 0 && dumper->lexer.text.ptr[at - 1] != '\n') {
        at--;
    }
    return dumper->token.place.start - at;
}

static bool begins_item(const struct dumper *dumper) {
    bool is_inner_end = is_sign(&dumper->token, "}"); /* of the item before */
    return dumper->token.begins_line && indent_of(dumper) <= ITEM_INDENT && !is_inner_end;
}

static bool begins_statement(const struct dumper *dumper) {
    return dumper->token.begins_line && indent_of(dumper) == 0;
}

/* Takes the token into the piece; what stood apart stays apart by one blank. */
static void take(struct dumper *dumper) {
    buffer_append_str(&dumper->piece, source(dumper, dumper->token.place));
    bool is_apart = dumper->next.place.start > dumper->token.place.end;
    advance(dumper);
    if (is_apart && dumper->token.kind != TOKEN_END) {
        buffer_append_byte(&dumper->piece, ' ');
    }
}

static void put_piece(struct dumper *dumper, const char *key) {
    struct str text = str_trim(buffer_str(&dumper->piece));
    buffer_printf(dumper->out, "\"%s\":", key);
    json_append_string(dumper->out, text);
    dumper->out->failed = dumper->out->failed || dumper->piece.failed;
    buffer_clear(&dumper->piece);
}

/* ---- Sections ---- */

static bool ends_section(const struct dumper *dumper) {
    bool is_outer = dumper->token.begins_line && indent_of(dumper) < ITEM_INDENT;
    return dumper->token.kind == TOKEN_END || is_outer;
}

static void put_item(struct dumper *dumper, bool has_name) {
    buffer_append_byte(dumper->out, '{');
    if (has_name && is_sign(&dumper->next, "=")) {
        buffer_append_str(&dumper->piece, dumper->token.text);
        put_piece(dumper, "name");
        buffer_append_byte(dumper->out, ',');
        advance(dumper);
        advance(dumper);
    }
    do {
        take(dumper);
    } while (!ends_section(dumper) && !begins_item(dumper));
    put_piece(dumper, "text");
    buffer_append_byte(dumper->out, '}');
}

static void put_section(struct dumper *dumper) {
    enum keyword section = dumper->token.keyword;
    bool has_name = section == KEYWORD_META || section == KEYWORD_TERMS;
    bool is_whole = section == KEYWORD_WHERE || section == KEYWORD_MATCH || section == KEYWORD_OVER;
    while (!is_sign(&dumper->token, ":") && dumper->token.kind != TOKEN_END) {
        take(dumper);
    }
    advance(dumper);
    buffer_append_byte(dumper->out, '{');
    put_piece(dumper, "section");
    buffer_append_c(dumper->out, ",\"items\":[");
    for (size_t i = 0; !ends_section(dumper); i++) {
        buffer_append_c(dumper->out, i > 0 ? "," : "");
        if (is_whole) {
            while (!ends_section(dumper)) {
                take(dumper);
            }
            buffer_append_byte(dumper->out, '{');
            put_piece(dumper, "text");
            buffer_append_byte(dumper->out, '}');
        } else {
            put_item(dumper, has_name);
        }
    }
    buffer_append_c(dumper->out, "]}");
}

/* ---- Statements ---- */

static void put_rule(struct dumper *dumper) {
    bool is_private = dumper->token.keyword == KEYWORD_PRIVATE;
    advance(dumper);
    if (is_private) {
        advance(dumper);
    }
    buffer_printf(dumper->out, "{\"statement\":\"%s\",", is_private ? "private rule" : "rule");
    while (!is_sign(&dumper->token, "{") && dumper->token.kind != TOKEN_END) {
        take(dumper);
    }
    put_piece(dumper, "name");
    advance(dumper);
    buffer_append_c(dumper->out, ",\"sections\":[");
    for (size_t i = 0; dumper->token.kind != TOKEN_END && !begins_statement(dumper); i++) {
        buffer_append_c(dumper->out, i > 0 ? ",\n  " : "\n  ");
        put_section(dumper);
    }
    buffer_append_c(dumper->out, "]}");
    if (is_sign(&dumper->token, "}")) {
        advance(dumper);
    }
}

static void put_statement(struct dumper *dumper) {
    enum keyword keyword = dumper->token.keyword;
    if (keyword == KEYWORD_RULE || keyword == KEYWORD_PRIVATE) {
        put_rule(dumper);
        return;
    }
    buffer_append_c(dumper->out, "{\"statement\":");
    json_append_string(dumper->out, source(dumper, dumper->token.place));
    buffer_append_byte(dumper->out, ',');
    advance(dumper);
    while (dumper->token.kind != TOKEN_END && !begins_statement(dumper)) {
        take(dumper);
    }
    put_piece(dumper, "text");
    buffer_append_byte(dumper->out, '}');
}

enum hearsay_status rule_dump(struct str text, struct diagnostics *diagnostics,
                              struct buffer *out) {
    struct buffer laid_out = {0};
    struct diagnostics ignored = {0};
    struct dumper dumper = {.out = out};
    enum hearsay_status status = rule_format(text, diagnostics, &laid_out);
    if (status == HEARSAY_OK) {
        lexer_init(&dumper.lexer, buffer_str(&laid_out), 0, &ignored);
        dumper.next = lexer_next(&dumper.lexer);
        advance(&dumper);
        buffer_append_c(out, "{\"format\":\"hearsay-rules\",\"version\":1,\"statements\":[");
        for (size_t i = 0; dumper.token.kind != TOKEN_END; i++) {
            buffer_append_c(out, i > 0 ? ",\n " : "\n ");
            put_statement(&dumper);
        }
        buffer_append_c(out, "\n]}\n");
        status = out->failed ? HEARSAY_NO_MEMORY : HEARSAY_OK;
    }
    diagnostics_free(&ignored);
    buffer_free(&laid_out);
    buffer_free(&dumper.piece);
    return status;
}
