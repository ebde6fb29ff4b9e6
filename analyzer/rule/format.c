#include "rule/format.h"

#include "rule/lexer.h"

#define BRACKETS_MOST 64u /* deeper ones are laid out as the deepest */

enum indent { INDENT_TOP = 0, INDENT_SECTION = 2, INDENT_ITEM = 4, INDENT_MORE = 6 };

struct layout {
    struct lexer lexer;
    struct token token;
    struct token next;
    struct token before; /* the last one that was written; TOKEN_END: none */
    struct buffer *out;
    size_t line_start; /* in out */
    uint32_t columns[BRACKETS_MOST];
    uint32_t brackets;     /* open ( and [ */
    uint32_t braces;       /* open { */
    enum keyword section;  /* of the rule at work, or KEYWORD_NONE */
    bool awaits_colon;     /* a section's header is not over */
    bool begins_content;   /* the next token is the first of its section or rule */
    bool after_member_dot; /* of `$who.name` */
    bool must_break;       /* a comment ended the line */
};

/* ---- What stands where ---- */

static bool is_sign(const struct token *token, const char *sign) {
    return token->kind == TOKEN_SIGN && str_is(token->text, sign);
}

static bool is_section_keyword(enum keyword keyword) {
    return keyword != KEYWORD_NONE && keyword_at(keyword)->use == KEYWORD_SECTION;
}

static bool begins_section(const struct layout *layout) {
    enum keyword keyword = layout->token.keyword;
    bool has_duration = keyword == KEYWORD_OVER && layout->next.kind == TOKEN_NUMBER;
    return layout->braces == 1 && layout->brackets == 0 &&
           (has_duration || (is_section_keyword(keyword) && is_sign(&layout->next, ":")));
}

static bool begins_statement(const struct layout *layout) {
    enum keyword keyword = layout->token.keyword;
    enum keyword last = layout->before.keyword;
    bool is_name = last == KEYWORD_PACK || last == KEYWORD_RULE;
    if (layout->braces > 0 || layout->brackets > 0 || is_name || keyword == KEYWORD_NONE ||
        (keyword == KEYWORD_RULE && last == KEYWORD_PRIVATE)) {
        return false;
    }
    return keyword_at(keyword)->use == KEYWORD_STATEMENT;
}

/* A key, a term, a test or a part of the outcome that has a line of its own. */
static bool begins_item(const struct layout *layout) {
    enum keyword keyword = layout->token.keyword;
    if (layout->braces != 1 || layout->brackets > 0 || layout->awaits_colon) {
        return false;
    }
    switch (layout->section) {
    case KEYWORD_META:
        return layout->token.kind == TOKEN_WORD && is_sign(&layout->next, "=");
    case KEYWORD_TERMS:
        return layout->token.kind == TOKEN_TERM && is_sign(&layout->next, "=");
    case KEYWORD_OUTCOME:
        return keyword == KEYWORD_WEIGHT || keyword == KEYWORD_EXTRACT || keyword == KEYWORD_LABEL;
    case KEYWORD_TESTS:
        return keyword == KEYWORD_TODO || keyword == KEYWORD_SERIES ||
               ((keyword == KEYWORD_FIRES || keyword == KEYWORD_SILENT ||
                 keyword == KEYWORD_SURVIVES) &&
                layout->before.keyword != KEYWORD_TODO && layout->before.keyword != KEYWORD_OF);
    default:
        return false;
    }
}

static bool ends_rule(const struct layout *layout) {
    return layout->braces == 1 && is_sign(&layout->token, "}");
}

static bool must_begin_line(const struct layout *layout) {
    return layout->must_break || layout->begins_content || begins_statement(layout) ||
           begins_section(layout) || begins_item(layout) || ends_rule(layout);
}

/* Where the author's line break goes away. */
static bool stays_on_line(const struct layout *layout) {
    return is_sign(&layout->token, ":") || (layout->braces == 0 && is_sign(&layout->token, "{"));
}

static uint32_t indent_of(const struct layout *layout) {
    if (layout->brackets > 0) {
        uint32_t deepest =
            layout->brackets < BRACKETS_MOST ? layout->brackets : (uint32_t)BRACKETS_MOST;
        return layout->columns[deepest - 1];
    }
    if (layout->braces == 0) {
        return begins_statement(layout) || layout->token.kind == TOKEN_END ? INDENT_TOP
                                                                           : INDENT_SECTION;
    }
    if (ends_rule(layout)) {
        return INDENT_TOP;
    }
    if (begins_section(layout) || layout->section == KEYWORD_NONE) {
        return INDENT_SECTION;
    }
    bool is_condition = layout->section == KEYWORD_WHERE || layout->section == KEYWORD_MATCH ||
                        layout->section == KEYWORD_OVER;
    bool is_inner_end = layout->braces == 2 && is_sign(&layout->token, "}");
    return is_condition || is_inner_end || layout->begins_content || begins_item(layout)
               ? INDENT_ITEM
               : INDENT_MORE;
}

/* `any(`, `url(`, `burst(` are one; `not (`, `of (`, `near/8 (` are two. */
static bool calls(const struct token *before) {
    enum keyword keyword = before->keyword;
    return before->kind == TOKEN_WORD && keyword != KEYWORD_AND && keyword != KEYWORD_OR &&
           keyword != KEYWORD_NOT && keyword != KEYWORD_OF && keyword != KEYWORD_IN;
}

static bool has_space(const struct layout *layout) {
    const struct token *before = &layout->before;
    const struct token *token = &layout->token;
    static const char *const tight_before[] = {",", ";", ")", "]", ":", "*", "/"};
    static const char *const tight_after[] = {"(", "[", "/"};
    for (size_t i = 0; i < sizeof tight_before / sizeof tight_before[0]; i++) {
        if (is_sign(token, tight_before[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof tight_after / sizeof tight_after[0]; i++) {
        if (is_sign(before, tight_after[i])) {
            return false;
        }
    }
    if (is_sign(token, ".")) {
        return before->kind != TOKEN_TERM; /* a word would swallow it: `a .b` is not `a.b` */
    }
    return !layout->after_member_dot && !(is_sign(token, "(") && calls(before));
}

/* ---- Writing ---- */

static void end_line(struct layout *layout, bool leaves_blank) {
    if (layout->out->len > 0) {
        buffer_append_c(layout->out, leaves_blank ? "\n\n" : "\n");
    }
    layout->line_start = layout->out->len;
}

static void write_indent(struct layout *layout, uint32_t indent) {
    for (uint32_t i = 0; i < indent; i++) {
        buffer_append_byte(layout->out, ' ');
    }
}

/* Characters on the present line. */
static uint32_t column(const struct layout *layout) {
    uint32_t count = 0;
    for (size_t i = layout->line_start; i < layout->out->len; i++) {
        count += ((unsigned char)layout->out->ptr[i] & 0xC0) != 0x80;
    }
    return count;
}

/* A blank line stays where the author left one, but for the edges of a rule or section; two rules
 * never touch. */
static bool wants_blank(const struct layout *layout, uint32_t line_ends) {
    bool after_rule = layout->braces == 0 && is_sign(&layout->before, "}");
    bool is_edge = layout->begins_content || ends_rule(layout) || layout->token.kind == TOKEN_END;
    return layout->token.kind == TOKEN_END ? line_ends > 1
                                           : !is_edge && (line_ends > 1 || after_rule);
}

struct gap {
    struct str text;
    size_t at;
    uint32_t line_ends; /* since the last comment */
};

/* The next comment of the white space before a token, without its line end; false: none is left. */
static bool next_comment(struct gap *gap, struct str *comment) {
    while (gap->at < gap->text.len) {
        char byte = gap->text.ptr[gap->at];
        if (byte == '#') {
            size_t end = gap->at;
            while (end < gap->text.len && gap->text.ptr[end] != '\n' &&
                   gap->text.ptr[end] != '\r') {
                end++;
            }
            *comment = str_slice(gap->text, gap->at, end);
            gap->at = end;
            return true;
        }
        bool is_pair = byte == '\n' && gap->at > 0 && gap->text.ptr[gap->at - 1] == '\r';
        gap->line_ends += (byte == '\n' || byte == '\r') && !is_pair;
        gap->at++;
    }
    return false;
}

/* Comments before a closing brace belong to what they follow. */
static uint32_t comment_indent(const struct layout *layout) {
    if (ends_rule(layout)) {
        return layout->section == KEYWORD_NONE ? INDENT_SECTION : INDENT_ITEM;
    }
    if (layout->braces == 0 && layout->brackets == 0 && is_sign(&layout->before, "}")) {
        return INDENT_TOP;
    }
    return indent_of(layout);
}

static void write_comments(struct layout *layout, struct gap *gap) {
    struct str comment;
    bool is_first = true;
    while (next_comment(gap, &comment)) {
        bool is_trailing = is_first && gap->line_ends == 0 && layout->before.kind != TOKEN_END;
        while (comment.len > 0 &&
               (comment.ptr[comment.len - 1] == ' ' || comment.ptr[comment.len - 1] == '\t')) {
            comment.len--;
        }
        if (is_trailing) {
            buffer_append_c(layout->out, "  ");
        } else {
            bool after_rule = is_first && layout->braces == 0 && is_sign(&layout->before, "}");
            bool is_edge = is_first && layout->begins_content;
            end_line(layout,
                     layout->out->len > 0 && !is_edge && (gap->line_ends > 1 || after_rule));
            write_indent(layout, comment_indent(layout));
        }
        buffer_append_str(layout->out, comment);
        layout->must_break = true;
        gap->line_ends = 0;
        is_first = false;
    }
}

static void write_gap(struct layout *layout, struct gap *gap) {
    bool had_comment = layout->must_break;
    write_comments(layout, gap);
    had_comment = !had_comment && layout->must_break;
    if (layout->token.kind == TOKEN_END) {
        return;
    }
    bool is_broken = gap->line_ends > 0 && !stays_on_line(layout);
    if (layout->before.kind == TOKEN_END && !had_comment) {
        return;
    }
    if (must_begin_line(layout) || is_broken) {
        bool blank = had_comment ? gap->line_ends > 1 && !ends_rule(layout)
                                 : wants_blank(layout, gap->line_ends);
        end_line(layout, blank);
        write_indent(layout, indent_of(layout));
    } else if (has_space(layout)) {
        buffer_append_byte(layout->out, ' ');
    }
}

static void enter(struct layout *layout) {
    layout->must_break = false;
    layout->begins_content = false;
    layout->after_member_dot = is_sign(&layout->token, ".") && layout->before.kind == TOKEN_TERM;
    if (is_sign(&layout->token, "(") || is_sign(&layout->token, "[")) {
        if (layout->brackets < BRACKETS_MOST) {
            layout->columns[layout->brackets] = column(layout);
        }
        layout->brackets++;
    } else if (is_sign(&layout->token, ")") || is_sign(&layout->token, "]")) {
        layout->brackets -= layout->brackets > 0;
    } else if (is_sign(&layout->token, "{")) {
        layout->begins_content = layout->braces++ == 0;
        layout->section = layout->braces == 1 ? KEYWORD_NONE : layout->section;
    } else if (is_sign(&layout->token, "}")) {
        layout->braces -= layout->braces > 0;
        layout->brackets = 0;
    } else if (is_sign(&layout->token, ":") && layout->awaits_colon) {
        layout->awaits_colon = false;
        layout->begins_content = true;
    }
}

static void write_token(struct layout *layout) {
    struct str whole = layout->lexer.text;
    bool is_header = begins_section(layout);
    buffer_append_str(layout->out,
                      str_slice(whole, layout->token.place.start, layout->token.place.end));
    if (is_header) {
        layout->section = layout->token.keyword;
        layout->awaits_colon = true;
    }
    enter(layout);
}

static void advance(struct layout *layout) {
    layout->before = layout->token;
    layout->token = layout->next;
    layout->next = lexer_next(&layout->lexer);
}

/* ---- The whole ---- */

static bool same_tokens(struct str a, struct str b) {
    struct diagnostics ignored = {0};
    struct lexer left, right;
    struct token x, y;
    bool is_same;
    lexer_init(&left, a, 0, &ignored);
    lexer_init(&right, b, 0, &ignored);
    do {
        x = lexer_next(&left);
        y = lexer_next(&right);
        is_same = x.kind == y.kind && str_equal(x.text, y.text) &&
                  (x.kind != TOKEN_REGEX || str_equal(x.flags, y.flags));
    } while (is_same && x.kind != TOKEN_END);
    diagnostics_free(&ignored);
    return is_same;
}

static void lay_out(struct layout *layout) {
    size_t from = str_starts_with(layout->lexer.text, STR("\xef\xbb\xbf")) ? 3 : 0;
    layout->next = lexer_next(&layout->lexer);
    advance(layout);
    layout->before = (struct token){.kind = TOKEN_END, .keyword = KEYWORD_NONE};
    for (;;) {
        struct gap gap = {str_slice(layout->lexer.text, from, layout->token.place.start), 0, 0};
        write_gap(layout, &gap);
        if (layout->token.kind == TOKEN_END) {
            break;
        }
        write_token(layout);
        from = layout->token.place.end;
        advance(layout);
    }
    if (layout->out->len > 0) {
        buffer_append_byte(layout->out, '\n');
    }
}

enum hearsay_status rule_format(struct str text, struct diagnostics *diagnostics,
                                struct buffer *out) {
    struct buffer made = {0};
    struct layout layout = {.out = &made, .section = KEYWORD_NONE};
    layout.token = layout.before = (struct token){.kind = TOKEN_END, .keyword = KEYWORD_NONE};
    lexer_init(&layout.lexer, text, 0, diagnostics);
    lay_out(&layout);
    enum hearsay_status status = HEARSAY_OK;
    if (diagnostics->error_count > 0) {
        status = HEARSAY_BAD_RULES;
    } else if (made.failed || !buffer_append_str(out, buffer_str(&made))) {
        status = HEARSAY_NO_MEMORY;
    } else if (!same_tokens(text, buffer_str(&made))) {
        out->len -= made.len; /* never hand out a text that says something else */
        status = HEARSAY_LIMIT;
    }
    buffer_free(&made);
    return status;
}
