/* A crew of threads that splits a number of independent items among itself. The order in which
 * items are worked on is unspecified: whatever they share must not depend on it. */
#ifndef HEARSAY_COORDINATION_CREW_H
#define HEARSAY_COORDINATION_CREW_H

#include "hearsay.h"

/* Works on one item; `worker` < threads names the caller, one at a time. */
typedef enum hearsay_status crew_work(void *context, unsigned worker, unsigned item);

#define CREW_LIMIT 64u

/* Calls `work` once for every item 0..items-1, on up to `threads` threads of which the caller is
 * one (a thread that cannot be started is done without). After a failure no new item is begun and
 * its status is returned. */
enum hearsay_status crew_run(unsigned threads, unsigned items, crew_work *work, void *context);

#endif
