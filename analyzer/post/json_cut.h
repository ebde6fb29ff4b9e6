/* Finds the JSON values of a document that spans lines, or of an array at the top: follows depth
 * and quotes only. Line by line input needs none of this. */
#ifndef HEARSAY_POST_JSON_CUT_H
#define HEARSAY_POST_JSON_CUT_H

#include "base/str.h"

/* Where a scan stands; zero-initialise. A scan may stop and go on at any byte. */
struct json_cut {
    uint64_t depth;
    bool in_string;
    bool after_backslash;
    bool in_record;
};

/* Scans bytes from `at`. Stops after a record's last byte (returns true, *end is the offset after
 * it) or at the end of the bytes (false). *start is set when a record begins. At the top white
 * space, commas and square brackets separate records, so nested arrays at the top are flattened. */
bool json_cut_next(struct json_cut *cut, struct str bytes, size_t at, size_t *start, size_t *end);

#endif
