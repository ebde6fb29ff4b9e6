#include "post/json_mend.h"

#include "base/utf8.h"
#include "post/decode.h"

/* What may come next. */
enum expect {
    EXPECT_VALUE,
    EXPECT_VALUE_OR_END,
    EXPECT_KEY,
    EXPECT_KEY_OR_END,
    EXPECT_COLON,
    EXPECT_COMMA
};

struct lexer {
    struct str row;
    size_t at;
    struct json_mend *mend;
    enum expect expect;
    int depth;
    char stack[JSON_DEPTH_LIMIT]; /* '{' or '[' */
};

static bool fail(struct lexer *lexer, const char *reason, const char *error) {
    lexer->mend->reason = reason;
    lexer->mend->error = error;
    return false;
}

static bool put(struct lexer *lexer, const char *bytes, size_t len) {
    return buffer_append(&lexer->mend->bytes, bytes, len);
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* `count` hexadecimal digits at `at`, or -1. */
static int32_t hex_value(struct str row, size_t at, size_t count) {
    int32_t value = 0;
    if (at + count > row.len) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        int digit = hex_digit(row.ptr[at + i]);
        if (digit < 0) {
            return -1;
        }
        value = value << 4 | digit;
    }
    return value;
}

/* A \uXXXX escape at lexer->at (the backslash). */
static bool mend_unicode(struct lexer *lexer) {
    struct str row = lexer->row;
    int32_t unit = hex_value(row, lexer->at + 2, 4);
    if (unit < 0) {
        return fail(lexer, "bad_json", "\\u needs four hexadecimal digits");
    }
    size_t len = 6;
    bool is_lone = unit >= 0xdc00 && unit <= 0xdfff;
    if (unit >= 0xd800 && unit <= 0xdbff) {
        bool has_next = lexer->at + 8 <= row.len && row.ptr[lexer->at + 6] == '\\' &&
                        row.ptr[lexer->at + 7] == 'u';
        int32_t low = has_next ? hex_value(row, lexer->at + 8, 4) : -1;
        is_lone = low < 0xdc00 || low > 0xdfff;
        len = is_lone ? 6 : 12;
    }
    if (is_lone) {
        lexer->mend->repairs |= REPAIR_LONE_SURROGATE;
        put(lexer, "\\ufffd", 6);
    } else {
        put(lexer, row.ptr + lexer->at, len);
    }
    lexer->at += len;
    return true;
}

static bool mend_escape(struct lexer *lexer) {
    struct str row = lexer->row;
    char c = lexer->at + 1 < row.len ? row.ptr[lexer->at + 1] : '\0';
    if (c == 'u') {
        return mend_unicode(lexer);
    }
    if (c == 'x') {
        if (hex_value(row, lexer->at + 2, 2) < 0) {
            return fail(lexer, "bad_json", "\\x needs two hexadecimal digits");
        }
        lexer->mend->repairs |= REPAIR_BACKSLASH_X;
        put(lexer, "\\u00", 4);
        put(lexer, row.ptr + lexer->at + 2, 2);
        lexer->at += 4;
        return true;
    }
    if (c == '\0' || !strchr("\"\\/bfnrt", c)) {
        return fail(lexer, "bad_json", "unknown escape in a string");
    }
    put(lexer, row.ptr + lexer->at, 2);
    lexer->at += 2;
    return true;
}

static void mend_control(struct lexer *lexer, unsigned char byte) {
    static const char hex[] = "0123456789abcdef";
    const char escape[] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
    lexer->mend->repairs |= REPAIR_RAW_CONTROL;
    put(lexer, escape, sizeof escape);
    lexer->at++;
}

static void mend_utf8(struct lexer *lexer) {
    size_t width;
    uint32_t cp = utf8_decode(lexer->row, lexer->at, &width);
    if (utf8_width(lexer->row, lexer->at) == 0) {
        lexer->mend->repairs |= REPAIR_INVALID_UTF8;
    }
    char bytes[4];
    put(lexer, bytes, utf8_encode(cp, bytes));
    lexer->at += width;
}

/* A string; lexer->at is its opening quote. */
static bool mend_string(struct lexer *lexer) {
    struct str row = lexer->row;
    const char open[] = {'"', JSON_MARK_STRING};
    put(lexer, open, sizeof open);
    lexer->at++;
    while (lexer->at < row.len) {
        unsigned char byte = (unsigned char)row.ptr[lexer->at];
        if (byte == '"') {
            lexer->at++;
            return put(lexer, "\"", 1);
        }
        if (byte == '\\') {
            if (!mend_escape(lexer)) {
                return false;
            }
        } else if (byte < 0x20) {
            mend_control(lexer, byte);
        } else if (byte >= 0x80) {
            mend_utf8(lexer);
        } else {
            put(lexer, row.ptr + lexer->at, 1);
            lexer->at++;
        }
    }
    return fail(lexer, "bad_json", "the row ends inside a string");
}

static size_t skip_digits(struct str row, size_t at) {
    while (at < row.len && row.ptr[at] >= '0' && row.ptr[at] <= '9') {
        at++;
    }
    return at;
}

/* Length of the RFC 8259 number at `at`, or 0. */
static size_t number_length(struct str row, size_t at) {
    size_t from = at;
    at += row.ptr[at] == '-';
    size_t whole = at;
    at = skip_digits(row, at);
    if (at == whole || (row.ptr[whole] == '0' && at - whole > 1)) {
        return 0;
    }
    if (at < row.len && row.ptr[at] == '.') {
        size_t end = skip_digits(row, at + 1);
        if (end == at + 1) {
            return 0;
        }
        at = end;
    }
    if (at < row.len && (row.ptr[at] | 0x20) == 'e') {
        at++;
        at += at < row.len && (row.ptr[at] == '+' || row.ptr[at] == '-');
        size_t end = skip_digits(row, at);
        if (end == at) {
            return 0;
        }
        at = end;
    }
    return at - from;
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.' ||
           c == '-' || c == '+' || c == '_' || (unsigned char)c >= 0x80;
}

/* A number, true, false or null. */
static bool mend_word(struct lexer *lexer) {
    struct str row = lexer->row;
    size_t end = lexer->at;
    while (end < row.len && is_word_byte(row.ptr[end])) {
        end++;
    }
    struct str word = str_slice(row, lexer->at, end);
    if (word.len == 0) {
        return fail(lexer, "bad_json", "a value was expected here");
    }
    if (str_is(word, "null") || str_is(word, "true") || str_is(word, "false")) {
        put(lexer, word.ptr, word.len);
    } else if (number_length(row, lexer->at) == word.len) {
        const char open[] = {'"', JSON_MARK_NUMBER};
        put(lexer, open, sizeof open);
        put(lexer, word.ptr, word.len);
        put(lexer, "\"", 1);
    } else {
        return fail(lexer, "bad_json", "this is no JSON value");
    }
    lexer->at = end;
    return true;
}

/* After a value: what comes next depends on what encloses it. */
static void after_value(struct lexer *lexer) {
    lexer->expect = EXPECT_COMMA;
}

static bool open_container(struct lexer *lexer, char c) {
    if (lexer->depth == JSON_DEPTH_LIMIT) {
        return fail(lexer, "too_deep", "values are nested deeper than 64 levels");
    }
    lexer->stack[lexer->depth++] = c;
    lexer->expect = c == '{' ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    lexer->at++;
    return put(lexer, &c, 1);
}

static bool close_container(struct lexer *lexer, char c) {
    char open = c == '}' ? '{' : '[';
    bool may_close = lexer->expect == EXPECT_COMMA ||
                     lexer->expect == (c == '}' ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END);
    if (lexer->depth == 0 || lexer->stack[lexer->depth - 1] != open || !may_close) {
        return fail(lexer, "bad_json", "a closing bracket that does not fit here");
    }
    lexer->depth--;
    lexer->at++;
    after_value(lexer);
    return put(lexer, &c, 1);
}

static bool separator(struct lexer *lexer, char c) {
    if (c == ':' && lexer->expect == EXPECT_COLON) {
        lexer->expect = EXPECT_VALUE;
    } else if (c == ',' && lexer->expect == EXPECT_COMMA && lexer->depth > 0) {
        lexer->expect = lexer->stack[lexer->depth - 1] == '{' ? EXPECT_KEY : EXPECT_VALUE;
    } else {
        return fail(lexer, "bad_json",
                    c == ':' ? "a colon that does not fit here" : "a comma that does not fit here");
    }
    lexer->at++;
    return put(lexer, &c, 1);
}

static bool value(struct lexer *lexer, char c) {
    if (lexer->expect == EXPECT_COLON) {
        return fail(lexer, "bad_json", "a colon was expected here");
    }
    if (lexer->expect == EXPECT_COMMA) {
        return fail(lexer, "bad_json",
                    lexer->depth > 0 ? "a comma or a closing bracket was expected here"
                                     : "something follows after the end of the value");
    }
    if (lexer->expect == EXPECT_KEY || lexer->expect == EXPECT_KEY_OR_END) {
        if (c != '"') {
            return fail(lexer, "bad_json", "a key in quotes was expected here");
        }
        lexer->expect = EXPECT_COLON;
        return mend_string(lexer);
    }
    if (c == '{' || c == '[') {
        return open_container(lexer, c);
    }
    after_value(lexer);
    return c == '"' ? mend_string(lexer) : mend_word(lexer);
}

static bool mend_token(struct lexer *lexer) {
    char c = lexer->row.ptr[lexer->at];
    switch (c) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
        lexer->at++;
        return true;
    case '}':
    case ']':
        return close_container(lexer, c);
    case ':':
    case ',':
        return separator(lexer, c);
    default:
        return value(lexer, c);
    }
}

static bool mend_row(struct lexer *lexer) {
    if (str_starts_with(lexer->row, STR("\xef\xbb\xbf"))) {
        lexer->at = 3; /* concatenated files carry the mark in the middle */
    }
    while (lexer->at < lexer->row.len) {
        if (!mend_token(lexer)) {
            return false;
        }
    }
    if (lexer->depth > 0 || lexer->expect != EXPECT_COMMA) {
        return fail(lexer, "bad_json", "the row ends before the value does");
    }
    return true;
}

enum hearsay_status json_mend(struct json_mend *mend, struct str row) {
    struct lexer lexer = {.row = row, .mend = mend, .expect = EXPECT_VALUE};
    buffer_clear(&mend->bytes);
    mend->repairs = 0;
    bool is_mended = mend_row(&lexer);
    mend->error_at = lexer.at;
    if (mend->bytes.failed) {
        return HEARSAY_NO_MEMORY;
    }
    return is_mended ? HEARSAY_OK : HEARSAY_BAD_INPUT;
}
