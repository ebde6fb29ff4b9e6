#include "source/paths.h"

#include <stdio.h>
#include <stdlib.h>

/* Takes ownership of `path`, also on failure. */
static bool paths_take(struct paths *paths, char *path) {
    if (!path) {
        return false;
    }
    if (paths->count == paths->capacity) {
        size_t capacity = paths->capacity ? 2 * paths->capacity : 16;
        char **items = realloc(paths->items, capacity * sizeof *items);
        if (!items) {
            free(path);
            return false;
        }
        paths->items = items;
        paths->capacity = capacity;
    }
    paths->items[paths->count++] = path;
    return true;
}

bool paths_add(struct paths *paths, const char *path) {
    return paths_take(paths, strdup(path));
}

bool paths_join(struct paths *paths, const char *folder, const char *name) {
    size_t folder_len = strlen(folder);
    bool has_slash = folder_len > 0 && folder[folder_len - 1] == '/';
    size_t size = folder_len + strlen(name) + 2;
    char *path = malloc(size);
    if (path) {
        snprintf(path, size, "%s%s%s", folder, has_slash ? "" : "/", name);
    }
    return paths_take(paths, path);
}

static int compare_paths(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void paths_sort(struct paths *paths) {
    if (paths->count > 1) {
        qsort(paths->items, paths->count, sizeof paths->items[0], compare_paths);
    }
}

void paths_free(struct paths *paths) {
    for (size_t i = 0; i < paths->count; i++) {
        free(paths->items[i]);
    }
    free(paths->items);
    *paths = (struct paths){0};
}
