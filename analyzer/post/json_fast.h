/* The fast lane: one JSON row to a tree through simdjson on-demand. Visits every value, so nothing
 * goes unvalidated. Refuses whatever is not plain valid JSON within the limits; the repair lane
 * (json_repair.h) then says why or mends it. Bridge to simdjson: only json_fast.cpp includes it. */
#ifndef HEARSAY_POST_JSON_FAST_H
#define HEARSAY_POST_JSON_FAST_H

#include "post/json_tree.h"

#ifdef __cplusplus
extern "C" {
#endif

enum json_lane { JSON_LANE_OK, JSON_LANE_REFUSED, JSON_LANE_NO_MEMORY };

struct json_fast;

struct json_fast *json_fast_new(void); /* NULL: memory is out */
void json_fast_free(struct json_fast *fast);

/* `row` is one value; at least 64 readable bytes follow it (BLOCK_PADDING). Slices of the tree
 * point into `row` or into tree->strings. */
enum json_lane json_fast_parse(struct json_fast *fast, struct str row, struct json_tree *tree);

#ifdef __cplusplus
}
#endif

#endif
