/* Bridge to PCRE2: the only file that includes it. A compiled expression is immutable and shared by
 * threads; a regex_scratch belongs to one thread. Knows nothing of rules or posts.
 *
 * Bounds. Only the first REGEX_TEXT_BYTES of a text are searched. The steps that PCRE2 may take
 * from one starting place are REGEX_STEPS / text length, at least REGEX_STEPS_LEAST and at most
 * REGEX_STEPS_MOST, so that one expression costs one text at most about
 * max(REGEX_STEPS, length * REGEX_STEPS_LEAST) steps whatever the text holds. The JIT stack is
 * bounded by REGEX_STACK_BYTES, the interpreter's heap by the same number. */
#ifndef HEARSAY_RULE_REGEX_H
#define HEARSAY_RULE_REGEX_H

#include "base/str.h"

#define REGEX_TEXT_BYTES 65536u
#define REGEX_STEPS (16u << 20)
#define REGEX_STEPS_LEAST 1000u
#define REGEX_STEPS_MOST 100000u
#define REGEX_STACK_BYTES (1u << 20)

struct regex;
struct regex_scratch;

/* Compiles with UTF and UCP on; flags as in struct term. NULL: the pattern is unsound (regex_check
 * says why) or memory is out. Without JIT on this machine the interpreter is used. */
struct regex *regex_new(struct str pattern, struct str flags);
void regex_free(struct regex *regex);

struct regex_scratch *regex_scratch_new(void); /* NULL: memory is out */
void regex_scratch_free(struct regex_scratch *scratch);

enum regex_result { REGEX_NONE, REGEX_FOUND, REGEX_LIMIT, REGEX_NO_MEMORY };

/* The first match, never empty, that begins at or after `from`, which lies between characters.
 * `text` must be valid UTF-8. REGEX_LIMIT: a bound acted and nothing is known. Outputs are set on
 * REGEX_FOUND only. */
enum regex_result regex_find(const struct regex *regex, struct regex_scratch *scratch,
                             struct str text, size_t from, bool use_jit, size_t *start,
                             size_t *end);

/* Byte range of a named group of the match that regex_find found last with this scratch; false if
 * the expression has no such group or it took no part in the match. */
bool regex_group(const struct regex *regex, const struct regex_scratch *scratch, struct str name,
                 size_t *start, size_t *end);

#endif
