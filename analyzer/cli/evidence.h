/* Co-actions of a pair as an analyst reads them: per layer how many, on how many objects, how far
 * apart; then single ones, closest in time first, each with both posts. */
#ifndef HEARSAY_CLI_EVIDENCE_H
#define HEARSAY_CLI_EVIDENCE_H

#include "base/buffer.h"
#include "base/json.h"

/* Appends a line for each layer of an edge line. */
void evidence_append_layers(struct buffer *out, const json_t *edge, const char *indent);

struct evidence_view {
    const char *name_a; /* how to call the edge's accounts; printed as they are */
    const char *name_b;
    const char *indent;
    size_t limit;
};

/* Appends up to view->limit co-actions, of different objects as far as there are. */
void evidence_append_co_actions(struct buffer *out, const json_t *edge,
                                const struct evidence_view *view);

#endif
