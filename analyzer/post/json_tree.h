/* A parsed JSON row as a flat array of nodes in document order, the same for both lanes
 * (json_fast.h, json_repair.h). The tree is reused from row to row; every slice is valid until the
 * next row is parsed. Knows nothing of posts. */
#ifndef HEARSAY_POST_JSON_TREE_H
#define HEARSAY_POST_JSON_TREE_H

#ifdef __cplusplus
extern "C" { /* before the headers of base, which are C only */
#endif

#include "base/buffer.h"
#include "base/str.h"

enum node_kind {
    NODE_NULL,
    NODE_FALSE,
    NODE_TRUE,
    NODE_NUMBER,
    NODE_STRING,
    NODE_ARRAY,
    NODE_OBJECT
};

struct json_node {
    struct str key;  /* of a member, unescaped; else empty */
    struct str text; /* NODE_STRING: unescaped; NODE_NUMBER: the digits exactly as written */
    uint32_t next;   /* index of the node after this one and its children */
    enum node_kind kind;
};

/* Zero-initialise. nodes[0] is the root; the children of node i are i+1, nodes[i+1].next, ... up to
 * nodes[i].next. */
struct json_tree {
    struct json_node *nodes;
    uint32_t count;
    uint32_t capacity;
    struct buffer strings; /* holds what had escapes; never moved while a row is read */
};

/* Deeper nesting is refused: nothing that people post comes near, and recursion stays bounded. */
#define JSON_DEPTH_LIMIT 64

/* Adds a node; false when memory is out. */
bool json_tree_add(struct json_tree *tree, uint32_t *index);
void json_tree_free(struct json_tree *tree);

/* The member `key` of an object, or NULL; a null value counts as absent. */
const struct json_node *json_find(const struct json_tree *tree, const struct json_node *object,
                                  struct str key);

/* The first child or NULL; the child after `child` or NULL. */
const struct json_node *json_first(const struct json_tree *tree, const struct json_node *parent);
const struct json_node *json_next(const struct json_tree *tree, const struct json_node *parent,
                                  const struct json_node *child);

/* The string of member `key`, else an empty slice with ptr NULL. */
struct str json_string_of(const struct json_tree *tree, const struct json_node *object,
                          struct str key);

#ifdef __cplusplus
}
#endif

#endif
