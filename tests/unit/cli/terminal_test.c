#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/terminal.h"

static void expect(struct buffer *out, const char *expected) {
    buffer_append_byte(out, '\0');
    assert_string_equal(out->ptr, expected);
    buffer_clear(out);
}

static void counts_have_separators(void **state) {
    (void)state;
    struct buffer out = {0};
    terminal_append_count(&out, 0);
    expect(&out, "0");
    terminal_append_count(&out, 999);
    expect(&out, "999");
    terminal_append_count(&out, 1234567);
    expect(&out, "1,234,567");
    terminal_append_count(&out, UINT64_MAX);
    expect(&out, "18,446,744,073,709,551,615");
    buffer_free(&out);
}

static void sizes_and_times_read_as_people_say_them(void **state) {
    (void)state;
    struct buffer out = {0};
    terminal_append_bytes(&out, 999);
    expect(&out, "999 B");
    terminal_append_bytes(&out, 1800000);
    expect(&out, "1.8 MB");
    terminal_append_bytes(&out, 999999);
    expect(&out, "1.0 MB");
    terminal_append_duration(&out, 0.44);
    expect(&out, "0.4 s");
    terminal_append_duration(&out, 59.7);
    expect(&out, "1 min 0 s");
    terminal_append_duration(&out, 18120);
    expect(&out, "5 h 2 min");
    terminal_append_duration(&out, 100000);
    expect(&out, "1 day 3 h");
    buffer_free(&out);
}

static void text_of_posts_cannot_move_the_cursor(void **state) {
    (void)state;
    struct buffer out = {0};
    terminal_append_safe(&out, STR("a\x1b[2Jb\nc\xe2\x80\xae"
                                   "d \xd0\x96\x9f"));
    expect(&out, "a\xef\xbf\xbd[2Jb c\xef\xbf\xbd"
                 "d \xd0\x96\xef\xbf\xbd");
    buffer_free(&out);
}

static void arguments_are_quoted_for_the_shell(void **state) {
    (void)state;
    struct buffer out = {0};
    terminal_append_shell(&out, STR("account:did:plc:a,b@c.d"));
    expect(&out, "account:did:plc:a,b@c.d");
    terminal_append_shell(&out, STR("it's $HOME"));
    expect(&out, "'it'\\''s $HOME'");
    terminal_append_shell(&out, STR("\xd0\x96"));
    expect(&out, "'\xd0\x96'");
    terminal_append_shell(&out, STR(""));
    expect(&out, "''");
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_have_separators),
        cmocka_unit_test(sizes_and_times_read_as_people_say_them),
        cmocka_unit_test(text_of_posts_cannot_move_the_cursor),
        cmocka_unit_test(arguments_are_quoted_for_the_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
