#include "registry/snapshot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/failure.h"
#include "base/hash.h"
#include "source/files.h"

#define SCHEMA "hearsay.snapshot/1"
#define META_LIMIT_BYTES (64u << 10)
#define BODY_LIMIT_BYTES (256u << 20)

static char *path_of(const char *folder, const struct registry_kind *kind, const char *suffix) {
    struct buffer path = {0};
    buffer_printf(&path, "%s/%s%s", folder, kind->name, suffix);
    if (!buffer_append_byte(&path, '\0')) {
        buffer_free(&path);
        return NULL;
    }
    return path.ptr;
}

/* ---- Writing ---- */

static enum hearsay_status file_replace(const char *folder, const struct registry_kind *kind,
                                        const char *suffix, struct str bytes,
                                        struct hearsay_failure *failure) {
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return failure_set(failure, HEARSAY_IO, str_from_c(folder), 0, 0, "cannot be made: %s",
                           strerror(errno));
    }
    char *path = path_of(folder, kind, suffix);
    char *partial = path_of(folder, kind, ".partial");
    FILE *file = path && partial ? fopen(partial, "wb") : NULL;
    bool is_written = file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len;
    if (file && fclose(file) != 0) {
        is_written = false;
    }
    is_written = is_written && rename(partial, path) == 0;
    enum hearsay_status status = HEARSAY_OK;
    if (!is_written) {
        status = failure_set(failure, HEARSAY_IO, str_from_c(path ? path : folder), 0, 0,
                             "cannot be written: %s", strerror(errno));
    }
    free(path);
    free(partial);
    return status;
}

enum hearsay_status snapshot_body_write(const char *folder, const struct registry_kind *kind,
                                        struct str body, struct hearsay_failure *failure) {
    return file_replace(folder, kind, ".json", body, failure);
}

enum hearsay_status snapshot_meta_write(const char *folder, const struct registry_kind *kind,
                                        const struct snapshot_meta *meta,
                                        struct hearsay_failure *failure) {
    struct buffer out = {0};
    buffer_append_c(&out, "{\"schema\":\"" SCHEMA "\",\"registry\":");
    json_append_string(&out, str_from_c(kind->name));
    buffer_append_c(&out, ",\"url\":");
    json_append_string(&out, str_from_c(kind->url));
    buffer_printf(&out, ",\"fetched_at\":%lld,\"checked_at\":%lld,\"not_before\":%lld,",
                  (long long)meta->fetched_at_s, (long long)meta->checked_at_s,
                  (long long)meta->not_before_s);
    buffer_printf(&out,
                  "\"records\":%llu,\"hash\":\"%s\",\"etag\":", (unsigned long long)meta->records,
                  meta->hash);
    json_append_string(&out, str_from_c(meta->etag));
    buffer_append_c(&out, ",\"last_modified\":");
    json_append_string(&out, str_from_c(meta->last_modified));
    enum hearsay_status status =
        buffer_append_c(&out, "}\n")
            ? file_replace(folder, kind, ".meta.json", buffer_str(&out), failure)
            : failure_memory(failure);
    buffer_free(&out);
    return status;
}

/* ---- Reading ---- */

static int64_t member_integer(const json_t *object, const char *key) {
    return (int64_t)json_integer_value(json_object_get(object, key));
}

static void member_copy(const json_t *object, const char *key, char *out, size_t size) {
    struct str value = json_member(object, key);
    if (value.len < size) {
        memcpy(out, value.ptr, value.len);
        out[value.len] = '\0';
    }
}

static enum hearsay_status meta_load(const char *folder, const struct registry_kind *kind,
                                     struct snapshot_meta *meta, struct hearsay_failure *failure) {
    char *path = path_of(folder, kind, ".meta.json");
    char *bytes = NULL;
    size_t len = 0;
    json_t *parsed = NULL;
    enum hearsay_status status =
        path ? files_load(path, META_LIMIT_BYTES, &bytes, &len, failure) : failure_memory(failure);
    if (status == HEARSAY_OK) {
        status = json_parse((struct str){bytes, len}, str_from_c(path), &parsed, failure);
    }
    if (status == HEARSAY_OK && !str_is(json_member(parsed, "schema"), SCHEMA)) {
        status = failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(path), 0, 0,
                             "a snapshot of another version; run `hearsay registry update %s`",
                             kind->name);
    }
    if (status == HEARSAY_OK) {
        *meta = (struct snapshot_meta){.fetched_at_s = member_integer(parsed, "fetched_at"),
                                       .checked_at_s = member_integer(parsed, "checked_at"),
                                       .not_before_s = member_integer(parsed, "not_before"),
                                       .records = (uint64_t)member_integer(parsed, "records")};
        member_copy(parsed, "hash", meta->hash, sizeof meta->hash);
        member_copy(parsed, "etag", meta->etag, sizeof meta->etag);
        member_copy(parsed, "last_modified", meta->last_modified, sizeof meta->last_modified);
    }
    json_decref(parsed);
    free(bytes);
    free(path);
    return status;
}

struct snapshot_meta snapshot_meta_load(const char *folder, const struct registry_kind *kind) {
    struct snapshot_meta meta = {0};
    return meta_load(folder, kind, &meta, NULL) == HEARSAY_OK ? meta : (struct snapshot_meta){0};
}

enum hearsay_status snapshot_parse(const struct registry_kind *kind, struct str body,
                                   json_t **parsed, json_t **records,
                                   struct hearsay_failure *failure) {
    enum hearsay_status status = json_parse(body, str_from_c(kind->name), parsed, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    *records = kind->records_key ? json_object_get(*parsed, kind->records_key) : *parsed;
    size_t count = json_array_size(*records);
    bool is_shaped = json_is_array(*records) && count > 0;
    for (size_t i = 0; is_shaped && i < count; i++) {
        is_shaped = json_is_object(json_array_get(*records, i));
    }
    if (!is_shaped) {
        json_decref(*parsed);
        *parsed = NULL;
        return failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(kind->name), 0, 0,
                           "the answer holds no records");
    }
    return HEARSAY_OK;
}

static enum hearsay_status body_load(const char *folder, const struct registry_kind *kind,
                                     struct snapshot *snapshot, struct hearsay_failure *failure) {
    char *path = path_of(folder, kind, ".json");
    char *bytes = NULL;
    size_t len = 0;
    json_t *records = NULL;
    char hash[DIGEST_HEX_SIZE];
    enum hearsay_status status =
        path ? files_load(path, BODY_LIMIT_BYTES, &bytes, &len, failure) : failure_memory(failure);
    if (status == HEARSAY_OK) {
        digest_hex(hash128((struct str){bytes, len}), hash);
        if (strcmp(hash, snapshot->meta.hash) != 0) {
            status = failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(path), 0, 0,
                                 "corrupt: its digest is not the one that was recorded; run "
                                 "`hearsay registry update %s`",
                                 kind->name);
        }
    }
    if (status == HEARSAY_OK) {
        status = snapshot_parse(kind, (struct str){bytes, len}, &snapshot->body, &records, failure);
    }
    snapshot->bytes = bytes;
    snapshot->len = len;
    free(path);
    return status;
}

enum hearsay_status snapshot_load(const char *folder, const struct registry_kind *kind,
                                  struct snapshot *snapshot, struct hearsay_failure *failure) {
    *snapshot = (struct snapshot){0};
    enum hearsay_status status = meta_load(folder, kind, &snapshot->meta, failure);
    if (status == HEARSAY_OK && snapshot->meta.fetched_at_s == 0) {
        status = failure_set(failure, HEARSAY_IO, str_from_c(folder), 0, 0,
                             "no snapshot of %s has been fetched yet", kind->name);
    }
    return status == HEARSAY_OK ? body_load(folder, kind, snapshot, failure) : status;
}

void snapshot_free(struct snapshot *snapshot) {
    json_decref(snapshot->body);
    free(snapshot->bytes);
    *snapshot = (struct snapshot){0};
}
