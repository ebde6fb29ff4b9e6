#include "post/json_tree.h"

#include <stdlib.h>

#define FIRST_CAPACITY 64u

bool json_tree_add(struct json_tree *tree, uint32_t *index) {
    if (tree->count == tree->capacity) {
        if (tree->capacity > UINT32_MAX / 2) {
            return false;
        }
        uint32_t capacity = tree->capacity ? tree->capacity * 2 : FIRST_CAPACITY;
        struct json_node *nodes = realloc(tree->nodes, capacity * sizeof *nodes);
        if (!nodes) {
            return false;
        }
        tree->nodes = nodes;
        tree->capacity = capacity;
    }
    *index = tree->count++;
    return true;
}

void json_tree_free(struct json_tree *tree) {
    free(tree->nodes);
    buffer_free(&tree->strings);
    *tree = (struct json_tree){0};
}

const struct json_node *json_first(const struct json_tree *tree, const struct json_node *parent) {
    uint32_t at = (uint32_t)(parent - tree->nodes) + 1;
    return at < parent->next ? &tree->nodes[at] : NULL;
}

const struct json_node *json_next(const struct json_tree *tree, const struct json_node *parent,
                                  const struct json_node *child) {
    return child->next < parent->next ? &tree->nodes[child->next] : NULL;
}

const struct json_node *json_find(const struct json_tree *tree, const struct json_node *object,
                                  struct str key) {
    if (!object || object->kind != NODE_OBJECT) {
        return NULL;
    }
    for (const struct json_node *child = json_first(tree, object); child;
         child = json_next(tree, object, child)) {
        if (str_equal(child->key, key)) {
            return child->kind == NODE_NULL ? NULL : child;
        }
    }
    return NULL;
}

struct str json_string_of(const struct json_tree *tree, const struct json_node *object,
                          struct str key) {
    const struct json_node *node = json_find(tree, object, key);
    return node && node->kind == NODE_STRING ? node->text : (struct str){NULL, 0};
}
