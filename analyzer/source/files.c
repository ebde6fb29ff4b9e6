#include "source/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"

enum { RULE_FILE_LIMIT_BYTES = 64 << 20, FIRST_BYTES = 16 << 10 };

/* Reads on in growing portions: a pipe (a process substitution) has no size to ask for. */
static enum hearsay_status load_descriptor(int descriptor, size_t limit, char **bytes,
                                           size_t *len) {
    size_t capacity = FIRST_BYTES;
    char *held = malloc(capacity);
    size_t count = 0;
    while (held) {
        ssize_t got = read(descriptor, held + count, capacity - count - 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            held[count] = '\0';
            *bytes = held;
            *len = count;
            return got == 0 ? HEARSAY_OK : HEARSAY_IO;
        }
        count += (size_t)got;
        if (count > limit) {
            free(held);
            return HEARSAY_LIMIT;
        }
        if (count + 1 == capacity) {
            capacity *= 2;
            char *grown = realloc(held, capacity);
            if (!grown) {
                free(held);
            }
            held = grown;
        }
    }
    return HEARSAY_NO_MEMORY;
}

enum hearsay_status files_load(const char *path, size_t limit, char **bytes, size_t *len,
                               struct hearsay_failure *failure) {
    struct str name = str_from_c(path);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return failure_set(failure, HEARSAY_IO, name, 0, 0, "cannot be read: %s", strerror(errno));
    }
    char *loaded = NULL;
    size_t count = 0;
    enum hearsay_status status = load_descriptor(descriptor, limit, &loaded, &count);
    int error = errno;
    close(descriptor);
    switch (status) {
    case HEARSAY_OK:
        *bytes = loaded;
        *len = count;
        return HEARSAY_OK;
    case HEARSAY_IO:
        free(loaded);
        return failure_set(failure, HEARSAY_IO, name, 0, 0, "cannot be read: %s", strerror(error));
    case HEARSAY_LIMIT:
        return failure_set(failure, HEARSAY_LIMIT, name, 0, 0, "is longer than %zu bytes", limit);
    default:
        return failure_memory(failure);
    }
}

enum hearsay_status files_read(void *context, const char *path, char **bytes, size_t *len) {
    (void)context;
    return files_load(path, RULE_FILE_LIMIT_BYTES, bytes, len, NULL);
}

static enum hearsay_status list_rules(const char *folder, struct paths *files,
                                      struct hearsay_failure *failure) {
    DIR *stream = opendir(folder);
    if (!stream) {
        return failure_set(failure, HEARSAY_IO, str_from_c(folder), 0, 0, "%s", strerror(errno));
    }
    enum hearsay_status status = HEARSAY_OK;
    struct dirent *entry;
    while (status == HEARSAY_OK && (entry = readdir(stream))) {
        bool is_rule_file =
            entry->d_name[0] != '.' && str_ends_with(str_from_c(entry->d_name), STR(".rules"));
        if (is_rule_file && !paths_join(files, folder, entry->d_name)) {
            status = failure_memory(failure);
        }
    }
    closedir(stream);
    paths_sort(files);
    if (status == HEARSAY_OK && files->count == 0) {
        return failure_set(failure, HEARSAY_IO, str_from_c(folder), 0, 0,
                           "no rule files (*.rules) in this folder");
    }
    return status;
}

enum hearsay_status files_of_pack(const char *path, struct paths *files,
                                  struct hearsay_failure *failure) {
    struct stat about;
    if (stat(path, &about) != 0) {
        return failure_set(failure, HEARSAY_IO, str_from_c(path), 0, 0, "%s", strerror(errno));
    }
    if (S_ISDIR(about.st_mode)) {
        return list_rules(path, files, failure);
    }
    return paths_add(files, path) ? HEARSAY_OK : failure_memory(failure);
}

enum hearsay_status files_of_weights(const char *path, struct paths *files,
                                     struct hearsay_failure *failure) {
    struct stat about;
    size_t before = files->count;
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode)) {
        return HEARSAY_OK;
    }
    if (!paths_join(files, path, "weights.json")) {
        return failure_memory(failure);
    }
    if (stat(files->items[before], &about) != 0 && errno == ENOENT) {
        free(files->items[--files->count]);
    }
    return HEARSAY_OK;
}
