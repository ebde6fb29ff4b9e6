#include "cli/place.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/failure.h"

static const char *const rule_folders[] = {
    "../share/hearsay/rules", /* an installation; the build tree links it */
    "../../../rules",         /* <source>/build/<preset>/bin */
};

/* The folder of the running program, without its name. */
static bool program_folder(char folder[PATH_MAX]) {
    ssize_t len = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    if (len <= 0) {
        return false;
    }
    folder[len] = '\0';
    char *slash = strrchr(folder, '/');
    if (!slash) {
        return false;
    }
    *slash = '\0';
    return true;
}

enum hearsay_status place_pack(const char *name, char **path, struct hearsay_failure *failure) {
    char folder[PATH_MAX];
    if (!program_folder(folder)) {
        return failure_set(failure, HEARSAY_IO, STR_EMPTY, 0, 0,
                           "the program's own place cannot be found: %s; use --rules",
                           strerror(errno));
    }
    for (size_t i = 0; i < sizeof rule_folders / sizeof rule_folders[0]; i++) {
        struct buffer candidate = {0};
        if (!buffer_printf(&candidate, "%s/%s/%s", folder, rule_folders[i], name)) {
            return failure_memory(failure);
        }
        char *found = realpath(candidate.ptr, NULL);
        buffer_free(&candidate);
        if (found) {
            *path = found;
            return HEARSAY_OK;
        }
    }
    return failure_set(failure, HEARSAY_IO, STR_EMPTY, 0, 0,
                       "the shipped pack %s is not found beside the program (%s); use --rules",
                       name, folder);
}
