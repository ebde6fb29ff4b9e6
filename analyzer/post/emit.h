/* What adapters share: the record that is being made, and how it is handed to the visitor. An
 * adapter fills emitter.post and calls one of the emit functions for every record that it finds in
 * a row. All of them return what the visitor returned. */
#ifndef HEARSAY_POST_EMIT_H
#define HEARSAY_POST_EMIT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "post/decode.h"
#include "post/format.h"
#include "post/json_tree.h"
#include "post/timestamp.h"

struct emitter {
    struct record record; /* raw, line, column and repairs are set by the decoder */
    struct post post;
    const struct format *format;
    const struct json_tree *tree; /* JSON rows only */
    struct arena arena;           /* lists and joined strings of one row */
    bool is_arena_used;
    bool is_out_of_memory; /* set where a function returns a slice; adapters look at it once */
    struct buffer detail;
    char id[2 + 33]; /* a derived id */
    record_visit *visit;
    void *context;
};

/* An adapter for one JSON row. */
typedef enum hearsay_status json_adapter(struct emitter *emitter, const struct json_node *root);
json_adapter adapter_canonical;
json_adapter adapter_twitter_v1;
json_adapter adapter_twitter_v2;
json_adapter adapter_jetstream;

/* The row is a table's record. */
enum hearsay_status adapter_table(struct emitter *emitter, const struct csv_row *row);

/* Empties emitter->post for the next record of the row. */
void emit_begin(struct emitter *emitter);

/* Completes the post (platform, is_repost, derived id) and hands it on, or rejects it as no_text.
 * The derived id is "h:" and the XXH3-128 (hash128_fields) of platform, account, handle, time in
 * microseconds or nothing, text, reply_to, repost_of, quote_of and thread, in this order. */
enum hearsay_status emit_post(struct emitter *emitter);
enum hearsay_status emit_event(struct emitter *emitter, const char *kind);
/* `detail` is a finished sentence. */
enum hearsay_status emit_reject(struct emitter *emitter, const char *reason, struct str detail);
/* "bad_type": the field `name` is no `wanted`. */
enum hearsay_status emit_bad_type(struct emitter *emitter, struct str name, const char *wanted);
/* "bad_time": the value `text` of `name` is no time. */
enum hearsay_status emit_bad_time(struct emitter *emitter, struct str name, struct str text);

/* Reads a time from a string or number node. False if it is none. */
bool node_time(const struct json_node *node, struct timestamp *time);
/* The text of a string or number node (ids come as both); ptr NULL for other kinds and for NULL. */
struct str node_id(const struct json_node *node);
/* A whole number >= 0 from a number node; a fraction is cut off. */
bool node_count(const struct json_node *node, int64_t *value);

/* The post's lists from JSON: of each item of `array` (NULL: no items) the first of the members
 * `keys` (NULL after the last) that is a string; items that are strings themselves are taken as
 * they are. Appends to *list; false when memory is out. */
bool emit_collect(struct emitter *emitter, const struct json_node *array, const char *const *keys,
                  struct str_list *list);
/* Appends one item unless it is there already. */
bool emit_append(struct emitter *emitter, struct str item, struct str_list *list);
/* The node at the end of a path of members (NULL after the last), or NULL. */
const struct json_node *json_path(const struct json_tree *tree, const struct json_node *node,
                                  const char *const *path);

/* A list with room for `count` slices, from the arena; NULL when memory is out or count is 0. */
struct str *emit_list(struct emitter *emitter, size_t count);

#endif
