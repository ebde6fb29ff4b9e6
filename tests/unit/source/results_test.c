#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "folder.h"
#include "source/folder.h"
#include "source/results.h"

static const char summary[] = "{\"schema\":\"hearsay.summary/1\"}\n";

static enum hearsay_status write_text(struct results *results, enum hearsay_stream stream,
                                      const char *text) {
    return results_write(results, stream, text, strlen(text));
}

static void files_get_their_names_when_the_run_is_whole(void **state) {
    (void)state;
    char base[TEST_PATH_SIZE];
    char folder[2 * TEST_PATH_SIZE];
    struct results *results = NULL;
    test_folder_make(base);
    snprintf(folder, sizeof folder, "%s/deep/out", base);
    assert_int_equal(results_open(folder, NULL, &results, NULL), HEARSAY_OK);
    assert_int_equal(write_text(results, HEARSAY_FINDINGS, "1\n"), HEARSAY_OK);
    assert_int_equal(write_text(results, HEARSAY_REJECTS, "unasked\n"), HEARSAY_OK);
    assert_int_equal(write_text(results, HEARSAY_SUMMARY, summary), HEARSAY_OK);
    assert_false(test_file_exists(folder, "findings.ndjson"));
    assert_true(test_file_exists(folder, "findings.ndjson.partial"));
    assert_int_equal(results_commit(results, NULL), HEARSAY_OK);
    results_close(results);
    assert_true(test_file_exists(folder, "findings.ndjson"));
    assert_true(test_file_exists(folder, "clusters.ndjson"));
    assert_true(test_file_exists(folder, "summary.json"));
    assert_false(test_file_exists(folder, "summary.json.partial"));
    assert_true(folder_is_results(folder));
    test_folder_remove(base);
}

static void an_unfinished_run_keeps_the_old_results_and_its_own_lines(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct results *results = NULL;
    test_folder_make(folder);
    test_file_make(folder, "summary.json", summary);
    test_file_make(folder, "findings.ndjson", "old\n");
    assert_int_equal(results_open(folder, NULL, &results, NULL), HEARSAY_OK);
    write_text(results, HEARSAY_FINDINGS, "new\n");
    results_close(results);
    assert_true(test_file_exists(folder, "summary.json"));
    assert_true(test_file_exists(folder, "findings.ndjson"));
    assert_true(test_file_exists(folder, "findings.ndjson.partial"));
    /* The next run may use the folder all the same. */
    assert_int_equal(results_open(folder, NULL, &results, NULL), HEARSAY_OK);
    results_close(results);
    test_folder_remove(folder);
}

static void a_run_that_wrote_nothing_leaves_nothing(void **state) {
    (void)state;
    char base[TEST_PATH_SIZE];
    char folder[2 * TEST_PATH_SIZE];
    struct results *results = NULL;
    test_folder_make(base);
    snprintf(folder, sizeof folder, "%s/out", base);
    assert_int_equal(results_open(folder, NULL, &results, NULL), HEARSAY_OK);
    results_close(results);
    assert_false(test_file_exists(base, "out"));
    test_folder_remove(base);
}

static void a_foreign_folder_is_refused_and_untouched(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct results *results = NULL;
    struct hearsay_failure failure = {0};
    test_folder_make(folder);
    test_file_make(folder, "accounts.ndjson", "somebody's own\n");
    assert_int_equal(results_open(folder, NULL, &results, &failure), HEARSAY_BAD_ARGUMENT);
    assert_non_null(strstr(failure.message, "no results of hearsay"));
    test_file_make(folder, "summary.json", "{\"schema\":\"other\"}");
    assert_int_equal(results_open(folder, NULL, &results, &failure), HEARSAY_BAD_ARGUMENT);
    assert_false(test_file_exists(folder, "findings.ndjson.partial"));
    test_file_make(folder, "file", "");
    char file[2 * TEST_PATH_SIZE];
    snprintf(file, sizeof file, "%s/file", folder);
    assert_int_equal(results_open(file, NULL, &results, &failure), HEARSAY_BAD_ARGUMENT);
    test_folder_remove(folder);
}

static void a_full_disk_is_an_error_with_its_reason(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct results *results = NULL;
    test_folder_make(folder);
    assert_int_equal(results_open(folder, "/dev/full", &results, NULL), HEARSAY_OK);
    enum hearsay_status status = HEARSAY_OK;
    for (int i = 0; i < 100000 && status == HEARSAY_OK; i++) {
        status = write_text(results, HEARSAY_REJECTS, "ten bytes\n");
    }
    assert_int_equal(status, HEARSAY_IO);
    assert_non_null(strstr(results_error(results), "/dev/full"));
    results_close(results);
    test_folder_remove(folder);
}

static void more_than_the_buffer_holds_arrives_in_order(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct results *results = NULL;
    test_folder_make(folder);
    size_t big = 600000;
    char *bytes = malloc(big);
    memset(bytes, 'b', big);
    assert_int_equal(results_open(folder, NULL, &results, NULL), HEARSAY_OK);
    write_text(results, HEARSAY_EDGES, "a");
    results_write(results, HEARSAY_EDGES, bytes, big);
    write_text(results, HEARSAY_EDGES, "c");
    write_text(results, HEARSAY_SUMMARY, summary);
    assert_int_equal(results_commit(results, NULL), HEARSAY_OK);
    results_close(results);
    char path[4 * TEST_PATH_SIZE];
    snprintf(path, sizeof path, "%s/edges.ndjson", folder);
    FILE *file = fopen(path, "rb");
    assert_int_equal(fgetc(file), 'a');
    assert_int_equal(fread(bytes, 1, big, file), big);
    assert_int_equal(bytes[big - 1], 'b');
    assert_int_equal(fgetc(file), 'c');
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    free(bytes);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_get_their_names_when_the_run_is_whole),
        cmocka_unit_test(an_unfinished_run_keeps_the_old_results_and_its_own_lines),
        cmocka_unit_test(a_run_that_wrote_nothing_leaves_nothing),
        cmocka_unit_test(a_foreign_folder_is_refused_and_untouched),
        cmocka_unit_test(a_full_disk_is_an_error_with_its_reason),
        cmocka_unit_test(more_than_the_buffer_holds_arrives_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
