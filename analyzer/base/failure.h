/* Filling in a struct hearsay_failure (hearsay.h): where and why something went wrong. */
#ifndef HEARSAY_BASE_FAILURE_H
#define HEARSAY_BASE_FAILURE_H

#include "base/str.h"
#include "hearsay.h"

/* Writes the details into `failure` unless it is NULL, and returns `status`, so that callers can
 * write `return failure_set(failure, HEARSAY_IO, file, 0, 0, "...");`. Line and column count from
 * 1; 0 means that there is none. */
__attribute__((format(printf, 6, 7))) enum hearsay_status
failure_set(struct hearsay_failure *failure, enum hearsay_status status, struct str file,
            uint64_t line, uint64_t column, const char *format, ...);

/* The usual answer to a NULL from an allocator. */
enum hearsay_status failure_memory(struct hearsay_failure *failure);

#endif
