/* Terms one by one: does the regex compile, is the term used? */
#include <stdlib.h>

#include "rule/check.h"
#include "rule/over.h"
#include "rule/parse.h"
#include "rule/regex_check.h"

/* ---- regexes ---- */

static void check_regex(struct checker *checker, const struct term *term) {
    struct buffer reason = {0};
    size_t offset = 0;
    if (!regex_check(term->regex, term->regex_flags, &offset, &reason)) {
        if (reason.len == 0) {
            checker->is_out_of_memory = true;
        }
        uint32_t at = term->place.start + 1 + (uint32_t)offset;
        at -= offset > 0 && offset == term->regex.len ? 1 : 0; /* the end: show the last byte */
        check_error(checker, E_REGEX_INVALID, (struct place){term->place.file, at, at + 1},
                    "this regex does not compile: %.*s", (int)reason.len,
                    reason.ptr ? reason.ptr : "");
    }
    buffer_free(&reason);
}

/* Does the pattern have the group (?<name>...), (?P<name>...) or (?'name'...)? */
static bool has_group(struct str pattern, struct str name) {
    for (size_t at = str_find(pattern, name, 0); at != STR_NOT_FOUND;
         at = str_find(pattern, name, at + 1)) {
        struct str before = str_slice(pattern, 0, at);
        struct str after = str_slice(pattern, at + name.len, pattern.len);
        bool is_angled = str_starts_with(after, STR(">")) &&
                         (str_ends_with(before, STR("(?<")) || str_ends_with(before, STR("(?P<")));
        bool is_quoted = str_starts_with(after, STR("'")) && str_ends_with(before, STR("(?'"));
        if (is_angled || is_quoted) {
            return true;
        }
    }
    return false;
}

static void check_extracts(struct checker *checker, const struct rule *rule) {
    for (uint32_t i = 0; i < rule->outcome.extract_count; i++) {
        const struct extract *extract = &rule->outcome.extracts[i];
        if (extract->term->kind == TERM_FIELD) {
            check_error(checker, E_EXTRACT_TERM, extract->place,
                        "a field test has no text to extract");
        } else if (extract->group.len > 0 && extract->term->kind != TERM_REGEX) {
            check_error(checker, E_EXTRACT_GROUP, extract->place, "only a regex has groups");
        } else if (extract->group.len > 0 && !has_group(extract->term->regex, extract->group)) {
            struct diagnostic *diagnostic = check_error(
                checker, E_EXTRACT_GROUP, extract->place, "the regex has no group `%.*s`",
                (int)extract->group.len, extract->group.ptr);
            if (diagnostic) {
                diagnostic->help = STR("a named group is written (?<name>...)");
            }
        }
    }
}

/* ---- literals ---- */

static uint64_t literal_form(const struct literal *literal) {
    return (literal->is_prefix ? 1u : 0u) + (literal->is_suffix ? 2u : 0u);
}

static int compare_literals(const void *left, const void *right) {
    const struct literal *a = *(const struct literal *const *)left;
    const struct literal *b = *(const struct literal *const *)right;
    int order = str_compare(a->text, b->text);
    if (order == 0) {
        order = (literal_form(a) > literal_form(b)) - (literal_form(a) < literal_form(b));
    }
    return order != 0 ? order
                      : (a->place.start > b->place.start) - (a->place.start < b->place.start);
}

/* Only the literals that stand in the term: lists may well share entries. */
static void check_literals(struct checker *checker, const struct term *term) {
    if (term->own_count < 2) {
        return;
    }
    const struct literal **sorted = calloc(term->own_count, sizeof(struct literal *));
    if (!sorted) {
        checker->is_out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < term->own_count; i++) {
        sorted[i] = &term->literals[i];
    }
    qsort(sorted, term->own_count, sizeof(struct literal *), compare_literals);
    for (uint32_t i = 1; i < term->own_count; i++) {
        if (str_equal(sorted[i - 1]->text, sorted[i]->text) &&
            literal_form(sorted[i - 1]) == literal_form(sorted[i])) {
            check_warning(checker, W_LITERAL_TWICE, sorted[i]->place,
                          "this literal stands twice in the term");
        }
    }
    free(sorted);
}

/* ---- use ---- */

struct usage {
    const struct rule *rule;
    bool is_used[PARSE_TERMS];
};

static void use(struct usage *usage, const struct term *term) {
    if (term && term->name.len > 0) { /* not the stand-in for an unknown one */
        usage->is_used[term - usage->rule->terms] = true;
    }
}

static void use_in_expr(void *context, struct expr *expr) {
    struct usage *usage = context;
    use(usage, expr->term);
    for (uint32_t i = 0; i < expr->term_count; i++) {
        use(usage, expr->terms[i]);
    }
}

static void check_usage(struct checker *checker, struct rule *rule) {
    struct usage usage = {.rule = rule};
    if (!rule->match) {
        return; /* reported, and every term would be unused */
    }
    expr_walk(rule->match, use_in_expr, &usage);
    if (rule->over) {
        use(&usage, rule->over->term);
    }
    for (uint32_t i = 0; rule->over && i < rule->over->measure_count; i++) {
        expr_walk(rule->over->measures[i].share, use_in_expr, &usage);
    }
    for (uint32_t i = 0; i < rule->outcome.extract_count; i++) {
        use(&usage, rule->outcome.extracts[i].term);
    }
    for (uint32_t i = 0; i < rule->term_count; i++) {
        const struct term *term = &rule->terms[i];
        if (!usage.is_used[i]) {
            check_warning(checker, W_TERM_UNUSED, term->name_place, "the rule never uses `$%.*s`",
                          (int)term->name.len, term->name.ptr);
        }
    }
}

void check_terms(struct checker *checker, struct rule *rule) {
    for (uint32_t i = 0; i < rule->term_count; i++) {
        if (rule->terms[i].kind == TERM_REGEX && rule->terms[i].regex.len > 0) {
            check_regex(checker, &rule->terms[i]);
        } else if (rule->terms[i].kind == TERM_LITERALS) {
            check_literals(checker, &rule->terms[i]);
        }
    }
    check_extracts(checker, rule);
    check_usage(checker, rule);
}
