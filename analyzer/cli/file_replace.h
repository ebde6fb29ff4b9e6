/* Writing a whole file so that a reader sees the old bytes or the new ones, never a part. */
#ifndef HEARSAY_CLI_FILE_REPLACE_H
#define HEARSAY_CLI_FILE_REPLACE_H

#include "base/str.h"
#include "hearsay.h"

/* Writes beside the file, then in its place, which need not exist: a full disk costs nothing. Links
 * are followed. HEARSAY_IO with the path and the reason. */
enum hearsay_status file_replace(const char *path, struct str bytes,
                                 struct hearsay_failure *failure);

#endif
