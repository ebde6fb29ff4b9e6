/* Lines of Bluesky's Jetstream, version 1: posts, reposts, and the other events of the feed. */
#include "base/hash.h"
#include "base/json.h"
#include "writer.h"

static const char *const collections[] = {
    [EVENT_POST] = "app.bsky.feed.post",
    [EVENT_REPOST] = "app.bsky.feed.repost",
    [EVENT_LIKE] = "app.bsky.feed.like",
    [EVENT_DELETE] = "app.bsky.feed.post",
};

/* A content identifier that is none: it only has the right shape. */
static void append_cid(struct buffer *out, struct str id) {
    struct random random = {hash64(id)};
    buffer_append_c(out, "bafyrei");
    for (int i = 0; i < 52; i++) {
        buffer_append_byte(out, "abcdefghijklmnopqrstuvwxyz234567"[random_below(&random, 32)]);
    }
}

static void append_facet(struct buffer *out, struct str text, struct str part, const char *kind,
                         const char *key, size_t skip) {
    size_t start = part.len == 0 ? STR_NOT_FOUND : str_find(text, part, 0);
    if (start == STR_NOT_FOUND) {
        return;
    }
    bool is_first = out->ptr[out->len - 1] == '[';
    buffer_printf(out, "%s{\"features\":[{\"$type\":\"app.bsky.richtext.facet#%s\",\"%s\":",
                  is_first ? "" : ",", kind, key);
    json_append_string(out, str_slice(part, skip, part.len));
    buffer_printf(out, "}],\"index\":{\"byteEnd\":%zu,\"byteStart\":%zu}}", start + part.len,
                  start);
}

static void append_post(const struct event *event, struct buffer *out) {
    if (event->link.len > 0 || event->tag.len > 0) {
        buffer_append_c(out, ",\"facets\":[");
        append_facet(out, event->text, event->link, "link", "uri", 0);
        append_facet(out, event->text, event->tag, "tag", "tag", 1);
        buffer_append_byte(out, ']');
    }
    if (event->says_language) {
        buffer_printf(out, ",\"langs\":[\"%.2s\"]", language_tags[event->language]);
    }
    buffer_append_c(out, ",\"text\":");
    json_append_string(out, event->text);
}

static void append_subject(const struct world *world, const struct event *event,
                           struct buffer *out) {
    const struct event *target = &world->events[event->target];
    buffer_append_c(out, ",\"subject\":{\"cid\":\"");
    append_cid(out, target->id);
    buffer_append_c(out, "\",\"uri\":\"");
    append_post_id(world, target, out);
    buffer_append_c(out, "\"}");
}

static void append_commit(const struct world *world, const struct event *event,
                          struct buffer *out) {
    bool is_delete = event->kind == EVENT_DELETE;
    struct str key = is_delete ? world->events[event->target].id : event->id;
    const char *collection = collections[event->kind];
    buffer_printf(out,
                  "\"kind\":\"commit\",\"commit\":{\"rev\":\"%s\",\"operation\":\"%s\","
                  "\"collection\":\"%s\",\"rkey\":\"%s\"",
                  event->id.ptr, is_delete ? "delete" : "create", collection, key.ptr);
    if (!is_delete) {
        buffer_printf(out, ",\"record\":{\"$type\":\"%s\",\"createdAt\":\"", collection);
        append_time(out, event->time_us - 400000, "%Y-%m-%dT%H:%M:%S", 3);
        buffer_append_c(out, "Z\"");
        if (event->kind == EVENT_POST) {
            append_post(event, out);
        } else {
            append_subject(world, event, out);
        }
        buffer_append_c(out, "},\"cid\":\"");
        append_cid(out, event->id);
        buffer_append_byte(out, '"');
    }
    buffer_append_byte(out, '}');
}

void stream_write(const struct world *world, const struct event *event, struct buffer *out) {
    const struct account *account = &world->accounts[event->account];
    if (event->kind == EVENT_DELETE) { /* only the author can delete */
        account = &world->accounts[world->events[event->target].account];
    }
    buffer_printf(out, "{\"did\":\"%s\",\"time_us\":%lld,", account->id.ptr,
                  (long long)event->time_us);
    if (event->kind == EVENT_IDENTITY) {
        buffer_printf(
            out,
            "\"kind\":\"identity\",\"identity\":{\"did\":\"%s\",\"handle\":\"%s.example\","
            "\"seq\":%lld,\"time\":\"",
            account->id.ptr, account->handle.ptr, (long long)(event->time_us / 1000));
        append_time(out, event->time_us, "%Y-%m-%dT%H:%M:%S", 3);
        buffer_append_c(out, "Z\"}");
    } else {
        append_commit(world, event, out);
    }
    buffer_append_c(out, "}\n");
}
