/* Clause coverage of the rules' tests, after MC/DC with masking (Chilenski and Miller 1994): a
 * clause is covered when tests make it decide both ways. On a text it decides if the rule would
 * answer differently were the clause always true instead of never true. A clause is every part of
 * `where` and `match`: operands of and, or, not; proximities, counts, sets and each of their terms,
 * field tests, questions of labels (which series decide, and nothing else does by them),
 * references. A term in a set beside near or before can only be needed, so one way suffices there;
 * literals are no clauses (rule/mutate.c drops them). Covered does not mean right: it says that a
 * test would notice. */
#include "base/failure.h"
#include "rule/choice.h"
#include "rule/frame.h"
#include "rule/variation.h"

struct clause_state {
    struct expr *node;
    struct exchange always;
    struct exchange never;
    struct place place;
    struct str text;              /* of a set's member: its name; else empty */
    const struct field_test *ask; /* a question of labels, which nothing is exchanged for */
    bool is_one_way;              /* it cannot be forced to hold */
    bool made_fire; /* a test fires because it holds (or because it does not, under `not`) */
    bool made_silent;
};

struct coverage {
    struct variation variation;
    struct buffer text; /* of a frame */
    const struct hearsay_rules_cover_options *options;
    struct clause_state *clauses; /* of the rule at hand */
    size_t count;
    size_t capacity;
    struct hearsay_rules_cover_result result;
};

/* ---- Listing the clauses of a rule ---- */

static struct clause_state *add(struct coverage *coverage, struct expr *node,
                                const struct expr *always, const struct expr *never) {
    struct arena *arena = &coverage->variation.arena;
    if (!always || !never) {
        return NULL;
    }
    if (coverage->count == coverage->capacity) {
        size_t wanted = coverage->capacity > 0 ? coverage->capacity * 2 : 64;
        struct clause_state *grown = arena_array(arena, wanted, sizeof *grown);
        if (!grown) {
            return NULL;
        }
        if (coverage->count > 0) {
            memcpy(grown, coverage->clauses, coverage->count * sizeof *grown);
        }
        coverage->clauses = grown;
        coverage->capacity = wanted;
    }
    struct clause_state *clause = &coverage->clauses[coverage->count++];
    *clause = (struct clause_state){
        .node = node, .always = {node, *always}, .never = {node, *never}, .place = node->place};
    return clause;
}

/* Each term of a set, dropped for never, counted as found for always. */
static bool list_members(struct coverage *coverage, struct expr *set, bool is_operand) {
    for (uint32_t i = 0; set->term_count > 1 && i < set->term_count; i++) {
        struct variation *variation = &coverage->variation;
        struct expr *never = variation_set_without(variation, set, i, set->of_minimum);
        struct expr *always =
            is_operand ? set : variation_set_without(variation, set, i, set->of_minimum - 1);
        struct clause_state *clause = add(coverage, set, always, never);
        if (!clause) {
            return false;
        }
        clause->text = set->terms[i]->name;
        clause->is_one_way = is_operand;
    }
    return true;
}

/* A question of labels, `not` included: series know it, texts do not. */
static bool list_question(struct coverage *coverage, struct expr *expr) {
    struct clause_state *clause = add(coverage, expr, expr, expr);
    if (clause) {
        clause->ask = expr->kind == EXPR_NOT ? expr->children[0]->field : expr->field;
    }
    return clause;
}

static bool list(struct coverage *coverage, struct expr *expr) {
    static const struct expr always = {.kind = EXPR_TRUE};
    static const struct expr never = {.kind = EXPR_OF, .of_minimum = 1}; /* of no terms */
    if (expr->kind == EXPR_TRUE) {
        return true;
    }
    if (expr_asks_label(expr)) {
        return list_question(coverage, expr);
    }
    if (!add(coverage, expr, &always, &never)) {
        return false;
    }
    if (expr->kind == EXPR_OF) {
        return list_members(coverage, expr, false);
    }
    bool is_pair = expr->kind == EXPR_NEAR || expr->kind == EXPR_BEFORE;
    for (uint32_t i = 0; i < expr->child_count; i++) {
        struct expr *child = expr->children[i];
        bool ok = !is_pair                 ? list(coverage, child)
                  : child->kind == EXPR_OF ? list_members(coverage, child, true)
                                           : true;
        if (!ok) {
            return false;
        }
    }
    return true;
}

/* ---- Trying them ---- */

static bool fires_with(struct coverage *coverage, struct exchange *exchange) {
    exchange_make(exchange);
    bool fires = variation_fires(&coverage->variation);
    exchange_make(exchange);
    return fires;
}

static void try_clause(struct coverage *coverage, struct clause_state *clause, bool fires) {
    if (clause->ask || (clause->made_fire && clause->made_silent)) {
        return;
    }
    bool with_never = fires_with(coverage, &clause->never);
    bool with_always = clause->is_one_way ? fires : fires_with(coverage, &clause->always);
    if (with_never != with_always) {
        clause->made_fire = clause->made_fire || fires;
        clause->made_silent = clause->made_silent || !fires;
    }
}

static bool is_covered(const struct clause_state *clause) {
    return clause->is_one_way ? clause->made_fire || clause->made_silent
                              : clause->made_fire && clause->made_silent;
}

/* Were the answer never as wanted, the rule would never fire; were it always so, it fires as one
 * that does not ask. */
static void note_point(void *context, const struct reel_point *point) {
    struct clause_state *clause = context;
    if (point->fires_changed) {
        clause->made_fire = clause->made_fire || point->fires;
        clause->made_silent = clause->made_silent || !point->fires;
    }
}

static bool cover_question(struct coverage *coverage, struct clause_state *clause,
                           const struct reels *reels) {
    const struct rule *rule = coverage->variation.rule;
    struct rule changed = *rule;
    changed.asks = arena_array(&coverage->variation.arena, rule->ask_count, sizeof *changed.asks);
    if (!changed.asks) {
        return false;
    }
    changed.ask_count = 0;
    for (uint32_t i = 0; i < rule->ask_count; i++) {
        if (rule->asks[i] != clause->ask) {
            changed.asks[changed.ask_count++] = rule->asks[i];
        }
    }
    return reels_visit(reels, rule, &changed, note_point, clause);
}

static bool cover_questions(struct coverage *coverage, const struct rule *rule) {
    struct reels reels = {0};
    bool ok = rule->ask_count == 0 || reels_read(&reels, &coverage->variation.probe, rule);
    for (size_t i = 0; ok && i < coverage->count; i++) {
        struct clause_state *clause = &coverage->clauses[i];
        ok = !clause->ask || cover_question(coverage, clause, &reels);
    }
    reels_free(&reels);
    return ok;
}

/* ---- Telling ---- */

static struct hearsay_text public_text(struct str text) {
    return (struct hearsay_text){text.ptr, text.len};
}

static void tell(struct coverage *coverage, const struct clause_state *clause) {
    const struct ast *ast = &coverage->variation.pack.ast;
    const struct rule *rule = coverage->variation.rule;
    struct str source = ast->files[clause->place.file].text;
    struct hearsay_clause told = {
        .rule = public_text(rule->name),
        .rule_id = public_text(rule->meta.id),
        .file = public_text(ast->files[clause->place.file].name),
        .line = probe_line(ast, clause->place),
        .text = public_text(str_slice(source, clause->place.start, clause->place.end)),
        .member = public_text(clause->text),
        .made_fire = clause->made_fire,
        .made_silent = clause->made_silent,
        .is_covered = is_covered(clause),
    };
    coverage->result.clauses++;
    coverage->result.covered += told.is_covered;
    if (coverage->options->report) {
        coverage->options->report(coverage->options->context, &told);
    }
}

static bool cover_text(struct coverage *coverage, const struct rule_test *test, uint32_t index) {
    struct variation *variation = &coverage->variation;
    struct str text;
    if (!frame_text(test, index, &coverage->text, &text) ||
        !variation_text(variation, text, test->lang)) {
        return false;
    }
    /* A test that fails shows nothing. */
    bool fires = variation_fires(variation);
    bool passes = fires == (test->kind == TEST_FIRES);
    for (size_t i = 0; passes && i < coverage->count; i++) {
        try_clause(coverage, &coverage->clauses[i], fires);
    }
    return variation->probe.matcher->status == HEARSAY_OK;
}

static bool cover_rule(struct coverage *coverage, const struct rule *rule) {
    struct variation *variation = &coverage->variation;
    coverage->clauses = NULL;
    coverage->count = 0;
    coverage->capacity = 0;
    if (!variation_take(variation, rule) ||
        (variation->where && !list(coverage, variation->where)) ||
        (variation->match && !list(coverage, variation->match))) {
        return false;
    }
    for (uint32_t k = 0; k < rule->test_count; k++) {
        const struct rule_test *test = &rule->tests[k];
        for (uint32_t i = 0; !test->is_todo && i < frame_count(test); i++) {
            if (!cover_text(coverage, test, i)) {
                return false;
            }
        }
    }
    if (!cover_questions(coverage, rule)) {
        return false;
    }
    for (size_t i = 0; i < coverage->count; i++) {
        tell(coverage, &coverage->clauses[i]);
    }
    return true;
}

enum hearsay_status hearsay_rules_cover(const struct hearsay_rules *rules,
                                        const struct hearsay_rules_cover_options *options,
                                        struct hearsay_rules_cover_result *result,
                                        struct hearsay_failure *failure) {
    static const struct hearsay_rules_cover_options none = {0};
    struct coverage coverage = {.options = options ? options : &none};
    bool ok = variation_open(&coverage.variation, rules);
    for (uint32_t i = 0; ok && i < rules->rule_count; i++) {
        const struct rule *rule = rules->rules[i].rule;
        ok = !rule_is_chosen(rule, coverage.options->run) || cover_rule(&coverage, rule);
    }
    variation_close(&coverage.variation);
    buffer_free(&coverage.text);
    if (!ok) {
        return failure_memory(failure);
    }
    *result = coverage.result;
    return HEARSAY_OK;
}
