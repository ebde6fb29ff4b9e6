/* hearsay_compare_open: share tables judged exactly as another tool judges them
 * (coordination/compare.h), in place of hearsay's own judging and coordination. */
#ifndef HEARSAY_ENGINE_COMPARE_H
#define HEARSAY_ENGINE_COMPARE_H

#include "hearsay.h"
#include "post/post.h"

struct compare;

enum hearsay_status compare_add(struct compare *compare, const struct post *post);
enum hearsay_status compare_finish(struct hearsay_engine *engine, struct hearsay_failure *failure);
void compare_free(struct compare *compare);

#endif
