#include "post/sniff.h"

#include "base/failure.h"

#define FORMAT_NAMES_MAX 16

enum hearsay_status sniff_check_name(const char *name, struct hearsay_failure *failure) {
    const char *names[FORMAT_NAMES_MAX];
    size_t count = 0;
    if (!name || strcmp(name, "auto") == 0 || format_index(str_from_c(name)) != SIZE_MAX) {
        return HEARSAY_OK;
    }
    while (count < FORMAT_NAMES_MAX && hearsay_format_at(count)) {
        names[count] = hearsay_format_at(count)->name;
        count++;
    }
    const char *nearest = field_nearest(str_from_c(name), names, count);
    if (nearest) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "there is no format \"%s\"; did you mean \"%s\"?", name, nearest);
    }
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                       "there is no format \"%s\"; `hearsay formats` lists them", name);
}

static char first_byte(struct str text) {
    text = str_trim(text);
    return text.len > 0 ? text.ptr[0] : '\0';
}

/* An object or an array of objects at the beginning, or, behind a broken first line, at the
 * beginning of some line. A text that merely begins with a bracket is no JSON. */
static bool looks_like_json(struct str head) {
    struct str text = str_trim(head);
    char first = first_byte(text);
    char second = first_byte(str_slice(text, 1, text.len));
    if (first == '{' && (second == '"' || second == '}')) {
        return true;
    }
    if (first == '[' && (second == '{' || second == '[' || second == ']')) {
        return true;
    }
    return str_find(head, STR("\n{\""), 0) != STR_NOT_FOUND;
}

enum hearsay_status sniff_format(struct str head, const struct sniff_options *options,
                                 struct format **format, struct hearsay_failure *failure) {
    struct sniff_options given = *options;
    if (given.format && strcmp(given.format, "auto") == 0) {
        given.format = NULL;
    }
    bool is_json = looks_like_json(head);
    if (given.format) {
        is_json = !str_ends_with(str_from_c(given.format), STR("-csv"));
    }
    return is_json ? sniff_json(head, &given, format, failure)
                   : sniff_table(head, &given, format, failure);
}
