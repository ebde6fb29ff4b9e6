/* Canonical NDJSON: the keys of field.h. Unknown keys are ignored, null counts as absent, types are
 * checked: a wrong type is a mistake of the program that wrote the file, and guessing hides it. */
#include "post/emit.h"

/* What a field of a canonical row may be. */
enum shape { SHAPE_TEXT, SHAPE_ID, SHAPE_TIME, SHAPE_COUNT, SHAPE_LIST, SHAPE_MEDIA, SHAPE_NONE };

static const struct {
    enum shape shape;
    size_t offset; /* into struct post */
} shapes[FIELD_COUNT] = {
    [FIELD_PLATFORM] = {SHAPE_TEXT, offsetof(struct post, platform)},
    [FIELD_ID] = {SHAPE_ID, offsetof(struct post, id)},
    [FIELD_ACCOUNT] = {SHAPE_ID, offsetof(struct post, account)},
    [FIELD_HANDLE] = {SHAPE_TEXT, offsetof(struct post, handle)},
    [FIELD_DISPLAY_NAME] = {SHAPE_TEXT, offsetof(struct post, display_name)},
    [FIELD_CREATED_AT] = {SHAPE_TIME, offsetof(struct post, created_at_us)},
    [FIELD_TEXT] = {SHAPE_TEXT, offsetof(struct post, text)},
    [FIELD_LANG] = {SHAPE_TEXT, offsetof(struct post, lang)},
    [FIELD_URLS] = {SHAPE_LIST, offsetof(struct post, urls)},
    [FIELD_HASHTAGS] = {SHAPE_LIST, offsetof(struct post, hashtags)},
    [FIELD_MENTIONS] = {SHAPE_LIST, offsetof(struct post, mentions)},
    [FIELD_REPLY_TO] = {SHAPE_ID, offsetof(struct post, reply_to)},
    [FIELD_REPOST_OF] = {SHAPE_ID, offsetof(struct post, repost_of)},
    [FIELD_QUOTE_OF] = {SHAPE_ID, offsetof(struct post, quote_of)},
    [FIELD_THREAD] = {SHAPE_ID, offsetof(struct post, thread)},
    [FIELD_MEDIA] = {SHAPE_MEDIA, offsetof(struct post, media_hashes)},
    [FIELD_ACCOUNT_CREATED_AT] = {SHAPE_TIME, offsetof(struct post, account_created_at_us)},
    [FIELD_FOLLOWERS] = {SHAPE_COUNT, offsetof(struct post, followers)},
    [FIELD_FOLLOWING] = {SHAPE_COUNT, offsetof(struct post, following)},
    [FIELD_COLLECTED_AT] = {SHAPE_NONE, 0}, /* checked by nobody, used by nobody yet */
    [FIELD_IS_REPOST] = {SHAPE_NONE, 0},
};

/* How reading one field went. */
enum reading { READING_OK, READING_BAD_TYPE, READING_BAD_TIME, READING_NO_MEMORY };

static void *at_offset(struct post *post, size_t offset) {
    return (char *)post + offset;
}

static enum reading read_time(struct post *post, enum field field, const struct json_node *node) {
    struct timestamp time;
    if (node->kind != NODE_STRING && node->kind != NODE_NUMBER) {
        return READING_BAD_TYPE;
    }
    if (node->kind == NODE_STRING && node->text.len == 0) {
        return READING_OK; /* an empty cell that was exported as "" */
    }
    if (!timestamp_parse(node->text, &time)) {
        return READING_BAD_TIME;
    }
    if (field == FIELD_CREATED_AT) {
        post->created_at_us = time.us;
        post->precision = time.precision;
        post->has_time = true;
    } else {
        post->account_created_at_us = time.us;
        post->has_account_created_at = true;
    }
    return READING_OK;
}

static enum reading read_count(struct post *post, enum field field, const struct json_node *node) {
    int64_t value;
    if (!node_count(node, &value)) {
        return READING_BAD_TYPE;
    }
    if (field == FIELD_FOLLOWERS) {
        post->followers = value;
        post->has_followers = true;
    } else {
        post->following = value;
        post->has_following = true;
    }
    return READING_OK;
}

/* An array of strings, or of objects whose "hash" is a string; null items are left out. */
static enum reading read_list(struct emitter *emitter, const struct json_node *node, bool is_media,
                              struct str_list *list) {
    const struct json_tree *tree = emitter->tree;
    if (node->kind != NODE_ARRAY) {
        return READING_BAD_TYPE;
    }
    size_t capacity = node->next - (uint32_t)(node - tree->nodes) - 1;
    struct str *items = emit_list(emitter, capacity);
    if (!items) {
        return capacity == 0 ? READING_OK : READING_NO_MEMORY;
    }
    size_t count = 0;
    for (const struct json_node *child = json_first(tree, node); child;
         child = json_next(tree, node, child)) {
        const struct json_node *item = child;
        if (is_media && child->kind == NODE_OBJECT) {
            item = json_find(tree, child, STR("hash"));
        }
        if (!item || item->kind == NODE_NULL) {
            continue;
        }
        if (item->kind != NODE_STRING) {
            return READING_BAD_TYPE;
        }
        if (item->text.len > 0) {
            items[count++] = item->text;
        }
    }
    *list = (struct str_list){items, count};
    return READING_OK;
}

static enum reading read_field(struct emitter *emitter, enum field field,
                               const struct json_node *node) {
    struct post *post = &emitter->post;
    size_t offset = shapes[field].offset;
    switch (shapes[field].shape) {
    case SHAPE_TEXT:
    case SHAPE_ID: {
        bool may_be_number = shapes[field].shape == SHAPE_ID;
        if (node->kind != NODE_STRING && !(may_be_number && node->kind == NODE_NUMBER)) {
            return READING_BAD_TYPE;
        }
        struct str *text = at_offset(post, offset);
        *text = node->text;
        return READING_OK;
    }
    case SHAPE_TIME:
        return read_time(post, field, node);
    case SHAPE_COUNT:
        return read_count(post, field, node);
    case SHAPE_LIST:
        return read_list(emitter, node, false, at_offset(post, offset));
    case SHAPE_MEDIA:
        return read_list(emitter, node, true, at_offset(post, offset));
    case SHAPE_NONE:
        break;
    }
    return READING_OK;
}

static const char *wanted(enum field field) {
    static const char *const names[] = {"a string",
                                        "a string or number",
                                        "a string or number",
                                        "a number of 0 or more",
                                        "a list of strings",
                                        "a list of {\"hash\": ...}",
                                        ""};
    return names[shapes[field].shape];
}

enum hearsay_status adapter_canonical(struct emitter *emitter, const struct json_node *root) {
    const struct json_tree *tree = emitter->tree;
    emit_begin(emitter);
    for (const struct json_node *node = json_first(tree, root); node;
         node = json_next(tree, root, node)) {
        enum field field = node->kind == NODE_NULL ? FIELD_COUNT : post_field_find(node->key);
        if (field == FIELD_COUNT) {
            continue;
        }
        switch (read_field(emitter, field, node)) {
        case READING_OK:
            break;
        case READING_BAD_TYPE:
            return emit_bad_type(emitter, node->key, wanted(field));
        case READING_BAD_TIME:
            return emit_bad_time(emitter, node->key, node->text);
        case READING_NO_MEMORY:
            return HEARSAY_NO_MEMORY;
        }
    }
    return emit_post(emitter);
}
