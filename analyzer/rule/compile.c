#include "rule/compile.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "rule/builder.h"
#include "rule/field.h"

bool builder_grow(struct builder *builder, void **items, uint32_t count, uint32_t *capacity,
                  size_t size) {
    if (count < *capacity) {
        return true;
    }
    uint32_t wanted = *capacity < 64 ? 64 : *capacity * 2;
    void *grown = wanted > *capacity ? arena_array(&builder->pack->arena, wanted, size) : NULL;
    if (!grown) {
        return false;
    }
    if (count > 0) {
        memcpy(grown, *items, count * size);
    }
    *items = grown;
    *capacity = wanted;
    return true;
}

static bool reads_language(const struct expr *expr) {
    if (expr->kind == EXPR_FIELD && field_test_reads_language(expr->field)) {
        return true;
    }
    for (uint32_t i = 0; i < expr->child_count; i++) {
        if (reads_language(expr->children[i])) {
            return true;
        }
    }
    return false;
}

static enum hearsay_status compile_terms(struct builder *builder) {
    struct hearsay_rules *pack = builder->pack;
    uint32_t total = 0;
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        pack->rules[i].first_term = total;
        total += pack->rules[i].rule->term_count;
    }
    pack->pattern_of_term = arena_array(&pack->arena, total + 1, sizeof *pack->pattern_of_term);
    if (!pack->pattern_of_term) {
        return HEARSAY_NO_MEMORY;
    }
    pack->term_count = total;
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        const struct rule_code *code = &pack->rules[i];
        for (uint32_t k = 0; k < code->rule->term_count; k++) {
            uint32_t pattern = builder_pattern(builder, &code->rule->terms[k]);
            if (pattern == RULE_NONE) {
                return HEARSAY_NO_MEMORY;
            }
            pack->pattern_of_term[code->first_term + k] = pattern;
        }
    }
    return HEARSAY_OK;
}

/* Rules of one group share the smallest cap that any of them states. */
static bool find_groups(struct builder *builder) {
    struct hearsay_rules *pack = builder->pack;
    pack->group_caps = arena_array(&pack->arena, pack->rule_count + 1, sizeof *pack->group_caps);
    if (!pack->group_caps) {
        return false;
    }
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        const struct outcome *outcome = &pack->rules[i].rule->outcome;
        bool is_new = false;
        pack->rules[i].group = RULE_NONE;
        if (outcome->group.len == 0 && !outcome->has_cap) {
            continue;
        }
        /* A cap without a group is a group of its own. */
        buffer_clear(&builder->key);
        buffer_append_u64(&builder->key, outcome->group.len > 0 ? 0 : (uint64_t)i + 1);
        buffer_append_byte(&builder->key, ':');
        buffer_append_str(&builder->key, outcome->group);
        uint32_t group = map_intern(&builder->group_ids, buffer_str(&builder->key), &is_new);
        if (builder->key.failed || group == MAP_NONE) {
            return false;
        }
        if (is_new) {
            pack->group_caps[group] = INFINITY;
            pack->group_count++;
        }
        if (outcome->has_cap && outcome->cap < pack->group_caps[group]) {
            pack->group_caps[group] = outcome->cap;
        }
        pack->rules[i].group = group;
    }
    return true;
}

static enum hearsay_status list_rules(struct builder *builder) {
    struct hearsay_rules *pack = builder->pack;
    const struct ast *ast = &pack->ast;
    pack->rules = arena_array(&pack->arena, ast->rule_count + 1, sizeof *pack->rules);
    if (!pack->rules) {
        return HEARSAY_NO_MEMORY;
    }
    pack->rule_count = ast->rule_count;
    for (uint32_t i = 0; i < ast->rule_count; i++) {
        const struct rule *rule = &ast->rules[i];
        if (rule->index >= ast->rule_count || pack->rules[rule->index].rule) {
            return HEARSAY_BAD_ARGUMENT;
        }
        struct rule_code *code = &pack->rules[rule->index];
        code->rule = rule;
        code->is_judged = !rule->is_private && rule->meta.status != RULE_DEPRECATED;
        code->where_reads_language = rule->where && reads_language(rule->where);
    }
    return HEARSAY_OK;
}

static enum hearsay_status gate_rules(struct builder *builder, struct hearsay_failure *failure) {
    struct hearsay_rules *pack = builder->pack;
    size_t room = pack->rule_count + 1;
    builder->demands = arena_array(&builder->scratch, room, sizeof *builder->demands);
    builder->heights = arena_array(&builder->scratch, room, sizeof *builder->heights);
    if (!builder->demands || !builder->heights) {
        return HEARSAY_NO_MEMORY;
    }
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        enum hearsay_status status = builder_rule_demand(builder, i, failure);
        if (status != HEARSAY_OK) {
            return status;
        }
        const struct demand *demand = &builder->demands[i];
        struct rule_code *code = &pack->rules[i];
        code->gates = arena_array(&pack->arena, demand->count + 1, sizeof *code->gates);
        if (!code->gates) {
            return HEARSAY_NO_MEMORY;
        }
        memcpy(code->gates, demand->clauses, demand->count * sizeof *code->gates);
        code->gate_count = demand->count;
    }
    return HEARSAY_OK;
}

/* Each judged rule is woken by its rarest clause only; the others are looked at then. */
static bool wake_rules(struct hearsay_rules *pack) {
    uint32_t total = 0;
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        if (pack->rules[i].is_judged && pack->rules[i].gate_count > 0) {
            pack->clauses[pack->rules[i].gates[0]].rule_count++;
        }
    }
    for (uint32_t i = 0; i < pack->clause_count; i++) {
        pack->clauses[i].first_rule = total;
        total += pack->clauses[i].rule_count;
        pack->clauses[i].rule_count = 0;
    }
    pack->rule_of_clause = arena_array(&pack->arena, total + 1, sizeof *pack->rule_of_clause);
    pack->ungated = arena_array(&pack->arena, pack->rule_count + 1, sizeof *pack->ungated);
    if (!pack->rule_of_clause || !pack->ungated) {
        return false;
    }
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        if (!pack->rules[i].is_judged) {
            continue;
        }
        if (pack->rules[i].gate_count == 0) {
            pack->ungated[pack->ungated_count++] = i;
            continue;
        }
        struct clause *clause = &pack->clauses[pack->rules[i].gates[0]];
        pack->rule_of_clause[clause->first_rule + clause->rule_count++] = i;
    }
    return true;
}

/* Only clauses that a rule or a pattern asks for are entered. */
static void mark_used(const struct hearsay_rules *pack, bool *used) {
    for (uint32_t i = 0; i < pack->rule_count; i++) {
        for (uint32_t k = 0; k < pack->rules[i].gate_count; k++) {
            used[pack->rules[i].gates[k]] = true;
        }
    }
    for (uint32_t i = 0; i < pack->pattern_count; i++) {
        for (uint32_t k = 0; k < pack->patterns[i].gate_count; k++) {
            used[pack->patterns[i].gates[k]] = true;
        }
    }
}

static bool link_needles(struct builder *builder) {
    struct hearsay_rules *pack = builder->pack;
    uint32_t total = 0;
    bool *used = arena_array(&builder->scratch, pack->clause_count + 1, sizeof *used);
    if (!used) {
        return false;
    }
    mark_used(pack, used);
    for (uint32_t i = 0; i < pack->clause_count; i++) {
        for (uint32_t k = 0; used[i] && k < pack->clauses[i].needle_count; k++) {
            pack->needles[pack->clauses[i].needles[k]].clause_count++;
        }
    }
    for (uint32_t i = 0; i < pack->needle_count; i++) {
        pack->needles[i].first_clause = total;
        total += pack->needles[i].clause_count;
        pack->needles[i].clause_count = 0;
    }
    pack->clause_of_needle = arena_array(&pack->arena, total + 1, sizeof *pack->clause_of_needle);
    if (!pack->clause_of_needle) {
        return false;
    }
    for (uint32_t i = 0; i < pack->clause_count; i++) {
        for (uint32_t k = 0; used[i] && k < pack->clauses[i].needle_count; k++) {
            struct needle *needle = &pack->needles[pack->clauses[i].needles[k]];
            pack->clause_of_needle[needle->first_clause + needle->clause_count++] = i;
        }
    }
    return true;
}

static bool build_sieve(struct builder *builder) {
    struct hearsay_rules *pack = builder->pack;
    uint32_t count = 0;
    struct sieve_key *keys = arena_array(&builder->scratch, pack->needle_count + 1, sizeof *keys);
    pack->needle_of_key =
        arena_array(&pack->arena, pack->needle_count + 1, sizeof *pack->needle_of_key);
    if (!keys || !pack->needle_of_key) {
        return false;
    }
    for (uint32_t i = 0; i < pack->needle_count; i++) {
        const struct needle *needle = &pack->needles[i];
        if (needle->is_leet && needle->text.len > pack->leet_reach) {
            pack->leet_reach = needle->text.len;
        }
        if (needle->text.len > 0) {
            keys[count] = needle_key(needle);
            pack->needle_of_key[count++] = i;
        }
    }
    return sieve_build(&pack->sieve, keys, count);
}

static enum hearsay_status compile_all(struct builder *builder, struct hearsay_failure *failure) {
    enum hearsay_status status = list_rules(builder);
    if (status == HEARSAY_OK) {
        status = compile_terms(builder);
    }
    if (status == HEARSAY_OK) {
        status = gate_rules(builder, failure);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    bool ok = find_groups(builder) && wake_rules(builder->pack) && link_needles(builder) &&
              build_sieve(builder) && sentry_build(&builder->pack->sentry, builder);
    return ok ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

enum hearsay_status pack_compile(struct hearsay_rules *pack, struct hearsay_failure *failure) {
    struct builder builder = {.pack = pack};
    pack->link_needle = RULE_NONE;
    enum hearsay_status status = compile_all(&builder, failure);
    arena_free(&builder.scratch);
    buffer_free(&builder.key);
    map_free(&builder.needle_ids);
    map_free(&builder.clause_ids);
    map_free(&builder.pattern_ids);
    map_free(&builder.group_ids);
    return status == HEARSAY_NO_MEMORY ? failure_memory(failure) : status;
}

void pack_release(struct hearsay_rules *pack) {
    for (uint32_t i = 0; i < pack->pattern_count; i++) {
        regex_free(pack->patterns[i].regex);
        if (pack->patterns[i].domains) {
            map_free(pack->patterns[i].domains);
        }
    }
    sieve_free(&pack->sieve);
    sentry_free(&pack->sentry);
    weights_free(&pack->weights);
    arena_free(&pack->arena);
    arena_free(&pack->ast.arena);
    *pack = (struct hearsay_rules){0};
}
