/* A store in memory for tests of what spills; its calls can be made to fail. */
#ifndef HEARSAY_TESTS_MEMORY_STORE_H
#define HEARSAY_TESTS_MEMORY_STORE_H

#include <pthread.h>

#include "base/buffer.h"
#include "hearsay.h"

struct memory_store {
    struct buffer bytes;
    pthread_mutex_t lock;
    uint64_t appends;
    uint64_t reads;
    uint64_t append_limit; /* calls that succeed */
    uint64_t read_limit;
};

static inline enum hearsay_status memory_store_append(void *context, const void *bytes, size_t len,
                                                      uint64_t *offset) {
    struct memory_store *store = context;
    pthread_mutex_lock(&store->lock);
    enum hearsay_status status = HEARSAY_IO;
    if (store->appends < store->append_limit) {
        store->appends++;
        *offset = store->bytes.len;
        status = buffer_append(&store->bytes, bytes, len) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    }
    pthread_mutex_unlock(&store->lock);
    return status;
}

static inline enum hearsay_status memory_store_read(void *context, uint64_t offset, void *bytes,
                                                    size_t len) {
    struct memory_store *store = context;
    pthread_mutex_lock(&store->lock);
    enum hearsay_status status = HEARSAY_IO;
    if (store->reads < store->read_limit && offset + len <= store->bytes.len) {
        store->reads++;
        memcpy(bytes, store->bytes.ptr + offset, len);
        status = HEARSAY_OK;
    }
    pthread_mutex_unlock(&store->lock);
    return status;
}

static inline void memory_store_init(struct memory_store *store) {
    *store = (struct memory_store){.append_limit = UINT64_MAX, .read_limit = UINT64_MAX};
    pthread_mutex_init(&store->lock, NULL);
}

static inline struct hearsay_store memory_store_callbacks(struct memory_store *store) {
    return (struct hearsay_store){memory_store_append, memory_store_read, store};
}

static inline void memory_store_free(struct memory_store *store) {
    buffer_free(&store->bytes);
    pthread_mutex_destroy(&store->lock);
}

#endif
