/* Any bytes are a registry or are refused; what is indexed is found by its own names, and by nobody
 * else's more than once. */
#include <stdio.h>
#include <stdlib.h>

#include "claim/registry_index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_held, const char *property) {
    if (!is_held) {
        fprintf(stderr, "broken: %s\n", property);
        abort();
    }
}

static void check(const struct registry_index *index, enum claim_registry_role role) {
    const struct registry_table *table = &index->tables[role];
    require(table->count > 0, "a snapshot has records");
    struct claim_registry found[CLAIM_REGISTRY_ROLES];
    for (size_t i = 0; i < table->count && i < 8; i++) {
        const struct registry_entry *entry = &table->entries[i];
        struct registry_query query = {.victim = entry->name,
                                       .lang = STR("en"),
                                       .news_from_us = INT64_MIN,
                                       .news_to_us = INT64_MAX};
        require(registry_index_look(index, &query, found), "a look needs no more than memory");
        require(found[role].coverage >= 0 && found[role].coverage < 1, "coverage is a share");
        require(entry->key.len < 8 || found[role].matches > 0, "an entry is found by its name");
        require(found[role].matches <= table->count, "an entry matches once");
        require(found[role].domains <= found[role].matches, "an outlet has a match");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct hearsay_registry registry = {.name = "fuzz",
                                        .role = size % 2 ? HEARSAY_REGISTRY_NEWS
                                                         : HEARSAY_REGISTRY_BREACHES,
                                        .name_key = "Name",
                                        .title_key = "Title",
                                        .domain_key = "Domain",
                                        .date_key = "BreachDate",
                                        .language_key = "language",
                                        .country_key = "country",
                                        .fabricated_key = "IsFabricated",
                                        .bytes = (const char *)data,
                                        .len = size};
    struct registry_index index = {0};
    struct hearsay_failure failure = {0};
    if (size > 0 && registry_index_add(&index, &registry, &failure) == HEARSAY_OK) {
        check(&index, (enum claim_registry_role)registry.role);
    } else {
        require(size == 0 || failure.message[0] != '\0', "a refusal says why");
    }
    registry_index_free(&index);
    return 0;
}
