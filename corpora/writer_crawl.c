/* hearsay's canonical NDJSON, stamps to the second. */
#include "base/json.h"
#include "writer.h"

static void append_member(struct buffer *out, const char *key, struct str value) {
    buffer_printf(out, ",\"%s\":", key);
    json_append_string(out, value);
}

/* A list of one item, without its first `skip` bytes; nothing for an empty item. */
static void append_list(struct buffer *out, const char *key, struct str item, size_t skip) {
    if (item.len > skip) {
        buffer_printf(out, ",\"%s\":[", key);
        json_append_string(out, str_slice(item, skip, item.len));
        buffer_append_byte(out, ']');
    }
}

void crawl_write(const struct world *world, const struct event *event, struct buffer *out) {
    const struct account *account = &world->accounts[event->account];
    buffer_append_c(out, "{\"platform\":\"x\"");
    append_member(out, "id", event->id);
    append_member(out, "account", account->id);
    append_member(out, "handle", account->handle);
    buffer_append_c(out, ",\"created_at\":\"");
    append_time(out, event->time_us, "%Y-%m-%dT%H:%M:%SZ", 0);
    buffer_append_byte(out, '"');
    append_member(out, "text", event->text);
    if (event->says_language) {
        append_member(out, "lang", str_from_c(language_tags[event->language]));
    }
    append_list(out, "urls", event->link, 0);
    append_list(out, "hashtags", event->tag, 1);
    if (event->kind == EVENT_REPOST) {
        append_member(out, "repost_of", world->events[event->target].id);
    }
    buffer_printf(out, ",\"followers\":%u,\"following\":%u}\n", account->followers,
                  account->following);
}
