/* Strings and literals: escapes, and the stars at a literal's ends. */
#include "base/utf8.h"
#include "rule/parse.h"

struct decoder {
    struct parser *parser;
    struct str raw;     /* between the quotes */
    struct place place; /* of the whole token */
    char *out;
    size_t len;
    size_t at;
    bool is_literal;
    bool is_sound;
    bool first_star; /* the first character is an unescaped star */
    bool last_star;
};

static struct place inside(const struct decoder *decoder, size_t from, size_t to) {
    uint32_t start = decoder->place.start + 1;
    return (struct place){decoder->place.file, start + (uint32_t)from, start + (uint32_t)to};
}

static void unicode_mistake(struct decoder *decoder, size_t from) {
    struct diagnostic *diagnostic =
        parse_error(decoder->parser, E_ESCAPE_UNICODE, inside(decoder, from, decoder->at),
                    "this escape names no character");
    if (diagnostic) {
        diagnostic->help = STR("`\\u{...}` holds 1 to 6 hexadecimal digits, 1 to 10FFFF without "
                               "the surrogates D800 to DFFF");
    }
    decoder->is_sound = false;
}

static int hex_digit(char byte) {
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    if (byte >= 'a' && byte <= 'f') {
        return byte - 'a' + 10;
    }
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* `\u{1F30D}` with decoder->at behind the u. The escape is longer than its character in UTF-8. */
static void decode_unicode(struct decoder *decoder, size_t from) {
    struct str raw = decoder->raw;
    uint32_t cp = 0;
    size_t digits = 0;
    if (decoder->at < raw.len && raw.ptr[decoder->at] == '{') {
        decoder->at++;
        while (decoder->at < raw.len && digits < 7 && hex_digit(raw.ptr[decoder->at]) >= 0) {
            cp = cp << 4 | (uint32_t)hex_digit(raw.ptr[decoder->at]);
            decoder->at++;
            digits++;
        }
    }
    bool is_closed = digits > 0 && decoder->at < raw.len && raw.ptr[decoder->at] == '}';
    decoder->at += is_closed ? 1 : 0;
    bool is_character = cp > 0 && cp <= 0x10ffff && (cp < 0xd800 || cp > 0xdfff);
    if (!is_closed || digits > 6 || !is_character) {
        unicode_mistake(decoder, from);
        return;
    }
    decoder->len += utf8_encode(cp, decoder->out + decoder->len);
}

static void decode_escape(struct decoder *decoder) {
    size_t from = decoder->at++;
    char letter = decoder->at < decoder->raw.len ? decoder->raw.ptr[decoder->at] : '\0';
    decoder->at++;
    switch (letter) {
    case '"':
    case '\\':
    case '*':
        decoder->out[decoder->len++] = letter;
        return;
    case 'n':
        decoder->out[decoder->len++] = '\n';
        return;
    case 't':
        decoder->out[decoder->len++] = '\t';
        return;
    case 'u':
        decode_unicode(decoder, from);
        return;
    default:
        break;
    }
    size_t width;
    utf8_decode(decoder->raw, from + 1, &width);
    decoder->at = from + 1 + width;
    struct diagnostic *diagnostic = parse_error(
        decoder->parser, E_ESCAPE, inside(decoder, from, decoder->at), "unknown escape");
    if (diagnostic) {
        diagnostic->help = STR("the escapes are `\\\"`, `\\\\`, `\\n`, `\\t`, `\\*` and "
                               "`\\u{1F30D}`");
    }
    decoder->is_sound = false;
}

static void decode_star(struct decoder *decoder) {
    size_t at = decoder->at++;
    if (at == 0) {
        decoder->first_star = true;
        decoder->last_star = decoder->raw.len == 1;
    } else if (at + 1 == decoder->raw.len) {
        decoder->last_star = true;
    } else {
        struct diagnostic *diagnostic =
            parse_error(decoder->parser, E_LITERAL_STAR, inside(decoder, at, at + 1),
                        "a star inside a literal");
        if (diagnostic) {
            diagnostic->help = STR("a star stands at the start or the end; `\\*` is the character; "
                                   "for more use a regex");
        }
        decoder->is_sound = false;
    }
}

static bool decode(struct decoder *decoder) {
    decoder->is_sound = true;
    decoder->out = parse_alloc(decoder->parser, decoder->raw.len + 4);
    if (!decoder->out) {
        return false;
    }
    while (decoder->at < decoder->raw.len) {
        char byte = decoder->raw.ptr[decoder->at];
        if (byte == '\\') {
            decode_escape(decoder);
        } else if (byte == '*' && decoder->is_literal) {
            decode_star(decoder);
        } else {
            decoder->out[decoder->len++] = byte;
            decoder->at++;
        }
    }
    return decoder->is_sound;
}

/* Unsound strings are reported and read all the same, so that parsing goes on behind them. */
bool parse_string(struct parser *parser, const char *wanted, struct str *text) {
    if (parser->token.kind != TOKEN_STRING) {
        parse_expected(parser, E_EXPECTED, wanted);
        return false;
    }
    struct decoder decoder = {
        .parser = parser, .raw = parser->token.text, .place = parser->token.place};
    decode(&decoder);
    parse_advance(parser);
    *text = (struct str){decoder.out ? decoder.out : "", decoder.len};
    return true;
}

static void check_literal(struct parser *parser, const struct literal *literal) {
    struct str trimmed = str_trim(literal->text);
    if (trimmed.len > 0) {
        return;
    }
    bool has_star = literal->is_prefix || literal->is_suffix;
    struct diagnostic *diagnostic =
        parse_error(parser, has_star ? E_LITERAL_ONLY_STAR : E_LITERAL_EMPTY, literal->place,
                    has_star ? "this literal fits every text" : "this literal is empty");
    if (diagnostic) {
        diagnostic->help = STR("a literal needs at least one character beside stars and spaces");
    }
}

bool parse_literal(struct parser *parser, struct literal *literal) {
    if (parser->token.kind != TOKEN_STRING) {
        parse_expected(parser, E_EXPECTED, "a string");
        return false;
    }
    struct decoder decoder = {.parser = parser,
                              .raw = parser->token.text,
                              .place = parser->token.place,
                              .is_literal = true};
    bool is_sound = decode(&decoder);
    literal->text = (struct str){decoder.out ? decoder.out : "", decoder.len};
    literal->is_suffix = decoder.first_star;
    literal->is_prefix = decoder.last_star;
    literal->place = parser->token.place;
    parse_advance(parser);
    if (is_sound) {
        check_literal(parser, literal);
    }
    return true;
}

void literal_from_line(struct str line, struct literal *literal) {
    literal->is_suffix = line.len > 0 && line.ptr[0] == '*';
    line = str_slice(line, literal->is_suffix ? 1 : 0, line.len);
    literal->is_prefix = line.len > 0 && line.ptr[line.len - 1] == '*';
    literal->text = str_slice(line, 0, line.len - (literal->is_prefix ? 1 : 0));
}

static bool parse_member(struct parser *parser, struct collector *literals,
                         struct collector *uses) {
    if (parser->token.kind == TOKEN_LIST && uses) {
        struct list_use *use = parse_collect(parser, uses, sizeof *use);
        if (use) {
            *use = (struct list_use){.name = parser->token.text, .place = parser->token.place};
        }
        parse_advance(parser);
        return use != NULL;
    }
    if (parser->token.kind != TOKEN_STRING) {
        parse_expected(parser, E_EXPECTED, uses ? "a string or a list" : "a string");
        return false;
    }
    struct literal *literal = parse_collect(parser, literals, sizeof *literal);
    return literal && parse_literal(parser, literal);
}

bool parse_literals(struct parser *parser, struct collector *literals, struct collector *uses) {
    struct place first = parser->token.place;
    if (!expect_sign(parser, "(")) {
        return false;
    }
    while (!at_sign(parser, ")")) {
        if (!parse_member(parser, literals, uses)) {
            return false;
        }
        if (!accept_sign(parser, ",") && !at_sign(parser, ")")) {
            parse_expected(parser, E_EXPECTED, "`,` or `)`");
            return false;
        }
    }
    parse_advance(parser);
    if (literals->count == 0 && (!uses || uses->count == 0)) {
        parse_error(parser, E_ANY_EMPTY, place_since(parser, first), "`any()` needs a literal");
    }
    return true;
}
