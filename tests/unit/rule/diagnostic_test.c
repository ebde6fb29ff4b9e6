/* Diagnostics as an author reads them: places, carets under wide characters, cut lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/diagnostic.h"

static void assert_renders(struct str text, struct place place, const char *wanted) {
    struct source_file file = {STR("a.rules"), text};
    struct diagnostics diagnostics = {0};
    struct diagnostic *diagnostic =
        diagnostics_add(&diagnostics, "E021", SEVERITY_ERROR, place, "unknown %s", "thing");
    assert_non_null(diagnostic);
    diagnostic->label = STR("here");
    diagnostic->help = STR("mend it");
    struct buffer out = {0};
    assert_true(diagnostic_render(diagnostic, &file, 1, false, &out));
    buffer_append_byte(&out, '\0');
    assert_string_equal(out.ptr, wanted);
    buffer_free(&out);
    diagnostics_free(&diagnostics);
}

static void a_diagnostic_shows_place_line_carets_and_help(void **state) {
    (void)state;
    assert_renders(STR("one\ntwo three\nfour\n"), (struct place){0, 8, 13},
                   "error[E021]: unknown thing\n"
                   " --> a.rules:2:5\n"
                   "  |\n"
                   "2 | two three\n"
                   "  |     ^^^^^ here\n"
                   "  = help: mend it\n");
}

static void columns_count_characters_and_carets_count_cells(void **state) {
    (void)state;
    /* Two wide characters, then a tab; the place is the last wide character. */
    assert_renders(STR("\xe6\xb3\x84\xe6\xbc\x8f\t\xe6\x95\xb0x"), (struct place){0, 7, 10},
                   "error[E021]: unknown thing\n"
                   " --> a.rules:1:4\n"
                   "  |\n"
                   "1 | \xe6\xb3\x84\xe6\xbc\x8f    \xe6\x95\xb0x\n"
                   "  |         ^^ here\n"
                   "  = help: mend it\n");
}

static void line_ends_of_all_systems_count_once(void **state) {
    (void)state;
    assert_renders(STR("a\r\nb\rc\nd"), (struct place){0, 7, 8},
                   "error[E021]: unknown thing\n"
                   " --> a.rules:4:1\n"
                   "  |\n"
                   "4 | d\n"
                   "  | ^ here\n"
                   "  = help: mend it\n");
}

static void controls_of_a_terminal_are_not_passed_on(void **state) {
    (void)state;
    assert_renders(STR("a\x1b[31mb"), (struct place){0, 0, 1},
                   "error[E021]: unknown thing\n"
                   " --> a.rules:1:1\n"
                   "  |\n"
                   "1 | a\xef\xbf\xbd[31mb\n"
                   "  | ^ here\n"
                   "  = help: mend it\n");
}

static void a_place_at_the_end_of_the_file_shows_one_caret(void **state) {
    (void)state;
    assert_renders(STR("ab"), (struct place){0, 2, 2},
                   "error[E021]: unknown thing\n"
                   " --> a.rules:1:3\n"
                   "  |\n"
                   "1 | ab\n"
                   "  |   ^ here\n"
                   "  = help: mend it\n");
}

static void long_lines_are_cut_around_the_place(void **state) {
    (void)state;
    static char text[4000];
    memset(text, 'x', sizeof text);
    static const char mark[] = {'H', 'E', 'R', 'E'};
    memcpy(text + 2000, mark, sizeof mark);
    struct source_file file = {STR("a.rules"), {text, sizeof text}};
    struct diagnostics diagnostics = {0};
    struct diagnostic *diagnostic = diagnostics_add(&diagnostics, "E021", SEVERITY_ERROR,
                                                    (struct place){0, 2000, 2004}, "unknown");
    assert_non_null(diagnostic);
    struct buffer out = {0};
    assert_true(diagnostic_render(diagnostic, &file, 1, false, &out));
    assert_true(out.len < 500);
    size_t here = str_find(buffer_str(&out), STR("HERE"), 0);
    size_t carets = str_find(buffer_str(&out), STR("^^^^\n"), 0);
    size_t line = str_find(buffer_str(&out), STR("1 |"), 0);
    size_t under = str_find(buffer_str(&out), STR("  |"), line + 4);
    assert_int_equal(here - line, carets - under);
    assert_true(str_find(buffer_str(&out), STR("| ...xx"), 0) != STR_NOT_FOUND);
    assert_true(str_find(buffer_str(&out), STR("xx...\n"), 0) != STR_NOT_FOUND);
    assert_true(str_find(buffer_str(&out), STR("a.rules:1:2001\n"), 0) != STR_NOT_FOUND);
    buffer_free(&out);
    diagnostics_free(&diagnostics);
}

static void a_second_place_is_shown_with_its_own_line(void **state) {
    (void)state;
    struct source_file files[] = {{STR("a.rules"), STR("one\n")}, {STR("b.rules"), STR("\ntwo\n")}};
    struct diagnostics diagnostics = {0};
    struct diagnostic *diagnostic =
        diagnostics_add(&diagnostics, "E027", SEVERITY_ERROR, (struct place){1, 1, 4}, "twice");
    assert_non_null(diagnostic);
    diagnostic->has_second = true;
    diagnostic->second = (struct place){0, 0, 3};
    diagnostic->second_label = STR("declared here first");
    struct buffer out = {0};
    assert_true(diagnostic_render(diagnostic, files, 2, false, &out));
    buffer_append_byte(&out, '\0');
    assert_string_equal(out.ptr, "error[E027]: twice\n"
                                 " --> b.rules:2:1\n"
                                 "  |\n"
                                 "2 | two\n"
                                 "  | ^^^\n"
                                 " ::: a.rules:1:1\n"
                                 "1 | one\n"
                                 "  | --- declared here first\n");
    buffer_free(&out);
    diagnostics_free(&diagnostics);
}

static void colours_only_add_escapes(void **state) {
    (void)state;
    struct source_file file = {STR("a.rules"), STR("one\n")};
    struct diagnostic diagnostic = {
        .code = "W201", .severity = SEVERITY_WARNING, .place = {0, 0, 3}, .message = STR("m")};
    struct buffer plain = {0};
    struct buffer colour = {0};
    struct buffer stripped = {0};
    assert_true(diagnostic_render(&diagnostic, &file, 1, false, &plain));
    assert_true(diagnostic_render(&diagnostic, &file, 1, true, &colour));
    for (size_t i = 0; i < colour.len; i++) {
        if (colour.ptr[i] == '\x1b') {
            i = str_find_byte(buffer_str(&colour), 'm', i);
        } else {
            buffer_append_byte(&stripped, colour.ptr[i]);
        }
    }
    assert_true(colour.len > plain.len);
    assert_true(str_equal(buffer_str(&plain), buffer_str(&stripped)));
    buffer_free(&plain);
    buffer_free(&colour);
    buffer_free(&stripped);
}

static void diagnostics_sort_by_place_and_keep_arrival_otherwise(void **state) {
    (void)state;
    struct diagnostics diagnostics = {0};
    diagnostics_add(&diagnostics, "E001", SEVERITY_ERROR, (struct place){1, 0, 1}, "c");
    diagnostics_add(&diagnostics, "E001", SEVERITY_ERROR, (struct place){0, 9, 9}, "a");
    diagnostics_add(&diagnostics, "E001", SEVERITY_ERROR, (struct place){0, 9, 10}, "b");
    diagnostics_sort(&diagnostics);
    assert_true(str_is(diagnostics.items[0].message, "a"));
    assert_true(str_is(diagnostics.items[1].message, "b"));
    assert_true(str_is(diagnostics.items[2].message, "c"));
    diagnostics_free(&diagnostics);
}

static void the_nearest_name_is_near_or_empty(void **state) {
    (void)state;
    static const struct str names[] = {{"leak", 4}, {"data", 4}, {"severity", 8}, {"id", 2}};
    assert_true(str_is(nearest_name(STR("leek"), names, 4), "leak"));
    assert_true(str_is(nearest_name(STR("laek"), names, 4), "leak"));
    assert_true(str_is(nearest_name(STR("sverity"), names, 4), "severity"));
    assert_true(str_is(nearest_name(STR("di"), names, 4), "id"));
    assert_int_equal(nearest_name(STR("quantity"), names, 4).len, 0);
    assert_int_equal(nearest_name(STR("x"), names, 4).len, 0);
    assert_int_equal(nearest_name(STR(""), names, 4).len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_diagnostic_shows_place_line_carets_and_help),
        cmocka_unit_test(columns_count_characters_and_carets_count_cells),
        cmocka_unit_test(line_ends_of_all_systems_count_once),
        cmocka_unit_test(controls_of_a_terminal_are_not_passed_on),
        cmocka_unit_test(a_place_at_the_end_of_the_file_shows_one_caret),
        cmocka_unit_test(long_lines_are_cut_around_the_place),
        cmocka_unit_test(a_second_place_is_shown_with_its_own_line),
        cmocka_unit_test(colours_only_add_escapes),
        cmocka_unit_test(diagnostics_sort_by_place_and_keep_arrival_otherwise),
        cmocka_unit_test(the_nearest_name_is_near_or_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
