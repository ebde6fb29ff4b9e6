#include "cli/file_replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/failure.h"

static bool write_all(int file, struct str bytes) {
    while (bytes.len > 0) {
        ssize_t written = write(file, bytes.ptr, bytes.len);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes = str_slice(bytes, written < 0 ? 0 : (size_t)written, bytes.len);
    }
    return true;
}

/* A new file beside `target`, with the mode of the one that it will replace, if there is one. */
static int create_beside(const char *target, bool exists, char *name) {
    struct stat about;
    if (!exists) {
        return open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (stat(target, &about) != 0) {
        return -1;
    }
    int file = mkstemp(name);
    if (file >= 0 && fchmod(file, about.st_mode & 07777) != 0) {
        close(file);
        unlink(name);
        return -1;
    }
    return file;
}

enum hearsay_status file_replace(const char *path, struct str bytes,
                                 struct hearsay_failure *failure) {
    char *real = realpath(path, NULL);
    const char *target = real ? real : path;
    struct buffer name = {0};
    bool ok = (real || errno == ENOENT) &&
              buffer_printf(&name, real ? "%s.XXXXXX" : "%s.partial", target) &&
              buffer_append_byte(&name, '\0');
    int file = ok ? create_beside(target, real != NULL, name.ptr) : -1;
    if (file >= 0) {
        ok = write_all(file, bytes) && fsync(file) == 0;
        ok = close(file) == 0 && ok;
        ok = ok && rename(name.ptr, target) == 0;
        if (!ok) {
            int reason = errno;
            unlink(name.ptr);
            errno = reason;
        }
    }
    int reason = errno;
    ok = ok && file >= 0;
    free(real);
    buffer_free(&name);
    return ok ? HEARSAY_OK
              : failure_set(failure, HEARSAY_IO, str_from_c(path), 0, 0, "cannot be written: %s",
                            strerror(reason));
}
