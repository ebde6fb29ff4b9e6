/* Whether a run may write into a folder, and making it. Nobody's files are overwritten by a
 * mistyped
 * --output. */
#ifndef HEARSAY_SOURCE_FOLDER_H
#define HEARSAY_SOURCE_FOLDER_H

#include <stdbool.h>

#include "hearsay.h"

/* The folder holds a run of hearsay: its summary.json names hearsay's schema. */
bool folder_is_results(const char *folder);

/* Makes the folder (and those above it) if absent; *is_new says so. HEARSAY_BAD_ARGUMENT: a path
 * that is no folder, or a folder that holds anything but results of hearsay. HEARSAY_IO: it cannot
 * be made or written. */
enum hearsay_status folder_prepare(const char *path, bool *is_new, struct hearsay_failure *failure);

#endif
