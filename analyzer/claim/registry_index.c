#include "claim/registry_index.h"

#include <stdlib.h>

#include "base/failure.h"
#include "base/json.h"
#include "claim/registry_name.h"
#include "claim/registry_region.h"
#include "post/timestamp.h"
#include "text/entity.h"
#include "text/language.h"

/* An entry's keys: its name, its other name, its domain, the domain's first label. */
#define KEYS_PER_ENTRY 4

struct building {
    struct registry_index *index;
    struct registry_table *table;
    const struct hearsay_registry *registry;
    struct name_maker maker;
};

static bool add_key(struct registry_table *table, struct str key, uint32_t entry) {
    if (key.len > 0) {
        table->keys[table->key_count++] = (struct registry_key){hash64(key), entry};
    }
    return true;
}

static int64_t date_of(struct str text) {
    struct timestamp time;
    return timestamp_parse(text, &time) ? time.us : 0;
}

/* GDELT writes 20260131T101500Z, which timestamp_parse takes for nothing. */
static int64_t compact_date_of(struct str text) {
    char spread[] = "0000-00-00T00:00:00Z";
    static const size_t places[] = {0, 1, 2, 3, 5, 6, 8, 9, 10, 11, 12, 14, 15, 17, 18, 19};
    if (text.len != 16 || text.ptr[8] != 'T' || text.ptr[15] != 'Z') {
        return 0;
    }
    for (size_t i = 0; i < text.len; i++) {
        spread[places[i]] = text.ptr[i];
    }
    return date_of(str_from_c(spread));
}

static struct str member(const json_t *record, const char *key) {
    return key ? json_member(record, key) : STR_EMPTY;
}

static bool read_domain(struct building *building, const json_t *record,
                        struct registry_entry *entry) {
    struct buffer domain = {0};
    bool is_found = url_domain(member(record, building->registry->domain_key), &domain);
    bool is_kept =
        !is_found || arena_copy(&building->index->arena, buffer_str(&domain), &entry->domain);
    is_kept = is_kept && !domain.failed;
    buffer_free(&domain);
    return is_kept;
}

static bool read_entry(struct building *building, const json_t *record, uint32_t number) {
    const struct hearsay_registry *registry = building->registry;
    struct registry_entry *entry = &building->table->entries[number];
    struct arena *arena = &building->index->arena;
    struct str name = member(record, registry->name_key);
    struct str date = member(record, registry->date_key);
    struct str country = member(record, registry->country_key);
    entry->at_us = date_of(date);
    entry->at_us = entry->at_us != 0 ? entry->at_us : compact_date_of(date);
    entry->is_fabricated =
        registry->fabricated_key && json_is_true(json_object_get(record, registry->fabricated_key));
    struct str lang = str_from_c(language_normal(member(record, registry->language_key)));
    bool is_news = registry->role == HEARSAY_REGISTRY_NEWS;
    struct str key;
    if (!read_domain(building, record, entry) || !arena_copy(arena, name, &entry->name) ||
        !arena_copy(arena, lang, &entry->lang) ||
        !name_make(&building->maker, name, is_news, &key) || !arena_copy(arena, key, &entry->key)) {
        return false;
    }
    entry->region = region_of(country.len > 0 ? country : entry->domain);
    if (is_news) {
        return true;
    }
    struct registry_table *table = building->table;
    add_key(table, entry->key, number);
    add_key(table, entry->domain, number);
    add_key(table, name_of_domain(entry->domain), number);
    if (!name_make(&building->maker, member(record, registry->title_key), false, &key)) {
        return false;
    }
    return add_key(table, str_equal(key, entry->key) ? STR_EMPTY : key, number);
}

static int compare_keys(const void *left, const void *right) {
    const struct registry_key *a = left;
    const struct registry_key *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

/* In the order of first entries; room for all was taken. */
static void count_group(struct registry_table *table, const struct registry_entry *entry) {
    size_t at = 0;
    while (at < table->group_count && (table->groups[at].region != entry->region ||
                                       !str_equal(table->groups[at].lang, entry->lang))) {
        at++;
    }
    if (at == table->group_count) {
        table->groups[table->group_count++] =
            (struct registry_group){entry->lang, entry->region, 0};
    }
    table->groups[at].count++;
}

static enum hearsay_status read_records(struct building *building, const json_t *records,
                                        struct hearsay_failure *failure) {
    struct arena *arena = &building->index->arena;
    struct registry_table *table = building->table;
    size_t count = json_array_size(records);
    table->entries = arena_array(arena, count, sizeof *table->entries);
    table->keys = arena_array(arena, count, KEYS_PER_ENTRY * sizeof *table->keys);
    table->groups = arena_array(arena, count, sizeof *table->groups);
    bool is_whole = table->entries && table->keys && table->groups;
    for (size_t i = 0; i < count && is_whole; i++) {
        is_whole = read_entry(building, json_array_get(records, i), (uint32_t)i);
    }
    if (!is_whole) {
        return failure_memory(failure);
    }
    table->count = count;
    for (size_t i = 0; i < count; i++) {
        count_group(table, &table->entries[i]);
    }
    qsort(table->keys, table->key_count, sizeof *table->keys, compare_keys);
    return HEARSAY_OK;
}

static enum hearsay_status refuse(const struct hearsay_registry *registry, const char *reason,
                                  struct hearsay_failure *failure) {
    return failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(registry->name), 0, 0, "%s", reason);
}

/* The array of records; borrowed from `body`. NULL: not of that shape. */
static const json_t *records_of(const struct hearsay_registry *registry, const json_t *body) {
    const json_t *records =
        registry->records_key ? json_object_get(body, registry->records_key) : body;
    size_t count = json_array_size(records);
    bool is_shaped = count > 0 && count < UINT32_MAX / KEYS_PER_ENTRY;
    bool is_named = false;
    for (size_t i = 0; i < count && is_shaped; i++) {
        is_shaped = json_is_object(json_array_get(records, i));
        is_named = is_named || member(json_array_get(records, i), registry->name_key).len > 0;
    }
    return is_shaped && is_named ? records : NULL;
}

/* What is shown of the registry. */
static bool keep_words(struct registry_index *index, const struct hearsay_registry *registry,
                       struct registry_table *table) {
    return arena_copy(&index->arena, str_from_c(registry->name), &table->name) &&
           arena_copy(&index->arena, str_from_c(registry->coverage), &table->coverage) &&
           arena_copy(&index->arena, str_from_c(registry->attribution), &table->attribution);
}

enum hearsay_status registry_index_add(struct registry_index *index,
                                       const struct hearsay_registry *registry,
                                       struct hearsay_failure *failure) {
    bool is_known = (unsigned)registry->role < CLAIM_REGISTRY_ROLES;
    if (!is_known || !registry->name || !registry->name_key || !registry->bytes ||
        index->tables[registry->role].is_loaded) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "a registry needs a role of its own, a name, name_key and bytes");
    }
    struct building building = {
        .index = index, .table = &index->tables[registry->role], .registry = registry};
    struct str bytes = {registry->bytes, registry->len};
    json_t *body = NULL;
    enum hearsay_status status = json_parse(bytes, str_from_c(registry->name), &body, failure);
    const json_t *records = status == HEARSAY_OK ? records_of(registry, body) : NULL;
    if (status == HEARSAY_OK) {
        status = records ? read_records(&building, records, failure)
                         : refuse(registry, "the snapshot holds no records with a name", failure);
    }
    json_decref(body);
    name_maker_free(&building.maker);
    struct registry_table *table = building.table;
    if (status == HEARSAY_OK && !keep_words(building.index, registry, table)) {
        status = failure_memory(failure);
    }
    if (status != HEARSAY_OK) {
        *table = (struct registry_table){0};
        return status;
    }
    digest_hex(hash128(bytes), table->hash);
    table->taken_at_us = registry->taken_at_s * 1000000;
    table->is_loaded = true;
    return HEARSAY_OK;
}

void registry_index_free(struct registry_index *index) {
    arena_free(&index->arena);
    *index = (struct registry_index){0};
}
