#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/entity.h"

/* One entity per line: "L text", "H text" or "M text", and the raw text covered in brackets if it
 * is more than the sign and the text. */
static void assert_entities(const char *raw, const char *expected) {
    struct entity_list found = {0};
    struct buffer out = {0};
    assert_true(entities_of(str_from_c(raw), &found));
    size_t before = 0;
    for (size_t i = 0; i < found.count; i++) {
        struct entity entity = found.items[i];
        assert_true(entity.start >= before && entity.start < entity.end);
        assert_true(entity.text.ptr >= raw + entity.start);
        assert_true(entity.text.ptr + entity.text.len <= raw + entity.end);
        before = entity.end;
        assert_true(buffer_printf(&out, "%s%c %.*s", i ? "|" : "", "LHM"[entity.kind],
                                  (int)entity.text.len, entity.text.ptr));
    }
    if (!str_is(buffer_str(&out), expected)) {
        fail_msg("in %s\nfound    %.*s\nexpected %s", raw, (int)out.len, out.ptr, expected);
    }
    buffer_free(&out);
    entity_list_free(&found);
}

static void links_end_before_the_punctuation_of_their_sentence(void **state) {
    (void)state;
    assert_entities("see https://a.example/x?y=1#z.", "L https://a.example/x?y=1#z");
    assert_entities("(http://a.example/b_(c))", "L http://a.example/b_(c)");
    assert_entities("\"HTTPS://A.example/\"", "L HTTPS://A.example/");
    assert_entities("www.a.example, www. and http:// and www.", "L www.a.example");
    assert_entities("xwww.a.example", "");
    assert_entities("http://a.example/x,http", "L http://a.example/x,http");
    assert_entities("<https://a.example/b>", "L https://a.example/b");
    assert_entities("https://a.example/b\xe2\x80\xa6", "L https://a.example/b");
}

static void links_end_where_chinese_text_goes_on(void **state) {
    (void)state;
    assert_entities("链接https://a.example/b数据，更多", "L https://a.example/b");
    assert_entities("https://a.example，更多", "L https://a.example");
    assert_entities("http://例え.example/x", "L http://例え.example/x");
    assert_entities("http://пример.example/путь", "L http://пример.example/путь");
}

static void hashtags_are_words_of_any_script(void **state) {
    (void)state;
    assert_entities("#leak #УТЕЧКА ＃洩露 #data_2024 #2024 # x",
                    "H leak|H УТЕЧКА|H 洩露|H data_2024");
    assert_entities("a#leak &#39; x_#y", "");
    assert_entities("#می\xe2\x80\x8cشود", "H می\xe2\x80\x8cشود");
    assert_entities("##leak", "H leak");
    assert_entities("数据#泄露", "H 泄露");
    assert_entities("http://a.example/#tag", "L http://a.example/#tag");
}

static void weibo_tags_stand_between_two_signs(void **state) {
    (void)state;
    assert_entities("#泄露 数据 2024#后来", "H 泄露 数据 2024");
    assert_entities("#台北 #高雄", "H 台北|H 高雄");
    assert_entities("#one two#", "H one");
    assert_entities("#泄露\n数据#", "H 泄露");
    assert_entities("＃泄露 数据＃", "H 泄露 数据");
}

static void mentions_are_names_and_not_addresses(void **state) {
    (void)state;
    assert_entities("@acme_news: hi @b", "M acme_news|M b");
    assert_entities("mail me@a.example or x.y+z@a.example", "");
    assert_entities("@me@social.example.", "M me@social.example");
    assert_entities("@me.social.example, @me.", "M me.social.example|M me");
    assert_entities("thanks @acme.Then", "M acme");
    assert_entities("联系@acme数据 @用户名 好", "M acme|M 用户名");
    assert_entities("@@x http://a.example/@me", "L http://a.example/@me");
}

static void assert_canonical(const char *url, const char *expected) {
    struct buffer out = {0};
    assert_true(url_canonical(str_from_c(url), &out));
    if (!str_is(buffer_str(&out), expected)) {
        fail_msg("%s gave %.*s, expected %s", url, (int)out.len, out.ptr, expected);
    }
    struct buffer again = {0};
    assert_true(url_canonical(buffer_str(&out), &again));
    assert_true(str_equal(buffer_str(&out), buffer_str(&again)));
    buffer_free(&again);
    buffer_free(&out);
}

static void canonical_urls_drop_what_does_not_name_the_page(void **state) {
    (void)state;
    assert_canonical("https://WWW.A.Example:443/Path/?b=2&utm_source=x&a=1#top",
                     "a.example/Path?a=1&b=2");
    assert_canonical("http://a.example", "a.example");
    assert_canonical("www.a.example/", "a.example");
    assert_canonical("http://user:pw@a.example:8080/x//", "a.example:8080/x");
    assert_canonical("https://a.example/?fbclid=1&UTM_Medium=2", "a.example");
    assert_canonical("https://a.example/#!/page", "a.example#!/page");
    assert_canonical("https://x.com/a/status/1?s=20&t=abc", "x.com/a/status/1");
    assert_canonical("https://a.example/?s=20&t=abc", "a.example?s=20&t=abc");
    assert_canonical("https://www.youtube.com/watch?v=abc&si=1&feature=share",
                     "youtube.com/watch?v=abc");
    assert_canonical("https://www.www.a.example/", "a.example");
    assert_canonical("https://\xd0\x9f\xd0\xa0\xd0\x98.example/",
                     "\xd0\xbf\xd1\x80\xd0\xb8.example");
    assert_canonical("http://[::1]:80/x", "[::1]/x");
    assert_canonical("a.example./x", "a.example/x");
    assert_canonical(" https://a.example/x second #z", "a.example/x");
}

static void what_has_no_host_is_no_url(void **state) {
    (void)state;
    static const char *const wrong[] = {"",
                                        "http://",
                                        "none",
                                        "mailto:me",
                                        "http:///x",
                                        "a..example",

                                        "http://a.example:port/",
                                        "https://.",
                                        "?x=1"};
    struct buffer out = {0};
    assert_true(buffer_append_c(&out, "kept"));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(url_canonical(str_from_c(wrong[i]), &out));
        assert_true(str_is(buffer_str(&out), "kept"));
    }
    buffer_free(&out);
}

static void assert_domain(const char *url, const char *expected) {
    struct buffer out = {0};
    assert_true(url_domain(str_from_c(url), &out));
    if (!str_is(buffer_str(&out), expected)) {
        fail_msg("%s gave %.*s, expected %s", url, (int)out.len, out.ptr, expected);
    }
    buffer_free(&out);
}

static void domains_follow_the_public_suffix_list(void **state) {
    (void)state;
    assert_domain("https://News.Section.Example.co.uk/x", "example.co.uk");
    assert_domain("a.b.example.com", "example.com");
    assert_domain("https://name.github.io/x", "name.github.io");
    assert_domain("https://www.example.gov.tw", "example.gov.tw");
    assert_domain("http://192.168.0.1/x", "");
    assert_domain("http://[::1]/x", "");
    assert_domain("http://localhost/x", "");
    assert_domain("co.uk", "");
    assert_domain("no url", "");
}

static void any_bytes_give_entities_in_order(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "#", "@", "http://", "www.", ".", "a", "数",   "\xef\xbc\x83", " ", "\xff",
        "_", "1", ":",       "/",    "?", "&", "\xef", "\xef\xbc",     "(", ")"};
    uint32_t number = 7;
    struct entity_list found = {0};
    struct buffer out = {0};
    for (int round = 0; round < 100000; round++) {
        char raw[128];
        size_t len = 0;
        for (int i = 0; i < 1 + round % 12; i++) {
            number = number * 1664525 + 1013904223;
            const char *piece = pieces[(number >> 8) % (sizeof pieces / sizeof pieces[0])];
            memcpy(raw + len, piece, strlen(piece));
            len += strlen(piece);
        }
        assert_true(entities_of((struct str){raw, len}, &found));
        size_t before = 0;
        for (size_t i = 0; i < found.count; i++) {
            struct entity entity = found.items[i];
            assert_true(entity.start >= before && entity.start < entity.end && entity.end <= len);
            assert_true(entity.text.len > 0);
            before = entity.end;
            buffer_clear(&out);
            url_canonical(entity.text, &out);
            url_domain(entity.text, &out);
        }
    }
    buffer_free(&out);
    entity_list_free(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_end_before_the_punctuation_of_their_sentence),
        cmocka_unit_test(links_end_where_chinese_text_goes_on),
        cmocka_unit_test(hashtags_are_words_of_any_script),
        cmocka_unit_test(weibo_tags_stand_between_two_signs),
        cmocka_unit_test(mentions_are_names_and_not_addresses),
        cmocka_unit_test(canonical_urls_drop_what_does_not_name_the_page),
        cmocka_unit_test(what_has_no_host_is_no_url),
        cmocka_unit_test(domains_follow_the_public_suffix_list),
        cmocka_unit_test(any_bytes_give_entities_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
