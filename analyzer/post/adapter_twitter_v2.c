/* X API v2: pages {data, includes} of the API and of twarc2, stream lines with one post in data,
 * and posts flattened by `twarc2 flatten` (author and referenced posts inlined). Authors and the
 * full text of what was reposted are joined from includes. note_tweet holds the whole of a long
 * text. */
#include "post/emit.h"

/* The item of includes.<list> whose id is `id`, or NULL. */
static const struct json_node *included(const struct json_tree *tree,
                                        const struct json_node *includes, const char *list,
                                        struct str id) {
    const struct json_node *items = json_find(tree, includes, str_from_c(list));
    if (!items || items->kind != NODE_ARRAY || id.len == 0) {
        return NULL;
    }
    for (const struct json_node *item = json_first(tree, items); item;
         item = json_next(tree, items, item)) {
        if (str_equal(node_id(json_find(tree, item, STR("id"))), id)) {
            return item;
        }
    }
    return NULL;
}

static const struct json_node *text_of(const struct json_tree *tree,
                                       const struct json_node *tweet) {
    static const char *const note[] = {"note_tweet", "text", NULL};
    const struct json_node *text = json_path(tree, tweet, note);
    return text ? text : json_find(tree, tweet, STR("text"));
}

static bool fill_entities(struct emitter *emitter, const struct json_node *tweet) {
    static const char *const note[] = {"note_tweet", "entities", NULL};
    static const char *const url_keys[] = {"unwound_url", "expanded_url", "url", NULL};
    static const char *const tag_keys[] = {"tag", NULL};
    static const char *const name_keys[] = {"username", NULL};
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    const struct json_node *entities = json_path(tree, tweet, note);
    if (!entities) {
        entities = json_find(tree, tweet, STR("entities"));
    }
    return emit_collect(emitter, json_find(tree, entities, STR("urls")), url_keys, &post->urls) &&
           emit_collect(emitter, json_find(tree, entities, STR("hashtags")), tag_keys,
                        &post->hashtags) &&
           emit_collect(emitter, json_find(tree, entities, STR("mentions")), name_keys,
                        &post->mentions);
}

/* The keys of pictures and videos: the platform gives every upload its own. Some tools that flatten
 * posts put the media in their place. */
static bool fill_media(struct emitter *emitter, const struct json_node *tweet) {
    static const char *const keys[] = {"attachments", "media_keys", NULL};
    static const char *const inlined[] = {"attachments", "media", NULL};
    static const char *const id_keys[] = {"media_key", NULL};
    const struct json_node *media = json_path(emitter->tree, tweet, keys);
    return emit_collect(emitter, media ? media : json_path(emitter->tree, tweet, inlined), id_keys,
                        &emitter->post.media_hashes);
}

static void fill_author(struct emitter *emitter, const struct json_node *tweet,
                        const struct json_node *includes) {
    static const char *const followers[] = {"public_metrics", "followers_count", NULL};
    static const char *const following[] = {"public_metrics", "following_count", NULL};
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    const struct json_node *author = json_find(tree, tweet, STR("author"));
    post->account = node_id(json_find(tree, tweet, STR("author_id")));
    if (!author) {
        author = included(tree, includes, "users", post->account);
    }
    if (post->account.len == 0) {
        post->account = node_id(json_find(tree, author, STR("id")));
    }
    post->handle = json_string_of(tree, author, STR("username"));
    post->display_name = json_string_of(tree, author, STR("name"));
    post->has_followers = node_count(json_path(tree, author, followers), &post->followers);
    post->has_following = node_count(json_path(tree, author, following), &post->following);
    const struct json_node *created = json_find(tree, author, STR("created_at"));
    struct timestamp time;
    if (created && node_time(created, &time)) {
        post->account_created_at_us = time.us;
        post->has_account_created_at = true;
    }
}

/* Sets the ids of what the post refers to. Returns the reposted post where its text is known
 * (inlined or included), else NULL. */
static const struct json_node *fill_references(struct emitter *emitter,
                                               const struct json_node *tweet,
                                               const struct json_node *includes) {
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    const struct json_node *original = NULL;
    const struct json_node *references = json_find(tree, tweet, STR("referenced_tweets"));
    if (!references || references->kind != NODE_ARRAY) {
        return NULL;
    }
    for (const struct json_node *item = json_first(tree, references); item;
         item = json_next(tree, references, item)) {
        struct str type = json_string_of(tree, item, STR("type"));
        struct str id = node_id(json_find(tree, item, STR("id")));
        if (str_is(type, "replied_to")) {
            post->reply_to = id;
        } else if (str_is(type, "quoted")) {
            post->quote_of = id;
        } else if (str_is(type, "retweeted")) {
            post->repost_of = id;
            post->is_repost = true;
            original = text_of(tree, item) ? item : included(tree, includes, "tweets", id);
        }
    }
    return original;
}

static enum hearsay_status emit_tweet(struct emitter *emitter, const struct json_node *tweet,
                                      const struct json_node *includes) {
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    emit_begin(emitter);
    const struct json_node *original = fill_references(emitter, tweet, includes);
    const struct json_node *content = original && text_of(tree, original) ? original : tweet;
    const struct json_node *text = text_of(tree, content);
    if (text && text->kind != NODE_STRING) {
        return emit_bad_type(emitter, text->key, "a string");
    }
    if (!text && json_find(tree, tweet, STR("username"))) {
        return emit_event(emitter, "user");
    }
    post->text = text ? text->text : post->text;
    const struct json_node *created = json_find(tree, tweet, STR("created_at"));
    if (created) {
        struct timestamp time;
        if (!node_time(created, &time)) {
            return emit_bad_time(emitter, created->key,
                                 created->text.ptr ? created->text : STR_EMPTY);
        }
        post->created_at_us = time.us;
        post->precision = time.precision;
        post->has_time = true;
    }
    post->id = node_id(json_find(tree, tweet, STR("id")));
    post->lang = json_string_of(tree, tweet, STR("lang"));
    post->thread = node_id(json_find(tree, tweet, STR("conversation_id")));
    fill_author(emitter, tweet, includes);
    return fill_entities(emitter, content) && fill_media(emitter, content) ? emit_post(emitter)
                                                                           : HEARSAY_NO_MEMORY;
}

/* Every post of a page is a record of its own. */
static enum hearsay_status emit_page(struct emitter *emitter, const struct json_node *data,
                                     const struct json_node *includes) {
    const struct json_tree *tree = emitter->tree;
    if (!json_first(tree, data)) {
        return emit_event(emitter, "empty_page");
    }
    for (const struct json_node *item = json_first(tree, data); item;
         item = json_next(tree, data, item)) {
        enum hearsay_status status = item->kind == NODE_OBJECT
                                         ? emit_tweet(emitter, item, includes)
                                         : emit_bad_type(emitter, STR("data"), "a list of posts");
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    return HEARSAY_OK;
}

enum hearsay_status adapter_twitter_v2(struct emitter *emitter, const struct json_node *root) {
    const struct json_tree *tree = emitter->tree;
    const struct json_node *data = json_find(tree, root, STR("data"));
    const struct json_node *includes = json_find(tree, root, STR("includes"));
    if (data && data->kind == NODE_ARRAY) {
        return emit_page(emitter, data, includes);
    }
    if (data && data->kind == NODE_OBJECT) {
        return emit_tweet(emitter, data, includes);
    }
    if (!json_find(tree, root, STR("id")) && !text_of(tree, root)) {
        bool is_error = json_find(tree, root, STR("errors")) != NULL;
        bool is_page = json_find(tree, root, STR("meta")) || json_find(tree, root, STR("__twarc"));
        if (is_error || is_page) {
            return emit_event(emitter, is_error ? "errors" : "empty_page");
        }
    }
    return emit_tweet(emitter, root, includes);
}
