#include <stdlib.h>

#include "claim/registry_index.h"
#include "claim/registry_name.h"
#include "claim/registry_region.h"
#include "text/entity.h"

/* Entries of a language at which its coverage is called half. */
#define COVERAGE_HALF 50.0

/* n / (n + 50), n the entries of the claim's language by their own tag, country or domain. */
static double coverage(const struct registry_table *table, struct str lang) {
    double n = 0;
    for (size_t i = 0; i < table->group_count; i++) {
        const struct registry_group *group = &table->groups[i];
        bool is_covered =
            group->lang.len > 0 ? str_equal(group->lang, lang) : region_writes(group->region, lang);
        n += is_covered ? group->count : 0;
    }
    return n / (n + COVERAGE_HALF);
}

static void enter(const struct registry_entry *entry, struct claim_registry *found) {
    bool is_first = found->matches == 0;
    bool is_earlier =
        entry->at_us != 0 && (found->first_match_us == 0 || entry->at_us < found->first_match_us);
    if (is_first || is_earlier) {
        found->first_match = entry->name;
        found->first_match_us = entry->at_us;
        found->is_fabricated = entry->is_fabricated;
    }
    if (entry->at_us > found->last_match_us) {
        found->last_match_us = entry->at_us;
    }
    found->matches++;
}

/* ---- By key ---- */

static size_t first_at(const struct registry_table *table, uint64_t hash) {
    size_t low = 0;
    size_t high = table->key_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->keys[middle].hash < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool has_hash(const struct registry_table *table, uint64_t hash, uint32_t entry) {
    for (size_t i = first_at(table, hash); i < table->key_count && table->keys[i].hash == hash;
         i++) {
        if (table->keys[i].entry == entry) {
            return true;
        }
    }
    return false;
}

/* Entries that have one of the keys, each once. */
static void look_up(const struct registry_table *table, const struct str keys[2],
                    struct claim_registry *found) {
    for (size_t k = 0; k < 2; k++) {
        uint64_t hash = hash64(keys[k]);
        for (size_t i = first_at(table, hash);
             keys[k].len > 0 && i < table->key_count && table->keys[i].hash == hash; i++) {
            uint32_t entry = table->keys[i].entry;
            bool is_repeated =
                (i > 0 && table->keys[i - 1].hash == hash && table->keys[i - 1].entry == entry) ||
                (k == 1 && has_hash(table, hash64(keys[0]), entry));
            if (!is_repeated) {
                enter(&table->entries[entry], found);
            }
        }
    }
}

/* ---- By title ---- */

static bool is_new_outlet(const struct registry_table *table, const bool *hits, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (hits[i] && str_equal(table->entries[i].domain, table->entries[index].domain)) {
            return false;
        }
    }
    return table->entries[index].domain.len > 0;
}

static bool look_in_titles(const struct registry_table *table, struct str words,
                           const struct registry_query *query, struct claim_registry *found) {
    bool *hits = calloc(table->count, sizeof *hits);
    for (size_t i = 0; hits && i < table->count; i++) {
        const struct registry_entry *entry = &table->entries[i];
        hits[i] = entry->at_us >= query->news_from_us && entry->at_us <= query->news_to_us &&
                  str_find(entry->key, words, 0) != STR_NOT_FOUND;
        if (hits[i]) {
            enter(entry, found);
            found->domains += is_new_outlet(table, hits, i);
        }
    }
    free(hits);
    return hits != NULL;
}

/* ---- All ---- */

static bool domain_of(struct str victim, struct buffer *domain) {
    bool is_host =
        !memchr(victim.ptr, ' ', victim.len) && str_find_byte(victim, '.', 0) != STR_NOT_FOUND;
    return !is_host || url_domain(victim, domain) || !domain->failed;
}

static bool look(const struct registry_table *table, enum claim_registry_role role,
                 const struct registry_query *query, struct name_maker *maker,
                 struct claim_registry *found) {
    bool is_news = role == CLAIM_REGISTRY_NEWS;
    struct str key;
    struct buffer domain = {0};
    if (!name_make(maker, query->victim, is_news, &key) || !domain_of(query->victim, &domain)) {
        buffer_free(&domain);
        return false;
    }
    bool is_whole = true;
    bool is_telling = name_is_telling(key) && !query->is_generic;
    if (is_news && is_telling) {
        is_whole = look_in_titles(table, key, query, found);
    } else if (is_telling) {
        const struct str keys[2] = {key, buffer_str(&domain)};
        look_up(table, keys, found);
    }
    buffer_free(&domain);
    return is_whole;
}

bool registry_index_look(const struct registry_index *index, const struct registry_query *query,
                         struct claim_registry registries[CLAIM_REGISTRY_ROLES]) {
    struct name_maker maker = {0};
    bool is_whole = true;
    for (int role = 0; role < CLAIM_REGISTRY_ROLES && is_whole; role++) {
        const struct registry_table *table = &index->tables[role];
        registries[role] = (struct claim_registry){
            .is_loaded = table->is_loaded,
            .taken_at_us = table->taken_at_us,
            .first_match = STR_EMPTY,
            .coverage = table->is_loaded ? coverage(table, query->lang) : 0};
        is_whole = !table->is_loaded ||
                   look(table, (enum claim_registry_role)role, query, &maker, &registries[role]);
    }
    name_maker_free(&maker);
    return is_whole;
}
