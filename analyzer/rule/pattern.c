/* Terms as patterns: each distinct term of a pack is compiled, and later evaluated, once. */
#include <stdlib.h>

#include "rule/builder.h"
#include "rule/literals.h"

static void append_sized(struct buffer *key, struct str text) {
    buffer_append_u64(key, text.len);
    buffer_append_byte(key, ':');
    buffer_append_str(key, text);
}

/* Equal keys, equal occurrences. Fields and lists are told apart by address: they are few. */
static bool term_key(struct buffer *key, const struct term *term) {
    buffer_clear(key);
    buffer_append_u64(key, (uint64_t)term->kind * 4 + term->fold * 2u + term->leet);
    append_sized(key, term->regex);
    append_sized(key, term->regex_flags);
    buffer_append(key, &term->list, sizeof term->list);
    buffer_append(key, &term->field, sizeof term->field);
    for (uint32_t i = 0; i < term->literal_count; i++) {
        const struct literal *literal = &term->literals[i];
        buffer_append_byte(key, literal->is_prefix ? 'p' : '.');
        buffer_append_byte(key, literal->is_suffix ? 's' : '.');
        append_sized(key, literal->text);
    }
    return !key->failed;
}

static bool add_gate(struct builder *builder, struct demand *demand, uint32_t *needles,
                     uint32_t count) {
    uint32_t clause = builder_clause(builder, needles, count);
    if (clause == RULE_NONE) {
        return false;
    }
    demand_add(builder, demand, clause);
    return true;
}

static bool compile_literals(struct builder *builder, const struct term *term,
                             struct pattern *pattern, struct demand *demand) {
    const struct needle *needle;
    uint32_t count = term->literal_count;
    bool is_gated = count > 0;
    pattern->needles = arena_array(&builder->pack->arena, count + 1, sizeof *pattern->needles);
    if (!pattern->needles) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = builder_literal(builder, &term->literals[i], term);
        if (index == RULE_NONE) {
            return false;
        }
        pattern->needles[i] = index;
        needle = &builder->pack->needles[index];
        is_gated = is_gated && needle->text.len > 0;
    }
    pattern->needle_count = count;
    if (!is_gated) {
        return true;
    }
    uint32_t clause = builder_clause(builder, pattern->needles, count);
    if (clause == RULE_NONE) {
        return false;
    }
    /* builder_clause has sorted them; equal ones are dropped as in the clause. */
    pattern->needle_count = builder->pack->clauses[clause].needle_count;
    pattern->needles = builder->pack->clauses[clause].needles;
    demand_add(builder, demand, clause);
    return true;
}

static bool compile_regex(struct builder *builder, const struct term *term, struct pattern *pattern,
                          struct demand *demand) {
    struct requirement requirement;
    pattern->regex = regex_new(term->regex, term->regex_flags);
    if (!pattern->regex || !regex_requirement(&builder->scratch, term->regex, term->regex_flags,
                                              term->fold, &requirement)) {
        return false;
    }
    for (uint32_t i = 0; i < requirement.count; i++) {
        const struct literal_choice *choice = &requirement.choices[i];
        uint32_t *needles = arena_array(&builder->scratch, choice->count, sizeof *needles);
        bool is_searchable = needles != NULL;
        for (uint32_t k = 0; needles && k < choice->count; k++) {
            needles[k] = builder_required(builder, choice->items[k], term);
            if (needles[k] == RULE_NONE) {
                return false;
            }
            is_searchable =
                is_searchable && builder->pack->needles[needles[k]].text.len >= LITERAL_LEAST_BYTES;
        }
        if (!needles || (is_searchable && !add_gate(builder, demand, needles, choice->count))) {
            return false;
        }
    }
    return true;
}

/* A list's entry as hosts are compared: small letters, no "www." before them. */
static bool add_domain(struct builder *builder, struct map *domains, struct str entry) {
    buffer_clear(&builder->key);
    for (size_t i = 0; i < entry.len; i++) {
        unsigned char byte = (unsigned char)entry.ptr[i];
        bool is_capital = byte >= 'A' && byte <= 'Z';
        buffer_append_byte(&builder->key, (char)(is_capital ? byte | 0x20 : byte));
    }
    struct str host = buffer_str(&builder->key);
    if (str_starts_with(host, STR("www."))) {
        host = str_slice(host, 4, host.len);
    }
    return !builder->key.failed && map_intern(domains, host, NULL) != MAP_NONE;
}

/* A link is there when the text shows one or the post brings one beside it. */
static bool compile_url(struct builder *builder, const struct term *term, struct pattern *pattern,
                        struct demand *demand) {
    static const struct str signs[] = {{"http://", 7}, {"https://", 8}, {"www.", 4}};
    uint32_t needles[4];
    for (size_t i = 0; i < 3; i++) {
        needles[i] = builder_required(builder, signs[i], term);
    }
    needles[3] = builder_links(builder);
    for (size_t i = 0; i < 4; i++) {
        if (needles[i] == RULE_NONE) {
            return false;
        }
    }
    pattern->list = term->list;
    pattern->domains = arena_alloc(&builder->pack->arena, sizeof *pattern->domains);
    if (!pattern->domains) {
        return false;
    }
    for (uint32_t i = 0; i < term->list->count; i++) {
        if (!add_domain(builder, pattern->domains, term->list->items[i].text)) {
            return false;
        }
    }
    return add_gate(builder, demand, needles, 4);
}

static bool compile_pattern(struct builder *builder, const struct term *term,
                            struct pattern *pattern) {
    struct demand demand = {0};
    bool ok = true;
    switch (term->kind) {
    case TERM_LITERALS:
        ok = compile_literals(builder, term, pattern, &demand);
        break;
    case TERM_REGEX:
        ok = compile_regex(builder, term, pattern, &demand);
        break;
    case TERM_URL:
        ok = compile_url(builder, term, pattern, &demand);
        break;
    case TERM_FIELD:
        pattern->field = term->field;
        break;
    }
    pattern->gates = arena_array(&builder->pack->arena, DEMAND_MOST, sizeof *pattern->gates);
    if (!ok || !pattern->gates) {
        return false;
    }
    memcpy(pattern->gates, demand.clauses, demand.count * sizeof *pattern->gates);
    pattern->gate_count = demand.count;
    return true;
}

uint32_t builder_pattern(struct builder *builder, const struct term *term) {
    struct hearsay_rules *pack = builder->pack;
    bool is_new = false;
    if (!term_key(&builder->key, term)) {
        return RULE_NONE;
    }
    uint32_t index = map_intern(&builder->pattern_ids, buffer_str(&builder->key), &is_new);
    if (index == MAP_NONE || !is_new) {
        return index;
    }
    void *items = pack->patterns;
    struct pattern empty = {.kind = term->kind, .fold = term->fold, .leet = term->leet};
    pack->has_leet = pack->has_leet || term->leet;
    if (!builder_grow(builder, &items, pack->pattern_count, &builder->pattern_capacity,
                      sizeof empty)) {
        return RULE_NONE;
    }
    /* Entered before it is whole, so that pack_release frees its parts after a failure. */
    pack->patterns = items;
    pack->patterns[pack->pattern_count++] = empty;
    return compile_pattern(builder, term, &pack->patterns[index]) ? index : RULE_NONE;
}
