/* What the checker asks of the regex bridge (rule/regex.c, PCRE2): is this pattern sound? Kept
 * apart from the matcher's own contract so that the checker never sees a compiled pattern. */
#ifndef HEARSAY_RULE_REGEX_CHECK_H
#define HEARSAY_RULE_REGEX_CHECK_H

#include "base/buffer.h"
#include "base/str.h"

/* Compiles `pattern` (the text between the slashes) with UTF and UCP on and the letters of `flags`
 * (a subset of "imsx"). True: it compiles. False: *error_offset is the byte offset in the pattern
 * at which the compiler stopped (0..pattern.len) and its reason, without a final stop, is appended
 * to *message; an empty message means that memory is out (message->failed may be set too).
 * The pattern may hold any valid UTF-8, NUL included. Keeps nothing. */
bool regex_check(struct str pattern, struct str flags, size_t *error_offset,
                 struct buffer *message);

#endif
