/* Times in the notations that sources use, to microseconds UTC. Calendar arithmetic after Hinnant,
 * "chrono-compatible low-level date algorithms" (2013). No locale, no clock, no time zone database.
 */
#ifndef HEARSAY_POST_TIMESTAMP_H
#define HEARSAY_POST_TIMESTAMP_H

#include "base/str.h"
#include "post/post.h"

struct timestamp {
    int64_t us; /* since 1970-01-01 UTC */
    enum time_precision precision;
};

/* Years 1970..2200 are times of posts; anything else is a mistake in the source. */
#define TIMESTAMP_YEAR_MIN 1970
#define TIMESTAMP_YEAR_MAX 2200

/* A date in the proleptic Gregorian calendar and a time of day. */
struct civil {
    int year;
    int month;       /* 1..12 */
    int day;         /* 1..31 */
    int hour;        /* 0..23 */
    int minute;      /* 0..59 */
    int second;      /* 0..60; 60 becomes 59.999999 */
    int microsecond; /* 0..999999 */
    int offset_s;    /* east of UTC */
    enum time_precision precision;
};

/* False if the date does not exist (30 February) or is out of range. */
bool timestamp_from_civil(const struct civil *civil, struct timestamp *time);

/* Reads the whole of `text` (white space around it is allowed): ISO 8601 in its usual forms, the
 * same with a space or a zone name, Twitter's "Wed Oct 10 20:19:24 +0000 2018", RFC 2822, or a
 * number since the epoch, in seconds, milliseconds or microseconds by its size, with or without a
 * fraction. A time without a zone is UTC. False if it is anything else or no real time. */
bool timestamp_parse(struct str text, struct timestamp *time);

/* Parts of notations, shared with time_format.h. `*at` moves past what was read. */

/* 1..12 for an English month name or its first three letters, 0 if there is none. */
int timestamp_month(struct str text, size_t *at);
/* True if an English weekday name or its first three letters stood there. */
bool timestamp_weekday(struct str text, size_t *at);
/* "Z", "UTC", "GMT", "EST", ..., "+05:30", "+0530", "+05"; false if there is none. */
bool timestamp_zone(struct str text, size_t *at, int *offset_s);
/* Between min and max decimal digits. */
bool timestamp_digits(struct str text, size_t *at, int min, int max, int *value);
/* Digits after a decimal point or comma that was already read; sets precision and microseconds. */
bool timestamp_fraction(struct str text, size_t *at, struct civil *civil);

#endif
