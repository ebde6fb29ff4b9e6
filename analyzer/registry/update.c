#include "registry/update.h"

#include <stdio.h>

#include "base/failure.h"
#include "base/hash.h"

#define ANSWER_LIMIT_BYTES (256u << 20)
/* A server that asks to be left alone for longer than a day is asked again after a day. */
#define RETRY_AFTER_MOST_S 86400

/* Host part of one of our own URLs ("https://host/..."). */
static void host_of(const char *url, char *out, size_t size) {
    const char *begin = strstr(url, "://");
    begin = begin ? begin + 3 : url;
    snprintf(out, size, "%.*s", (int)strcspn(begin, "/:?"), begin);
}

static int64_t wait_of(const struct registry_kind *kind, const struct update_options *options,
                       const struct snapshot_meta *meta) {
    int64_t rest = meta->checked_at_s + (options->is_forced ? 0 : kind->rest_s);
    int64_t until = meta->not_before_s > rest ? meta->not_before_s : rest;
    /* A clock that went back must not make a snapshot rest for years. */
    bool is_future = meta->checked_at_s > options->now_s;
    return until > options->now_s && !is_future ? until - options->now_s : 0;
}

/* A good body: recorded unless it is the one at hand. */
static enum hearsay_status body_take(const struct registry_kind *kind,
                                     const struct update_options *options,
                                     const struct http_answer *answer, struct update_report *report,
                                     struct hearsay_failure *failure) {
    json_t *parsed = NULL;
    json_t *records = NULL;
    struct snapshot_meta *meta = &report->meta;
    struct str body = buffer_str(&answer->body);
    enum hearsay_status status = snapshot_parse(kind, body, &parsed, &records, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    char hash[DIGEST_HEX_SIZE];
    digest_hex(hash128(body), hash);
    uint64_t count = json_array_size(records);
    json_decref(parsed);
    bool is_new = strcmp(hash, meta->hash) != 0;
    if (is_new) {
        status = snapshot_body_write(options->folder, kind, body, failure);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    report->result = is_new ? UPDATE_NEW : UPDATE_UNCHANGED;
    meta->records = count;
    memcpy(meta->hash, hash, sizeof hash);
    memcpy(meta->etag, answer->etag, sizeof meta->etag);
    memcpy(meta->last_modified, answer->last_modified, sizeof meta->last_modified);
    meta->fetched_at_s = options->now_s;
    meta->checked_at_s = options->now_s;
    meta->not_before_s = 0;
    return HEARSAY_OK;
}

static enum hearsay_status answer_take(const struct registry_kind *kind,
                                       const struct update_options *options,
                                       const struct http_answer *answer,
                                       struct update_report *report,
                                       struct hearsay_failure *failure) {
    if (answer->code == 304 && report->meta.fetched_at_s > 0) {
        report->result = UPDATE_UNCHANGED;
        report->meta.checked_at_s = options->now_s;
        report->meta.not_before_s = 0;
        return HEARSAY_OK;
    }
    if (answer->code == 200) {
        return body_take(kind, options, answer, report, failure);
    }
    if (answer->retry_after_s > 0) {
        long wait =
            answer->retry_after_s < RETRY_AFTER_MOST_S ? answer->retry_after_s : RETRY_AFTER_MOST_S;
        report->meta.not_before_s = options->now_s + wait;
        return failure_set(failure, HEARSAY_IO, str_from_c(kind->name), 0, 0,
                           "the server answered %ld and asks to wait %ld s", answer->code, wait);
    }
    return failure_set(failure, HEARSAY_IO, str_from_c(kind->name), 0, 0, "the server answered %ld",
                       answer->code);
}

static enum hearsay_status ask(const struct registry_kind *kind,
                               const struct update_options *options, struct update_report *report,
                               struct hearsay_failure *failure) {
    char own_host[256];
    host_of(kind->url, own_host, sizeof own_host);
    /* The meta file lives on without its body only by accident; then ask for the whole. */
    struct snapshot at_hand;
    bool is_whole = snapshot_load(options->folder, kind, &at_hand, NULL) == HEARSAY_OK;
    snapshot_free(&at_hand);
    struct http_request request = {.url = options->url ? options->url : kind->url,
                                   .allowed_host =
                                       options->allowed_host ? options->allowed_host : own_host,
                                   .etag = is_whole ? report->meta.etag : "",
                                   .last_modified = is_whole ? report->meta.last_modified : "",
                                   .timeout_s = options->timeout_s,
                                   .limit_bytes = ANSWER_LIMIT_BYTES};
    if (!is_whole) {
        report->meta.hash[0] = '\0';
        report->meta.fetched_at_s = 0;
    }
    struct http_answer answer;
    enum hearsay_status status = http_get(&request, &answer, failure);
    if (status == HEARSAY_OK) {
        status = answer_take(kind, options, &answer, report, failure);
    }
    http_answer_free(&answer);
    return status;
}

enum hearsay_status registry_update(const struct registry_kind *kind,
                                    const struct update_options *options,
                                    struct update_report *report, struct hearsay_failure *failure) {
    struct hearsay_failure reason = {0};
    *report = (struct update_report){.meta = snapshot_meta_load(options->folder, kind)};
    report->wait_s = wait_of(kind, options, &report->meta);
    if (report->wait_s > 0) {
        report->result = UPDATE_RESTING;
        return HEARSAY_OK;
    }
    enum hearsay_status status = ask(kind, options, report, &reason);
    if (status == HEARSAY_BAD_ARGUMENT) {
        if (failure) {
            *failure = reason;
        }
        return status;
    }
    /* Written after a failure too: Retry-After must outlive this run. */
    enum hearsay_status written =
        snapshot_meta_write(options->folder, kind, &report->meta, failure);
    if (written != HEARSAY_OK || status == HEARSAY_OK) {
        return written;
    }
    report->result = UPDATE_STALE;
    report->reason = reason;
    if (report->meta.fetched_at_s > 0) {
        return HEARSAY_OK;
    }
    if (failure) {
        *failure = reason;
    }
    return status;
}
