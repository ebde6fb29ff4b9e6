/* Which of several names was probably meant. */
#ifndef HEARSAY_CLI_NEAREST_H
#define HEARSAY_CLI_NEAREST_H

#include "base/str.h"

#define NEAREST_NAME_BYTES 64

/* Edits (insert, delete, replace, swap neighbours: optimal string alignment) from a to b; SIZE_MAX
 * if either is longer than NEAREST_NAME_BYTES. */
size_t nearest_distance(struct str a, struct str b);

/* The distance is small enough for a suggestion: at most a third of the longer name, or one is the
 * beginning of the other. */
bool nearest_is_close(struct str a, struct str b, size_t distance);

#endif
