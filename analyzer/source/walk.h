/* From the arguments of a command to an ordered list of files: files, patterns that the shell did
 * not expand, folders with everything below them, and "-" for standard input. Reads no content. */
#ifndef HEARSAY_SOURCE_WALK_H
#define HEARSAY_SOURCE_WALK_H

#include "hearsay.h"
#include "source/paths.h"

/* Zero-initialise. */
struct walk {
    struct paths files;
    uint64_t total_bytes;    /* on disk, of all plain files */
    bool has_unknown_size;   /* standard input, a pipe or a device is among the files */
    size_t results_left_out; /* hearsay's own results folders met below a folder */
};

/* Appends the files of `argument`. In folders: sorted by name, bytewise; left out are hidden names,
 * what is no plain file, folders that contain themselves through a link, and results folders of
 * hearsay. HEARSAY_IO with a message naming the path when a file is missing or unreadable, a
 * pattern matches nothing, or a folder holds no files; HEARSAY_BAD_ARGUMENT for a folder of
 * results. */
enum hearsay_status walk_argument(struct walk *walk, const char *argument,
                                  struct hearsay_failure *failure);

void walk_free(struct walk *walk);

#endif
