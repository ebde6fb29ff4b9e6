#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "folder.h"
#include "source/walk.h"

/* The files found, relative to the folder, parted by spaces. */
static void expect_files(const struct walk *walk, const char *folder, const char *expected) {
    struct buffer names = {0};
    for (size_t i = 0; i < walk->files.count; i++) {
        buffer_append_c(&names, i > 0 ? " " : "");
        buffer_append_c(&names, walk->files.items[i] + strlen(folder) + 1);
    }
    buffer_append_byte(&names, '\0');
    assert_string_equal(names.ptr, expected);
    buffer_free(&names);
}

static void a_folder_gives_its_visible_files_in_order_of_name(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct walk walk = {0};
    test_folder_make(folder);
    test_subfolder_make(folder, "b");
    test_subfolder_make(folder, ".hidden");
    test_file_make(folder, "c.txt", "12345");
    test_file_make(folder, "a.txt", "1");
    test_file_make(folder, "B.txt", "1");
    test_file_make(folder, "b/x.txt", "1");
    test_file_make(folder, ".secret", "1");
    test_file_make(folder, ".hidden/y.txt", "1");
    assert_int_equal(walk_argument(&walk, folder, NULL), HEARSAY_OK);
    expect_files(&walk, folder, "B.txt a.txt b/x.txt c.txt");
    assert_int_equal(walk.total_bytes, 8);
    assert_false(walk.has_unknown_size);
    walk_free(&walk);
    test_folder_remove(folder);
}

static void a_link_back_up_ends_and_a_pipe_is_left_out(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    char path[4 * TEST_PATH_SIZE];
    struct walk walk = {0};
    test_folder_make(folder);
    test_subfolder_make(folder, "in");
    test_file_make(folder, "in/a", "1");
    snprintf(path, sizeof path, "%s/in/up", folder);
    assert_int_equal(symlink(folder, path), 0);
    snprintf(path, sizeof path, "%s/pipe", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(walk_argument(&walk, folder, NULL), HEARSAY_OK);
    expect_files(&walk, folder, "in/a");
    walk_free(&walk);
    test_folder_remove(folder);
}

static void results_of_an_earlier_run_are_no_input(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct walk walk = {0};
    test_folder_make(folder);
    test_subfolder_make(folder, "out");
    test_file_make(folder, "a", "1");
    test_file_make(folder, "out/findings.ndjson", "1");
    test_file_make(folder, "out/summary.json", "{\"schema\":\"hearsay.summary/1\"}");
    assert_int_equal(walk_argument(&walk, folder, NULL), HEARSAY_OK);
    expect_files(&walk, folder, "a");
    assert_int_equal(walk.results_left_out, 1);
    char out[2 * TEST_PATH_SIZE];
    snprintf(out, sizeof out, "%s/out", folder);
    assert_int_equal(walk_argument(&walk, out, NULL), HEARSAY_BAD_ARGUMENT); /* asked for by name */
    walk_free(&walk);
    test_folder_remove(folder);
}

static void a_pattern_that_the_shell_left_alone_is_expanded(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    char pattern[2 * TEST_PATH_SIZE];
    struct walk walk = {0};
    test_folder_make(folder);
    test_file_make(folder, "b.csv", "");
    test_file_make(folder, "a.csv", "");
    test_file_make(folder, "a.txt", "");
    test_file_make(folder, "odd[1].txt", "");
    snprintf(pattern, sizeof pattern, "%s/*.csv", folder);
    assert_int_equal(walk_argument(&walk, pattern, NULL), HEARSAY_OK);
    snprintf(pattern, sizeof pattern, "%s/odd[1].txt", folder); /* a file of that very name */
    assert_int_equal(walk_argument(&walk, pattern, NULL), HEARSAY_OK);
    expect_files(&walk, folder, "a.csv b.csv odd[1].txt");
    walk_free(&walk);
    test_folder_remove(folder);
}

static void what_gives_no_file_is_an_error_that_names_it(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    char path[4 * TEST_PATH_SIZE];
    struct walk walk = {0};
    struct hearsay_failure failure = {0};
    test_folder_make(folder);
    assert_int_equal(walk_argument(&walk, folder, &failure), HEARSAY_IO);
    assert_non_null(strstr(failure.message, "no files"));
    snprintf(path, sizeof path, "%s/none", folder);
    assert_int_equal(walk_argument(&walk, path, &failure), HEARSAY_IO);
    assert_string_equal(failure.file, path);
    snprintf(path, sizeof path, "%s/*.none", folder);
    assert_int_equal(walk_argument(&walk, path, &failure), HEARSAY_IO);
    assert_non_null(strstr(failure.message, "pattern"));
    walk_free(&walk);
    test_folder_remove(folder);
}

static void standard_input_is_taken_once(void **state) {
    (void)state;
    struct walk walk = {0};
    assert_int_equal(walk_argument(&walk, "-", NULL), HEARSAY_OK);
    assert_true(walk.has_unknown_size);
    assert_int_equal(walk_argument(&walk, "-", NULL), HEARSAY_BAD_ARGUMENT);
    walk_free(&walk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_gives_its_visible_files_in_order_of_name),
        cmocka_unit_test(a_link_back_up_ends_and_a_pipe_is_left_out),
        cmocka_unit_test(results_of_an_earlier_run_are_no_input),
        cmocka_unit_test(a_pattern_that_the_shell_left_alone_is_expanded),
        cmocka_unit_test(what_gives_no_file_is_an_error_that_names_it),
        cmocka_unit_test(standard_input_is_taken_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
