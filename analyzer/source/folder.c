#include "source/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/failure.h"
#include "base/json.h"
#include "source/files.h"
#include "source/results.h"

enum { SUMMARY_LIMIT_BYTES = 64 << 20 };

bool folder_is_results(const char *folder) {
    struct buffer path = {0};
    char *bytes = NULL;
    size_t len = 0;
    json_t *summary = NULL;
    bool is_ours = false;
    if (buffer_printf(&path, "%s/%s", folder, results_name(HEARSAY_SUMMARY)) &&
        files_load(path.ptr, SUMMARY_LIMIT_BYTES, &bytes, &len, NULL) == HEARSAY_OK &&
        json_parse((struct str){bytes, len}, STR_EMPTY, &summary, NULL) == HEARSAY_OK) {
        is_ours = str_starts_with(json_member(summary, "schema"), STR("hearsay.summary/"));
    }
    json_decref(summary);
    free(bytes);
    buffer_free(&path);
    return is_ours;
}

/* One of our names, with or without the suffix of a file that is being written. */
static bool is_result_name(struct str name) {
    struct str suffix = str_from_c(RESULTS_PARTIAL_SUFFIX);
    if (str_ends_with(name, suffix)) {
        name = str_slice(name, 0, name.len - suffix.len);
    }
    for (size_t i = 0; i < HEARSAY_STREAM_COUNT; i++) {
        if (results_name(i) && str_is(name, results_name(i))) {
            return true;
        }
    }
    return false;
}

/* Whether a run may write here: nothing in it, a finished run, or what an interrupted one left.
 * A summary.json.partial stands there from a run's first moment until its last rename. */
static bool may_write_into(const char *folder) {
    DIR *stream = opendir(folder);
    if (!stream) {
        return false;
    }
    bool is_empty = true;
    bool has_foreign = false;
    bool has_summary_partial = false;
    struct dirent *entry;
    while ((entry = readdir(stream))) {
        struct str name = str_from_c(entry->d_name);
        if (str_is(name, ".") || str_is(name, "..")) {
            continue;
        }
        is_empty = false;
        has_foreign = has_foreign || !is_result_name(name);
        has_summary_partial = has_summary_partial || str_is(name, "summary.json.partial");
    }
    closedir(stream);
    return is_empty || (has_summary_partial && !has_foreign) || folder_is_results(folder);
}

static enum hearsay_status make_folders(const char *folder, struct hearsay_failure *failure) {
    char *path = strdup(folder);
    if (!path) {
        return failure_memory(failure);
    }
    int error = 0;
    for (char *slash = path + 1; *path && *slash && error == 0; slash++) {
        if (*slash == '/') {
            *slash = '\0';
            error = mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : errno;
            *slash = '/';
        }
    }
    if (error == 0 && mkdir(path, 0777) != 0 && errno != EEXIST) {
        error = errno;
    }
    free(path);
    if (error != 0) {
        return failure_set(failure, HEARSAY_IO, str_from_c(folder), 0, 0,
                           "the output folder cannot be made: %s", strerror(error));
    }
    return HEARSAY_OK;
}

enum hearsay_status folder_prepare(const char *path, bool *is_new,
                                   struct hearsay_failure *failure) {
    struct stat about;
    struct str folder = str_from_c(path);
    if (stat(path, &about) != 0) {
        *is_new = errno == ENOENT;
        return make_folders(path, failure);
    }
    if (!S_ISDIR(about.st_mode)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, folder, 0, 0,
                           "is a file; --output names a folder");
    }
    if (access(path, R_OK | W_OK | X_OK) != 0) {
        return failure_set(failure, HEARSAY_IO, folder, 0, 0, "cannot be written: %s",
                           strerror(errno));
    }
    if (!may_write_into(path)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, folder, 0, 0,
                           "this folder is not empty and holds no results of hearsay; nothing in "
                           "it was touched; name another folder");
    }
    return HEARSAY_OK;
}
