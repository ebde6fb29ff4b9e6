#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "records.h"

/* Sniffs and reads; `format` is what must be recognised. */
static void expect(struct str input, const char *format, const char *expected) {
    struct reading reading = read_records(input, (struct reading_options){0});
    if (reading.status != HEARSAY_OK) {
        fail_msg("%s", reading.failure.message);
    }
    assert_true(str_starts_with(str_from_c(reading.description), str_from_c(format)));
    assert_string_equal(reading.text.ptr, expected);
    buffer_free(&reading.text);
}

static void a_v1_tweet_is_read_with_its_user_and_entities(void **state) {
    (void)state;
    expect(STR("{\"created_at\":\"Wed Oct 10 20:19:24 +0000 2018\",\"id\":1,\"id_str\":\"10\","
               "\"text\":\"cut...\",\"extended_tweet\":{\"full_text\":\"whole text\",\"entities\":{"
               "\"urls\":[{\"url\":\"http://s.example\",\"expanded_url\":\"http://l.example\"}],"
               "\"hashtags\":[{\"text\":\"tag\"}],\"user_mentions\":[{\"screen_name\":\"m\"}]}},"
               "\"in_reply_to_status_id_str\":\"8\",\"quoted_status_id_str\":\"7\",\"lang\":\"de\","
               "\"user\":{\"id_str\":\"5\",\"screen_name\":\"s\",\"name\":\"N\","
               "\"followers_count\":3,\"friends_count\":4,"
               "\"created_at\":\"Wed Oct 10 20:19:24 +0000 2012\"}}"),
           "twitter-v1",
           "1 post platform=x id=10 account=5 handle=s name=N at=1539202764000000/s lang=de "
           "reply_to=8 quote_of=7 url=http://l.example tag=tag mention=m since=1349900364000000 "
           "followers=3 following=4 text=whole text\n");
}

static void the_media_of_a_v1_tweet_are_known_by_their_ids(void **state) {
    (void)state;
    expect(STR("{\"id_str\":\"1\",\"text\":\"t\",\"user\":{\"id\":6},\"entities\":{\"media\":["
               "{\"id_str\":\"50\",\"type\":\"photo\"}]},\"extended_entities\":{\"media\":["
               "{\"id_str\":\"50\"},{\"id_str\":\"51\"}]}}\n"
               "{\"id_str\":\"2\",\"text\":\"t\",\"user\":{\"id\":6},\"retweeted_status\":{"
               "\"id_str\":\"3\",\"text\":\"u\",\"extended_tweet\":{\"full_text\":\"u v\","
               "\"entities\":{\"media\":[{\"id_str\":\"52\"}]}}}}"),
           "twitter-v1",
           "1 post platform=x id=1 account=6 media=50 media=51 text=t\n"
           "2 repost platform=x id=2 account=6 repost_of=3 media=52 text=u v\n");
}

static void the_media_of_a_v2_post_are_known_by_their_keys(void **state) {
    (void)state;
    expect(
        STR("{\"id\":\"1\",\"text\":\"t\",\"author_id\":\"6\",\"edit_history_tweet_ids\":[\"1\"],"
            "\"attachments\":{\"media_keys\":[\"3_7\",\"3_8\"],\"media\":[{\"media_key\":\"3_7\"}]}"
            "}"),
        "twitter-v2", "1 post platform=x id=1 account=6 media=3_7 media=3_8 text=t\n");
}

static void a_v1_retweet_has_the_text_of_its_original(void **state) {
    (void)state;
    expect(STR("{\"id_str\":\"2\",\"full_text\":\"RT @o: who...\",\"user\":{\"id\":6},"
               "\"quoted_status_id_str\":\"9\",\"retweeted_status\":{\"id_str\":\"1\","
               "\"full_text\":\"whole\",\"user\":{\"id\":7},"
               "\"entities\":{\"hashtags\":[{\"text\":\"t\"}]}}}\n{\"delete\":{\"status\":{}}}\n"
               "{\"id_str\":\"3\",\"text\":1,\"user\":{}}\n"
               "{\"id_str\":\"3\",\"text\":\"t\",\"user\":{},\"created_at\":\"never\"}"),
           "twitter-v1",
           "1 repost platform=x id=2 account=6 repost_of=1 tag=t text=whole\n2 event delete\n"
           "3 rejected bad_type\n4 rejected bad_time\n");
}

static void a_v2_page_is_as_many_records_as_it_has_posts(void **state) {
    (void)state;
    expect(STR("{\"data\":[{\"id\":\"1\",\"text\":\"RT @o: wh...\",\"author_id\":\"5\","
               "\"created_at\":\"2022-01-01T00:00:00.000Z\",\"conversation_id\":\"1\","
               "\"referenced_tweets\":[{\"type\":\"retweeted\",\"id\":\"9\"}]},"
               "{\"id\":\"2\",\"text\":\"cut\",\"note_tweet\":{\"text\":\"long\",\"entities\":"
               "{\"hashtags\":[{\"tag\":\"n\"}]}},\"author_id\":\"6\",\"referenced_tweets\":"
               "[{\"type\":\"replied_to\",\"id\":\"7\"},{\"type\":\"quoted\",\"id\":\"8\"}]}],"
               "\"includes\":{\"users\":[{\"id\":\"5\",\"username\":\"u\",\"name\":\"N\","
               "\"created_at\":\"2012-10-10T20:19:24.000Z\",\"public_metrics\":"
               "{\"followers_count\":3,\"following_count\":4}}],\"tweets\":[{\"id\":\"9\","
               "\"text\":\"whole\",\"entities\":{\"urls\":[{\"url\":\"s\",\"unwound_url\":\"l\"}],"
               "\"mentions\":[{\"username\":\"m\"}]}}]}}\n{\"errors\":[{\"title\":\"gone\"}]}\n"
               "{\"data\":[],\"meta\":{\"result_count\":0}}"),
           "twitter-v2",
           "1 repost platform=x id=1 account=5 handle=u name=N at=1640995200000000/ms repost_of=9 "
           "thread=1 url=l mention=m since=1349900364000000 followers=3 following=4 text=whole\n"
           "1 post platform=x id=2 account=6 reply_to=7 quote_of=8 tag=n text=long\n"
           "2 event errors\n3 event empty_page\n");
}

static void a_flattened_v2_post_has_its_author_inlined(void **state) {
    (void)state;
    expect(STR("{\"id\":\"1\",\"text\":\"RT\",\"author_id\":\"5\",\"author\":{\"id\":\"5\","
               "\"username\":\"u\"},\"referenced_tweets\":[{\"type\":\"retweeted\",\"id\":\"9\","
               "\"text\":\"whole\"}]}"),
           "twitter-v2", "1 repost platform=x id=1 account=5 handle=u repost_of=9 text=whole\n");
}

static void a_jetstream_post_has_links_tags_mentions_quote_and_media(void **state) {
    (void)state;
    expect(STR("{\"did\":\"did:plc:a\",\"time_us\":1700000000000001,\"kind\":\"commit\","
               "\"commit\":{\"operation\":\"create\",\"collection\":\"app.bsky.feed.post\","
               "\"rkey\":\"r\",\"record\":{\"text\":\"t\",\"langs\":[\"pt-BR\"],"
               "\"createdAt\":\"1980-01-01T00:00:00Z\",\"tags\":[\"h\"],"
               "\"facets\":[{\"features\":[{\"uri\":\"http://l.example\"}]},"
               "{\"features\":[{\"tag\":\"g\"},{\"did\":\"did:plc:m\"}]}],"
               "\"reply\":{\"root\":{\"uri\":\"at://root\"},\"parent\":{\"uri\":\"at://up\"}},"
               "\"embed\":{\"record\":{\"record\":{\"uri\":\"at://quoted\"}},\"media\":{"
               "\"external\":{\"uri\":\"http://l.example\"},"
               "\"images\":[{\"image\":{\"ref\":{\"$link\":\"bafy\"}}}]}}}}}"),
           "jetstream-v1",
           "1 post platform=bluesky id=at://did:plc:a/app.bsky.feed.post/r account=did:plc:a "
           "at=1700000000000001/us lang=pt-br reply_to=at://up quote_of=at://quoted "
           "thread=at://root url=http://l.example tag=g tag=h mention=did:plc:m media=bafy "
           "text=t\n");
}

static void jetstream_reposts_and_other_events_are_told_apart(void **state) {
    (void)state;
    expect(STR("{\"did\":\"d\",\"time_us\":1700000000000001,\"kind\":\"commit\",\"commit\":{"
               "\"operation\":\"create\",\"collection\":\"app.bsky.feed.repost\",\"rkey\":\"k\","
               "\"record\":{\"subject\":{\"uri\":\"at://s\"}}}}\n"
               "{\"did\":\"d\",\"kind\":\"commit\",\"commit\":{\"operation\":\"create\","
               "\"collection\":\"app.bsky.feed.like\",\"rkey\":\"k\",\"record\":{}}}\n"
               "{\"did\":\"d\",\"kind\":\"commit\",\"commit\":{\"operation\":\"delete\","
               "\"collection\":\"app.bsky.feed.post\",\"rkey\":\"k\"}}\n"
               "{\"did\":\"d\",\"kind\":\"commit\",\"commit\":{\"operation\":\"update\","
               "\"collection\":\"app.bsky.actor.profile\",\"rkey\":\"self\",\"record\":{}}}\n"
               "{\"did\":\"d\",\"kind\":\"commit\",\"commit\":{\"operation\":\"create\","
               "\"collection\":\"com.example.x\",\"rkey\":\"k\",\"record\":{}}}\n"
               "{\"did\":\"d\",\"kind\":\"identity\"}\n{\"did\":\"d\",\"kind\":\"account\"}"),
           "jetstream-v1",
           "1 repost platform=bluesky id=at://d/app.bsky.feed.repost/k account=d "
           "at=1700000000000001/us repost_of=at://s\n2 event like\n3 event delete\n"
           "4 event profile\n5 event other_collection\n6 event identity\n7 event account\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_v1_tweet_is_read_with_its_user_and_entities),
        cmocka_unit_test(the_media_of_a_v1_tweet_are_known_by_their_ids),
        cmocka_unit_test(the_media_of_a_v2_post_are_known_by_their_keys),
        cmocka_unit_test(a_v1_retweet_has_the_text_of_its_original),
        cmocka_unit_test(a_v2_page_is_as_many_records_as_it_has_posts),
        cmocka_unit_test(a_flattened_v2_post_has_its_author_inlined),
        cmocka_unit_test(a_jetstream_post_has_links_tags_mentions_quote_and_media),
        cmocka_unit_test(jetstream_reposts_and_other_events_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
