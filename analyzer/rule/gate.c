/* Gates: what must be seen in a post for a rule to be able to match, as an AND of clauses, each an
 * OR of needles. Derived from the logic of the rule: gate(a and b) = gate(a) and gate(b) gate(a or
 * b) = rarest clause of a or rarest clause of b gate(not a) = nothing                     gate(k of
 * n) = one of the n-k+1 rarest gate(near, before) = both operands        gate(count) = the term,
 * unless 0 satisfies it Leaving a clause out is always sound; a clause that does not follow is not.
 */
#include <stdlib.h>

#include "base/failure.h"
#include "base/sort.h"
#include "rule/builder.h"
#include "rule/literals.h"

uint32_t builder_clause(struct builder *builder, uint32_t *needles, uint32_t count) {
    struct hearsay_rules *pack = builder->pack;
    bool is_new = false;
    count = (uint32_t)sort_distinct(needles, count);
    struct str key = {(const char *)needles, count * sizeof *needles};
    uint32_t index = map_intern(&builder->clause_ids, key, &is_new);
    if (index == MAP_NONE || !is_new) {
        return index;
    }
    void *items = pack->clauses;
    struct clause clause = {.needle_count = count};
    clause.needles = arena_array(&pack->arena, count > 0 ? count : 1, sizeof *needles);
    if (!clause.needles || !builder_grow(builder, &items, pack->clause_count,
                                         &builder->clause_capacity, sizeof clause)) {
        return RULE_NONE;
    }
    for (uint32_t i = 0; i < count; i++) {
        clause.needles[i] = needles[i];
        clause.frequency += literal_frequency(pack->needles[needles[i]].text);
    }
    pack->clauses = items;
    pack->clauses[pack->clause_count++] = clause;
    return index;
}

/* Keeps the rarest clauses, rarest first. */
void demand_add(const struct builder *builder, struct demand *demand, uint32_t clause) {
    const struct clause *clauses = builder->pack->clauses;
    uint32_t at = 0;
    while (at < demand->count &&
           clauses[demand->clauses[at]].frequency <= clauses[clause].frequency) {
        if (demand->clauses[at] == clause) {
            return;
        }
        at++;
    }
    if (at == DEMAND_MOST) {
        return;
    }
    uint32_t kept = demand->count < DEMAND_MOST ? demand->count : DEMAND_MOST - 1;
    memmove(demand->clauses + at + 1, demand->clauses + at, (kept - at) * sizeof *demand->clauses);
    demand->clauses[at] = clause;
    demand->count = kept + 1;
}

static void demand_all(const struct builder *builder, struct demand *demand,
                       const struct demand *other) {
    for (uint32_t i = 0; i < other->count; i++) {
        demand_add(builder, demand, other->clauses[i]);
    }
}

/* One clause over the needles of several: any of them opens it. */
static enum hearsay_status join(struct builder *builder, const uint32_t *clauses, uint32_t count,
                                struct demand *demand) {
    const struct clause *all = builder->pack->clauses;
    size_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        total += all[clauses[i]].needle_count;
    }
    uint32_t *needles = arena_array(&builder->scratch, total > 0 ? total : 1, sizeof *needles);
    if (!needles) {
        return HEARSAY_NO_MEMORY;
    }
    size_t filled = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct clause *clause = &all[clauses[i]];
        memcpy(needles + filled, clause->needles, clause->needle_count * sizeof *needles);
        filled += clause->needle_count;
    }
    uint32_t joined = builder_clause(builder, needles, (uint32_t)total);
    if (joined == RULE_NONE) {
        return HEARSAY_NO_MEMORY;
    }
    demand_add(builder, demand, joined);
    return HEARSAY_OK;
}

/* One rule while its demand is found. */
struct walk {
    struct builder *builder;
    uint32_t rule;
    uint32_t level;  /* references above it */
    uint32_t height; /* longest chain of references below it, so far */
    struct hearsay_failure *failure;
};

static enum hearsay_status demand_of(struct walk *walk, const struct expr *expr,
                                     struct demand *demand);

static void demand_term(const struct walk *walk, const struct term *term, struct demand *demand) {
    const struct hearsay_rules *pack = walk->builder->pack;
    const struct pattern *pattern =
        &pack->patterns[pack_pattern(pack, &pack->rules[walk->rule], term)];
    for (uint32_t i = 0; i < pattern->gate_count; i++) {
        demand_add(walk->builder, demand, pattern->gates[i]);
    }
}

/* Clauses by frequency, rarest first. */
static void sort_by_frequency(const struct builder *builder, uint32_t *clauses, uint32_t count) {
    const struct clause *all = builder->pack->clauses;
    for (uint32_t i = 1; i < count; i++) {
        uint32_t clause = clauses[i];
        uint32_t at = i;
        while (at > 0 && all[clauses[at - 1]].frequency > all[clause].frequency) {
            clauses[at] = clauses[at - 1];
            at--;
        }
        clauses[at] = clause;
    }
}

/* At least `minimum` of the terms: whichever occur, one of any n - minimum + 1 of them does. */
static enum hearsay_status demand_of_terms(const struct walk *walk, const struct expr *expr,
                                           struct demand *demand) {
    if (expr->of_minimum == 0 || expr->of_minimum > expr->term_count) {
        return HEARSAY_OK;
    }
    struct builder *builder = walk->builder;
    uint32_t *clauses = arena_array(&builder->scratch, expr->term_count, sizeof *clauses);
    uint32_t count = 0;
    if (!clauses) {
        return HEARSAY_NO_MEMORY;
    }
    for (uint32_t i = 0; i < expr->term_count; i++) {
        struct demand one = {0};
        demand_term(walk, expr->terms[i], &one);
        if (expr->of_minimum == expr->term_count) {
            demand_all(builder, demand, &one);
        }
        if (one.count > 0) {
            clauses[count++] = one.clauses[0];
        }
    }
    uint32_t needed = expr->term_count - expr->of_minimum + 1;
    if (expr->of_minimum == expr->term_count || count < needed) {
        return HEARSAY_OK;
    }
    sort_by_frequency(builder, clauses, count);
    return join(builder, clauses, needed, demand);
}

static enum hearsay_status demand_or(struct walk *walk, const struct expr *expr,
                                     struct demand *demand) {
    uint32_t *clauses =
        arena_array(&walk->builder->scratch, expr->child_count + 1, sizeof *clauses);
    if (!clauses) {
        return HEARSAY_NO_MEMORY;
    }
    bool is_gated = expr->child_count > 0;
    for (uint32_t i = 0; i < expr->child_count; i++) {
        struct demand one = {0};
        enum hearsay_status status = demand_of(walk, expr->children[i], &one);
        if (status != HEARSAY_OK) {
            return status;
        }
        is_gated = is_gated && one.count > 0;
        clauses[i] = one.clauses[0];
    }
    return is_gated ? join(walk->builder, clauses, expr->child_count, demand) : HEARSAY_OK;
}

static enum hearsay_status demand_and(struct walk *walk, const struct expr *expr,
                                      struct demand *demand) {
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t i = 0; i < expr->child_count && status == HEARSAY_OK; i++) {
        status = demand_of(walk, expr->children[i], demand);
    }
    return status;
}

/* < and <= count as satisfied by nothing even where they never hold: leaving a gate out is sound.
 */
bool count_needs_one(const struct expr *expr) {
    switch (expr->comparison) {
    case COMPARE_EQ:
    case COMPARE_GE:
        return expr->number != 0;
    case COMPARE_NE:
        return expr->number == 0;
    case COMPARE_GT:
        return true;
    default:
        return false;
    }
}

static enum hearsay_status demand_rule(struct builder *builder, uint32_t rule, uint32_t level,
                                       struct hearsay_failure *failure);

static enum hearsay_status demand_reference(struct walk *walk, const struct expr *expr,
                                            struct demand *demand) {
    struct builder *builder = walk->builder;
    uint32_t rule = expr->rule->index;
    enum hearsay_status status = demand_rule(builder, rule, walk->level + 1, walk->failure);
    if (status == HEARSAY_OK) {
        demand_all(builder, demand, &builder->demands[rule]);
        if (walk->height < builder->heights[rule]) {
            walk->height = builder->heights[rule];
        }
    }
    return status;
}

static enum hearsay_status demand_of(struct walk *walk, const struct expr *expr,
                                     struct demand *demand) {
    struct demand ignored = {0};
    switch (expr->kind) {
    case EXPR_TERM:
        demand_term(walk, expr->term, demand);
        return HEARSAY_OK;
    case EXPR_COUNT:
        demand_term(walk, expr->term, count_needs_one(expr) ? demand : &ignored);
        return HEARSAY_OK;
    case EXPR_AND:
    case EXPR_NEAR:
    case EXPR_BEFORE:
        return demand_and(walk, expr, demand);
    case EXPR_NOT: /* demands nothing, but references below it must be known to end */
        return demand_and(walk, expr, &ignored);
    case EXPR_OR:
        return demand_or(walk, expr, demand);
    case EXPR_OF:
        return demand_of_terms(walk, expr, demand);
    case EXPR_RULE:
        return demand_reference(walk, expr, demand);
    default:
        return HEARSAY_OK;
    }
}

static enum hearsay_status demand_rule(struct builder *builder, uint32_t rule, uint32_t level,
                                       struct hearsay_failure *failure) {
    const struct rule *source = builder->pack->rules[rule].rule;
    struct walk walk = {.builder = builder, .rule = rule, .level = level, .failure = failure};
    struct demand demand = {0};
    if (builder->heights[rule] != 0) {
        return HEARSAY_OK;
    }
    enum hearsay_status status = HEARSAY_OK;
    if (level <= REFERENCE_DEPTH_MOST && source->where) {
        status = demand_of(&walk, source->where, &demand);
    }
    if (level <= REFERENCE_DEPTH_MOST && status == HEARSAY_OK && source->match) {
        status = demand_of(&walk, source->match, &demand);
    }
    if (status == HEARSAY_OK &&
        (level > REFERENCE_DEPTH_MOST || walk.height >= REFERENCE_DEPTH_MOST)) {
        return failure_set(failure, HEARSAY_LIMIT, STR_EMPTY, 0, 0,
                           "rule %.*s: rules refer to each other more than %u deep",
                           (int)source->name.len, source->name.ptr, REFERENCE_DEPTH_MOST);
    }
    if (status == HEARSAY_OK) {
        builder->demands[rule] = demand;
        builder->heights[rule] = (uint8_t)(walk.height + 1);
    }
    return status;
}

enum hearsay_status builder_rule_demand(struct builder *builder, uint32_t rule,
                                        struct hearsay_failure *failure) {
    return demand_rule(builder, rule, 0, failure);
}
