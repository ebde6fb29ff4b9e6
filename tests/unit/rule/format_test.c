/* The canonical form: what changes, what stays, and that twice is once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>

#include "rule/format.h"
#include <stdlib.h>

static enum hearsay_status format(const char *text, struct buffer *out) {
    struct diagnostics diagnostics = {0};
    buffer_clear(out);
    enum hearsay_status status = rule_format(str_from_c(text), &diagnostics, out);
    assert_true(buffer_append_byte(out, '\0'));
    diagnostics_free(&diagnostics);
    return status;
}

static void becomes(const char *text, const char *expected) {
    struct buffer once = {0};
    struct buffer twice = {0};
    assert_int_equal(format(text, &once), HEARSAY_OK);
    assert_string_equal(once.ptr, expected);
    assert_int_equal(format(once.ptr, &twice), HEARSAY_OK);
    assert_string_equal(twice.ptr, expected);
    buffer_free(&once);
    buffer_free(&twice);
}

static void a_rule_on_one_line_is_laid_out(void **state) {
    (void)state;
    becomes("pack d version 1.0.0 prior -2.5 list @a=any(\"x\",\"y\")as domain private rule r{"
            "meta:id=\"A\"severity=low where:post.lang in[en,ru]terms:$a=any( \"b\" , @c )fold "
            "$b=/x\\/y/i match:$a near / 3 $b and(not $b before/2 any of($a,$b*)or #$a>=2)within "
            "sentence outcome:weight 1 group\"g\"cap 2 extract victim=$b.name,quantity=$a "
            "tests:fires\"t\"{$a=\"b\"}todo silent\"u\"because $a survives variants 0.8 of fires}",
            "pack d version 1.0.0\n"
            "prior -2.5\n"
            "list @a = any(\"x\", \"y\") as domain\n"
            "private rule r {\n"
            "  meta:\n"
            "    id = \"A\"\n"
            "    severity = low\n"
            "  where:\n"
            "    post.lang in [en, ru]\n"
            "  terms:\n"
            "    $a = any(\"b\", @c) fold\n"
            "    $b = /x\\/y/i\n"
            "  match:\n"
            "    $a near/3 $b and (not $b before/2 any of ($a, $b*) or #$a >= 2) within sentence\n"
            "  outcome:\n"
            "    weight 1 group \"g\" cap 2\n"
            "    extract victim = $b.name, quantity = $a\n"
            "  tests:\n"
            "    fires \"t\" { $a = \"b\" }\n"
            "    todo silent \"u\" because $a\n"
            "    survives variants 0.8 of fires\n"
            "}\n");
}

static void comments_and_the_authors_breaks_stay(void **state) {
    (void)state;
    becomes(
        "\xef\xbb\xbf# head\r\n\r\n\r\n# more   \r\nrule a { # why\n# of meta\nmeta: id = \"A\"\n"
        "   # last\n\n terms:\n\n  # t\n$a = any(\"x\", # one\n \"y\")\n\n\n$b = \"z\"\n"
        "match: $a\nand $b # end\n\n# before the brace\n}\n# of b\nrule b { match: true }#x",
        "# head\n"
        "\n"
        "# more\n"
        "rule a {  # why\n"
        "  # of meta\n"
        "  meta:\n"
        "    id = \"A\"\n"
        "  # last\n"
        "\n"
        "  terms:\n"
        "    # t\n"
        "    $a = any(\"x\",  # one\n"
        "             \"y\")\n"
        "\n"
        "    $b = \"z\"\n"
        "  match:\n"
        "    $a\n"
        "    and $b  # end\n"
        "\n"
        "    # before the brace\n"
        "}\n"
        "\n"
        "# of b\n"
        "rule b {\n"
        "  match:\n"
        "    true\n"
        "}  #x\n");
}

static void a_text_that_does_not_cut_into_tokens_is_refused(void **state) {
    (void)state;
    struct buffer out = {0};
    assert_int_equal(format("rule a { match: \"open }", &out), HEARSAY_BAD_RULES);
    assert_int_equal(format("rule a { match: \x01 }", &out), HEARSAY_BAD_RULES);
    becomes("", "");
    becomes("# only\n", "# only\n");
    buffer_free(&out);
}

static char *read_whole(const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

static void the_shipped_packs_are_formatted_once_and_for_all(void **state) {
    (void)state;
    glob_t found = {0};
    glob(HEARSAY_SOURCE_DIR "/rules/*/*.rules", 0, NULL, &found);
    assert_true(found.gl_pathc > 10);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct buffer once = {0};
        struct buffer twice = {0};
        char *text = read_whole(found.gl_pathv[i]);
        assert_int_equal(format(text, &once), HEARSAY_OK);
        assert_int_equal(format(once.ptr, &twice), HEARSAY_OK);
        assert_string_equal(once.ptr, twice.ptr);
        buffer_free(&once);
        buffer_free(&twice);
        free(text);
    }
    globfree(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_on_one_line_is_laid_out),
        cmocka_unit_test(comments_and_the_authors_breaks_stay),
        cmocka_unit_test(a_text_that_does_not_cut_into_tokens_is_refused),
        cmocka_unit_test(the_shipped_packs_are_formatted_once_and_for_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
