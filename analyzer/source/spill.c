#include "source/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/failure.h"

enum { MESSAGE_BYTES = 512 };

struct spill {
    char *folder;
    pthread_mutex_t lock; /* guards what follows; the bytes themselves need none */
    int descriptor;       /* -1 until the first append */
    uint64_t end;
    char error[MESSAGE_BYTES];
};

enum hearsay_status spill_open(const char *folder, struct spill **spill,
                               struct hearsay_failure *failure) {
    struct spill *opened = calloc(1, sizeof *opened);
    if (!opened) {
        return failure_memory(failure);
    }
    opened->descriptor = -1;
    opened->folder = strdup(folder);
    if (!opened->folder || pthread_mutex_init(&opened->lock, NULL) != 0) {
        free(opened->folder);
        free(opened);
        return failure_memory(failure);
    }
    *spill = opened;
    return HEARSAY_OK;
}

/* With the lock held. */
static void note_error(struct spill *spill, const char *what, int error) {
    if (!spill->error[0]) {
        snprintf(spill->error, sizeof spill->error, "%s: the temporary file cannot be %s: %s",
                 spill->folder, what, strerror(error));
    }
}

static int make_nameless_file(const char *folder) {
    struct buffer path = {0};
    if (!buffer_printf(&path, "%s/hearsay-XXXXXX", folder)) {
        errno = ENOMEM;
        return -1;
    }
    int descriptor = mkstemp(path.ptr);
    if (descriptor >= 0) {
        unlink(path.ptr);
    }
    buffer_free(&path);
    return descriptor;
}

/* Reserves `len` bytes at the end, so that several threads may write at the same time. */
static enum hearsay_status reserve(struct spill *spill, size_t len, uint64_t *offset) {
    enum hearsay_status status = HEARSAY_OK;
    pthread_mutex_lock(&spill->lock);
    if (spill->descriptor < 0) {
        spill->descriptor = make_nameless_file(spill->folder);
    }
    if (spill->descriptor < 0) {
        note_error(spill, "made", errno);
        status = HEARSAY_IO;
    } else {
        *offset = spill->end;
        spill->end += len;
    }
    pthread_mutex_unlock(&spill->lock);
    return status;
}

static enum hearsay_status fail(struct spill *spill, const char *what, int error) {
    pthread_mutex_lock(&spill->lock);
    note_error(spill, what, error);
    pthread_mutex_unlock(&spill->lock);
    return HEARSAY_IO;
}

static enum hearsay_status spill_append(void *context, const void *bytes, size_t len,
                                        uint64_t *offset) {
    struct spill *spill = context;
    uint64_t start = 0;
    enum hearsay_status status = reserve(spill, len, &start);
    if (status != HEARSAY_OK) {
        return status;
    }
    size_t done = 0;
    while (done < len) {
        ssize_t count = pwrite(spill->descriptor, (const char *)bytes + done, len - done,
                               (off_t)(start + done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return fail(spill, "written", count < 0 ? errno : EIO);
        }
        done += (size_t)count;
    }
    *offset = start;
    return HEARSAY_OK;
}

static enum hearsay_status spill_read(void *context, uint64_t offset, void *bytes, size_t len) {
    struct spill *spill = context;
    size_t done = 0;
    while (done < len) {
        ssize_t count =
            pread(spill->descriptor, (char *)bytes + done, len - done, (off_t)(offset + done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return fail(spill, "read", count < 0 ? errno : EIO);
        }
        done += (size_t)count;
    }
    return HEARSAY_OK;
}

struct hearsay_store spill_store(struct spill *spill) {
    return (struct hearsay_store){spill_append, spill_read, spill};
}

const char *spill_error(struct spill *spill) {
    return spill->error[0] ? spill->error : NULL;
}

uint64_t spill_bytes(struct spill *spill) {
    return spill->end;
}

void spill_close(struct spill *spill) {
    if (!spill) {
        return;
    }
    if (spill->descriptor >= 0) {
        close(spill->descriptor);
    }
    pthread_mutex_destroy(&spill->lock);
    free(spill->folder);
    free(spill);
}
