/* Windows: what stands in them, and who may refer to their rules. A rule with a window is known to
 * hold only when all posts are in order, so no condition on a single post can ask for it. */
#include "rule/check.h"
#include "rule/over.h"

static void refuse_rule(void *context, struct expr *expr) {
    struct checker *checker = context;
    if (expr->kind == EXPR_RULE) {
        check_error(checker, E_OVER_REFERENCE, expr->place,
                    "`share` counts terms and fields, not rules");
    }
}

static void refuse_window(void *context, struct expr *expr) {
    struct checker *checker = context;
    if (expr->kind != EXPR_RULE || !expr->rule || !expr->rule->over) {
        return;
    }
    struct diagnostic *diagnostic =
        check_error(checker, E_OVER_REFERENCE, expr->place,
                    "the rule `%.*s` has a window and cannot be referred to",
                    (int)expr->rule_name.len, expr->rule_name.ptr);
    if (diagnostic) {
        diagnostic->help = STR("put its match into a private rule and refer to that");
    }
}

void check_over(struct checker *checker, const struct rule *rule) {
    expr_walk(rule->match, refuse_window, checker);
    if (!rule->over) {
        return;
    }
    if (rule->is_private) {
        check_error(checker, E_OVER_REFERENCE, rule->over->place,
                    "a private rule has no window: no rule could refer to it");
    }
    for (uint32_t i = 0; i < rule->over->measure_count; i++) {
        expr_walk(rule->over->measures[i].share, refuse_rule, checker);
    }
}
