/* The repair lane: mends the bytes of a JSON row that the fast lane refused, parses them with
 * jansson (base/json.h) and builds the same tree; or says exactly why the row cannot be read. */
#ifndef HEARSAY_POST_JSON_REPAIR_H
#define HEARSAY_POST_JSON_REPAIR_H

#include "base/json.h"
#include "post/json_mend.h"
#include "post/json_tree.h"

/* Zero-initialise; reused from row to row. */
struct json_repair {
    struct json_mend mend;
    json_t *root;         /* owns the strings of the last tree */
    const char *reason;   /* after a refusal: "bad_json", "too_deep", "duplicate_key" */
    struct buffer detail; /* one sentence */
    uint64_t line_in_row; /* from 1: where in the row the error stands */
    uint32_t column;      /* from 1, in bytes */
};

/* HEARSAY_OK: the tree is filled. HEARSAY_BAD_INPUT: refused, see reason. */
enum hearsay_status json_repair_parse(struct json_repair *repair, struct str row,
                                      struct json_tree *tree);
void json_repair_free(struct json_repair *repair);

#endif
