#include "engine/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

#include "engine/engine.h"

struct parallel {
    parallel_task *task;
    void *context;
    unsigned count;
    _Atomic unsigned next;
    pthread_mutex_t lock;
    unsigned failed_task;
    enum hearsay_status status;
};

static void note_failure(struct parallel *parallel, unsigned task, enum hearsay_status status) {
    pthread_mutex_lock(&parallel->lock);
    if (parallel->status == HEARSAY_OK || task < parallel->failed_task) {
        parallel->status = status;
        parallel->failed_task = task;
    }
    pthread_mutex_unlock(&parallel->lock);
    atomic_store(&parallel->next, parallel->count);
}

static void *work(void *context) {
    struct parallel *parallel = context;
    for (;;) {
        unsigned task = atomic_fetch_add(&parallel->next, 1);
        if (task >= parallel->count) {
            return NULL;
        }
        enum hearsay_status status = parallel->task(parallel->context, task);
        if (status != HEARSAY_OK) {
            note_failure(parallel, task, status);
        }
    }
}

enum hearsay_status parallel_run(unsigned threads, unsigned count, parallel_task *task,
                                 void *context) {
    struct parallel parallel = {.task = task, .context = context, .count = count};
    pthread_t others[THREADS_LIMIT];
    unsigned started = 0;
    if (pthread_mutex_init(&parallel.lock, NULL) != 0) {
        return HEARSAY_NO_MEMORY;
    }
    /* A thread that cannot be started is no error: the others do its share. */
    while (started + 1 < threads && started < THREADS_LIMIT &&
           pthread_create(&others[started], NULL, work, &parallel) == 0) {
        started++;
    }
    work(&parallel);
    for (unsigned i = 0; i < started; i++) {
        pthread_join(others[i], NULL);
    }
    pthread_mutex_destroy(&parallel.lock);
    return parallel.status;
}
