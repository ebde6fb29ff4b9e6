#include "post/emit.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/utf8.h"

void emit_begin(struct emitter *emitter) {
    memset(&emitter->post, 0, sizeof emitter->post);
}

struct str *emit_list(struct emitter *emitter, size_t count) {
    emitter->is_arena_used = true;
    return count ? arena_array(&emitter->arena, count, sizeof(struct str)) : NULL;
}

/* A list with the old items and room for `extra` more. The room is always a power of two, so that a
 * list whose length is none has room for one more: appending costs O(1) on average. */
static struct str *extend(struct emitter *emitter, const struct str_list *list, size_t extra) {
    size_t room = 1;
    while (room < list->count + extra) {
        room *= 2;
    }
    struct str *items = emit_list(emitter, room);
    if (items && list->count > 0) {
        memcpy(items, list->items, list->count * sizeof *items);
    }
    return items;
}

/* A link often stands in a facet and in the embed; beyond this many items nobody compares. */
#define COMPARED_ITEMS 32

static bool has_item(const struct str_list *list, struct str item) {
    size_t count = list->count < COMPARED_ITEMS ? list->count : COMPARED_ITEMS;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list->items[i], item)) {
            return true;
        }
    }
    return false;
}

bool emit_append(struct emitter *emitter, struct str item, struct str_list *list) {
    if (has_item(list, item)) {
        return true;
    }
    bool is_full = (list->count & (list->count - 1)) == 0; /* 0 or a power of two */
    union {
        const struct str *read;
        struct str *write;
    } items = {list->items};
    if (is_full && !(items.write = extend(emitter, list, 1))) {
        return false;
    }
    items.write[list->count] = item;
    *list = (struct str_list){items.read, list->count + 1};
    return true;
}

static struct str first_string(const struct json_tree *tree, const struct json_node *node,
                               const char *const *keys) {
    if (node->kind == NODE_STRING) {
        return node->text;
    }
    for (; *keys; keys++) {
        struct str text = json_string_of(tree, node, str_from_c(*keys));
        if (text.len > 0) {
            return text;
        }
    }
    return STR_EMPTY;
}

bool emit_collect(struct emitter *emitter, const struct json_node *array, const char *const *keys,
                  struct str_list *list) {
    const struct json_tree *tree = emitter->tree;
    if (!array || array->kind != NODE_ARRAY || !json_first(tree, array)) {
        return true;
    }
    size_t capacity = 0;
    for (const struct json_node *item = json_first(tree, array); item;
         item = json_next(tree, array, item)) {
        capacity++;
    }
    struct str *items = extend(emitter, list, capacity);
    if (!items) {
        return false;
    }
    size_t count = list->count;
    for (const struct json_node *item = json_first(tree, array); item;
         item = json_next(tree, array, item)) {
        struct str text = first_string(tree, item, keys);
        if (text.len > 0) {
            items[count++] = text;
        }
    }
    *list = (struct str_list){items, count};
    return true;
}

const struct json_node *json_path(const struct json_tree *tree, const struct json_node *node,
                                  const char *const *path) {
    for (; node && *path; path++) {
        node = json_find(tree, node, str_from_c(*path));
    }
    return node;
}

static void derive_id(struct emitter *emitter) {
    struct post *post = &emitter->post;
    char time[24] = "";
    int time_len = 0;
    if (post->has_time) {
        time_len = snprintf(time, sizeof time, "%lld", (long long)post->created_at_us);
    }
    const struct str fields[] = {post->platform,           post->account,  post->handle,
                                 {time, (size_t)time_len}, post->text,     post->reply_to,
                                 post->repost_of,          post->quote_of, post->thread};
    emitter->id[0] = 'h';
    emitter->id[1] = ':';
    digest_hex(hash128_fields(fields, sizeof fields / sizeof *fields), emitter->id + 2);
    post->id = (struct str){emitter->id, sizeof emitter->id - 1};
    post->id_is_derived = true;
}

static enum hearsay_status hand_on(struct emitter *emitter, enum record_kind kind,
                                   const struct post *post, const char *name, struct str detail) {
    emitter->record.kind = kind;
    emitter->record.post = post;
    emitter->record.name = name;
    emitter->record.detail = detail;
    return emitter->visit(emitter->context, &emitter->record);
}

/* Language tags compare without case (BCP 47, 2.1.1). */
static bool lower_lang(struct emitter *emitter) {
    struct str *lang = &emitter->post.lang;
    size_t at = 0;
    while (at < lang->len && !(lang->ptr[at] >= 'A' && lang->ptr[at] <= 'Z')) {
        at++;
    }
    if (at == lang->len) {
        return true;
    }
    char *copy = arena_alloc(&emitter->arena, lang->len);
    if (!copy) {
        return false;
    }
    emitter->is_arena_used = true;
    for (size_t i = 0; i < lang->len; i++) {
        char c = lang->ptr[i];
        copy[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    lang->ptr = copy;
    return true;
}

enum hearsay_status emit_post(struct emitter *emitter) {
    struct post *post = &emitter->post;
    /* An empty text that is there is a post, of a picture for instance. */
    if (!post->text.ptr && post->repost_of.len == 0) {
        return emit_reject(emitter, "no_text",
                           STR("the record has neither a text nor the id of a reposted post"));
    }
    if (post->platform.len == 0) {
        post->platform = emitter->format->platform;
    }
    if (!lower_lang(emitter)) {
        return HEARSAY_NO_MEMORY;
    }
    post->is_repost = post->is_repost || post->repost_of.len > 0;
    if (post->id.len == 0) {
        derive_id(emitter);
    }
    return hand_on(emitter, RECORD_POST, post, NULL, STR_EMPTY);
}

enum hearsay_status emit_event(struct emitter *emitter, const char *kind) {
    return hand_on(emitter, RECORD_OTHER_EVENT, NULL, kind, STR_EMPTY);
}

enum hearsay_status emit_reject(struct emitter *emitter, const char *reason, struct str detail) {
    return hand_on(emitter, RECORD_REJECTED, NULL, reason, detail);
}

/* Long enough to recognise the value, short enough for a line of a report. */
#define SHOWN_BYTES 60

static void append_shown(struct buffer *out, struct str text) {
    struct str shown = utf8_clip(text, SHOWN_BYTES);
    buffer_append_str(out, shown);
    if (shown.len < text.len) {
        buffer_append_c(out, "...");
    }
}

enum hearsay_status emit_bad_type(struct emitter *emitter, struct str name, const char *wanted) {
    buffer_clear(&emitter->detail);
    buffer_append_c(&emitter->detail, "the field \"");
    append_shown(&emitter->detail, name);
    buffer_append_c(&emitter->detail, "\" is not ");
    buffer_append_c(&emitter->detail, wanted);
    if (emitter->detail.failed) {
        return HEARSAY_NO_MEMORY;
    }
    return emit_reject(emitter, "bad_type", buffer_str(&emitter->detail));
}

enum hearsay_status emit_bad_time(struct emitter *emitter, struct str name, struct str text) {
    buffer_clear(&emitter->detail);
    buffer_append_c(&emitter->detail, "\"");
    append_shown(&emitter->detail, text);
    buffer_append_c(&emitter->detail, "\" in \"");
    append_shown(&emitter->detail, name);
    buffer_append_c(&emitter->detail, "\" is no time between 1970 and 2200");
    if (emitter->detail.failed) {
        return HEARSAY_NO_MEMORY;
    }
    return emit_reject(emitter, "bad_time", buffer_str(&emitter->detail));
}

bool node_time(const struct json_node *node, struct timestamp *time) {
    return (node->kind == NODE_STRING || node->kind == NODE_NUMBER) &&
           timestamp_parse(node->text, time);
}

struct str node_id(const struct json_node *node) {
    if (node && (node->kind == NODE_STRING || node->kind == NODE_NUMBER)) {
        return node->text;
    }
    return (struct str){NULL, 0};
}

bool node_count(const struct json_node *node, int64_t *value) {
    double number;
    if (!node || node->kind != NODE_NUMBER) {
        return false;
    }
    if (str_to_i64(node->text, value)) {
        return *value >= 0;
    }
    if (!str_to_double(node->text, &number) || number < 0 || number > 9e15) {
        return false;
    }
    *value = (int64_t)number;
    return true;
}
