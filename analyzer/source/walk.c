#include "source/walk.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"
#include "source/folder.h"
#include "source/stream.h"

/* The folders from the argument down to the present one, to see links that lead back up. */
struct level {
    const struct level *parent;
    dev_t device;
    ino_t inode;
};

static enum hearsay_status walk_path(struct walk *walk, const char *path,
                                     const struct level *parent, struct hearsay_failure *failure);

static enum hearsay_status fail(const char *path, const char *message,
                                struct hearsay_failure *failure) {
    return failure_set(failure, HEARSAY_IO, str_from_c(path), 0, 0, "%s", message);
}

static bool is_own_ancestor(const struct level *level, const struct stat *about) {
    for (; level; level = level->parent) {
        if (level->device == about->st_dev && level->inode == about->st_ino) {
            return true;
        }
    }
    return false;
}

/* The visible names of a folder, joined with it and sorted. */
static enum hearsay_status list_folder(const char *folder, struct paths *names,
                                       struct hearsay_failure *failure) {
    DIR *stream = opendir(folder);
    if (!stream) {
        return fail(folder, strerror(errno), failure);
    }
    enum hearsay_status status = HEARSAY_OK;
    struct dirent *entry;
    while (status == HEARSAY_OK && (entry = readdir(stream))) {
        if (entry->d_name[0] != '.' && !paths_join(names, folder, entry->d_name)) {
            status = failure_memory(failure);
        }
    }
    closedir(stream);
    paths_sort(names);
    return status;
}

static enum hearsay_status walk_entry(struct walk *walk, const char *path,
                                      const struct level *level, struct hearsay_failure *failure) {
    struct stat about;
    if (stat(path, &about) != 0) {
        return fail(path, strerror(errno), failure);
    }
    if (S_ISDIR(about.st_mode)) {
        if (is_own_ancestor(level, &about)) {
            return HEARSAY_OK;
        }
        if (folder_is_results(path)) {
            walk->results_left_out++;
            return HEARSAY_OK;
        }
    } else if (!S_ISREG(about.st_mode)) {
        return HEARSAY_OK; /* a pipe or socket in a folder would block for ever */
    }
    return walk_path(walk, path, level, failure);
}

static enum hearsay_status walk_folder(struct walk *walk, const char *folder,
                                       const struct level *level, struct hearsay_failure *failure) {
    struct paths names = {0};
    enum hearsay_status status = list_folder(folder, &names, failure);
    for (size_t i = 0; status == HEARSAY_OK && i < names.count; i++) {
        status = walk_entry(walk, names.items[i], level, failure);
    }
    paths_free(&names);
    return status;
}

static enum hearsay_status add_file(struct walk *walk, const char *path, const struct stat *about,
                                    struct hearsay_failure *failure) {
    if (access(path, R_OK) != 0) {
        return fail(path, strerror(errno), failure);
    }
    if (S_ISREG(about->st_mode)) {
        walk->total_bytes += (uint64_t)about->st_size;
    } else {
        walk->has_unknown_size = true;
    }
    return paths_add(&walk->files, path) ? HEARSAY_OK : failure_memory(failure);
}

static enum hearsay_status walk_path(struct walk *walk, const char *path,
                                     const struct level *parent, struct hearsay_failure *failure) {
    struct stat about;
    if (stat(path, &about) != 0) {
        return fail(path, strerror(errno), failure);
    }
    if (!S_ISDIR(about.st_mode)) {
        return add_file(walk, path, &about, failure);
    }
    struct level level = {parent, about.st_dev, about.st_ino};
    return walk_folder(walk, path, &level, failure);
}

/* An argument by itself must give at least one file; a folder below it may be empty. */
static enum hearsay_status walk_whole(struct walk *walk, const char *path,
                                      struct hearsay_failure *failure) {
    size_t before = walk->files.count;
    if (folder_is_results(path)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, str_from_c(path), 0, 0,
                           "holds results of hearsay, not posts; `hearsay explain` reads them");
    }
    enum hearsay_status status = walk_path(walk, path, NULL, failure);
    if (status == HEARSAY_OK && walk->files.count == before) {
        return fail(path, "no files in this folder (hidden files are left out)", failure);
    }
    return status;
}

static enum hearsay_status walk_pattern(struct walk *walk, const char *pattern,
                                        struct hearsay_failure *failure) {
    glob_t found = {0};
    int code = glob(pattern, GLOB_NOSORT, NULL, &found);
    struct paths matches = {0};
    enum hearsay_status status = HEARSAY_OK;
    if (code == GLOB_NOSPACE) {
        status = failure_memory(failure);
    } else if (code != 0) {
        status = fail(pattern, "no file matches this pattern", failure);
    }
    for (size_t i = 0; status == HEARSAY_OK && i < found.gl_pathc; i++) {
        if (!paths_add(&matches, found.gl_pathv[i])) {
            status = failure_memory(failure);
        }
    }
    globfree(&found);
    paths_sort(&matches);
    for (size_t i = 0; status == HEARSAY_OK && i < matches.count; i++) {
        status = walk_whole(walk, matches.items[i], failure);
    }
    paths_free(&matches);
    return status;
}

static enum hearsay_status walk_standard_input(struct walk *walk, struct hearsay_failure *failure) {
    for (size_t i = 0; i < walk->files.count; i++) {
        if (strcmp(walk->files.items[i], STREAM_STANDARD_INPUT) == 0) {
            return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR("-"), 0, 0,
                               "standard input can be read only once");
        }
    }
    walk->has_unknown_size = true;
    return paths_add(&walk->files, STREAM_STANDARD_INPUT) ? HEARSAY_OK : failure_memory(failure);
}

enum hearsay_status walk_argument(struct walk *walk, const char *argument,
                                  struct hearsay_failure *failure) {
    if (strcmp(argument, STREAM_STANDARD_INPUT) == 0) {
        return walk_standard_input(walk, failure);
    }
    struct stat about;
    if (stat(argument, &about) != 0 && errno == ENOENT && strpbrk(argument, "*?[")) {
        return walk_pattern(walk, argument, failure);
    }
    return walk_whole(walk, argument, failure);
}

void walk_free(struct walk *walk) {
    paths_free(&walk->files);
    *walk = (struct walk){0};
}
