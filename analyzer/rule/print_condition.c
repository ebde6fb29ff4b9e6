/* Conditions as text. Parentheses stand only where the parse would differ without them. */
#include "rule/print.h"

static const char *const signs[] = {
    [COMPARE_EQ] = "==", [COMPARE_NE] = "!=", [COMPARE_LT] = "<",  [COMPARE_LE] = "<=",
    [COMPARE_GT] = ">",  [COMPARE_GE] = ">=", [COMPARE_IN] = "in",
};

static const char *const scopes[] = {
    [WITHIN_POST] = "post", [WITHIN_LINE] = "line", [WITHIN_SENTENCE] = "sentence"};

void string_print(struct str text, struct buffer *out) {
    buffer_append_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '"' || byte == '\\') {
            buffer_append_byte(out, '\\');
            buffer_append_byte(out, byte);
        } else if (byte == '\n') {
            buffer_append_c(out, "\\n");
        } else if (byte == '\t') {
            buffer_append_c(out, "\\t");
        } else if ((unsigned char)byte < 0x20 || byte == 0x7f) {
            buffer_printf(out, "\\u{%X}", (unsigned)(unsigned char)byte);
        } else {
            buffer_append_byte(out, byte);
        }
    }
    buffer_append_byte(out, '"');
}

static void print_texts(const struct field_test *test, struct buffer *out) {
    buffer_append_byte(out, '[');
    for (uint32_t i = 0; i < test->text_count; i++) {
        buffer_append_c(out, i > 0 ? ", " : "");
        string_print(test->texts[i], out);
    }
    buffer_append_byte(out, ']');
}

void field_test_print(const struct field_test *test, struct buffer *out) {
    buffer_append_c(out, test->field->name);
    bool is_plain = test->field->kind == FIELD_BOOLEAN && test->comparison == COMPARE_EQ;
    if (is_plain && test->boolean) {
        return;
    }
    buffer_append_c(out, test->negated ? " not " : " ");
    buffer_append_c(out, signs[test->comparison]);
    buffer_append_byte(out, ' ');
    if (test->comparison == COMPARE_IN) {
        print_texts(test, out);
    } else if (test->field->kind == FIELD_TEXT) {
        string_print(test->texts[0], out);
    } else if (test->field->kind == FIELD_NUMBER) {
        buffer_append_double(out, test->number, 17);
    } else {
        buffer_append_c(out, test->boolean ? "true" : "false");
    }
}

static void print_term(const struct term *term, struct buffer *out) {
    buffer_append_byte(out, '$');
    buffer_append_str(out, term->name);
}

static void print_set(const struct expr *expr, struct buffer *out) {
    if (expr->of_minimum == 1) {
        buffer_append_c(out, "any of (");
    } else if (expr->of_minimum == expr->term_count) {
        buffer_append_c(out, "all of (");
    } else {
        buffer_printf(out, "%u of (", expr->of_minimum);
    }
    for (uint32_t i = 0; i < expr->term_count; i++) {
        buffer_append_c(out, i > 0 ? ", " : "");
        print_term(expr->terms[i], out);
    }
    buffer_append_byte(out, ')');
}

static void print_scope(const struct expr *expr, struct buffer *out) {
    if (expr->has_within) {
        buffer_append_c(out, " within ");
        buffer_append_c(out, scopes[expr->within]);
    }
}

static void print_in_parentheses(const struct expr *expr, struct buffer *out) {
    buffer_append_byte(out, '(');
    expr_print(expr, out);
    buffer_append_byte(out, ')');
}

/* Within a conjunction: `or` binds looser; a nested `and` or a scope would swallow its neighbours.
 * Only the first operand of a chain without a scope of its own may carry a scope bare. */
static void print_conjunct(const struct expr *parent, uint32_t index, struct buffer *out) {
    const struct expr *child = parent->children[index];
    bool may_be_bare = index == 0 && !parent->has_within && child->has_within;
    bool needs_parentheses =
        child->kind == EXPR_OR || ((child->kind == EXPR_AND || child->has_within) && !may_be_bare);
    if (needs_parentheses) {
        print_in_parentheses(child, out);
    } else {
        expr_print(child, out);
    }
}

static void print_chain(const struct expr *expr, struct buffer *out) {
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (expr->kind == EXPR_AND) {
            buffer_append_c(out, i > 0 ? " and " : "");
            print_conjunct(expr, i, out);
        } else {
            buffer_append_c(out, i > 0 ? " or " : "");
            if (expr->children[i]->kind == EXPR_OR) {
                print_in_parentheses(expr->children[i], out);
            } else {
                expr_print(expr->children[i], out);
            }
        }
    }
}

static void print_not(const struct expr *expr, struct buffer *out) {
    const struct expr *child = expr->children[0];
    buffer_append_c(out, "not ");
    if (child->kind == EXPR_AND || child->kind == EXPR_OR || child->has_within) {
        print_in_parentheses(child, out);
    } else {
        expr_print(child, out);
    }
}

/* A set as an operand may carry a scope of its own, which needs parentheses. */
static void print_operand(const struct expr *expr, struct buffer *out) {
    if (expr->has_within) {
        print_in_parentheses(expr, out);
    } else {
        expr_print(expr, out);
    }
}

static void print_proximity(const struct expr *expr, struct buffer *out) {
    print_operand(expr->children[0], out);
    buffer_printf(out, " %s/%u ", expr->kind == EXPR_NEAR ? "near" : "before", expr->number);
    print_operand(expr->children[1], out);
}

void expr_print(const struct expr *expr, struct buffer *out) {
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
        print_chain(expr, out);
        break;
    case EXPR_NOT:
        print_not(expr, out);
        break;
    case EXPR_TERM:
        print_term(expr->term, out);
        break;
    case EXPR_COUNT:
        buffer_append_byte(out, '#');
        print_term(expr->term, out);
        buffer_printf(out, " %s %u", signs[expr->comparison], expr->number);
        break;
    case EXPR_NEAR:
    case EXPR_BEFORE:
        print_proximity(expr, out);
        break;
    case EXPR_OF:
        print_set(expr, out);
        break;
    case EXPR_FIELD:
        field_test_print(expr->field, out);
        break;
    case EXPR_RULE:
        buffer_append_str(out, expr->rule_name);
        break;
    case EXPR_TRUE:
        buffer_append_c(out, "true");
        break;
    }
    print_scope(expr, out);
}
