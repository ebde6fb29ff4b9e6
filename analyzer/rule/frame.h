/* The texts of a test: its own, or for `each $term` one for every literal of the term, put where
 * the frame has {}. Internal to rule/. */
#ifndef HEARSAY_RULE_FRAME_H
#define HEARSAY_RULE_FRAME_H

#include "base/buffer.h"
#include "rule/ast.h"

#define FRAME_HOLE "{}"

/* How many texts the test has. */
uint32_t frame_count(const struct rule_test *test);
/* The literal that text `index` is about, without its stars; empty for a test without `each`. */
struct str frame_literal(const struct rule_test *test, uint32_t index);
/* Text `index`, borrowed from the test or from `scratch`, which is overwritten. False: memory is
 * out. */
bool frame_text(const struct rule_test *test, uint32_t index, struct buffer *scratch,
                struct str *text);

#endif
