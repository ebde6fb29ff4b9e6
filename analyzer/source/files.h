/* Whole small files: rule files, their lists, column maps. */
#ifndef HEARSAY_SOURCE_FILES_H
#define HEARSAY_SOURCE_FILES_H

#include "hearsay.h"
#include "source/paths.h"

/* Reads a file of at most `limit` bytes. *bytes is malloc'd and ends with a NUL that *len does not
 * count. HEARSAY_IO, or HEARSAY_LIMIT for a longer file, with a message naming the path. */
enum hearsay_status files_load(const char *path, size_t limit, char **bytes, size_t *len,
                               struct hearsay_failure *failure);

/* The hearsay_read_file callback of the rule loader; needs no context. */
enum hearsay_status files_read(void *context, const char *path, char **bytes, size_t *len);

/* The rule files of a pack: `path` itself, or every *.rules directly in the folder `path`, sorted.
 * HEARSAY_IO when there is none. */
enum hearsay_status files_of_pack(const char *path, struct paths *files,
                                  struct hearsay_failure *failure);

/* Adds the file of learned weights that stands in the folder of a pack, if there is one. */
enum hearsay_status files_of_weights(const char *path, struct paths *files,
                                     struct hearsay_failure *failure);

#endif
