#include "rule/ways.h"

#include <math.h>
#include <stdlib.h>

#include "base/sort.h"
#include "rule/frequency.h"

#define CHANCE_MOST 0.15   /* of a clause that is looked for together with others */
#define CHANCE_LEAST 0.005 /* of a way that no further clause need make rarer */
#define LIST_NEEDLES 16u   /* a clause of so many costs more to look for than it keeps away */
#define CHANCE_OPEN 1e9    /* of the way that demands nothing: rather any list of others */
#define ROUNDS 3u
#define TEXT_BYTES 120.0 /* of a post, as far as chances go */

/* Ways by number, each once. */
struct way_list {
    uint32_t *items;
    uint32_t count;
    double chance; /* that any of them is open */
};

struct finder {
    struct builder *builder;
    struct map ids;
    struct way *ways;
    uint32_t way_count;
    uint32_t way_capacity;
    double *chances;        /* per clause; 0: not known yet */
    struct way_list *rules; /* per rule; no items: not known yet */
    uint32_t stamp;         /* of the list that is being joined */
    size_t total;
    bool is_open;
    bool failed; /* memory is out */
};

static struct way_list list_of(struct finder *finder, uint32_t rule, const struct expr *expr);

/* ---- Single ways ---- */

static double chance_of_clause(struct finder *finder, uint32_t clause) {
    const struct hearsay_rules *pack = finder->builder->pack;
    double *chance = &finder->chances[clause];
    if (*chance == 0) {
        double frequency = 0;
        for (uint32_t i = 0; i < pack->clauses[clause].needle_count; i++) {
            struct str text = pack->needles[pack->clauses[clause].needles[i]].text;
            frequency += text.len > 0 ? text_frequency(text) : 1 / TEXT_BYTES;
        }
        *chance = 1 - exp(-TEXT_BYTES * frequency);
    }
    return *chance;
}

static bool make_room(struct finder *finder) {
    if (finder->way_count < finder->way_capacity) {
        return true;
    }
    uint32_t wanted = finder->way_capacity < 64 ? 64 : finder->way_capacity * 2;
    struct way *grown = realloc(finder->ways, wanted * sizeof *grown);
    finder->failed = finder->failed || !grown;
    if (grown) {
        finder->ways = grown;
        finder->way_capacity = wanted;
    }
    return grown;
}

/* Is the most frequent of several clauses not worth being looked for beside the others? Most posts
 * have it, or it is a long list and the others are rare enough. */
static bool is_worthless(struct finder *finder, const uint32_t *clauses, uint32_t count,
                         uint32_t most) {
    double others = 1;
    if (count < 2) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        others *= i == most ? 1 : chance_of_clause(finder, clauses[i]);
    }
    const struct clause *clause = &finder->builder->pack->clauses[clauses[most]];
    bool is_dear = clause->needle_count > LIST_NEEDLES && others < CHANCE_LEAST;
    return count > WAY_CLAUSES || is_dear || chance_of_clause(finder, clauses[most]) > CHANCE_MOST;
}

/* Number of the way over these clauses, of which the rarest are kept; in place. */
static uint32_t way_of(struct finder *finder, uint32_t *clauses, uint32_t count) {
    bool is_new = false;
    count = (uint32_t)sort_distinct(clauses, count);
    for (;;) {
        uint32_t most = 0;
        for (uint32_t i = 1; i < count; i++) {
            bool is_more =
                chance_of_clause(finder, clauses[i]) > chance_of_clause(finder, clauses[most]);
            most = is_more ? i : most;
        }
        if (!is_worthless(finder, clauses, count, most)) {
            break;
        }
        memmove(clauses + most, clauses + most + 1, (count - most - 1) * sizeof *clauses);
        count--;
    }
    struct str key = {(const char *)clauses, count * sizeof *clauses};
    uint32_t number = map_intern(&finder->ids, key, &is_new);
    if (number == MAP_NONE || !is_new) {
        finder->failed = finder->failed || number == MAP_NONE;
        return number;
    }
    if (number >= WAYS_MOST) {
        finder->is_open = true;
        return MAP_NONE;
    }
    if (!make_room(finder)) {
        return MAP_NONE;
    }
    struct way *way = &finder->ways[finder->way_count++];
    *way = (struct way){.count = count, .chance = count > 0 ? 1 : CHANCE_OPEN};
    for (uint32_t i = 0; i < count; i++) {
        way->clauses[i] = clauses[i];
        way->chance *= chance_of_clause(finder, clauses[i]);
    }
    return number;
}

/* ---- Lists ---- */

static struct way_list list_new(struct finder *finder, uint32_t room) {
    finder->total += room;
    finder->is_open = finder->is_open || finder->total > WAYS_TOTAL;
    struct way_list list = {0};
    if (!finder->is_open) {
        list.items = arena_array(&finder->builder->scratch, room + 1, sizeof *list.items);
        finder->failed = finder->failed || !list.items;
    }
    return list;
}

static struct way_list list_single(struct finder *finder, uint32_t *clauses, uint32_t count) {
    struct way_list list = list_new(finder, 1);
    uint32_t way = list.items ? way_of(finder, clauses, count) : MAP_NONE;
    if (way == MAP_NONE || finder->is_open) {
        return (struct way_list){0};
    }
    list.items[list.count++] = way;
    list.chance = finder->ways[way].chance;
    return list;
}

static struct way_list list_nothing(struct finder *finder) {
    uint32_t none[1];
    return list_single(finder, none, 0);
}

/* The ways of all lists, each once. */
static struct way_list list_join(struct finder *finder, const struct way_list *lists,
                                 uint32_t count) {
    size_t room = 0;
    for (uint32_t i = 0; i < count; i++) {
        room += lists[i].count;
    }
    struct way_list joined =
        list_new(finder, (uint32_t)(room < WAYS_TOTAL ? room : WAYS_TOTAL + 1));
    finder->stamp++;
    for (uint32_t i = 0; i < count && joined.items && finder->ways; i++) {
        for (uint32_t k = 0; k < lists[i].count; k++) {
            uint32_t way = lists[i].items[k];
            if (finder->ways[way].stamp != finder->stamp) {
                finder->ways[way].stamp = finder->stamp;
                joined.items[joined.count++] = way;
                joined.chance += finder->ways[way].chance;
            }
        }
    }
    return joined;
}

/* What a list adds to the ways that other rules have. */
static double cost_of(const struct finder *finder, const struct way_list *list) {
    double cost = 0;
    for (uint32_t i = 0; i < list->count && finder->ways; i++) {
        const struct way *way = &finder->ways[list->items[i]];
        cost += way->uses > 0 ? 0 : way->chance;
    }
    return cost;
}

/* Of what must all hold: what has one way is put together; of this and the rest the one that adds
 * least is taken, lists first, since they come from rules that are shared. */
static struct way_list list_meet(struct finder *finder, const struct way_list *lists,
                                 uint32_t count) {
    uint32_t *clauses =
        arena_array(&finder->builder->scratch, (size_t)count * WAY_CLAUSES + 1, sizeof *clauses);
    const struct way_list *least = NULL;
    double least_cost = 0;
    uint32_t filled = 0;
    if (!clauses) {
        finder->failed = true;
        return (struct way_list){0};
    }
    for (uint32_t i = 0; i < count; i++) {
        if (lists[i].count != 1) {
            double cost = cost_of(finder, &lists[i]);
            bool is_less = !least || cost < least_cost;
            least = is_less ? &lists[i] : least;
            least_cost = is_less ? cost : least_cost;
            continue;
        }
        const struct way *way = &finder->ways[lists[i].items[0]];
        memcpy(clauses + filled, way->clauses, way->count * sizeof *clauses);
        filled += way->count;
    }
    struct way_list met = list_single(finder, clauses, filled);
    return least && least_cost <= cost_of(finder, &met) ? *least : met;
}

/* ---- Conditions ---- */

static struct way_list list_of_term(struct finder *finder, uint32_t rule, const struct term *term) {
    const struct hearsay_rules *pack = finder->builder->pack;
    const struct pattern *pattern = &pack->patterns[pack_pattern(pack, &pack->rules[rule], term)];
    uint32_t clauses[DEMAND_MOST];
    memcpy(clauses, pattern->gates, pattern->gate_count * sizeof *clauses);
    return list_single(finder, clauses, pattern->gate_count);
}

static int compare_chances(const void *a, const void *b) {
    const struct way_list *left = a;
    const struct way_list *right = b;
    return (left->chance > right->chance) - (left->chance < right->chance);
}

/* At least `minimum` of the terms: whichever hold, one of any n - minimum + 1 of them does. */
static struct way_list list_of_terms(struct finder *finder, uint32_t rule,
                                     const struct expr *expr) {
    uint32_t count = expr->term_count;
    struct way_list *lists = arena_array(&finder->builder->scratch, count + 1, sizeof *lists);
    if (!lists) {
        finder->failed = true;
        return (struct way_list){0};
    }
    for (uint32_t i = 0; i < count; i++) {
        lists[i] = list_of_term(finder, rule, expr->terms[i]);
    }
    if (expr->of_minimum == 0 || expr->of_minimum > count) {
        return list_nothing(finder);
    }
    if (expr->of_minimum == count) {
        return list_meet(finder, lists, count);
    }
    sort_records(lists, count, sizeof *lists, compare_chances);
    return list_join(finder, lists, count - expr->of_minimum + 1);
}

static struct way_list list_of_both(struct finder *finder, uint32_t rule) {
    const struct rule *source = finder->builder->pack->rules[rule].rule;
    struct way_list both[2];
    uint32_t count = 0;
    if (source->where) {
        both[count++] = list_of(finder, rule, source->where);
    }
    if (source->match) {
        both[count++] = list_of(finder, rule, source->match);
    }
    return list_meet(finder, both, count);
}

static struct way_list list_of_rule(struct finder *finder, uint32_t rule) {
    struct way_list *known = &finder->rules[rule];
    if (!known->items && !finder->is_open && !finder->failed) {
        *known = list_of_both(finder, rule);
    }
    return *known;
}

static struct way_list list_of_children(struct finder *finder, uint32_t rule,
                                        const struct expr *expr) {
    struct way_list *lists =
        arena_array(&finder->builder->scratch, expr->child_count + 1, sizeof *lists);
    if (!lists) {
        finder->failed = true;
        return (struct way_list){0};
    }
    for (uint32_t i = 0; i < expr->child_count; i++) {
        lists[i] = list_of(finder, rule, expr->children[i]);
    }
    return expr->kind == EXPR_OR ? list_join(finder, lists, expr->child_count)
                                 : list_meet(finder, lists, expr->child_count);
}

static struct way_list list_of(struct finder *finder, uint32_t rule, const struct expr *expr) {
    if (finder->is_open || finder->failed) {
        return (struct way_list){0};
    }
    switch (expr->kind) {
    case EXPR_TERM:
        return list_of_term(finder, rule, expr->term);
    case EXPR_COUNT:
        return count_needs_one(expr) ? list_of_term(finder, rule, expr->term)
                                     : list_nothing(finder);
    case EXPR_AND:
    case EXPR_NEAR:
    case EXPR_BEFORE:
    case EXPR_OR:
        return list_of_children(finder, rule, expr);
    case EXPR_OF:
        return list_of_terms(finder, rule, expr);
    case EXPR_RULE:
        return list_of_rule(finder, expr->rule->index);
    default:
        return list_nothing(finder);
    }
}

/* ---- The pack ---- */

/* Ways with a clause that is a way alone say nothing more. */
static void drop_contained(struct finder *finder, struct ways *ways, bool *is_alone) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < ways->count; i++) {
        if (ways->items[i].count == 1) {
            is_alone[ways->items[i].clauses[0]] = true;
        }
    }
    for (uint32_t i = 0; i < ways->count; i++) {
        const struct way *way = &ways->items[i];
        bool is_contained = false;
        for (uint32_t k = 0; way->count > 1 && k < way->count; k++) {
            is_contained = is_contained || is_alone[way->clauses[k]];
        }
        if (!is_contained) {
            ways->items[kept++] = *way;
        }
        finder->is_open = finder->is_open || way->count == 0;
    }
    ways->count = kept;
}

static void count_uses(struct finder *finder, const struct way_list *list, bool are_more) {
    for (uint32_t i = 0; i < list->count && finder->ways; i++) {
        struct way *way = &finder->ways[list->items[i]];
        way->uses = are_more ? way->uses + 1 : way->uses - 1;
    }
}

/* Each judged rule chooses anew, as the others have chosen. */
static void choose_all(struct finder *finder, struct way_list *chosen) {
    const struct hearsay_rules *pack = finder->builder->pack;
    memset(finder->rules, 0, pack->rule_count * sizeof *finder->rules);
    for (uint32_t i = 0; i < pack->rule_count && !finder->is_open && !finder->failed; i++) {
        if (pack->rules[i].is_judged) {
            count_uses(finder, &chosen[i], false);
            chosen[i] = list_of_both(finder, i);
            count_uses(finder, &chosen[i], true);
        }
    }
}

/* More than once: a way that one rule needs costs the others nothing. So rules that weigh against a
 * claim, which ask for one, are let pass by the claim rather than by their own frequent words. */
static void gather(struct finder *finder, struct ways *ways) {
    const struct hearsay_rules *pack = finder->builder->pack;
    struct arena *scratch = &finder->builder->scratch;
    struct way_list *chosen = arena_array(scratch, pack->rule_count + 1, sizeof *chosen);
    bool *is_alone = arena_array(scratch, pack->clause_count + 1, sizeof *is_alone);
    if (!chosen || !is_alone) {
        finder->failed = true;
        return;
    }
    for (uint32_t i = 0; i < ROUNDS; i++) {
        choose_all(finder, chosen);
    }
    struct way_list all = list_join(finder, chosen, pack->rule_count);
    ways->items = arena_array(scratch, all.count + 1, sizeof *ways->items);
    finder->failed = finder->failed || !ways->items;
    if (finder->failed || finder->is_open) {
        return;
    }
    for (uint32_t i = 0; i < all.count; i++) {
        ways->items[ways->count++] = finder->ways[all.items[i]];
    }
    drop_contained(finder, ways, is_alone);
}

bool ways_find(struct builder *builder, struct ways *ways) {
    const struct hearsay_rules *pack = builder->pack;
    struct arena *scratch = &builder->scratch;
    struct finder finder = {.builder = builder};
    *ways = (struct ways){0};
    finder.chances = arena_array(scratch, pack->clause_count + 1, sizeof *finder.chances);
    finder.rules = arena_array(scratch, pack->rule_count + 1, sizeof *finder.rules);
    finder.failed = !finder.chances || !finder.rules;
    if (!finder.failed) {
        gather(&finder, ways);
    }
    ways->is_open = finder.is_open;
    free(finder.ways);
    map_free(&finder.ids);
    return !finder.failed;
}
