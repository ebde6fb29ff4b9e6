#include "post/table_shape.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct table_column twitter_io[] = {
    {"tweetid", FIELD_ID},
    {"userid", FIELD_ACCOUNT},
    {"user_display_name", FIELD_DISPLAY_NAME},
    {"user_screen_name", FIELD_HANDLE},
    {"follower_count", FIELD_FOLLOWERS},
    {"following_count", FIELD_FOLLOWING},
    {"account_creation_date", FIELD_ACCOUNT_CREATED_AT},
    {"tweet_language", FIELD_LANG},
    {"tweet_text", FIELD_TEXT},
    {"tweet_time", FIELD_CREATED_AT},
    {"in_reply_to_tweetid", FIELD_REPLY_TO},
    {"quoted_tweet_tweetid", FIELD_QUOTE_OF},
    {"is_retweet", FIELD_IS_REPOST},
    {"retweet_tweetid", FIELD_REPOST_OF},
    {"hashtags", FIELD_HASHTAGS},
    {"urls", FIELD_URLS},
    {"user_mentions", FIELD_MENTIONS},
};

/* The language column holds names that its makers guessed and often missed: it is left to
 * detection. */
static const struct table_column campaign_authors[] = {
    {"tweet_id", FIELD_ID},
    {"external_author_id", FIELD_ACCOUNT},
    {"author_id", FIELD_ACCOUNT},
    {"author", FIELD_ACCOUNT},
    {"author", FIELD_HANDLE},
    {"content", FIELD_TEXT},
    {"publish_date", FIELD_CREATED_AT},
    {"harvested_date", FIELD_COLLECTED_AT},
    {"following", FIELD_FOLLOWING},
    {"followers", FIELD_FOLLOWERS},
    {"retweet", FIELD_IS_REPOST},
};

static const struct table_column cooretweet[] = {
    {"object_id", FIELD_REPOST_OF},
    {"account_id", FIELD_ACCOUNT},
    {"content_id", FIELD_ID},
    {"timestamp_share", FIELD_CREATED_AT},
};

static const struct table_column qut[] = {
    {"message_id", FIELD_ID},        {"user_id", FIELD_ACCOUNT},   {"username", FIELD_HANDLE},
    {"repost_id", FIELD_REPOST_OF},  {"reply_id", FIELD_REPLY_TO}, {"message", FIELD_TEXT},
    {"timestamp", FIELD_CREATED_AT}, {"urls", FIELD_URLS},
};

static const struct table_column fourcat[] = {
    {"id", FIELD_ID},
    {"thread_id", FIELD_THREAD},
    {"author_id", FIELD_ACCOUNT},
    {"author", FIELD_ACCOUNT},
    {"author", FIELD_HANDLE},
    {"author_fullname", FIELD_DISPLAY_NAME},
    {"body", FIELD_TEXT},
    {"unix_timestamp", FIELD_CREATED_AT},
    {"timestamp", FIELD_CREATED_AT},
    {"reply_to", FIELD_REPLY_TO},
    {"hashtags", FIELD_HASHTAGS},
    {"urls", FIELD_URLS},
    {"mentions", FIELD_MENTIONS},
    {"is_retweet", FIELD_IS_REPOST},
};

/* Order matters: the narrower header first. */
static const struct table_shape shapes[] = {
    {"twitter-io-csv",
     "x",
     {"tweetid", "userid", "tweet_text", "tweet_time"},
     twitter_io,
     COUNT(twitter_io),
     {0}},
    {"campaign-authors-csv",
     "x",
     {"content", "publish_date", "retweet"},
     campaign_authors,
     COUNT(campaign_authors),
     {.has_wrapped_text = true, .time_format = "%m/%d/%Y %H:%M"}},
    {"cooretweet-csv",
     "unknown",
     {"object_id", "account_id", "content_id", "timestamp_share"},
     cooretweet,
     COUNT(cooretweet),
     {.is_share_table = true}},
    {"qut-csv", "unknown", {"message_id", "user_id", "message", "timestamp"}, qut, COUNT(qut), {0}},
    {"4cat-csv",
     "unknown",
     {"id", "thread_id", "author", "body", "timestamp"},
     fourcat,
     COUNT(fourcat),
     {0}},
};

uint32_t table_column_find(const struct str *header, size_t count, struct str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal_ascii_case(str_trim(header[i]), name)) {
            return (uint32_t)i;
        }
    }
    return COLUMN_NONE;
}

const char *table_shape_missing(const struct table_shape *shape, const struct str *header,
                                size_t count) {
    for (size_t i = 0; i < COUNT(shape->required) && shape->required[i]; i++) {
        if (table_column_find(header, count, str_from_c(shape->required[i])) == COLUMN_NONE) {
            return shape->required[i];
        }
    }
    return NULL;
}

const struct table_shape *table_shape_match(const struct str *header, size_t count) {
    for (size_t i = 0; i < COUNT(shapes); i++) {
        if (!table_shape_missing(&shapes[i], header, count)) {
            return &shapes[i];
        }
    }
    return NULL;
}

const struct table_shape *table_shape_named(const char *format) {
    for (size_t i = 0; i < COUNT(shapes); i++) {
        if (strcmp(shapes[i].format, format) == 0) {
            return &shapes[i];
        }
    }
    return NULL;
}
