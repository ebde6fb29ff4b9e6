#include "source/results.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/failure.h"
#include "source/folder.h"

enum { BUFFER_BYTES = 256 * 1024, MESSAGE_BYTES = 512 };

static const char *const stream_names[HEARSAY_STREAM_COUNT] = {
    [HEARSAY_FINDINGS] = "findings.ndjson", [HEARSAY_CLAIMS] = "claims.ndjson",
    [HEARSAY_ACCOUNTS] = "accounts.ndjson", [HEARSAY_EDGES] = "edges.ndjson",
    [HEARSAY_CLUSTERS] = "clusters.ndjson", [HEARSAY_SUMMARY] = "summary.json",
};

struct output {
    int descriptor; /* -1: not open */
    char *path;     /* as it is now: with ".partial", or the rejects' own */
    char *final_path;
    struct buffer pending;
    bool is_written; /* at least one byte was given */
};

struct results {
    char *folder;
    bool is_folder_new;
    bool is_committed;
    struct output outputs[HEARSAY_STREAM_COUNT];
    char error[MESSAGE_BYTES];
};

const char *results_name(enum hearsay_stream stream) {
    return stream_names[stream];
}

static enum hearsay_status open_output(struct output *output, struct hearsay_failure *failure) {
    output->descriptor = open(output->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (output->descriptor < 0) {
        return failure_set(failure, HEARSAY_IO, str_from_c(output->path), 0, 0,
                           "cannot be written: %s", strerror(errno));
    }
    return HEARSAY_OK;
}

/* Another run that writes here holds the lock on its summary.json.partial. */
static enum hearsay_status lock_folder(struct results *results, struct hearsay_failure *failure) {
    struct output *summary = &results->outputs[HEARSAY_SUMMARY];
    enum hearsay_status status = open_output(summary, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(summary->descriptor, F_SETLK, &whole) != 0 && (errno == EACCES || errno == EAGAIN)) {
        close(summary->descriptor);
        summary->descriptor = -1;
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, str_from_c(results->folder), 0, 0,
                           "another run is writing into this folder");
    }
    return HEARSAY_OK;
}

static bool name_outputs(struct results *results, const char *rejects) {
    for (size_t i = 0; i < HEARSAY_STREAM_COUNT; i++) {
        struct output *output = &results->outputs[i];
        struct buffer path = {0};
        output->descriptor = -1;
        if (!stream_names[i]) {
            continue;
        }
        if (!buffer_printf(&path, "%s/%s", results->folder, stream_names[i])) {
            return false;
        }
        output->final_path = path.ptr;
        struct buffer partial = {0};
        if (!buffer_printf(&partial, "%s%s", output->final_path, RESULTS_PARTIAL_SUFFIX)) {
            return false;
        }
        output->path = partial.ptr;
    }
    results->outputs[HEARSAY_REJECTS].path = rejects ? strdup(rejects) : NULL;
    return !rejects || results->outputs[HEARSAY_REJECTS].path;
}

static enum hearsay_status open_outputs(struct results *results, struct hearsay_failure *failure) {
    enum hearsay_status status = folder_prepare(results->folder, &results->is_folder_new, failure);
    if (status == HEARSAY_OK) {
        status = lock_folder(results, failure);
    }
    for (size_t i = 0; status == HEARSAY_OK && i < HEARSAY_STREAM_COUNT; i++) {
        struct output *output = &results->outputs[i];
        if (output->path && output->descriptor < 0) {
            status = open_output(output, failure);
        }
        /* Emptied only now that the lock is ours; a device has no length and refuses. */
        if (status == HEARSAY_OK && output->descriptor >= 0 &&
            ftruncate(output->descriptor, 0) != 0 && errno != EINVAL) {
            status = failure_set(failure, HEARSAY_IO, str_from_c(output->path), 0, 0,
                                 "cannot be written: %s", strerror(errno));
        }
    }
    return status;
}

enum hearsay_status results_open(const char *folder, const char *rejects, struct results **results,
                                 struct hearsay_failure *failure) {
    struct results *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return failure_memory(failure);
    }
    opened->folder = strdup(folder);
    enum hearsay_status status;
    if (!opened->folder || !name_outputs(opened, rejects)) {
        status = failure_memory(failure);
    } else {
        status = open_outputs(opened, failure);
    }
    if (status != HEARSAY_OK) {
        results_close(opened);
        return status;
    }
    *results = opened;
    return HEARSAY_OK;
}

static enum hearsay_status write_all(struct results *results, struct output *output,
                                     const char *bytes, size_t len) {
    while (len > 0) {
        ssize_t count = write(output->descriptor, bytes, len);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            if (!results->error[0]) {
                snprintf(results->error, sizeof results->error, "%s: cannot be written: %s",
                         output->path, strerror(count < 0 ? errno : EIO));
            }
            return HEARSAY_IO;
        }
        bytes += count;
        len -= (size_t)count;
    }
    return HEARSAY_OK;
}

static enum hearsay_status flush(struct results *results, struct output *output) {
    enum hearsay_status status =
        write_all(results, output, output->pending.ptr, output->pending.len);
    buffer_clear(&output->pending);
    return status;
}

enum hearsay_status results_write(void *context, enum hearsay_stream stream, const char *bytes,
                                  size_t len) {
    struct results *results = context;
    struct output *output = &results->outputs[stream];
    if (output->descriptor < 0) {
        return HEARSAY_OK; /* rejects that nobody asked for */
    }
    output->is_written = output->is_written || len > 0;
    enum hearsay_status status = HEARSAY_OK;
    if (output->pending.len + len > BUFFER_BYTES) {
        status = flush(results, output);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    if (len > BUFFER_BYTES) {
        return write_all(results, output, bytes, len);
    }
    return buffer_append(&output->pending, bytes, len) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

const char *results_error(const struct results *results) {
    return results->error[0] ? results->error : NULL;
}

static enum hearsay_status rename_output(struct output *output, struct hearsay_failure *failure) {
    if (output->final_path && rename(output->path, output->final_path) != 0) {
        return failure_set(failure, HEARSAY_IO, str_from_c(output->final_path), 0, 0,
                           "cannot be written: %s", strerror(errno));
    }
    return HEARSAY_OK;
}

enum hearsay_status results_commit(struct results *results, struct hearsay_failure *failure) {
    for (size_t i = 0; i < HEARSAY_STREAM_COUNT; i++) {
        if (flush(results, &results->outputs[i]) != HEARSAY_OK) {
            return failure_set(failure, HEARSAY_IO, STR_EMPTY, 0, 0, "%s", results->error);
        }
    }
    /* An older summary must not stand beside newer lines, not even for a moment. */
    struct output *summary = &results->outputs[HEARSAY_SUMMARY];
    unlink(summary->final_path);
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; status == HEARSAY_OK && i < HEARSAY_STREAM_COUNT; i++) {
        if (i != HEARSAY_SUMMARY) {
            status = rename_output(&results->outputs[i], failure);
        }
    }
    if (status == HEARSAY_OK) {
        status = rename_output(summary, failure);
    }
    results->is_committed = status == HEARSAY_OK;
    return status;
}

/* Whether any file of the folder got a byte: then the partial files are worth keeping. */
static bool is_anything_written(const struct results *results) {
    for (size_t i = 0; i < HEARSAY_STREAM_COUNT; i++) {
        if (results->outputs[i].final_path && results->outputs[i].is_written) {
            return true;
        }
    }
    return false;
}

void results_close(struct results *results) {
    if (!results) {
        return;
    }
    bool is_kept = results->is_committed || is_anything_written(results);
    for (size_t i = 0; i < HEARSAY_STREAM_COUNT; i++) {
        struct output *output = &results->outputs[i];
        if (output->descriptor >= 0) {
            if (!results->is_committed) {
                flush(results, output);
            }
            if (!is_kept && output->final_path) {
                unlink(output->path);
            }
            close(output->descriptor);
        }
        free(output->path);
        free(output->final_path);
        buffer_free(&output->pending);
    }
    if (!is_kept && results->is_folder_new) {
        rmdir(results->folder);
    }
    free(results->folder);
    free(results);
}
