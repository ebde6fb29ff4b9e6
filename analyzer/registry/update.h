/* Refreshes a snapshot: asks only when the operator's rest time and the server's Retry-After are
 * over, sends the validators at hand, and keeps the old snapshot whenever the new answer is no
 * good. */
#ifndef HEARSAY_REGISTRY_UPDATE_H
#define HEARSAY_REGISTRY_UPDATE_H

#include "registry/snapshot.h"

enum update_result {
    UPDATE_NEW,       /* another body than before */
    UPDATE_UNCHANGED, /* the server says (304), or sent, what is at hand */
    UPDATE_RESTING,   /* not asked: too soon */
    UPDATE_STALE      /* the answer was no good; the old snapshot is kept */
};

struct update_options {
    const char *folder;
    const char *url;          /* NULL: the registry's own */
    const char *allowed_host; /* with url: its host; NULL: the registry's own */
    int64_t now_s;            /* the caller's clock */
    long timeout_s;
    bool is_forced; /* ask even when resting; Retry-After still holds */
};

struct update_report {
    enum update_result result;
    struct snapshot_meta meta;     /* of the snapshot now at hand */
    int64_t wait_s;                /* UPDATE_RESTING: until it may be asked */
    struct hearsay_failure reason; /* UPDATE_STALE: why */
};

/* HEARSAY_OK also for UPDATE_STALE, when an old snapshot is at hand; without one the failure of the
 * request is returned. */
enum hearsay_status registry_update(const struct registry_kind *kind,
                                    const struct update_options *options,
                                    struct update_report *report, struct hearsay_failure *failure);

#endif
