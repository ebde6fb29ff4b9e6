/* The one line that moves while a scan reads: share done, records, speed, time left, findings. */
#ifndef HEARSAY_CLI_PROGRESS_H
#define HEARSAY_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "hearsay.h"

struct progress {
    bool is_shown;
    uint64_t total_bytes; /* on disk; 0: unknown */
    double started_s;
    double drawn_s; /* when it was last drawn */
    bool is_drawn;
};

void progress_start(struct progress *progress, bool is_shown, uint64_t total_bytes);

/* `bytes_done` of total_bytes were taken from the files. Draws at most ten times a second. */
void progress_update(struct progress *progress, const struct hearsay_progress *now,
                     uint64_t bytes_done);

/* Replaces the line by one about what comes after reading, until progress_end. */
void progress_phase(struct progress *progress, const char *text);

/* Takes the line away. */
void progress_end(struct progress *progress);

/* Seconds since progress_start. */
double progress_elapsed_s(const struct progress *progress);

#endif
