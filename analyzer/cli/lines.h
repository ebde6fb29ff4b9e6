/* Reading a results file line by line, without parsing the lines that do not matter. */
#ifndef HEARSAY_CLI_LINES_H
#define HEARSAY_CLI_LINES_H

#include <stdio.h>

#include "base/json.h"
#include "base/str.h"
#include "hearsay.h"

struct lines {
    FILE *file;
    char *path;
    char *bytes;
    size_t capacity;
    uint64_t number; /* of the present line, from 1 */
};

/* Opens folder/name. HEARSAY_IO with a message when it is not there. lines_close also then. */
enum hearsay_status lines_open(struct lines *lines, const char *folder, const char *name,
                               struct hearsay_failure *failure);

/* The next line without its end, borrowed until the next call; false at the end. */
bool lines_next(struct lines *lines, struct str *line);

/* Parses the present line. *value is owned by the caller. */
enum hearsay_status lines_parse(const struct lines *lines, struct str line, json_t **value,
                                struct hearsay_failure *failure);
void lines_close(struct lines *lines);

/* Whether "key":<text as JSON> stands somewhere in the line: a cheap test that may be true for
 * another object's key, never false for a line that has it. `quoted` is the JSON string with
 * quotes, as json_append_string writes it. */
bool lines_has(struct str line, const char *key, struct str quoted);

/* The first member `key` that is a number; 0 if there is none. A quoted text cannot hold the
 * pattern, because its quotes are escaped. */
double lines_number(struct str line, const char *key);

#endif
