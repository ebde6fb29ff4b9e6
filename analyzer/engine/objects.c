#include "engine/objects.h"

#include <stdlib.h>

#include "text/entity.h"

/* What platforms put into an empty repost or share, as text_object leaves it (folded, Simplified,
 * without white space and punctuation). Such a text is the button's, not the account's. */
static const char *const boilerplate[] = {
    "转发微博",                                                            /* Weibo: repost */
    "转发",     "转发了",      "转发一下",     "轉發",         "分享图片", /* Weibo: shared picture
                                                                            */
    "分享视频", "分享",        "repost",       "rt",           "retweet",     "reposted",
    "shared",   "sharedapost", "sharedaphoto", "sharedavideo", "sharedalink", "photo",
    "video",    "网页链接", /* Weibo: link label */
    "秒拍视频", "微博视频",    "репост",       "фото",         "видео",       "deleted",
    "removed", /* Reddit */
};

bool is_boilerplate(struct str canonical) {
    for (size_t i = 0; i < sizeof boilerplate / sizeof boilerplate[0]; i++) {
        if (str_is(canonical, boilerplate[i])) {
            return true;
        }
    }
    return false;
}

bool text_object(struct str words, struct buffer *out) {
    size_t begin = out->len;
    if (!buffer_reserve(out, words.len)) {
        return false;
    }
    for (size_t i = 0; i < words.len; i++) {
        out->ptr[out->len] = words.ptr[i];
        out->len += words.ptr[i] != ' ';
    }
    if (is_boilerplate(str_slice((struct str){out->ptr, out->len}, begin, out->len))) {
        out->len = begin;
    }
    return true;
}

static void object_add(struct objects *objects, enum layer layer, struct str platform,
                       size_t start) {
    struct str canonical = {objects->scratch.ptr + start, objects->scratch.len - start};
    if (canonical.len == 0 || (objects->layers >> layer & 1u) == 0) {
        return;
    }
    char layer_byte = (char)layer;
    const struct str fields[] = {{&layer_byte, 1}, platform, canonical};
    struct digest digest = hash128_fields(fields, 3);
    for (size_t i = 0; i < objects->count; i++) {
        if (digest_equal(objects->items[i].digest, digest)) {
            return;
        }
    }
    if (objects->count == OBJECTS_LIMIT) {
        objects->left_out++;
        return;
    }
    objects->items[objects->count++] = (struct object){layer, digest, start, objects->scratch.len};
}

/* Adds an object that is compared as it stands. False: memory is out. */
static bool plain_add(struct objects *objects, enum layer layer, struct str platform,
                      struct str object) {
    size_t start = objects->scratch.len;
    if (!buffer_append_str(&objects->scratch, object)) {
        return false;
    }
    object_add(objects, layer, platform, start);
    return true;
}

static bool references_add(struct objects *objects, const struct post *post) {
    if (!plain_add(objects, LAYER_REPOST, post->platform, post->repost_of) ||
        !plain_add(objects, LAYER_FAST_REPOST, post->platform, post->repost_of) ||
        !plain_add(objects, LAYER_REPLY, post->platform, post->reply_to)) {
        return false;
    }
    for (size_t i = 0; i < post->media_hashes.count; i++) {
        if (!plain_add(objects, LAYER_MEDIA, post->platform, post->media_hashes.items[i])) {
            return false;
        }
    }
    return true;
}

/* `write` appends the canonical form of a link to out; false when there is none. */
static bool link_add(struct objects *objects, const struct post *post, enum layer layer,
                     struct str url, bool (*write)(struct str url, struct buffer *out)) {
    struct buffer *scratch = &objects->scratch;
    size_t start = scratch->len;
    if (write(url, scratch)) {
        object_add(objects, layer, post->platform, start);
    } else {
        scratch->len = start;
    }
    return !scratch->failed;
}

static bool links_add(struct objects *objects, const struct post *post) {
    for (size_t i = 0; i < post->urls.count; i++) {
        struct str url = post->urls.items[i];
        bool is_wanted = (objects->layers >> LAYER_DOMAIN & 1u) != 0;
        if (!link_add(objects, post, LAYER_LINK, url, url_canonical) ||
            (is_wanted && !link_add(objects, post, LAYER_DOMAIN, url, url_domain))) {
            return false;
        }
    }
    return true;
}

/* Names are compared folded: #Leak and #LEAK are one object. False: memory is out. */
static bool folded_append(struct buffer *scratch, struct str name) {
    /* fold_simple writes up to 18 bytes for each byte. */
    if (!buffer_reserve(scratch, 18 * name.len + 1)) {
        return false;
    }
    scratch->len += fold_simple(name, scratch->ptr + scratch->len);
    return true;
}

static bool names_add(struct objects *objects, const struct post *post, enum layer layer,
                      const struct str_list *names) {
    for (size_t i = 0; i < names->count; i++) {
        size_t start = objects->scratch.len;
        if (!folded_append(&objects->scratch, names->items[i])) {
            return false;
        }
        object_add(objects, layer, post->platform, start);
    }
    return true;
}

/* Fewer tags in one post are no set and no sequence; more are left out of them. */
#define TAGS_LEAST 3u
#define TAGS_LIMIT 64u

static int tag_compare(const void *left, const void *right) {
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static bool tags_join(struct objects *objects, const struct post *post, enum layer layer,
                      const struct str *tags, size_t count) {
    size_t start = objects->scratch.len;
    for (size_t i = 0; i < count; i++) {
        bool is_repeated = layer == LAYER_HASHTAG_SET && i > 0 && str_equal(tags[i - 1], tags[i]);
        if (!is_repeated &&
            ((objects->scratch.len > start && !buffer_append_byte(&objects->scratch, ' ')) ||
             !buffer_append_str(&objects->scratch, tags[i]))) {
            return false;
        }
    }
    object_add(objects, layer, post->platform, start);
    return true;
}

/* The tags of a post as one object: as they stand, and as a set. */
static bool tag_lists_add(struct objects *objects, const struct post *post) {
    uint32_t bits = 1u << LAYER_HASHTAG_SET | 1u << LAYER_HASHTAG_SEQUENCE;
    size_t count = post->hashtags.count < TAGS_LIMIT ? post->hashtags.count : TAGS_LIMIT;
    if (count < TAGS_LEAST || (objects->layers & bits) == 0) {
        return true;
    }
    struct str tags[TAGS_LIMIT];
    size_t ends[TAGS_LIMIT + 1] = {0};
    buffer_clear(&objects->words);
    for (size_t i = 0; i < count; i++) {
        if (!folded_append(&objects->words, post->hashtags.items[i])) {
            return false;
        }
        ends[i + 1] = objects->words.len;
    }
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++) {
        tags[i] = str_slice(buffer_str(&objects->words), ends[i], ends[i + 1]);
    }
    if (!tags_join(objects, post, LAYER_HASHTAG_SEQUENCE, tags, count)) {
        return false;
    }
    qsort(tags, count, sizeof *tags, tag_compare);
    for (size_t i = 0; i < count; i++) {
        distinct += i == 0 || !str_equal(tags[i - 1], tags[i]);
    }
    return distinct < TAGS_LEAST || tags_join(objects, post, LAYER_HASHTAG_SET, tags, count);
}

bool objects_of(struct objects *objects, const struct post *post, const struct folded *folded,
                uint32_t layers) {
    objects->count = 0;
    objects->layers = layers;
    objects->left_out = 0;
    buffer_clear(&objects->scratch);
    bool has_mentions = (layers >> LAYER_MENTION & 1u) != 0;
    if (!references_add(objects, post) || !links_add(objects, post) ||
        !names_add(objects, post, LAYER_HASHTAG, &post->hashtags) ||
        !tag_lists_add(objects, post) ||
        (has_mentions && !names_add(objects, post, LAYER_MENTION, &post->mentions))) {
        return false;
    }
    /* The text of a repost with a known original is the original's: the repost layer counts it. */
    if (post->repost_of.len == 0 && post->text.len > 0 && (layers >> LAYER_TEXT & 1u) != 0) {
        buffer_clear(&objects->words);
        size_t start = objects->scratch.len;
        if (!text_words(folded, &objects->words) ||
            !text_object(buffer_str(&objects->words), &objects->scratch)) {
            return false;
        }
        object_add(objects, LAYER_TEXT, post->platform, start);
    }
    return true;
}

void objects_free(struct objects *objects) {
    buffer_free(&objects->scratch);
    buffer_free(&objects->words);
}
