#include "cli/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/failure.h"

enum { PATTERN_BYTES = 64 };

enum hearsay_status lines_open(struct lines *lines, const char *folder, const char *name,
                               struct hearsay_failure *failure) {
    struct buffer path = {0};
    *lines = (struct lines){0};
    if (!buffer_printf(&path, "%s/%s", folder, name)) {
        return failure_memory(failure);
    }
    lines->path = path.ptr;
    lines->file = fopen(lines->path, "rbe");
    if (!lines->file) {
        return failure_set(failure, HEARSAY_IO, str_from_c(lines->path), 0, 0,
                           "cannot be read: %s; is %s a results folder of `hearsay scan`?",
                           strerror(errno), folder);
    }
    return HEARSAY_OK;
}

bool lines_next(struct lines *lines, struct str *line) {
    ssize_t len = getline(&lines->bytes, &lines->capacity, lines->file);
    if (len < 0) {
        return false;
    }
    lines->number++;
    *line = str_trim((struct str){lines->bytes, (size_t)len});
    return true;
}

enum hearsay_status lines_parse(const struct lines *lines, struct str line, json_t **value,
                                struct hearsay_failure *failure) {
    enum hearsay_status status = json_parse(line, str_from_c(lines->path), value, failure);
    if (status != HEARSAY_OK && failure) {
        failure->line = lines->number;
    }
    return status;
}

void lines_close(struct lines *lines) {
    if (lines->file) {
        fclose(lines->file);
    }
    free(lines->path);
    free(lines->bytes);
    *lines = (struct lines){0};
}

/* Offset just after ,"key": from `from` on, or STR_NOT_FOUND. */
static size_t find_key(struct str line, const char *key, size_t from) {
    char pattern[PATTERN_BYTES];
    int len = snprintf(pattern, sizeof pattern, ",\"%s\":", key);
    size_t at = str_find(line, (struct str){pattern, (size_t)len}, from);
    return at == STR_NOT_FOUND ? at : at + (size_t)len;
}

bool lines_has(struct str line, const char *key, struct str quoted) {
    for (size_t at = 0; (at = find_key(line, key, at)) != STR_NOT_FOUND;) {
        if (str_starts_with(str_slice(line, at, line.len), quoted)) {
            return true;
        }
    }
    return false;
}

double lines_number(struct str line, const char *key) {
    size_t at = find_key(line, key, 0);
    size_t end = at;
    while (end < line.len && !strchr(",}] ", line.ptr[end])) {
        end++;
    }
    double value = 0;
    if (at == STR_NOT_FOUND || !str_to_double(str_slice(line, at, end), &value)) {
        return 0;
    }
    return value;
}
