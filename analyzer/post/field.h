/* The names of the canonical fields: keys of canonical NDJSON and the left side of a column map. */
#ifndef HEARSAY_POST_FIELD_H
#define HEARSAY_POST_FIELD_H

#include "base/str.h"

enum field {
    FIELD_PLATFORM,
    FIELD_ID,
    FIELD_ACCOUNT,
    FIELD_HANDLE,
    FIELD_DISPLAY_NAME,
    FIELD_CREATED_AT,
    FIELD_TEXT,
    FIELD_LANG,
    FIELD_URLS,
    FIELD_HASHTAGS,
    FIELD_MENTIONS,
    FIELD_REPLY_TO,
    FIELD_REPOST_OF,
    FIELD_QUOTE_OF,
    FIELD_THREAD,
    FIELD_MEDIA,
    FIELD_ACCOUNT_CREATED_AT,
    FIELD_FOLLOWERS,
    FIELD_FOLLOWING,
    FIELD_COLLECTED_AT,
    FIELD_IS_REPOST, /* a column that marks reposts; not a key of canonical NDJSON */
    FIELD_COUNT
};

extern const char *const field_names[FIELD_COUNT];

/* The field of that exact name or FIELD_COUNT. */
enum field post_field_find(struct str name);

/* The name among `count` names that is nearest to `name` (fewest edits), or NULL if none is near.
 */
const char *field_nearest(struct str name, const char *const *names, size_t count);

#endif
