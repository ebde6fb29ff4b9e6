/* Reading back the summary.json of a results folder. */
#ifndef HEARSAY_CLI_SUMMARY_H
#define HEARSAY_CLI_SUMMARY_H

#include "base/json.h"
#include "hearsay.h"

/* *summary is owned by the caller (json_decref). HEARSAY_IO or HEARSAY_BAD_INPUT with a message. */
enum hearsay_status summary_load(const char *folder, json_t **summary,
                                 struct hearsay_failure *failure);

/* The coarsest time precision of the sources of a platform: "us", "ms", "s", "minute", "day", or
 * empty when the summary names none. Borrowed from `summary`. */
struct str summary_time_precision(const json_t *summary, struct str platform);

#endif
