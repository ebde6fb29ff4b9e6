/* Where the program's own files are: beside the program, not in the working directory. */
#ifndef HEARSAY_CLI_PLACE_H
#define HEARSAY_CLI_PLACE_H

#include "hearsay.h"

#define PLACE_DEFAULT_PACK "breach-claims"

/* The folder of the shipped pack `name`: ../share/hearsay/rules of an installation or a build tree,
 * or ../../../rules of a source tree, seen from the program. *path is malloc'd. HEARSAY_IO when
 * there is none. */
enum hearsay_status place_pack(const char *name, char **path, struct hearsay_failure *failure);

#endif
