#include "cli/registries.h"

#include <time.h>

#include "base/failure.h"
#include "registry/snapshot.h"

/* Clocks of two machines differ a little. */
#define CLOCK_SLACK_S 86400

static enum hearsay_status add(const struct registry_kind *kind, const struct snapshot *snapshot,
                               struct hearsay_engine *engine, struct hearsay_failure *failure) {
    if (snapshot->meta.fetched_at_s > (int64_t)time(NULL) + CLOCK_SLACK_S) {
        return failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(kind->name), 0, 0,
                           "the snapshot is dated in the future: check the clock");
    }
    struct hearsay_registry registry = {.name = kind->name,
                                        .role = kind->role,
                                        .records_key = kind->records_key,
                                        .name_key = kind->name_key,
                                        .title_key = kind->title_key,
                                        .domain_key = kind->domain_key,
                                        .date_key = kind->date_key,
                                        .language_key = kind->language_key,
                                        .country_key = kind->country_key,
                                        .fabricated_key = kind->fabricated_key,
                                        .coverage = kind->coverage,
                                        .attribution = kind->attribution,
                                        .taken_at_s = snapshot->meta.fetched_at_s,
                                        .bytes = snapshot->bytes,
                                        .len = snapshot->len};
    return hearsay_registry_add(engine, &registry, failure);
}

enum hearsay_status registries_add(const char *folder, struct hearsay_engine *engine,
                                   struct hearsay_failure *failure) {
    size_t added = 0;
    const struct registry_kind *kind;
    for (size_t i = 0; (kind = registry_kind_at(i)); i++) {
        struct snapshot snapshot;
        struct hearsay_failure reason = {0};
        enum hearsay_status status = snapshot_load(folder, kind, &snapshot, &reason);
        bool is_absent = status == HEARSAY_IO;
        if (status == HEARSAY_OK) {
            status = add(kind, &snapshot, engine, &reason);
            added += status == HEARSAY_OK;
        }
        snapshot_free(&snapshot);
        if (status != HEARSAY_OK && !is_absent) {
            *failure = reason;
            return status;
        }
    }
    if (added == 0) {
        return failure_set(failure, HEARSAY_IO, str_from_c(folder), 0, 0,
                           "no snapshot of a registry is here; `hearsay registry update --folder "
                           "FOLDER` fetches them");
    }
    return HEARSAY_OK;
}
