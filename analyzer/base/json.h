/* Bridge to jansson: the only header that includes it. For everything that is not the stream of
 * posts: the repair lane, settings, schemas, results read back, tests. */
#ifndef HEARSAY_BASE_JSON_H
#define HEARSAY_BASE_JSON_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/str.h"
#include "hearsay.h"

/* One JSON value from exactly these bytes (any type at the top, NUL escapes allowed, duplicate keys
 * refused). *value is owned by the caller (json_decref). On error the failure has line, column and
 * jansson's reason; `file` only names the place. */
enum hearsay_status json_parse(struct str bytes, struct str file, json_t **value,
                               struct hearsay_failure *failure);

/* The string member `key` of an object, or an empty slice. Borrowed from `object`. */
struct str json_member(const json_t *object, const char *key);

/* Appends `text` as a JSON string with quotes. Valid UTF-8 stays as it is; control characters are
 * escaped; a byte that is not UTF-8 becomes U+FFFD. */
bool json_append_string(struct buffer *out, struct str text);

#endif
