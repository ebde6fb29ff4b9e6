/* Sources of time stamps: one per (format, platform), so that any split of the input into files
 * gives the same. Time precision is data (DESIGN section 4): it is found from all stamps of a
 * source. */
#ifndef HEARSAY_ENGINE_SOURCES_H
#define HEARSAY_ENGINE_SOURCES_H

#include <pthread.h>

#include "base/map.h"
#include "post/post.h"

/* A source's number is stored in one byte; the last stands for all further ones. */
#define SOURCES_LIMIT 256
#define SOURCE_OTHER (SOURCES_LIMIT - 1)

/* Numbers are given in order of arrival: they name, they do not order. Shared by the workers. */
struct sources {
    pthread_mutex_t lock;
    struct map map; /* format \0 platform */
};

bool sources_init(struct sources *sources);
/* Number of a source, 0..SOURCE_OTHER. */
uint8_t sources_number(struct sources *sources, struct str format, struct str platform);
void sources_free(struct sources *sources);

/* What one worker saw of one source; sums and a minimum, so mergeable. */
struct source_times {
    uint64_t posts; /* with a time */
    uint64_t
        finer_than[TIME_DAY + 1]; /* stamps that are no multiple of the precision of that index */
    enum time_precision finest_notation;
    int64_t last_us; /* the latest; 0 without posts */
};

void source_times_add(struct source_times *times, int64_t time_us, enum time_precision notation);
void source_times_merge(struct source_times *times, const struct source_times *other);

/* The coarsest precision that all stamps are multiples of, given at least SOURCE_EVIDENCE stamps;
 * otherwise that of the notation. */
#define SOURCE_EVIDENCE                                                                            \
    8 /* 60^-8: eight stamps on whole minutes are no accident of a finer clock */
enum time_precision source_precision(const struct source_times *times);

int64_t precision_us(enum time_precision precision);
const char *precision_name(enum time_precision precision); /* "us", "ms", "s", "minute", "day" */

#endif
