/* Snapshots from a folder for a scan: never the network. */
#ifndef HEARSAY_CLI_REGISTRIES_H
#define HEARSAY_CLI_REGISTRIES_H

#include "hearsay.h"

/* Gives the engine every snapshot that the folder has. HEARSAY_IO: it has none; HEARSAY_BAD_INPUT:
 * one is corrupt, empty or of another version, or dated after the clock. A registry without a
 * snapshot is no error: claims say that it was not available. */
enum hearsay_status registries_add(const char *folder, struct hearsay_engine *engine,
                                   struct hearsay_failure *failure);

#endif
