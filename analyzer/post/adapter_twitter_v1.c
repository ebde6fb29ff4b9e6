/* Twitter API v1.1 objects, as of Gnip, the Spritzer archive and hydrated sets. A retweet carries
 * the full text and the entities of its original, since its own are cut off. */
#include "post/emit.h"

/* Messages of the stream that are no tweets: their only key names the kind. */
static const char *const notices[] = {"delete",        "scrub_geo", "limit",      "status_withheld",
                                      "user_withheld", "warning",   "disconnect", "event",
                                      "friends",       "control"};

static const char *notice_kind(const struct json_tree *tree, const struct json_node *root) {
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++) {
        if (json_find(tree, root, str_from_c(notices[i]))) {
            return notices[i];
        }
    }
    return NULL;
}

/* The id of `object` under its string key, else under its number key. */
static struct str id_under(const struct json_tree *tree, const struct json_node *object,
                           const char *string_key, const char *number_key) {
    struct str id = json_string_of(tree, object, str_from_c(string_key));
    return id.len > 0 ? id : node_id(json_find(tree, object, str_from_c(number_key)));
}

/* The longest text that the tweet has; NULL if it has none. */
static const struct json_node *text_of(const struct json_tree *tree,
                                       const struct json_node *tweet) {
    static const char *const extended[] = {"extended_tweet", "full_text", NULL};
    const struct json_node *text = json_path(tree, tweet, extended);
    if (!text) {
        text = json_find(tree, tweet, STR("full_text"));
    }
    return text ? text : json_find(tree, tweet, STR("text"));
}

/* The ids of pictures and videos: the platform gives every upload its own, which a repost keeps.
 * extended_entities holds them all, entities the first only. */
static bool fill_media(struct emitter *emitter, const struct json_node *tweet) {
    static const char *const places[][4] = {{"extended_tweet", "extended_entities", "media", NULL},
                                            {"extended_tweet", "entities", "media", NULL},
                                            {"extended_entities", "media", NULL},
                                            {"entities", "media", NULL}};
    static const char *const id_keys[] = {"id_str", "media_key", NULL};
    const struct json_node *media = NULL;
    for (size_t i = 0; !media && i < sizeof places / sizeof *places; i++) {
        media = json_path(emitter->tree, tweet, places[i]);
    }
    return emit_collect(emitter, media, id_keys, &emitter->post.media_hashes);
}

static bool fill_entities(struct emitter *emitter, const struct json_node *tweet) {
    static const char *const extended[] = {"extended_tweet", "entities", NULL};
    static const char *const url_keys[] = {"expanded_url", "url", NULL};
    static const char *const tag_keys[] = {"text", NULL};
    static const char *const name_keys[] = {"screen_name", NULL};
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    const struct json_node *entities = json_path(tree, tweet, extended);
    if (!entities) {
        entities = json_find(tree, tweet, STR("entities"));
    }
    return emit_collect(emitter, json_find(tree, entities, STR("urls")), url_keys, &post->urls) &&
           emit_collect(emitter, json_find(tree, entities, STR("hashtags")), tag_keys,
                        &post->hashtags) &&
           emit_collect(emitter, json_find(tree, entities, STR("user_mentions")), name_keys,
                        &post->mentions);
}

static void fill_user(struct emitter *emitter, const struct json_node *user) {
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    struct timestamp time;
    post->account = id_under(tree, user, "id_str", "id");
    post->handle = json_string_of(tree, user, STR("screen_name"));
    post->display_name = json_string_of(tree, user, STR("name"));
    post->has_followers =
        node_count(json_find(tree, user, STR("followers_count")), &post->followers);
    post->has_following = node_count(json_find(tree, user, STR("friends_count")), &post->following);
    const struct json_node *created = json_find(tree, user, STR("created_at"));
    if (created && node_time(created, &time)) {
        post->account_created_at_us = time.us;
        post->has_account_created_at = true;
    }
}

static void fill_references(struct emitter *emitter, const struct json_node *tweet,
                            const struct json_node *original) {
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    post->reply_to = id_under(tree, tweet, "in_reply_to_status_id_str", "in_reply_to_status_id");
    if (original) {
        post->repost_of = id_under(tree, original, "id_str", "id");
        return; /* what the original quotes is not quoted by who reposts it */
    }
    post->quote_of = id_under(tree, tweet, "quoted_status_id_str", "quoted_status_id");
    if (post->quote_of.len == 0) {
        post->quote_of =
            id_under(tree, json_find(tree, tweet, STR("quoted_status")), "id_str", "id");
    }
}

enum hearsay_status adapter_twitter_v1(struct emitter *emitter, const struct json_node *root) {
    const struct json_tree *tree = emitter->tree;
    struct post *post = &emitter->post;
    const struct json_node *original = json_find(tree, root, STR("retweeted_status"));
    const struct json_node *content = original ? original : root;
    const struct json_node *text = text_of(tree, content);
    emit_begin(emitter);
    post->id = id_under(tree, root, "id_str", "id");
    if (!text && post->id.len == 0 && notice_kind(tree, root)) {
        return emit_event(emitter, notice_kind(tree, root));
    }
    if (text && text->kind != NODE_STRING) {
        return emit_bad_type(emitter, text->key, "a string");
    }
    post->text = text ? text->text : post->text;
    const struct json_node *created = json_find(tree, root, STR("created_at"));
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
    post->lang = json_string_of(tree, content, STR("lang"));
    post->is_repost = original != NULL;
    fill_user(emitter, json_find(tree, root, STR("user")));
    fill_references(emitter, root, original);
    return fill_entities(emitter, content) && fill_media(emitter, content) ? emit_post(emitter)
                                                                           : HEARSAY_NO_MEMORY;
}
