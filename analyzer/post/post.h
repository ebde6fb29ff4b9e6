/* The canonical model of one post (DESIGN section 4). Every slice is borrowed from the decoder that
 * made the post and is valid until the visitor that received it returns. Absent is not zero: an
 * absent text field is an empty slice with ptr NULL, an absent number has its has_ flag false. */
#ifndef HEARSAY_POST_POST_H
#define HEARSAY_POST_POST_H

#include "base/str.h"

/* How exact the source's own notation of a time is; detection over a whole source is the engine's
 * job. */
enum time_precision { TIME_MICROSECOND, TIME_MILLISECOND, TIME_SECOND, TIME_MINUTE, TIME_DAY };

struct post {
    struct str platform; /* "x", "bluesky", ...; an adapter's constant where the row does not say */
    struct str id;       /* exactly as read; "h:" and 32 hex digits of the row's digest if absent */
    struct str account;  /* empty: judged by rules, left out of coordination */
    struct str handle;
    struct str display_name;
    struct str text;
    struct str lang; /* the source's tag, lower case, else empty */
    struct str_list urls;
    struct str_list hashtags; /* without '#' */
    struct str_list mentions; /* without '@' */
    struct str reply_to;
    struct str repost_of;
    struct str quote_of;
    struct str thread;
    struct str_list media_hashes;
    int64_t created_at_us; /* microseconds since 1970-01-01 UTC; witnessed before claimed */
    int64_t account_created_at_us;
    int64_t followers;
    int64_t following;
    enum time_precision precision; /* of the notation: "2020-01-01T10:00Z" is a minute */
    bool has_time;
    bool has_account_created_at;
    bool has_followers;
    bool has_following;
    bool is_repost;     /* repost_of present, or the source marks it */
    bool id_is_derived; /* the source gave no id */
    struct str row;     /* share tables: the whole row, which then decides what a duplicate is */
};

#endif
