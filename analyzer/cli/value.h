/* Values of options as people write them. */
#ifndef HEARSAY_CLI_VALUE_H
#define HEARSAY_CLI_VALUE_H

#include "base/str.h"

/* "60s", "1.5h", "200ms", "2d"; a number alone is seconds. Above zero and finite. */
bool value_duration(struct str text, double *seconds);

/* "512M", "2G", "1GiB", "65536"; units are powers of 1024. Above zero. */
bool value_size(struct str text, uint64_t *bytes);

/* "0.05", "1": above 0, at most 1. */
bool value_share(struct str text, double *share);

bool value_count(struct str text, uint64_t least, uint64_t most, uint64_t *count);

#endif
