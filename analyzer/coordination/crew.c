#include "coordination/crew.h"

#include <pthread.h>
#include <stdatomic.h>

struct crew {
    crew_work *work;
    void *context;
    unsigned items;
    _Atomic unsigned next;
    _Atomic int status;
};

struct member {
    struct crew *crew;
    unsigned worker;
};

static void *member_work(void *argument) {
    const struct member *member = argument;
    struct crew *crew = member->crew;
    while (atomic_load(&crew->status) == HEARSAY_OK) {
        unsigned item = atomic_fetch_add(&crew->next, 1);
        if (item >= crew->items) {
            break;
        }
        enum hearsay_status status = crew->work(crew->context, member->worker, item);
        if (status != HEARSAY_OK) {
            int none = HEARSAY_OK; /* the first failure is the one reported */
            atomic_compare_exchange_strong(&crew->status, &none, (int)status);
        }
    }
    return NULL;
}

enum hearsay_status crew_run(unsigned threads, unsigned items, crew_work *work, void *context) {
    struct crew crew = {.work = work, .context = context, .items = items};
    struct member members[CREW_LIMIT];
    pthread_t handles[CREW_LIMIT];
    bool is_running[CREW_LIMIT] = {false};
    if (threads > CREW_LIMIT) {
        threads = CREW_LIMIT;
    }
    for (unsigned i = 1; i < threads; i++) {
        members[i] = (struct member){&crew, i};
        is_running[i] = pthread_create(&handles[i], NULL, member_work, &members[i]) == 0;
    }
    members[0] = (struct member){&crew, 0};
    member_work(&members[0]);
    for (unsigned i = 1; i < threads; i++) {
        if (is_running[i]) {
            pthread_join(handles[i], NULL);
        }
    }
    return (enum hearsay_status)atomic_load(&crew.status);
}
