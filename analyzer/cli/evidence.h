/* Co-actions of a pair as an analyst reads them: per layer how many, on how many objects, how far
 * apart; then single ones, closest in time first, each with both posts. */
#ifndef HEARSAY_CLI_EVIDENCE_H
#define HEARSAY_CLI_EVIDENCE_H

#include "base/buffer.h"
#include "base/json.h"

/* Appends the layers of an edge line. `self` is the account that is being explained: "a" or "b". */
void evidence_append_layers(struct buffer *out, const json_t *edge, const char *indent);

/* Appends up to `limit` co-actions, of different objects as far as there are. */
void evidence_append_co_actions(struct buffer *out, const json_t *edge, bool is_self_a,
                                size_t limit, const char *indent);

#endif
