/* Bluesky Jetstream v1 (github.com/bluesky-social/jetstream): posts and reposts; everything else is
 * another event, counted by kind. The relay's time_us is the witnessed time and comes before the
 * author's createdAt, which anybody may forge. */
#include "post/emit.h"

static const struct {
    const char *collection;
    const char *kind;
} kinds[] = {
    {"app.bsky.feed.like", "like"},
    {"app.bsky.graph.follow", "follow"},
    {"app.bsky.graph.block", "block"},
    {"app.bsky.actor.profile", "profile"},
    {"app.bsky.graph.list", "list"},
    {"app.bsky.graph.listitem", "list_item"},
    {"app.bsky.graph.listblock", "list_block"},
    {"app.bsky.graph.starterpack", "starter_pack"},
    {"app.bsky.feed.threadgate", "thread_gate"},
    {"app.bsky.feed.postgate", "post_gate"},
    {"app.bsky.feed.generator", "feed_generator"},
    {"app.bsky.labeler.service", "labeler"},
};

static const char *event_kind(struct str collection) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_is(collection, kinds[i].collection)) {
            return kinds[i].kind;
        }
    }
    return "other_collection";
}

/* "at://did/collection/rkey" */
static bool join_id(struct emitter *emitter, struct str did, struct str collection,
                    struct str rkey) {
    const struct str parts[] = {STR("at://"), did, STR("/"), collection, STR("/"), rkey};
    size_t count = sizeof parts / sizeof *parts;
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        len += parts[i].len;
    }
    char *bytes = arena_alloc(&emitter->arena, len);
    emitter->is_arena_used = true;
    if (!bytes) {
        return false;
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len > 0) {
            memcpy(bytes + at, parts[i].ptr, parts[i].len);
        }
        at += parts[i].len;
    }
    emitter->post.id = (struct str){bytes, len};
    return true;
}

/* One feature of a facet: a link, a tag or a mention. */
static bool add_feature(struct emitter *emitter, const struct json_node *feature) {
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    struct str uri = json_string_of(tree, feature, STR("uri"));
    struct str tag = json_string_of(tree, feature, STR("tag"));
    struct str did = json_string_of(tree, feature, STR("did"));
    return (uri.len == 0 || emit_append(emitter, uri, &post->urls)) &&
           (tag.len == 0 || emit_append(emitter, tag, &post->hashtags)) &&
           (did.len == 0 || emit_append(emitter, did, &post->mentions));
}

static bool add_facets(struct emitter *emitter, const struct json_node *facets) {
    const struct json_tree *tree = emitter->tree;
    if (!facets || facets->kind != NODE_ARRAY) {
        return true;
    }
    for (const struct json_node *facet = json_first(tree, facets); facet;
         facet = json_next(tree, facets, facet)) {
        const struct json_node *features = json_find(tree, facet, STR("features"));
        if (!features || features->kind != NODE_ARRAY) {
            continue;
        }
        for (const struct json_node *feature = json_first(tree, features); feature;
             feature = json_next(tree, features, feature)) {
            if (!add_feature(emitter, feature)) {
                return false;
            }
        }
    }
    return true;
}

static bool add_media(struct emitter *emitter, const struct json_node *blob) {
    static const char *const link[] = {"ref", "$link", NULL};
    const struct json_node *hash = json_path(emitter->tree, blob, link);
    return !hash || hash->kind != NODE_STRING ||
           emit_append(emitter, hash->text, &emitter->post.media_hashes);
}

/* Links and media of an embed, or of the media part of a recordWithMedia. */
static bool add_embedded_media(struct emitter *emitter, const struct json_node *embed) {
    static const char *const external[] = {"external", "uri", NULL};
    const struct json_tree *tree = emitter->tree;
    const struct json_node *uri = json_path(tree, embed, external);
    if (uri && uri->kind == NODE_STRING && !emit_append(emitter, uri->text, &emitter->post.urls)) {
        return false;
    }
    const struct json_node *images = json_find(tree, embed, STR("images"));
    if (images && images->kind == NODE_ARRAY) {
        for (const struct json_node *image = json_first(tree, images); image;
             image = json_next(tree, images, image)) {
            if (!add_media(emitter, json_find(tree, image, STR("image")))) {
                return false;
            }
        }
    }
    return add_media(emitter, json_find(tree, embed, STR("video")));
}

static bool add_embed(struct emitter *emitter, const struct json_node *embed) {
    static const char *const quoted[] = {"record", "uri", NULL};
    static const char *const quoted_with_media[] = {"record", "record", "uri", NULL};
    const struct json_tree *tree = emitter->tree;
    const struct json_node *quote = json_path(tree, embed, quoted);
    if (!quote) {
        quote = json_path(tree, embed, quoted_with_media);
    }
    emitter->post.quote_of = node_id(quote);
    return add_embedded_media(emitter, embed) &&
           add_embedded_media(emitter, json_find(tree, embed, STR("media")));
}

/* A post's own fields. */
static bool fill_post(struct emitter *emitter, const struct json_node *record) {
    static const char *const no_keys[] = {NULL};
    static const char *const parent[] = {"reply", "parent", "uri", NULL};
    static const char *const thread[] = {"reply", "root", "uri", NULL};
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    const struct json_node *langs = json_find(tree, record, STR("langs"));
    if (langs && langs->kind == NODE_ARRAY && json_first(tree, langs) &&
        json_first(tree, langs)->kind == NODE_STRING) {
        post->lang = json_first(tree, langs)->text;
    }
    post->text = json_string_of(tree, record, STR("text"));
    post->reply_to = node_id(json_path(tree, record, parent));
    post->thread = node_id(json_path(tree, record, thread));
    return add_facets(emitter, json_find(tree, record, STR("facets"))) &&
           emit_collect(emitter, json_find(tree, record, STR("tags")), no_keys, &post->hashtags) &&
           add_embed(emitter, json_find(tree, record, STR("embed")));
}

/* False if neither clock can be read although one is there; *bad is then the value. */
static bool fill_time(struct emitter *emitter, const struct json_node *root,
                      const struct json_node *record, const struct json_node **bad) {
    const struct json_node *witnessed = json_find(emitter->tree, root, STR("time_us"));
    const struct json_node *claimed = json_find(emitter->tree, record, STR("createdAt"));
    struct timestamp time;
    bool is_read =
        (witnessed && node_time(witnessed, &time)) || (claimed && node_time(claimed, &time));
    if (is_read) {
        emitter->post.created_at_us = time.us;
        emitter->post.precision = time.precision;
        emitter->post.has_time = true;
    }
    *bad = witnessed ? witnessed : claimed;
    return is_read || !*bad;
}

static enum hearsay_status emit_commit(struct emitter *emitter, const struct json_node *root,
                                       const struct json_node *commit, bool is_repost) {
    const struct json_tree *tree = emitter->tree;
    const struct json_node *record = json_find(tree, commit, STR("record"));
    const struct json_node *text = json_find(tree, record, STR("text"));
    const struct json_node *bad;
    struct str did = json_string_of(tree, root, STR("did"));
    struct str rkey = json_string_of(tree, commit, STR("rkey"));
    emit_begin(emitter);
    if (did.len == 0) {
        return emit_bad_type(emitter, STR("did"), "a string");
    }
    if (rkey.len == 0) {
        return emit_bad_type(emitter, STR("rkey"), "a string");
    }
    if (!is_repost && text && text->kind != NODE_STRING) {
        return emit_bad_type(emitter, STR("text"), "a string");
    }
    if (!fill_time(emitter, root, record, &bad)) {
        return emit_bad_time(emitter, bad->key, bad->text.ptr ? bad->text : STR_EMPTY);
    }
    emitter->post.account = did;
    static const char *const subject[] = {"subject", "uri", NULL};
    if (is_repost) {
        emitter->post.repost_of = node_id(json_path(tree, record, subject));
    } else if (!fill_post(emitter, record)) {
        return HEARSAY_NO_MEMORY;
    }
    return join_id(emitter, did, json_string_of(tree, commit, STR("collection")), rkey)
               ? emit_post(emitter)
               : HEARSAY_NO_MEMORY;
}

enum hearsay_status adapter_jetstream(struct emitter *emitter, const struct json_node *root) {
    const struct json_tree *tree = emitter->tree;
    struct str kind = json_string_of(tree, root, STR("kind"));
    const struct json_node *commit = json_find(tree, root, STR("commit"));
    if (!commit || commit->kind != NODE_OBJECT) {
        if (str_is(kind, "identity")) {
            return emit_event(emitter, "identity");
        }
        return emit_event(emitter, str_is(kind, "account") ? "account" : "other_kind");
    }
    struct str operation = json_string_of(tree, commit, STR("operation"));
    struct str collection = json_string_of(tree, commit, STR("collection"));
    bool is_post = str_is(collection, "app.bsky.feed.post");
    bool is_repost = str_is(collection, "app.bsky.feed.repost");
    if (str_is(operation, "delete")) {
        return emit_event(emitter, "delete");
    }
    if (!is_post && !is_repost) {
        return emit_event(emitter, event_kind(collection));
    }
    if (str_is(operation, "update")) {
        return emit_event(emitter, "update");
    }
    return emit_commit(emitter, root, commit, is_repost);
}
