/* Labels of accounts. A label is known when the posts before are known, so a rule may ask for one
 * only where nothing else depends on the answer: as a part of the outermost `and` of `where`, alone
 * or under one `not`. The matcher then takes the test as it has to be, and the sequence of posts
 * (rule/sequence.h) gives the answer. */
#include <stdlib.h>

#include "rule/check.h"
#include "rule/field.h"
#include "rule/over.h"

struct labels_check {
    struct checker *checker;
    struct map names;
    struct rule *rule;
    uint32_t asks; /* tests of account.label in the rule */
};

/* ---- Given ---- */

static void number_labels(struct labels_check *check, struct rule *rule) {
    for (uint32_t i = 0; i < rule->outcome.label_count; i++) {
        struct label *label = &rule->outcome.labels[i];
        label->number = map_intern(&check->names, label->name, NULL);
        if (label->number == MAP_NONE) {
            check->checker->is_out_of_memory = true;
        }
    }
}

static void keep_names(struct labels_check *check) {
    struct ast *ast = check->checker->ast;
    ast->label_count = check->names.count;
    ast->label_names = arena_array(&ast->arena, ast->label_count + 1u, sizeof *ast->label_names);
    if (!ast->label_names) {
        check->checker->is_out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < ast->rule_count; i++) {
        for (uint32_t k = 0; k < ast->rules[i].outcome.label_count; k++) {
            const struct label *label = &ast->rules[i].outcome.labels[k];
            ast->label_names[label->number] = label->name; /* the map's keys end with the map */
        }
    }
}

/* ---- Asked ---- */

static bool is_ask(const struct expr *expr) {
    return expr->kind == EXPR_FIELD && field_is_label(expr->field->field_index);
}

static void refuse_place(struct checker *checker, struct place place) {
    struct diagnostic *diagnostic =
        check_error(checker, E_LABEL_PLACE, place, "labels are not known here");
    if (diagnostic) {
        diagnostic->help = STR("`account.label` stands in `where`, joined with the rest by `and`, "
                               "alone or behind `not`");
    }
}

static void count_asks(void *context, struct expr *expr) {
    struct labels_check *check = context;
    check->asks += is_ask(expr);
}

static void refuse_ask(void *context, struct expr *expr) {
    struct labels_check *check = context;
    if (is_ask(expr) && !expr->field->labels) { /* not resolved, so at no place that fits */
        refuse_place(check->checker, expr->place);
    }
}

static void refuse_reference(void *context, struct expr *expr) {
    struct labels_check *check = context;
    if (expr->kind == EXPR_RULE && expr->rule && expr->rule->ask_count > 0) {
        check_error(check->checker, E_LABEL_PLACE, expr->place,
                    "the rule `%.*s` asks for labels and cannot be referred to",
                    (int)expr->rule_name.len, expr->rule_name.ptr);
    }
}

static void unknown_label(struct labels_check *check, const struct field_test *test,
                          struct str name) {
    struct diagnostic *diagnostic = check_error(check->checker, E_LABEL_UNKNOWN, test->place,
                                                "no rule gives an account the label `%.*s`",
                                                (int)(name.len > 64 ? 64 : name.len), name.ptr);
    struct str nearest = nearest_name(name, check->names.keys, check->names.count);
    if (diagnostic && nearest.len > 0) {
        diagnostic->help = diagnostics_text(check->checker->diagnostics, "did you mean `%.*s`?",
                                            (int)nearest.len, nearest.ptr);
    } else if (diagnostic) {
        diagnostic->help = STR("give it in an outcome: label account \"name\" for 7d");
    }
}

static void resolve_ask(struct labels_check *check, struct field_test *test, bool is_wanted) {
    struct checker *checker = check->checker;
    struct rule *rule = check->rule;
    test->labels = arena_array(&checker->ast->arena, test->text_count + 1u, sizeof *test->labels);
    if (!test->labels) {
        checker->is_out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < test->text_count; i++) {
        test->labels[i] = map_find(&check->names, test->texts[i]);
        if (test->labels[i] == MAP_NONE) {
            unknown_label(check, test, test->texts[i]);
        }
    }
    if (test->negated || test->comparison == COMPARE_NE) {
        struct diagnostic *diagnostic = check_error(checker, E_FIELD_COMPARISON, test->place,
                                                    "an account may have several labels");
        if (diagnostic) {
            diagnostic->help = STR("write `not account.label == \"name\"` or `not account.label "
                                   "in [...]`");
        }
    }
    test->is_assumed = is_wanted;
    rule->asks[rule->ask_count++] = test;
}

/* The parts of the outermost `and`; recursion is as deep as the parser allows. */
static void resolve_parts(struct labels_check *check, struct expr *expr) {
    if (is_ask(expr)) {
        resolve_ask(check, expr->field, true);
    } else if (expr->kind == EXPR_NOT && is_ask(expr->children[0])) {
        resolve_ask(check, expr->children[0]->field, false);
    }
    for (uint32_t i = 0; expr->kind == EXPR_AND && i < expr->child_count; i++) {
        resolve_parts(check, expr->children[i]);
    }
}

static void resolve_rule(struct labels_check *check, struct rule *rule) {
    struct checker *checker = check->checker;
    check->rule = rule;
    check->asks = 0;
    expr_walk(rule->where, count_asks, check);
    rule->asks =
        check->asks > 0 ? arena_array(&checker->ast->arena, check->asks, sizeof *rule->asks) : NULL;
    if (check->asks > 0 && !rule->asks) {
        checker->is_out_of_memory = true;
        return;
    }
    if (check->asks > 0) {
        resolve_parts(check, rule->where);
    }
    if (rule->ask_count > 0 && rule->is_private) {
        refuse_place(checker, rule->name_place);
    }
}

/* ---- Everywhere else ---- */

static void check_elsewhere(struct labels_check *check, struct rule *rule) {
    const struct over *over = rule->over;
    check->rule = rule;
    expr_walk(rule->where, refuse_ask, check);
    expr_walk(rule->match, refuse_ask, check);
    expr_walk(rule->match, refuse_reference, check);
    for (uint32_t i = 0; i < rule->term_count; i++) {
        const struct field_test *test = rule->terms[i].field;
        if (test && field_is_label(test->field_index)) {
            refuse_place(check->checker, test->place);
        }
    }
    if (over && over->key == OVER_FIELD && field_is_label(over->field)) {
        refuse_place(check->checker, over->place);
    }
    for (uint32_t i = 0; over && i < over->measure_count; i++) {
        const struct measure *measure = &over->measures[i];
        expr_walk(measure->share, refuse_ask, check);
        bool has_field = measure->kind == MEASURE_DISTINCT || measure->kind == MEASURE_MEDIAN ||
                         measure->kind == MEASURE_ENTROPY;
        if (has_field && field_is_label(measure->field)) {
            refuse_place(check->checker, measure->place);
        }
    }
}

void check_labels(struct checker *checker) {
    struct labels_check check = {.checker = checker};
    struct ast *ast = checker->ast;
    for (uint32_t i = 0; i < ast->rule_count && !checker->is_out_of_memory; i++) {
        number_labels(&check, &ast->rules[i]);
    }
    if (!checker->is_out_of_memory) {
        keep_names(&check);
    }
    for (uint32_t i = 0; i < ast->rule_count && !checker->is_out_of_memory; i++) {
        resolve_rule(&check, &ast->rules[i]);
    }
    for (uint32_t i = 0; i < ast->rule_count && !checker->is_out_of_memory; i++) {
        check_elsewhere(&check, &ast->rules[i]);
    }
    map_free(&check.names);
}
