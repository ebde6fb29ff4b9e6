#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "records.h"

static void expect_with(struct reading_options options, struct str input, const char *description,
                        const char *expected) {
    struct reading reading = read_records(input, options);
    if (reading.status != HEARSAY_OK) {
        fail_msg("%s", reading.failure.message);
    }
    assert_string_equal(reading.description, description);
    assert_string_equal(reading.text.ptr, expected);
    buffer_free(&reading.text);
}

static void expect(struct str input, const char *description, const char *expected) {
    expect_with((struct reading_options){0}, input, description, expected);
}

static void expect_failure(struct reading_options options, struct str input,
                           enum hearsay_status status, const char *message) {
    struct reading reading = read_records(input, options);
    assert_int_equal(reading.status, status);
    if (!strstr(reading.failure.message, message)) {
        fail_msg("\"%s\" is not in: %s", message, reading.failure.message);
    }
    buffer_free(&reading.text);
}

static void the_io_archive_is_read_by_its_header_in_any_order(void **state) {
    (void)state;
    expect(STR("Tweet_Text,tweetid,userid,user_display_name,user_screen_name,follower_count,"
               "following_count,account_creation_date,tweet_language,tweet_time,"
               "in_reply_to_tweetid,quoted_tweet_tweetid,is_retweet,retweet_tweetid,hashtags,urls,"
               "user_mentions\n"
               "\"a, \"\"b\"\"\nc\",1,f00d,N,s,12.0,3,2015-01-02,en,2018-01-01 10:00,7,8,False,,"
               "\"[one, two]\",\"['http://a.example/x,y', 'http://b.example']\",[]\n"
               "RT,2,f00d,N,s,,,,,2018-01-01 10:01,,,True,9,,,\n"),
           "twitter-io-csv (comma, LF, UTF-8)",
           "2 post platform=x id=1 account=f00d handle=s name=N at=1514800800000000/minute lang=en "
           "reply_to=7 quote_of=8 url=http://a.example/x,y url=http://b.example tag=one tag=two "
           "since=1420156800000000 followers=12 following=3 text=a, \"b\"\\10c\n"
           "4 repost platform=x id=2 account=f00d handle=s name=N at=1514800860000000/minute "
           "repost_of=9 text=RT\n");
}

static void campaign_tables_lose_their_extra_quotes_and_backslashes(void **state) {
    (void)state;
    expect(STR("author_id,content,publish_date,followers,retweet\n"
               "a,\"'@b hello \\| there'\",2015-05-10 21:49:00,5,0\n"
               "a,'tis fine,10/1/2017 19:58,6.0,1\n"),
           "campaign-authors-csv (comma, LF, UTF-8)",
           "2 post platform=x derived=h: account=a at=1431294540000000/s followers=5 "
           "text=@b hello | there\n"
           "3 repost platform=x derived=h: account=a at=1506887880000000/minute followers=6 "
           "text='tis fine\n");
}

static void a_share_table_keeps_the_whole_row(void **state) {
    (void)state;
    expect(STR("object_id,account_id,content_id,timestamp_share\r\no,a,c,1600000000\r\n"
               ",a,d,1600000000\r\n"),
           "cooretweet-csv (comma, CRLF, UTF-8)",
           "2 repost platform=unknown id=c account=a at=1600000000000000/s repost_of=o "
           "row=o,a,c,1600000000\n3 rejected no_text\n");
}

static void qut_columns_are_found_by_name_behind_a_byte_order_mark(void **state) {
    (void)state;
    expect(STR("\xef\xbb\xbfurls,message_id,user_id,username,repost_id,message,timestamp\n"
               "\"['http://a.example', 'http://b.example']\",1,u,n,,m,1600000000\n"
               "http://a.example http://b.example,2,u,n,1,m,1600000000.25\n[],3,u,n,NA,m,0\n"),
           "qut-csv (comma, LF, UTF-8 with BOM)",
           "2 post platform=unknown id=1 account=u handle=n at=1600000000000000/s "
           "url=http://a.example url=http://b.example text=m\n"
           "3 repost platform=unknown id=2 account=u handle=n at=1600000000250000/ms repost_of=1 "
           "url=http://a.example url=http://b.example text=m\n"
           "4 post platform=unknown id=3 account=u handle=n at=0/s text=m\n");
}

static void other_delimiters_are_sniffed(void **state) {
    (void)state;
    expect(STR("id;thread_id;author;body;timestamp\n1;t;a;b,c;2020-01-01 00:00:00\n"),
           "4cat-csv (semicolon, LF, UTF-8)",
           "2 post platform=unknown id=1 account=a handle=a at=1577836800000000/s thread=t "
           "text=b,c\n");
    expect(STR("id\tthread_id\tauthor\tbody\ttimestamp\n1\tt\ta\tb,c\t0\n"),
           "4cat-csv (tab, LF, UTF-8)",
           "2 post platform=unknown id=1 account=a handle=a at=0/s thread=t text=b,c\n");
}

static void the_separator_line_of_a_spreadsheet_is_obeyed(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t\nid=i\n"},
                STR("sep=|\r\ni|t\r\n1|a,b;c\r\n"), "mapped-csv (bar, CRLF, UTF-8)",
                "3 post platform=unknown id=1 text=a,b;c\n");
}

static void utf_16_from_a_spreadsheet_is_read_with_and_without_its_mark(void **state) {
    (void)state;
    static const char text[] = "id\tthread_id\tauthor\tbody\ttimestamp\r\n1\tt\ta\tb\t0\r\n";
    char bytes[2 + 2 * sizeof text];
    size_t len = 0;
    bytes[len++] = '\xff';
    bytes[len++] = '\xfe';
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        bytes[len++] = text[i];
        bytes[len++] = '\0';
    }
    static const char expected[] =
        "2 post platform=unknown id=1 account=a handle=a at=0/s thread=t text=b\n";
    expect((struct str){bytes, len}, "4cat-csv (tab, CRLF, UTF-16LE with BOM)", expected);
    expect((struct str){bytes + 2, len - 2}, "4cat-csv (tab, CRLF, UTF-16LE)", expected);
    expect_with((struct reading_options){.chunk_bytes = 1}, (struct str){bytes, len},
                "4cat-csv (tab, CRLF, UTF-16LE with BOM)", expected);
}

/* An emoji as a pair of surrogates, then a lone one; the portions cut units and pairs. */
static void surrogates_of_utf_16_are_paired_or_mended(void **state) {
    (void)state;
    static const unsigned char units[] = {0x3d, 0xd8, 0x00, 0xde, 'b',  0,
                                          0x3d, 0xd8, 'c',  0,    '\n', 0};
    static const char header[] = "i,t\n1,";
    char bytes[2 + 2 * sizeof header + sizeof units] = {'\xff', '\xfe'};
    size_t len = 2;
    for (size_t i = 0; i + 1 < sizeof header; i++, len += 2) {
        bytes[len] = header[i];
    }
    memcpy(bytes + len, units, sizeof units);
    for (size_t chunk = 0; chunk < 4; chunk++) {
        expect_with((struct reading_options){.map = "text=t,id=i", .chunk_bytes = chunk},
                    (struct str){bytes, len + sizeof units},
                    "mapped-csv (comma, LF, UTF-16LE with BOM)",
                    "2 post platform=unknown id=1 text=\xf0\x9f\x98\x80"
                    "b\xef\xbf\xbd"
                    "c +invalid_utf8\n");
    }
}

static void line_ends_inside_cells_are_counted_as_lines(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i"},
                STR("i,t\n1,\"a\rb\r\nc\nd\"\n2,e\n"), "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=unknown id=1 text=a\\13b\\13\\10c\\10d\n"
                "6 post platform=unknown id=2 text=e\n");
}

static void all_line_ends_end_records_also_mixed(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i"}, STR("i,t\r1,a\r\n2,b\n3,c\r\r4,d"),
                "mapped-csv (comma, CR, UTF-8)",
                "2 post platform=unknown id=1 text=a\n3 post platform=unknown id=2 text=b\n"
                "4 post platform=unknown id=3 text=c\n6 post platform=unknown id=4 text=d\n");
}

static void a_bare_line_feed_in_a_table_of_carriage_returns_is_text(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i,account=a"},
                STR("i,t,a\r1,one\nline,x\r2,two,y\r3,thr\nee,z\r"),
                "mapped-csv (comma, CR, UTF-8)",
                "2 post platform=unknown id=1 account=x text=one\\10line\n"
                "4 post platform=unknown id=2 account=y text=two\n"
                "5 post platform=unknown id=3 account=z text=thr\\10ee\n");
}

static void lazy_quotes_are_kept_as_text_and_counted(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i"},
                STR("i,t\n1,say \"hi\" now\n2,\"a \"quoted\" word\"\n3,\"fine\"\n"),
                "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=unknown id=1 text=say \"hi\" now +lazy_quotes\n"
                "3 post platform=unknown id=2 text=a \"quoted\" word +lazy_quotes\n"
                "4 post platform=unknown id=3 text=fine\n");
}

static void backslash_escapes_are_found_out_from_the_rows(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i"},
                STR("i,t\n1,\"say \\\"hi\\\", now\"\n2,\"b\"\n"),
                "mapped-csv (comma, LF, backslash escapes, UTF-8)",
                "2 post platform=unknown id=1 text=say \"hi\", now\n"
                "3 post platform=unknown id=2 text=b\n");
    expect_with((struct reading_options){.map = "text=t,id=i"},
                STR("i,t\n1,\"a \\\"word\\\" here\"\n"),
                "mapped-csv (comma, LF, backslash escapes, UTF-8)",
                "2 post platform=unknown id=1 text=a \"word\" here\n");
}

static void ragged_rows_are_repaired_unless_the_text_is_missing(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i,account=a"},
                STR("i,t,a\n1,short\n2,long,x,extra\n3\n4,ok,y\n,,\n\n"),
                "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=unknown id=1 text=short +ragged_row\n"
                "3 post platform=unknown id=2 account=x text=long +ragged_row\n"
                "4 rejected ragged_row\n5 post platform=unknown id=4 account=y text=ok\n"
                "6 rejected empty_row\n");
}

static void a_quote_that_is_never_closed_loses_one_line_only(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i"},
                STR("i,t\n1,a\n2,\"open\n3,c\n4,d\n5,\"e\nf\"\n6,\"open again\n7,g"),
                "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=unknown id=1 text=a\n3 rejected open_quote\n"
                "4 post platform=unknown id=3 text=c\n5 post platform=unknown id=4 text=d\n"
                "6 post platform=unknown id=5 text=e\\10f\n8 rejected open_quote\n"
                "9 post platform=unknown id=7 text=g\n");
}

static void a_text_of_several_lines_with_lazy_quotes_is_kept_whole(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i"},
                STR("i,t\n1,\"one\nsays \"two\" and\nthree\"\n2,b\n"),
                "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=unknown id=1 text=one\\10says \"two\" and\\10three +lazy_quotes\n"
                "5 post platform=unknown id=2 text=b\n");
}

/* Far more stray quotes than the allowance for reading again pays for. */
static void very_many_open_quotes_fall_back_to_line_by_line(void **state) {
    (void)state;
    struct buffer input = {0};
    buffer_append_c(&input, "i,t\n");
    for (int i = 0; i < 300000; i++) {
        buffer_printf(&input, "%d,\"a\n", i);
    }
    struct reading reading =
        read_records(buffer_str(&input), (struct reading_options){.map = "text=t,id=i"});
    assert_int_equal(reading.status, HEARSAY_OK);
    assert_non_null(strstr(reading.text.ptr, "2 rejected open_quote\n"));
    assert_non_null(
        strstr(reading.text.ptr, "300001 post platform=unknown id=299999 text=a +lazy_quotes\n"));
    buffer_free(&reading.text);
    buffer_free(&input);
}

static void the_header_of_a_second_file_is_another_event(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i"},
                STR("i,t\n1,a\n\xef\xbb\xbfi,t\n2,b\n"), "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=unknown id=1 text=a\n3 event header\n"
                "4 post platform=unknown id=2 text=b\n");
}

static void bytes_that_are_no_utf_8_are_mended(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "text=t,id=i"}, STR("i,t\n1,caf\xe9 x\n"),
                "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=unknown id=1 text=caf\xef\xbf\xbd x +invalid_utf8\n");
}

static void a_map_sets_constants_and_a_time_format(void **state) {
    (void)state;
    expect_with((struct reading_options){.map = "account=who,text=\"body, full\",created_at=when,"
                                                "platform:=weibo,lang:=zh,"
                                                "time_format=%m/%d/%y %H:%M"},
                STR("who,\"body, full\",when\na,b,8/7/15 9:54\na,b,30/30/15 9:54\n"),
                "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=weibo derived=h: account=a at=1438941240000000/minute lang=zh "
                "text=b\n3 rejected bad_time\n");
}

static void a_wrong_map_is_explained(void **state) {
    (void)state;
    struct str table = STR("author,body\na,b\n");
    expect_failure((struct reading_options){.map = "acount=author,text=body"}, table,
                   HEARSAY_BAD_ARGUMENT, "did you mean \"account\"?");
    expect_failure((struct reading_options){.map = "text=boby"}, table, HEARSAY_BAD_INPUT,
                   "did you mean \"body\"? The columns are author, body");
    expect_failure((struct reading_options){.map = "text"}, table, HEARSAY_BAD_ARGUMENT, "no '='");
    expect_failure((struct reading_options){.map = "account=author"}, table, HEARSAY_BAD_ARGUMENT,
                   "must name the column of text");
    expect_failure((struct reading_options){.map = "text=body,time_format=%Q"}, table,
                   HEARSAY_BAD_ARGUMENT, "time format");
    expect_failure((struct reading_options){.map = "text=body,text=author"}, table,
                   HEARSAY_BAD_ARGUMENT, "twice");
}

static void an_unknown_table_is_refused_with_its_columns(void **state) {
    (void)state;
    expect_failure((struct reading_options){0}, STR("author,body\na,b\n"), HEARSAY_BAD_INPUT,
                   "Its columns are author, body");
    expect_failure((struct reading_options){0}, STR("author,body\na,b\n"), HEARSAY_BAD_INPUT,
                   "--map account=...,text=...,created_at=...");
    expect_failure((struct reading_options){0}, STR("text;mood;id\na;b;c\n"), HEARSAY_BAD_INPUT,
                   "--map id=id,text=text (");
    expect_failure((struct reading_options){.format = "qut-csv"}, STR("author,body\na,b\n"),
                   HEARSAY_BAD_INPUT, "qut-csv needs a column \"message_id\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_io_archive_is_read_by_its_header_in_any_order),
        cmocka_unit_test(campaign_tables_lose_their_extra_quotes_and_backslashes),
        cmocka_unit_test(a_share_table_keeps_the_whole_row),
        cmocka_unit_test(qut_columns_are_found_by_name_behind_a_byte_order_mark),
        cmocka_unit_test(other_delimiters_are_sniffed),
        cmocka_unit_test(the_separator_line_of_a_spreadsheet_is_obeyed),
        cmocka_unit_test(utf_16_from_a_spreadsheet_is_read_with_and_without_its_mark),
        cmocka_unit_test(surrogates_of_utf_16_are_paired_or_mended),
        cmocka_unit_test(line_ends_inside_cells_are_counted_as_lines),
        cmocka_unit_test(all_line_ends_end_records_also_mixed),
        cmocka_unit_test(a_bare_line_feed_in_a_table_of_carriage_returns_is_text),
        cmocka_unit_test(lazy_quotes_are_kept_as_text_and_counted),
        cmocka_unit_test(backslash_escapes_are_found_out_from_the_rows),
        cmocka_unit_test(ragged_rows_are_repaired_unless_the_text_is_missing),
        cmocka_unit_test(a_quote_that_is_never_closed_loses_one_line_only),
        cmocka_unit_test(a_text_of_several_lines_with_lazy_quotes_is_kept_whole),
        cmocka_unit_test(very_many_open_quotes_fall_back_to_line_by_line),
        cmocka_unit_test(the_header_of_a_second_file_is_another_event),
        cmocka_unit_test(bytes_that_are_no_utf_8_are_mended),
        cmocka_unit_test(a_map_sets_constants_and_a_time_format),
        cmocka_unit_test(a_wrong_map_is_explained),
        cmocka_unit_test(an_unknown_table_is_refused_with_its_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
