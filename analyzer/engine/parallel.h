/* Runs independent numbered tasks on several threads. */
#ifndef HEARSAY_ENGINE_PARALLEL_H
#define HEARSAY_ENGINE_PARALLEL_H

#include "hearsay.h"

typedef enum hearsay_status parallel_task(void *context, unsigned task);

/* Runs task 0..count-1, each once, on up to `threads` threads (the caller's among them). After a
 * failure no further task begins; the status of the lowest failed task is returned. */
enum hearsay_status parallel_run(unsigned threads, unsigned count, parallel_task *task,
                                 void *context);

#endif
