#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"

static void assert_written(struct str text, const char *expected) {
    struct buffer out = {0};
    assert_true(json_append_string(&out, text));
    assert_true(str_is(buffer_str(&out), expected));
    buffer_free(&out);
}

static void strings_are_escaped_and_repaired(void **state) {
    (void)state;
    assert_written(STR("plain"), "\"plain\"");
    assert_written(STR("a\"b\\c\n\t\r\x01\0z"), "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u0000z\"");
    assert_written(STR("\xe6\x95\xb0\xe6\x8d\xae"), "\"\xe6\x95\xb0\xe6\x8d\xae\"");
    assert_written(STR("x\xff y"), "\"x\xef\xbf\xbd y\"");
    assert_written(STR("\x7f"), "\"\\u007f\"");
}

static void what_is_written_is_read_back(void **state) {
    (void)state;
    char bytes[256];
    for (int i = 0; i < 256; i++) {
        bytes[i] = (char)(i < 128 ? i : 'x');
    }
    struct buffer out = {0};
    json_t *value;
    json_append_string(&out, (struct str){bytes, sizeof bytes});
    assert_int_equal(json_parse(buffer_str(&out), STR("t"), &value, NULL), HEARSAY_OK);
    assert_int_equal(json_string_length(value), sizeof bytes);
    assert_memory_equal(json_string_value(value), bytes, sizeof bytes);
    json_decref(value);
    buffer_free(&out);
}

static void errors_have_their_place(void **state) {
    (void)state;
    json_t *value;
    struct hearsay_failure failure = {0};
    assert_int_equal(json_parse(STR("{\n \"a\": x}"), STR("f.json"), &value, &failure),
                     HEARSAY_BAD_INPUT);
    assert_string_equal(failure.file, "f.json");
    assert_int_equal(failure.line, 2);
    assert_int_equal(json_parse(STR("{\"a\":1,\"a\":2}"), STR("f"), &value, NULL),
                     HEARSAY_BAD_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped_and_repaired),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(errors_have_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
