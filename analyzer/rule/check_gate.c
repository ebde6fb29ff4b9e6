/* Gates: must a text that a rule matches hold some literal? If not, the prefilter cannot keep posts
 * away, and the rule's regexes run on every post: an error unless the author accepts the price.
 * Private rules run only where a rule that refers to them gets to them. */
#include "rule/check.h"
#include "rule/literals.h"
#include "rule/parse.h"
#include "rule/regex_check.h"

static bool compiles(const struct term *term) {
    struct buffer reason = {0};
    size_t offset;
    bool is_sound = regex_check(term->regex, term->regex_flags, &offset, &reason);
    buffer_free(&reason);
    return is_sound;
}

/* One rule being judged, with what is known of its terms: a condition may name one a million times.
 */
struct walk {
    struct checker *checker;
    const struct rule *rule;
    enum gate terms[PARSE_TERMS];
};

/* What does not compile is reported as such, and so is an unknown term (which has no name): neither
 * must raise an echo here. */
static enum gate judge_term(const struct term *term) {
    if (term->kind == TERM_FIELD) {
        return GATE_OPEN;
    }
    bool is_gate = term_is_gated(term) || (term->kind == TERM_REGEX && !compiles(term));
    return is_gate ? GATE_CLOSED : GATE_OPEN;
}

static bool term_is_gate(struct walk *walk, const struct term *term) {
    if (term->name.len == 0) {
        return true;
    }
    enum gate *gate = &walk->terms[term - walk->rule->terms];
    if (*gate == GATE_UNKNOWN) {
        *gate = judge_term(term);
    }
    return *gate == GATE_CLOSED;
}

static bool is_gate(struct walk *walk, const struct expr *expr);

static bool count_needs_one(const struct expr *expr) {
    switch (expr->comparison) {
    case COMPARE_EQ:
    case COMPARE_GE:
        return expr->number > 0;
    case COMPARE_GT:
        return true;
    case COMPARE_NE:
        return expr->number == 0;
    default:
        return false;
    }
}

static bool set_is_gate(struct walk *walk, const struct expr *expr) {
    uint32_t open = 0;
    for (uint32_t i = 0; i < expr->term_count; i++) {
        open += term_is_gate(walk, expr->terms[i]) ? 0 : 1;
    }
    return open < expr->of_minimum;
}

/* `wanted` true: is any child a gate? False: is any child open? */
static bool any_child(struct walk *walk, const struct expr *expr, bool wanted) {
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (is_gate(walk, expr->children[i]) == wanted) {
            return true;
        }
    }
    return false;
}

/* Circles are cut and depth is bounded, or this is not called. A condition that could not be read
 * is reported already and taken for a gate. */
static bool rule_is_gate(struct checker *checker, const struct rule *rule) {
    enum gate *gate = &checker->gates[rule->index];
    if (*gate == GATE_UNKNOWN) {
        struct walk walk = {.checker = checker, .rule = rule};
        *gate = !rule->match || is_gate(&walk, rule->match) ? GATE_CLOSED : GATE_OPEN;
    }
    return *gate == GATE_CLOSED;
}

static bool is_gate(struct walk *walk, const struct expr *expr) {
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_NEAR:
    case EXPR_BEFORE:
        return any_child(walk, expr, true);
    case EXPR_OR:
        return !any_child(walk, expr, false);
    case EXPR_TERM:
        return term_is_gate(walk, expr->term);
    case EXPR_COUNT:
        return count_needs_one(expr) && term_is_gate(walk, expr->term);
    case EXPR_OF:
        return set_is_gate(walk, expr);
    case EXPR_RULE:
        return !expr->rule || rule_is_gate(walk->checker, expr->rule);
    case EXPR_NOT:
    case EXPR_FIELD:
    case EXPR_TRUE:
        return false;
    }
    return false;
}

static void report_terms(struct checker *checker, const struct rule *rule) {
    for (uint32_t i = 0; i < rule->term_count; i++) {
        const struct term *term = &rule->terms[i];
        if (term->kind != TERM_REGEX || term->accepts_cost || judge_term(term) == GATE_CLOSED) {
            continue;
        }
        struct diagnostic *diagnostic =
            check_error(checker, E_REGEX_UNGATED, term->place,
                        "this regex requires no literal and would run on every post");
        if (diagnostic) {
            diagnostic->help = STR("join it by `and` with a term that requires a literal, or "
                                   "accept the price: `/.../ ungated`");
        }
    }
}

static bool has_unaccepted_regex(const struct rule *rule) {
    for (uint32_t i = 0; i < rule->term_count; i++) {
        if (rule->terms[i].kind == TERM_REGEX && !rule->terms[i].accepts_cost) {
            return true;
        }
    }
    return false;
}

static void visit_open(struct checker *checker, const struct rule *rule);

static void visit_reference(void *context, struct expr *expr) {
    if (expr->kind == EXPR_RULE && expr->rule) {
        visit_open(context, expr->rule);
    }
}

/* A rule that every post reaches, and, if it is open itself, those to which it refers. */
static void visit_open(struct checker *checker, const struct rule *rule) {
    if (checker->is_visited[rule->index] || !rule->match) {
        return;
    }
    checker->is_visited[rule->index] = true;
    bool asks = has_unaccepted_regex(rule);
    if ((asks || checker->has_references[rule->index]) && !rule_is_gate(checker, rule)) {
        report_terms(checker, rule);
        expr_walk(rule->match, visit_reference, checker);
    }
}

void check_gates(struct checker *checker) {
    for (uint32_t i = 0; i < checker->ast->rule_count && checker->may_follow_references; i++) {
        if (!checker->ast->rules[i].is_private) {
            visit_open(checker, &checker->ast->rules[i]);
        }
    }
}
