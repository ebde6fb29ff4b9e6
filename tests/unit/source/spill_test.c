#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

#include "base/str.h"
#include "folder.h"
#include "source/files.h"
#include "source/spill.h"

enum { WRITERS = 4, CHUNKS = 200, CHUNK_BYTES = 999 };

struct writer {
    struct hearsay_store store;
    char mark;
    uint64_t offsets[CHUNKS];
};

static void *write_chunks(void *context) {
    struct writer *writer = context;
    char bytes[CHUNK_BYTES];
    memset(bytes, writer->mark, sizeof bytes);
    for (int i = 0; i < CHUNKS; i++) {
        if (writer->store.append(writer->store.context, bytes, sizeof bytes, &writer->offsets[i]) !=
            HEARSAY_OK) {
            writer->mark = '!';
        }
    }
    return NULL;
}

static void several_threads_find_their_own_bytes_again(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct spill *spill = NULL;
    struct writer writers[WRITERS];
    pthread_t threads[WRITERS];
    test_folder_make(folder);
    assert_int_equal(spill_open(folder, &spill, NULL), HEARSAY_OK);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.store = spill_store(spill), .mark = (char)('a' + i)};
        pthread_create(&threads[i], NULL, write_chunks, &writers[i]);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(writers[i].mark, 'a' + i);
    }
    for (int i = 0; i < WRITERS * CHUNKS; i++) {
        char bytes[CHUNK_BYTES];
        const struct writer *writer = &writers[i % WRITERS];
        struct hearsay_store store = writer->store;
        assert_int_equal(
            store.read(store.context, writer->offsets[i / WRITERS], bytes, sizeof bytes),
            HEARSAY_OK);
        assert_int_equal(bytes[0], writer->mark);
        assert_int_equal(bytes[CHUNK_BYTES - 1], writer->mark);
    }
    assert_int_equal(spill_bytes(spill), WRITERS * CHUNKS * CHUNK_BYTES);
    assert_int_equal(rmdir(folder), 0); /* the file has no name: the folder is empty */
    spill_close(spill);
}

static void a_folder_that_is_gone_is_an_error_with_its_reason(void **state) {
    (void)state;
    struct spill *spill = NULL;
    uint64_t offset;
    assert_int_equal(spill_open("/nowhere/at/all", &spill, NULL), HEARSAY_OK);
    assert_null(spill_error(spill));
    struct hearsay_store store = spill_store(spill);
    assert_int_equal(store.append(store.context, "x", 1, &offset), HEARSAY_IO);
    assert_non_null(strstr(spill_error(spill), "/nowhere/at/all"));
    spill_close(spill);
}

static void reading_past_the_end_is_an_error(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct spill *spill = NULL;
    uint64_t offset;
    char bytes[2];
    test_folder_make(folder);
    spill_open(folder, &spill, NULL);
    struct hearsay_store store = spill_store(spill);
    assert_int_equal(store.append(store.context, "x", 1, &offset), HEARSAY_OK);
    assert_int_equal(store.read(store.context, offset, bytes, 2), HEARSAY_IO);
    spill_close(spill);
    test_folder_remove(folder);
}

static void the_rule_files_of_a_folder_come_sorted(void **state) {
    (void)state;
    char folder[TEST_PATH_SIZE];
    struct paths files = {0};
    struct hearsay_failure failure = {0};
    test_folder_make(folder);
    assert_int_equal(files_of_pack(folder, &files, &failure), HEARSAY_IO);
    test_file_make(folder, "b.rules", "second");
    test_file_make(folder, "a.rules", "first");
    test_file_make(folder, "list.txt", "");
    assert_int_equal(files_of_pack(folder, &files, &failure), HEARSAY_OK);
    assert_int_equal(files.count, 2);
    char *bytes = NULL;
    size_t len = 0;
    assert_int_equal(files_read(NULL, files.items[0], &bytes, &len), HEARSAY_OK);
    assert_string_equal(bytes, "first");
    assert_int_equal(len, 5);
    free(bytes);
    paths_free(&files);
    assert_int_equal(files_load("/dev/zero", 1000, &bytes, &len, &failure), HEARSAY_LIMIT);
    assert_int_equal(files_load(folder, 1000, &bytes, &len, &failure), HEARSAY_IO);
    test_folder_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_threads_find_their_own_bytes_again),
        cmocka_unit_test(a_folder_that_is_gone_is_an_error_with_its_reason),
        cmocka_unit_test(reading_past_the_end_is_an_error),
        cmocka_unit_test(the_rule_files_of_a_folder_come_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
