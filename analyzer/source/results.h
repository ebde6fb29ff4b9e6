/* The results folder: where a run's streams become files. Everything is written to NAME.partial and
 * renamed when the run has ended well, summary.json last, so that a NAME without ".partial" is
 * always complete and a folder with a summary.json is one whole run. */
#ifndef HEARSAY_SOURCE_RESULTS_H
#define HEARSAY_SOURCE_RESULTS_H

#include "base/str.h"
#include "hearsay.h"

#define RESULTS_PARTIAL_SUFFIX ".partial"

struct results;

/* The file name of a stream inside the folder; NULL for HEARSAY_REJECTS, which has its own path. */
const char *results_name(enum hearsay_stream stream);

/* Prepares the folder (folder.h) and begins its files. HEARSAY_BAD_ARGUMENT also when another run
 * writes to it. `rejects` is the file for HEARSAY_REJECTS or NULL. *results is owned by the caller.
 */
enum hearsay_status results_open(const char *folder, const char *rejects, struct results **results,
                                 struct hearsay_failure *failure);

/* The write callback of struct hearsay_sink; `context` is the struct results. */
enum hearsay_status results_write(void *context, enum hearsay_stream stream, const char *bytes,
                                  size_t len);

/* The first write error as one sentence, or NULL: the callback's status alone cannot carry it. */
const char *results_error(const struct results *results);

/* Writes what is buffered and gives every file its final name. On failure the files keep their
 * ".partial" names with what could be written. */
enum hearsay_status results_commit(struct results *results, struct hearsay_failure *failure);

/* Ends the run: without a commit the ".partial" files stay, unless nothing was ever written to any
 * of them. NULL is allowed. */
void results_close(struct results *results);

#endif
