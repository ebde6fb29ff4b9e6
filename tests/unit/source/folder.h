/* A temporary folder for a test, with files made from a list of names. */
#ifndef HEARSAY_TESTS_UNIT_SOURCE_FOLDER_H
#define HEARSAY_TESTS_UNIT_SOURCE_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEST_PATH_SIZE 512

static inline void test_folder_make(char folder[TEST_PATH_SIZE]) {
    snprintf(folder, TEST_PATH_SIZE, "/tmp/hearsay-test-XXXXXX");
    if (!mkdtemp(folder)) {
        abort();
    }
}

static inline void test_folder_remove(const char *folder) {
    char command[TEST_PATH_SIZE + 16];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0) {
        abort();
    }
}

/* Makes folder/name with the text. */
static inline void test_file_make(const char *folder, const char *name, const char *text) {
    char path[4 * TEST_PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
        abort();
    }
}

static inline void test_subfolder_make(const char *folder, const char *name) {
    char path[4 * TEST_PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (mkdir(path, 0777) != 0) {
        abort();
    }
}

static inline int test_file_exists(const char *folder, const char *name) {
    char path[4 * TEST_PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

#endif
