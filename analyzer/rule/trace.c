#include "rule/trace.h"

#include <stdlib.h>

struct walk {
    struct trace *trace;
    struct matcher *matcher;
    bool is_where;
    bool failed;
};

static void add_expr(struct walk *walk, const struct stand *stand, const struct expr *expr,
                     uint32_t depth);

static bool grow(void **items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) {
        return true;
    }
    size_t wanted = *capacity ? *capacity * 2 : 32;
    void *grown = realloc(*items, wanted * size);
    if (grown) {
        *items = grown;
        *capacity = wanted;
    }
    return grown != NULL;
}

static struct trace_node *add_node(struct walk *walk, const struct stand *stand,
                                   const struct expr *expr, uint32_t depth) {
    struct trace *trace = walk->trace;
    void *items = trace->nodes;
    if (trace->node_count == TRACE_NODES_MOST) {
        trace->is_cut = true;
        return NULL;
    }
    if (walk->failed ||
        !grow(&items, trace->node_count, &trace->node_capacity, sizeof *trace->nodes)) {
        walk->failed = true;
        return NULL;
    }
    trace->nodes = items;
    struct trace_node *node = &trace->nodes[trace->node_count++];
    *node = (struct trace_node){.expr = expr,
                                .rule = stand->code->rule,
                                .depth = depth,
                                .first_span = (uint32_t)trace->span_count,
                                .is_where = walk->is_where};
    return node;
}

/* ---- Occurrences ---- */

static void add_span(struct walk *walk, size_t node, const struct term *term,
                     const struct occurrence *occurrence, enum standing standing) {
    struct trace *trace = walk->trace;
    void *items = trace->spans;
    if (!grow(&items, trace->span_count, &trace->span_capacity, sizeof *trace->spans)) {
        walk->failed = true;
        return;
    }
    trace->spans = items;
    trace->spans[trace->span_count++] = (struct trace_span){
        term, occurrence->start, occurrence->end, occurrence->has_place, standing};
    trace->nodes[node].span_count++;
}

/* All occurrences of a term; of those that the stand allows, the ones in `partners` count. */
static void add_term(struct walk *walk, size_t node, const struct stand *stand,
                     const struct term *term, uint64_t partners) {
    struct stand undenied = *stand;
    undenied.denials = NULL;
    uint64_t allowed = stand_allowed(stand, term);
    uint64_t in_part = stand_allowed(&undenied, term);
    struct occurrences own = stand_found(stand, term, false);
    for (uint32_t i = 0; i < own.count; i++) {
        uint64_t bit = occurrence_bit(i);
        enum standing standing = !(in_part & bit)    ? STANDS_ELSEWHERE
                                 : !(allowed & bit)  ? STANDS_DENIED
                                 : !(partners & bit) ? STANDS_FAR
                                                     : STANDS;
        add_span(walk, node, term, &own.items[i], standing);
    }
}

static void note_distance(struct trace_node *node, const struct expr *pair,
                          const struct occurrence *a, const struct occurrence *b) {
    uint32_t between;
    bool is_known =
        words_between(a, b, &between) || (pair->kind == EXPR_NEAR && words_between(b, a, &between));
    if (is_known && (!node->has_nearest || between < node->nearest)) {
        node->has_nearest = true;
        node->nearest = between;
    }
}

/* The occurrences of `term` that have a partner among those of the other operand. */
static uint64_t partners_of(struct walk *walk, size_t node, const struct stand *stand,
                            const struct term *term, bool is_first) {
    const struct expr *pair = walk->trace->nodes[node].expr;
    pair = pair->kind == EXPR_NOT ? pair->children[0] : pair;
    const struct term *other;
    uint64_t found = 0;
    for (uint32_t i = 0; (other = operand_term(pair->children[is_first ? 1 : 0], i)); i++) {
        uint64_t mask = stand_allowed(stand, term);
        uint64_t others = stand_allowed(stand, other);
        stand_found(stand, term, true); /* places both before the pool may no longer move */
        struct occurrences bs = stand_found(stand, other, true);
        struct occurrences as = stand_found(stand, term, true);
        for (uint32_t a = 0; a < as.count; a++) {
            for (uint32_t b = 0; b < bs.count; b++) {
                if (!(mask & occurrence_bit(a)) || !(others & occurrence_bit(b))) {
                    continue;
                }
                const struct occurrence *left = is_first ? &as.items[a] : &bs.items[b];
                const struct occurrence *right = is_first ? &bs.items[b] : &as.items[a];
                note_distance(&walk->trace->nodes[node], pair, left, right);
                found |= is_pair(pair, left, right) ? occurrence_bit(a) : 0;
            }
        }
    }
    return found;
}

static void add_pair(struct walk *walk, size_t node, const struct stand *stand,
                     const struct expr *pair) {
    for (uint32_t side = 0; side < 2; side++) {
        const struct term *term;
        for (uint32_t i = 0; (term = operand_term(pair->children[side], i)); i++) {
            add_term(walk, node, stand, term, partners_of(walk, node, stand, term, side == 0));
        }
    }
}

/* ---- Clauses ---- */

static uint32_t parts_holding(const struct stand *stand, const struct expr *expr) {
    struct scopes scopes;
    struct stand inner = stand_enter(stand, expr, &scopes);
    uint32_t count = 0;
    for (uint32_t i = 0; i < expr->child_count; i++) {
        count += !scopes_have(&scopes, expr->children[i]) && expr_holds(&inner, expr->children[i]);
    }
    return count;
}

/* The sentence or line to show: one in which the clause holds, else the one that comes closest. */
static struct stand shown_part(const struct stand *stand, const struct expr *expr,
                               uint32_t *number) {
    struct parts parts;
    parts_find(stand, expr, &parts);
    uint32_t best = 0;
    uint32_t most = 0;
    for (uint32_t i = 0; i < parts.count; i++) {
        struct stand inner = stand_in(stand, &parts, i);
        bool holds = expr_holds_here(&inner, expr);
        bool has_parts = expr->kind == EXPR_AND || expr->kind == EXPR_OR;
        uint32_t count = holds       ? expr->child_count + 1
                         : has_parts ? parts_holding(&inner, expr)
                                     : 0;
        if (count > most) {
            most = count;
            best = i;
        }
        if (holds) {
            break;
        }
    }
    if (parts.count == 0) {
        *number = 0;
        return *stand;
    }
    *number = parts.items[best] + 1;
    return stand_in(stand, &parts, best);
}

/* Did the scopes make a conjunction fail that would hold without them? */
static bool scopes_decide(const struct stand *stand, const struct expr *expr, bool holds,
                          const struct scopes *scopes) {
    for (uint32_t i = 0; !holds && i < expr->child_count; i++) {
        if (!scopes_have(scopes, expr->children[i]) && !expr_holds(stand, expr->children[i])) {
            return false;
        }
    }
    return !holds;
}

static void add_scope(struct walk *walk, const struct stand *stand, const struct expr *expr,
                      uint32_t depth, bool holds) {
    struct trace_node *node = add_node(walk, stand, expr, depth);
    if (node) {
        size_t index = walk->trace->node_count - 1;
        struct stand bare = *stand; /* what other scopes take away may still deny */
        bare.denials = NULL;
        node->is_scope = true;
        add_pair(walk, index, &bare, expr->children[0]);
        bool is_idle = true;
        node = &walk->trace->nodes[index];
        for (uint32_t i = 0; i < node->span_count; i++) {
            is_idle = is_idle && walk->trace->spans[node->first_span + i].standing != STANDS;
        }
        node->holds = holds || is_idle;
    }
}

static void add_and(struct walk *walk, const struct stand *stand, const struct expr *expr,
                    uint32_t depth, bool holds) {
    struct scopes scopes;
    struct stand inner = stand_enter(stand, expr, &scopes);
    bool decide = scopes_decide(stand, expr, holds, &scopes);
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (scopes_have(&scopes, expr->children[i])) {
            add_scope(walk, stand, expr->children[i], depth + 1, !decide);
        } else {
            add_expr(walk, &inner, expr->children[i], depth + 1);
        }
    }
}

static void add_rule(struct walk *walk, uint32_t rule, uint32_t depth) {
    const struct rule_code *code = &walk->matcher->pack->rules[rule];
    struct stand stand = stand_of(walk->matcher, rule);
    if (!walk->matcher->is_reference &&
        !matcher_saw_all(walk->matcher, code->gates, code->gate_count)) {
        return; /* nothing below was ever tried */
    }
    bool was_where = walk->is_where;
    if (code->rule->where) {
        walk->is_where = true;
        add_expr(walk, &stand, code->rule->where, depth);
    }
    walk->is_where = false;
    if (code->rule->match) {
        add_expr(walk, &stand, code->rule->match, depth);
    }
    walk->is_where = was_where;
}

static void add_parts(struct walk *walk, size_t node, const struct stand *stand,
                      const struct expr *expr, uint32_t depth) {
    switch (expr->kind) {
    case EXPR_AND:
        add_and(walk, stand, expr, depth, walk->trace->nodes[node].holds);
        return;
    case EXPR_OR:
    case EXPR_NOT:
        for (uint32_t i = 0; i < expr->child_count; i++) {
            add_expr(walk, stand, expr->children[i], depth + 1);
        }
        return;
    case EXPR_TERM:
    case EXPR_COUNT:
        add_term(walk, node, stand, expr->term, UINT64_MAX);
        return;
    case EXPR_OF:
        for (uint32_t i = 0; i < expr->term_count; i++) {
            add_term(walk, node, stand, expr->terms[i], UINT64_MAX);
        }
        return;
    case EXPR_NEAR:
    case EXPR_BEFORE:
        add_pair(walk, node, stand, expr);
        return;
    case EXPR_RULE:
        add_rule(walk, expr->rule->index, depth + 1);
        return;
    default:
        return; /* a field test says it all */
    }
}

static void add_expr(struct walk *walk, const struct stand *stand, const struct expr *expr,
                     uint32_t depth) {
    struct trace_node *node = add_node(walk, stand, expr, depth);
    if (!node) {
        return;
    }
    size_t index = walk->trace->node_count - 1;
    struct stand inner = *stand;
    node->holds = expr_holds(stand, expr);
    if (is_parted(expr)) {
        inner = shown_part(stand, expr, &node->part);
    }
    add_parts(walk, index, &inner, expr, depth);
}

/* ---- Which clause decides ---- */

size_t trace_end(const struct trace *trace, size_t node) {
    size_t end = node + 1;
    while (end < trace->node_count && trace->nodes[end].depth > trace->nodes[node].depth) {
        end++;
    }
    return end;
}

/* The first part of a clause whose truth is `holds`, scopes before others; 0: none. */
static size_t first_part(const struct trace *trace, size_t node, bool holds) {
    size_t end = trace_end(trace, node);
    size_t found = 0;
    for (size_t i = node + 1; i < end; i = trace_end(trace, i)) {
        const struct trace_node *part = &trace->nodes[i];
        bool is_better = found == 0 || (part->is_scope && !trace->nodes[found].is_scope);
        if (part->holds == holds && is_better) {
            found = i;
        }
    }
    return found;
}

/* Follows what makes a clause true or false down to the smallest clause that does it alone. */
static size_t deciding(const struct trace *trace, size_t node) {
    for (;;) {
        const struct trace_node *now = &trace->nodes[node];
        size_t next = 0;
        bool fails_together = now->expr->kind == EXPR_AND || now->expr->kind == EXPR_RULE;
        if (now->expr->kind == EXPR_NOT && !now->is_scope) {
            next = trace_end(trace, node) > node + 2 ? node + 1 : 0; /* `not $a` is one clause */
        } else if (fails_together && !now->holds) {
            next = first_part(trace, node, false);
        } else if (now->expr->kind == EXPR_OR && now->holds) {
            next = first_part(trace, node, true);
        }
        if (next == 0) {
            return node;
        }
        node = next;
    }
}

static void decide(struct trace *trace) {
    size_t top = 0;
    for (size_t i = 0; i < trace->node_count; i = trace_end(trace, i)) {
        top = i; /* of where and match the one that fails first, else match */
        if (!trace->nodes[i].holds) {
            break;
        }
    }
    if (trace->node_count > 0) {
        trace->nodes[deciding(trace, top)].is_deciding = true;
    }
}

bool trace_rule(struct trace *trace, struct matcher *matcher, uint32_t rule) {
    struct walk walk = {.trace = trace, .matcher = matcher};
    trace->node_count = 0;
    trace->span_count = 0;
    trace->is_cut = false;
    add_rule(&walk, rule, 0);
    decide(trace);
    return !walk.failed;
}

void trace_free(struct trace *trace) {
    free(trace->nodes);
    free(trace->spans);
    *trace = (struct trace){0};
}
