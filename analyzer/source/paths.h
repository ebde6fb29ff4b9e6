/* A growable list of file names that it owns. */
#ifndef HEARSAY_SOURCE_PATHS_H
#define HEARSAY_SOURCE_PATHS_H

#include "base/str.h"

/* Zero-initialise. */
struct paths {
    char **items; /* NUL-terminated */
    size_t count;
    size_t capacity;
};

bool paths_add(struct paths *paths, const char *path); /* copies; false when memory is out */
/* Adds folder/name. */
bool paths_join(struct paths *paths, const char *folder, const char *name);
void paths_sort(struct paths *paths); /* bytewise, so the same in every locale */
void paths_free(struct paths *paths);

#endif
