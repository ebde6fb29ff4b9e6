/* The `over:` section as text. */
#include "rule/field.h"
#include "rule/over.h"
#include "rule/print.h"

/* In the largest unit that gives a whole number. */
void duration_print(int64_t us, struct buffer *out) {
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
    int64_t seconds = us / 1000000;
    size_t i = 0;
    while (seconds % units[i].seconds != 0) {
        i++;
    }
    buffer_append_u64(out, (uint64_t)(seconds / units[i].seconds));
    buffer_append_byte(out, units[i].unit);
}

static void print_key(const struct over *over, struct buffer *out) {
    switch (over->key) {
    case OVER_FIELD:
        buffer_append_c(out, field_at(over->field)->name);
        break;
    case OVER_LINK:
        buffer_append_c(out, "link");
        break;
    case OVER_HASHTAG:
        buffer_append_c(out, "hashtag");
        break;
    case OVER_MENTION:
        buffer_append_c(out, "mention");
        break;
    case OVER_SIMILAR:
        buffer_append_c(out, "similar(post.text, ");
        buffer_append_double(out, over->similarity, 17);
        buffer_append_byte(out, ')');
        break;
    case OVER_TERM:
        buffer_append_byte(out, '$');
        buffer_append_str(out, over->term->name);
        break;
    }
}

static void print_measure(const struct measure *measure, struct buffer *out) {
    static const char *const words[] = {
        [MEASURE_COUNT] = "count", [MEASURE_RATE] = "rate",     [MEASURE_DISTINCT] = "distinct",
        [MEASURE_SHARE] = "share", [MEASURE_MEDIAN] = "median", [MEASURE_ENTROPY] = "entropy",
        [MEASURE_BURST] = "burst",
    };
    static const char *const signs[] = {
        [COMPARE_EQ] = " == ", [COMPARE_NE] = " != ", [COMPARE_LT] = " < ",  [COMPARE_LE] = " <= ",
        [COMPARE_GT] = " > ",  [COMPARE_GE] = " >= ", [COMPARE_IN] = " == ",
    };
    buffer_append_c(out, words[measure->kind]);
    if (measure->kind == MEASURE_SHARE) {
        buffer_append_byte(out, '(');
        expr_print(measure->share, out);
        buffer_append_byte(out, ')');
    } else if (measure->kind == MEASURE_BURST) {
        buffer_append_byte(out, '(');
        duration_print(measure->recent_us, out);
        buffer_append_c(out, ") p");
    } else if (measure->kind != MEASURE_COUNT && measure->kind != MEASURE_RATE) {
        buffer_append_byte(out, '(');
        buffer_append_c(out, field_at(measure->field)->name);
        buffer_append_byte(out, ')');
    }
    buffer_append_c(out, signs[measure->comparison]);
    buffer_append_double(out, measure->number, 17);
}

/* `or` below `and`, and anything but a measure below `not`, need parentheses. */
static void print_part(const struct over_condition *condition, bool is_closed, struct buffer *out) {
    switch (condition->kind) {
    case OVER_MEASURE:
        print_measure(condition->measure, out);
        return;
    case OVER_NOT:
        buffer_append_c(out, "not ");
        print_part(condition->left, condition->left->kind != OVER_NOT, out);
        return;
    case OVER_AND:
    case OVER_OR:
        break;
    }
    bool is_or = condition->kind == OVER_OR;
    buffer_append_c(out, is_closed ? "(" : "");
    print_part(condition->left, !is_or && condition->left->kind == OVER_OR, out);
    buffer_append_c(out, is_or ? " or " : " and ");
    print_part(condition->right, condition->right->kind == OVER_OR || !is_or, out);
    buffer_append_c(out, is_closed ? ")" : "");
}

static void print_with(const struct over *over, const char *between, struct buffer *out) {
    buffer_append_c(out, "over ");
    duration_print(over->duration_us, out);
    buffer_append_c(out, " by ");
    print_key(over, out);
    buffer_append_c(out, between);
    print_part(over->condition, false, out);
}

void over_print_line(const struct over *over, struct buffer *out) {
    print_with(over, ": ", out);
}

void over_print(const struct over *over, struct buffer *out) {
    buffer_append_c(out, "  ");
    print_with(over, ":\n    ", out);
    buffer_append_byte(out, '\n');
}
