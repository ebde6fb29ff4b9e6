#include "rule/lexer.h"

#include "base/utf8.h"
#include "rule/codes.h"

void lexer_init(struct lexer *lexer, struct str text, uint32_t file,
                struct diagnostics *diagnostics) {
    *lexer = (struct lexer){
        .text = text, .file = file, .at_line_start = true, .diagnostics = diagnostics};
    if (str_starts_with(text, STR("\xef\xbb\xbf"))) {
        lexer->at = 3; /* the byte order mark of some editors */
    }
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_one_of(char byte, const char *bytes) {
    return byte != '\0' && strchr(bytes, byte) != NULL;
}

static bool is_name(char byte) {
    return is_letter(byte) || is_digit(byte);
}

/* The byte at distance `ahead` from here, 0 past the end. */
static char peek(const struct lexer *lexer, uint32_t ahead) {
    size_t at = (size_t)lexer->at + ahead;
    return at < lexer->text.len ? lexer->text.ptr[at] : '\0';
}

static struct place place_from(const struct lexer *lexer, uint32_t start) {
    return (struct place){lexer->file, start, lexer->at};
}

static struct str text_from(const struct lexer *lexer, uint32_t start) {
    return str_slice(lexer->text, start, lexer->at);
}

static struct diagnostic *mistake(struct lexer *lexer, const char *code, struct place place,
                                  const char *message) {
    return diagnostics_add(lexer->diagnostics, code, SEVERITY_ERROR, place, "%s", message);
}

static void help(struct diagnostic *diagnostic, struct str text) {
    if (diagnostic) {
        diagnostic->help = text;
    }
}

static void skip_line(struct lexer *lexer) {
    while (lexer->at < lexer->text.len && peek(lexer, 0) != '\n' && peek(lexer, 0) != '\r') {
        lexer->at++;
    }
}

static void skip_space(struct lexer *lexer) {
    while (lexer->at < lexer->text.len) {
        char byte = peek(lexer, 0);
        if (byte == '\n' || byte == '\r') {
            lexer->at_line_start = true;
            lexer->at++;
        } else if (byte == ' ' || byte == '\t') {
            lexer->at++;
        } else if (byte == '#' && peek(lexer, 1) != '$') {
            skip_line(lexer);
        } else {
            return;
        }
    }
}

/* Letters, digits, underscores; `-` and `.` only between two of them: zh-Hans, post.lang. */
static struct token lex_word(struct lexer *lexer) {
    uint32_t start = lexer->at;
    while (is_name(peek(lexer, 0)) ||
           ((peek(lexer, 0) == '-' || peek(lexer, 0) == '.') && is_name(peek(lexer, 1)))) {
        lexer->at++;
    }
    struct str text = text_from(lexer, start);
    enum keyword keyword = keyword_find(text);
    /* NEAR too: the parser says that it is written small, a regex would make no sense there. */
    lexer->after_proximity =
        str_equal_ascii_case(text, STR("near")) || str_equal_ascii_case(text, STR("before"));
    return (struct token){.kind = TOKEN_WORD, .keyword = keyword, .text = text};
}

static struct token lex_number(struct lexer *lexer) {
    uint32_t start = lexer->at++;
    while (is_name(peek(lexer, 0)) ||
           (is_one_of(peek(lexer, 0), ".-+") && is_name(peek(lexer, 1)))) {
        lexer->at++;
    }
    return (struct token){.kind = TOKEN_NUMBER, .text = text_from(lexer, start)};
}

static struct token lex_name(struct lexer *lexer, enum token_kind kind, uint32_t sign_len) {
    uint32_t start = lexer->at;
    lexer->at += sign_len;
    uint32_t name = lexer->at;
    while (is_name(peek(lexer, 0))) {
        lexer->at++;
    }
    if (lexer->at > name) {
        return (struct token){.kind = kind, .text = text_from(lexer, name)};
    }
    struct diagnostic *diagnostic =
        mistake(lexer, E_SIGN_WITHOUT_NAME, place_from(lexer, start), "a sign without a name");
    help(diagnostic, STR("a term is `$name`, a list is `@name`: letters, digits and `_`"));
    return (struct token){.kind = TOKEN_BAD};
}

static struct token lex_string(struct lexer *lexer) {
    uint32_t start = lexer->at++;
    while (lexer->at < lexer->text.len && peek(lexer, 0) != '"' && peek(lexer, 0) != '\n' &&
           peek(lexer, 0) != '\r') {
        lexer->at += peek(lexer, 0) == '\\' && peek(lexer, 1) != '\0' && peek(lexer, 1) != '\n' &&
                             peek(lexer, 1) != '\r'
                         ? 2
                         : 1;
    }
    if (peek(lexer, 0) == '"') {
        struct str text = text_from(lexer, start + 1);
        lexer->at++;
        return (struct token){.kind = TOKEN_STRING, .text = text};
    }
    struct diagnostic *diagnostic =
        mistake(lexer, E_STRING_OPEN, place_from(lexer, start), "this string is not closed");
    help(diagnostic, STR("a string ends with `\"` on its own line; a line end inside is `\\n`"));
    return (struct token){.kind = TOKEN_BAD};
}

static void check_flags(struct lexer *lexer, uint32_t start) {
    for (uint32_t i = start; i < lexer->at; i++) {
        struct place place = {lexer->file, i, i + 1};
        char flag = lexer->text.ptr[i];
        if (!is_one_of(flag, "imsx")) {
            help(diagnostics_add(lexer->diagnostics, E_REGEX_FLAG, SEVERITY_ERROR, place,
                                 "unknown regex flag `%c`", flag),
                 STR("the flags are i (case), m (lines), s (dot takes all), x (spaces are free)"));
        } else if (memchr(lexer->text.ptr + start, flag, i - start)) {
            diagnostics_add(lexer->diagnostics, E_REGEX_FLAG_TWICE, SEVERITY_ERROR, place,
                            "the regex flag `%c` is given twice", flag);
        }
    }
}

/* `//` and `/ *` cannot begin a regex (empty, or nothing to repeat): they are comments of other
 * languages. */
static bool is_foreign_comment(const struct lexer *lexer) {
    return peek(lexer, 0) == '/' && (peek(lexer, 1) == '/' || peek(lexer, 1) == '*');
}

static struct token lex_foreign_comment(struct lexer *lexer) {
    uint32_t start = lexer->at;
    bool is_empty_regex = peek(lexer, 1) == '/' && is_one_of(peek(lexer, 2), "imsx,)\n\r");
    lexer->at += 2;
    struct place place = place_from(lexer, start);
    if (is_empty_regex) {
        mistake(lexer, E_REGEX_EMPTY, place, "this regex is empty");
    } else {
        help(mistake(lexer, E_COMMENT_STYLE, place, "this is not a comment here"),
             STR("comments begin with `#` and end with the line"));
    }
    skip_line(lexer);
    return (struct token){.kind = TOKEN_BAD};
}

static struct token lex_regex(struct lexer *lexer) {
    uint32_t start = lexer->at++;
    while (lexer->at < lexer->text.len && peek(lexer, 0) != '/' && peek(lexer, 0) != '\n' &&
           peek(lexer, 0) != '\r') {
        bool is_escape = peek(lexer, 0) == '\\' && peek(lexer, 1) != '\n' &&
                         peek(lexer, 1) != '\r' && lexer->at + 1 < lexer->text.len;
        lexer->at += is_escape ? 2 : 1;
    }
    if (lexer->at >= lexer->text.len || peek(lexer, 0) != '/') {
        help(mistake(lexer, E_REGEX_OPEN, place_from(lexer, start), "this regex is not closed"),
             STR("a regex ends with `/` on its own line; a slash inside is `\\/`"));
        return (struct token){.kind = TOKEN_BAD};
    }
    struct token token = {.kind = TOKEN_REGEX, .text = text_from(lexer, start + 1)};
    uint32_t flags = ++lexer->at;
    while (is_name(peek(lexer, 0))) {
        lexer->at++;
    }
    token.flags = text_from(lexer, flags);
    check_flags(lexer, flags);
    return token;
}

static struct token lex_sign(struct lexer *lexer) {
    uint32_t start = lexer->at;
    char first = peek(lexer, 0);
    lexer->at += is_one_of(first, "=!<>") && peek(lexer, 1) == '=' ? 2 : 1;
    return (struct token){.kind = TOKEN_SIGN, .text = text_from(lexer, start)};
}

/* What authors type by habit where the language wants something else. Operators are read as meant.
 */
static const struct {
    const char *typed;
    const char *code;
    const char *message;
    const char *help;
    enum keyword meant;
} habits[] = {
    {"\xe2\x80\x9c", E_QUOTE_TYPOGRAPHIC, "a typographic quote",
     "strings use plain quotes: \"...\"", KEYWORD_NONE},
    {"\xe2\x80\x9d", E_QUOTE_TYPOGRAPHIC, "a typographic quote",
     "strings use plain quotes: \"...\"", KEYWORD_NONE},
    {"\xe2\x80\x9e", E_QUOTE_TYPOGRAPHIC, "a typographic quote",
     "strings use plain quotes: \"...\"", KEYWORD_NONE},
    {"'", E_QUOTE_SINGLE, "a single quote", "strings use double quotes: \"...\"", KEYWORD_NONE},
    {"&&", E_OPERATOR_STYLE, "`&&` is not an operator here", "write `and`", KEYWORD_AND},
    {"||", E_OPERATOR_STYLE, "`||` is not an operator here", "write `or`", KEYWORD_OR},
    {"&", E_OPERATOR_STYLE, "`&` is not an operator here", "write `and`", KEYWORD_AND},
    {"|", E_OPERATOR_STYLE, "`|` is not an operator here", "write `or`", KEYWORD_OR},
    {"!", E_OPERATOR_STYLE, "`!` is not an operator here", "write `not`", KEYWORD_NOT},
};

static struct token lex_habit(struct lexer *lexer, size_t index) {
    uint32_t start = lexer->at;
    lexer->at += (uint32_t)strlen(habits[index].typed);
    help(mistake(lexer, habits[index].code, place_from(lexer, start), habits[index].message),
         str_from_c(habits[index].help));
    enum keyword meant = habits[index].meant;
    return (struct token){.kind = meant == KEYWORD_NONE ? TOKEN_BAD : TOKEN_WORD,
                          .keyword = meant,
                          .text = text_from(lexer, start)};
}

static struct token lex_unknown(struct lexer *lexer) {
    uint32_t start = lexer->at;
    struct str rest = str_slice(lexer->text, start, lexer->text.len);
    for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++) {
        if (str_starts_with(rest, str_from_c(habits[i].typed))) {
            return lex_habit(lexer, i);
        }
    }
    size_t width;
    uint32_t cp = utf8_decode(lexer->text, start, &width);
    lexer->at += (uint32_t)width;
    while (cp >= 0x80 && (unsigned char)peek(lexer, 0) >= 0x80) {
        lexer->at++; /* one report for a whole foreign word */
    }
    struct diagnostic *diagnostic =
        diagnostics_add(lexer->diagnostics, E_CHARACTER, SEVERITY_ERROR, place_from(lexer, start),
                        "the character U+%04X has no meaning here", (unsigned)cp);
    if (cp >= 0x80) {
        help(diagnostic, STR("names are ASCII letters, digits and `_`; other text needs quotes"));
    }
    return (struct token){.kind = TOKEN_BAD};
}

static struct token lex_token(struct lexer *lexer, bool after_proximity) {
    char byte = peek(lexer, 0);
    if (is_letter(byte)) {
        return lex_word(lexer);
    }
    if (is_digit(byte) || ((byte == '-' || byte == '+') && is_digit(peek(lexer, 1)))) {
        return lex_number(lexer);
    }
    switch (byte) {
    case '"':
        return lex_string(lexer);
    case '$':
        return lex_name(lexer, TOKEN_TERM, 1);
    case '#':
        return lex_name(lexer, TOKEN_COUNT, 2);
    case '@':
        return lex_name(lexer, TOKEN_LIST, 1);
    case '/':
        if (after_proximity) {
            return lex_sign(lexer);
        }
        return is_foreign_comment(lexer) ? lex_foreign_comment(lexer) : lex_regex(lexer);
    case '!':
        if (peek(lexer, 1) != '=') {
            return lex_unknown(lexer);
        }
        return lex_sign(lexer);
    default:
        break;
    }
    bool is_sign = is_one_of(byte, "{}()[]:;,.*=<>");
    return is_sign ? lex_sign(lexer) : lex_unknown(lexer);
}

struct token lexer_next(struct lexer *lexer) {
    skip_space(lexer);
    bool begins_line = lexer->at_line_start;
    bool after_proximity = lexer->after_proximity;
    uint32_t start = lexer->at;
    lexer->at_line_start = false;
    lexer->after_proximity = false;
    struct token token = {.kind = TOKEN_END};
    if (lexer->at < lexer->text.len) {
        token = lex_token(lexer, after_proximity);
    }
    if (token.kind != TOKEN_WORD) {
        token.keyword = KEYWORD_NONE;
    }
    token.place = place_from(lexer, start);
    token.begins_line = begins_line;
    return token;
}
