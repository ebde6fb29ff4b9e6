/* Snapshots of registries in a folder: NAME.json is the body as it came, NAME.meta.json says where
 * it came from, when, and its digest. Both are written beside and renamed, so that a reader never
 * sees half. */
#ifndef HEARSAY_REGISTRY_SNAPSHOT_H
#define HEARSAY_REGISTRY_SNAPSHOT_H

#include "base/json.h"
#include "registry/http.h"
#include "registry/kinds.h"

struct snapshot_meta {
    int64_t fetched_at_s; /* when the body came */
    int64_t checked_at_s; /* when the server last said that it still holds */
    int64_t not_before_s; /* the server asked not to be asked before */
    uint64_t records;
    char hash[33]; /* XXH3-128 of the body */
    char etag[HTTP_VALIDATOR_SIZE];
    char last_modified[HTTP_VALIDATOR_SIZE];
};

struct snapshot {
    struct snapshot_meta meta;
    json_t *body; /* checked: an array of objects */
    char *bytes;  /* the body as it came */
    size_t len;
};

/* HEARSAY_IO when there is no snapshot (failure->message says so); HEARSAY_BAD_INPUT when it is
 * corrupt, empty or of another version. *snapshot is freed by the caller. */
enum hearsay_status snapshot_load(const char *folder, const struct registry_kind *kind,
                                  struct snapshot *snapshot, struct hearsay_failure *failure);
void snapshot_free(struct snapshot *snapshot);

/* Reads the array of records out of a body; borrowed. HEARSAY_BAD_INPUT when the body is not JSON
 * of the registry's shape (some servers answer an error text with code 200). */
enum hearsay_status snapshot_parse(const struct registry_kind *kind, struct str body,
                                   json_t **parsed, json_t **records,
                                   struct hearsay_failure *failure);

/* The meta file alone, zeroes when there is none or it cannot be read. */
struct snapshot_meta snapshot_meta_load(const char *folder, const struct registry_kind *kind);

enum hearsay_status snapshot_body_write(const char *folder, const struct registry_kind *kind,
                                        struct str body, struct hearsay_failure *failure);
enum hearsay_status snapshot_meta_write(const char *folder, const struct registry_kind *kind,
                                        const struct snapshot_meta *meta,
                                        struct hearsay_failure *failure);

#endif
