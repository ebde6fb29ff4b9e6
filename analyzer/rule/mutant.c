#include "rule/mutant.h"

#define DISTANCE_MOST 64u

struct lister {
    struct mutants *mutants;
    struct variation *variation;
    bool failed;
};

static struct mutant *add(struct lister *lister) {
    struct mutants *mutants = lister->mutants;
    if (mutants->count == mutants->capacity) {
        size_t wanted = mutants->capacity > 0 ? mutants->capacity * 2 : 64;
        struct mutant *grown =
            arena_array(&lister->variation->arena, wanted, sizeof *mutants->items);
        if (!grown) {
            lister->failed = true;
            return NULL;
        }
        if (mutants->items && mutants->count > 0) {
            memcpy(grown, mutants->items, mutants->count * sizeof *grown);
        }
        mutants->items = grown;
        mutants->capacity = wanted;
    }
    return &mutants->items[mutants->count++];
}

/* `other` NULL: memory is out. */
static void exchange(struct lister *lister, const char *change, struct expr *node,
                     const struct expr *other) {
    struct mutant *mutant = other ? add(lister) : NULL;
    lister->failed = lister->failed || !other;
    if (mutant) {
        *mutant = (struct mutant){.change = change, .exchange = {node, *other}};
    }
}

static void with_number(struct lister *lister, const char *change, struct expr *node,
                        uint32_t number) {
    struct expr other = *node;
    other.number = number;
    exchange(lister, change, node, &other);
}

static void with_kind(struct lister *lister, const char *change, struct expr *node,
                      enum expr_kind kind) {
    struct expr other = *node;
    other.kind = kind;
    exchange(lister, change, node, &other);
}

/* ---- Changes by kind of clause ---- */

static void change_chain(struct lister *lister, struct expr *node) {
    bool is_and = node->kind == EXPR_AND;
    for (uint32_t i = 0; node->child_count > 1 && i < node->child_count; i++) {
        if (expr_asks_label(node->children[i])) {
            continue;
        }
        const struct expr *other = variation_chain_without(lister->variation, node, i);
        exchange(lister, "drop operand", node, other);
        if (!lister->failed) {
            lister->mutants->items[lister->mutants->count - 1].dropped = node->children[i];
        }
    }
    if (node->child_count > 1) {
        with_kind(lister, is_and ? "and to or" : "or to and", node, is_and ? EXPR_OR : EXPR_AND);
    }
}

/* Half and twice: distances are chosen by feel, so a change by one word is no mistake. */
static void change_distance(struct lister *lister, struct expr *node) {
    uint32_t twice = node->number * 2 > DISTANCE_MOST ? DISTANCE_MOST : node->number * 2;
    with_number(lister, "half the distance", node, node->number / 2);
    if (twice > node->number) {
        with_number(lister, "twice the distance", node, twice);
    }
    if (node->kind == EXPR_NEAR) {
        with_kind(lister, "near to before", node, EXPR_BEFORE);
    } else {
        with_kind(lister, "before to near", node, EXPR_NEAR);
    }
}

static void change_count(struct lister *lister, struct expr *node) {
    with_number(lister, "bound plus 1", node, node->number + 1);
    if (node->number > 0) {
        with_number(lister, "bound minus 1", node, node->number - 1);
    }
}

static void change_set(struct lister *lister, struct expr *node, bool is_operand) {
    struct variation *variation = lister->variation;
    for (uint32_t i = 0; node->term_count > 1 && i < node->term_count; i++) {
        uint32_t minimum =
            node->of_minimum == node->term_count ? node->of_minimum - 1 : node->of_minimum;
        exchange(lister, "drop term", node, variation_set_without(variation, node, i, minimum));
    }
    struct expr other = *node;
    other.of_minimum++;
    if (!is_operand && other.of_minimum <= node->term_count) {
        exchange(lister, "one term more", node, &other);
    }
    other.of_minimum -= 2;
    if (!is_operand && other.of_minimum > 0) {
        exchange(lister, "one term less", node, &other);
    }
}

static void change_scope(struct lister *lister, struct expr *node) {
    if (node->has_within && node->within != WITHIN_POST) {
        struct expr other = *node;
        other.has_within = false;
        other.within = WITHIN_POST;
        exchange(lister, "drop within", node, &other);
    }
}

static void change(struct lister *lister, struct expr *node) {
    if (expr_asks_label(node)) {
        return; /* no text tells */
    }
    change_scope(lister, node);
    switch (node->kind) {
    case EXPR_AND:
    case EXPR_OR:
        change_chain(lister, node);
        break;
    case EXPR_NOT:
        exchange(lister, "drop not", node, variation_node(lister->variation, node->children[0]));
        break;
    case EXPR_NEAR:
    case EXPR_BEFORE:
        change_distance(lister, node);
        for (uint32_t i = 0; i < 2; i++) {
            if (node->children[i]->kind == EXPR_OF) {
                change_set(lister, node->children[i], true);
            }
        }
        return; /* operands are terms: nothing else of them can be changed */
    case EXPR_COUNT:
        change_count(lister, node);
        break;
    case EXPR_OF:
        change_set(lister, node, false);
        break;
    case EXPR_TERM:
    case EXPR_FIELD:
    case EXPR_RULE:
        exchange(lister, "negate", node, variation_negation(lister->variation, node));
        break;
    case EXPR_TRUE:
        break;
    }
    for (uint32_t i = 0; i < node->child_count; i++) {
        change(lister, node->children[i]);
    }
}

/* ---- Literals ---- */

static void drop_literals(struct lister *lister) {
    const struct variation *variation = lister->variation;
    const struct rule *rule = variation->rule;
    const struct rule_code *code = &variation->pack.rules[rule->index];
    for (uint32_t t = 0; t < rule->term_count; t++) {
        uint32_t index = pack_pattern(&variation->pack, code, &rule->terms[t]);
        const struct pattern *pattern = &variation->pack.patterns[index];
        bool is_listed = rule->terms[t].use_count > 0; /* a list is data with tests of its own */
        for (uint32_t i = 0;
             rule->terms[t].kind == TERM_LITERALS && !is_listed && i < pattern->needle_count; i++) {
            struct mutant *mutant = add(lister);
            if (mutant) {
                *mutant = (struct mutant){.change = "drop literal",
                                          .is_literal = true,
                                          .term = t,
                                          .pattern = index,
                                          .needle = pattern->needles[i]};
            }
        }
    }
}

bool mutants_list(struct mutants *mutants, struct variation *variation, bool with_literals) {
    static const struct expr always = {.kind = EXPR_TRUE};
    struct lister lister = {mutants, variation, false};
    if (variation->where && !expr_asks_label(variation->where)) {
        exchange(&lister, "drop where", variation->where, &always);
        change(&lister, variation->where);
    }
    if (variation->match) {
        change(&lister, variation->match);
    }
    if (with_literals) {
        drop_literals(&lister);
    }
    return !lister.failed;
}
