/* The CSV of the Twitter information operations archive: 31 columns, stamps to the minute, lists in
 * brackets, a retweet's text with "RT @". */
#include "writer.h"

const char archive_header[] =
    "tweetid,userid,user_display_name,user_screen_name,user_reported_location,"
    "user_profile_description,user_profile_url,follower_count,following_count,"
    "account_creation_date,account_language,tweet_language,tweet_text,tweet_time,"
    "tweet_client_name,in_reply_to_userid,in_reply_to_tweetid,quoted_tweet_tweetid,is_retweet,"
    "retweet_userid,retweet_tweetid,latitude,longitude,quote_count,reply_count,like_count,"
    "retweet_count,hashtags,urls,user_mentions,poll_choices\n";

static void append_quoted(struct buffer *out, struct str text) {
    buffer_append_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"') {
            buffer_append_byte(out, '"');
        }
        buffer_append_byte(out, text.ptr[i]);
    }
    buffer_append_byte(out, '"');
}

static void append_text(const struct world *world, const struct event *event, struct buffer *out) {
    struct buffer text = {0};
    if (event->kind == EVENT_REPOST) {
        const struct event *target = &world->events[event->target];
        buffer_append_c(&text, "RT @");
        buffer_append_str(&text, world->accounts[target->account].handle);
        buffer_append_c(&text, ": ");
    }
    buffer_append_str(&text, event->text);
    append_quoted(out, buffer_str(&text));
    if (text.failed) {
        world_fail("memory is out", "text");
    }
    buffer_free(&text);
}

/* "[item]" or "[]"; `skip` leaves out the '#' of a hashtag. */
static void append_list(struct buffer *out, struct str item, size_t skip) {
    buffer_append_c(out, ",[");
    if (item.len > skip) {
        buffer_append_str(out, str_slice(item, skip, item.len));
    }
    buffer_append_byte(out, ']');
}

void archive_write(const struct world *world, const struct event *event, struct buffer *out) {
    const struct account *account = &world->accounts[event->account];
    bool is_repost = event->kind == EVENT_REPOST;
    const char *language = event->language == ENGLISH ? "en" : language_tags[event->language];
    if (event->language >= CHINESE_SIMPLIFIED) {
        language = "zh"; /* this archive does not tell the two apart */
    }
    buffer_printf(out, "%s,%s,%s,%s,,,,%u,%u,", event->id.ptr, account->id.ptr, account->name.ptr,
                  account->handle.ptr, account->followers, account->following);
    append_time(out, account->created_at_us, "%Y-%m-%d", 0);
    buffer_printf(out, ",%.2s,%s,", language_tags[account->language],
                  event->says_language ? language : "");
    append_text(world, event, out);
    buffer_append_byte(out, ',');
    append_time(out, event->time_us, "%Y-%m-%d %H:%M", 0);
    buffer_printf(out, ",Web,,,,%s,", is_repost ? "True" : "False");
    if (is_repost) {
        const struct event *target = &world->events[event->target];
        buffer_append_str(out, world->accounts[target->account].id);
        buffer_append_byte(out, ',');
        buffer_append_str(out, target->id);
    } else {
        buffer_append_byte(out, ',');
    }
    buffer_append_c(out, ",,,0,0,0,0");
    append_list(out, event->tag, 1);
    append_list(out, event->link, 0);
    buffer_append_c(out, ",[],\n");
}
