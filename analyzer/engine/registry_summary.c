/* Registries on their way in, and what the summary says of them. */
#include "base/json.h"
#include "claim/verifiability.h"
#include "engine/engine.h"
#include "report/judgement.h"

enum hearsay_status hearsay_registry_add(struct hearsay_engine *engine,
                                         const struct hearsay_registry *registry,
                                         struct hearsay_failure *failure) {
    return registry_index_add(&engine->registries, registry, failure);
}

void summary_registries(const struct hearsay_engine *engine, struct buffer *out) {
    static const char *const roles[CLAIM_REGISTRY_ROLES] = {
        [CLAIM_REGISTRY_BREACHES] = "breaches",
        [CLAIM_REGISTRY_LISTINGS] = "listings",
        [CLAIM_REGISTRY_NEWS] = "news",
    };
    struct snapshot_row rows[CLAIM_REGISTRY_ROLES];
    size_t count = 0;
    for (int i = 0; i < CLAIM_REGISTRY_ROLES; i++) {
        const struct registry_table *table = &engine->registries.tables[i];
        if (table->is_loaded) {
            rows[count++] = (struct snapshot_row){.role = roles[i],
                                                  .name = table->name,
                                                  .hash = str_from_c(table->hash),
                                                  .taken_at_us = table->taken_at_us,
                                                  .records = table->count,
                                                  .coverage = table->coverage,
                                                  .attribution = table->attribution};
        }
    }
    report_snapshots(out, rows, count);
    char hash[DIGEST_HEX_SIZE];
    digest_hex(claim_weights_digest(), hash);
    buffer_append_c(out, ",\"claim_weights_hash\":");
    json_append_string(out, str_from_c(hash));
}
