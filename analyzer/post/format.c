#include "post/format.h"

#include <stdlib.h>

#include "post/json_cut.h"

/* All formats, in the order in which `hearsay formats` shows them. */
static const struct hearsay_format formats[] = {
    {"ndjson", "hearsay's own: one JSON object per post, a line each, or an array of them",
     "text or repost_of; id, account, created_at, platform, lang, urls, ..."},
    {"twitter-v1", "Twitter API v1.1 and Gnip objects", "id_str, user, full_text or text"},
    {"twitter-v2", "X API v2 pages {data, includes}, twarc2 pages or flattened",
     "data, includes; or author_id, conversation_id, edit_history_tweet_ids"},
    {"jetstream-v1", "Bluesky Jetstream v1 events", "did, time_us, kind, commit"},
    {"twitter-io-csv", "Twitter information operations archive",
     "tweetid, userid, tweet_text, tweet_time, is_retweet, ..."},
    {"campaign-authors-csv", "posts of one campaign by author",
     "author or author_id, content, publish_date, retweet, ..."},
    {"cooretweet-csv", "CooRTweet's table of shares",
     "object_id, account_id, content_id, timestamp_share"},
    {"qut-csv", "QUT coordination network toolkit",
     "message_id, user_id, repost_id, message, timestamp, urls"},
    {"4cat-csv", "4CAT data sets", "id, thread_id, author, body, timestamp"},
    {"mapped-csv", "any table, with --map account=...,text=...,created_at=...",
     "the columns that the map names"},
};

const struct hearsay_format *hearsay_format_at(size_t index) {
    return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}

size_t format_index(struct str name) {
    for (size_t i = 0; hearsay_format_at(i); i++) {
        if (str_is(name, hearsay_format_at(i)->name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

struct format *format_new(const char *name, enum format_kind kind, enum format_cut cut) {
    struct format *format = calloc(1, sizeof *format);
    if (!format) {
        return NULL;
    }
    atomic_init(&format->references, 1);
    format->name = name;
    format->kind = kind;
    format->cut = cut;
    format->record_limit_bytes = UINT64_MAX;
    format->dialect = (struct csv_dialect){.delimiter = ','};
    format->platform = STR("unknown");
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        format->columns[i] = COLUMN_NONE;
    }
    return format;
}

/* A block holds a const pointer, since nobody may change what is shared; only the count moves. */
static atomic_uint *references(const struct format *format) {
    union {
        const struct format *read;
        struct format *write;
    } pointer = {format};
    return &pointer.write->references;
}

const struct format *format_retain(const struct format *format) {
    atomic_fetch_add_explicit(references(format), 1, memory_order_relaxed);
    return format;
}

void format_release(const struct format *format) {
    if (!format || atomic_fetch_sub_explicit(references(format), 1, memory_order_acq_rel) != 1) {
        return;
    }
    union {
        const struct format *read;
        struct format *write;
    } pointer = {format};
    arena_free(&pointer.write->arena);
    free(pointer.write);
}

const char *format_name(const struct format *format) {
    return format->name;
}

const char *format_description(const struct format *format) {
    return format->description;
}

static size_t last_line_end(struct str bytes) {
    size_t end = bytes.len;
    while (end > 0 && bytes.ptr[end - 1] != '\n') {
        end--;
    }
    return end;
}

static size_t last_value_end(struct str bytes) {
    struct json_cut cut = {0};
    size_t start = 0;
    size_t end = 0;
    while (json_cut_next(&cut, bytes, end, &start, &end)) {
    }
    return cut.in_record ? end : bytes.len;
}

static size_t last_row_end(const struct csv_dialect *dialect, struct str bytes, bool final,
                           size_t *quote_at) {
    size_t end = 0;
    while (end < bytes.len) {
        struct str rest = str_slice(bytes, end, bytes.len);
        size_t length = csv_record_length(dialect, rest, final, quote_at);
        if (length == 0) {
            if (*quote_at != SIZE_MAX) {
                *quote_at += end;
            }
            break;
        }
        end += length;
    }
    return end;
}

size_t format_cut_end(const struct format *format, struct str bytes, bool final, size_t *quote_at) {
    *quote_at = SIZE_MAX;
    if (format->cut == CUT_CSV) {
        return last_row_end(&format->dialect, bytes, final, quote_at);
    }
    if (final) {
        return bytes.len;
    }
    return format->cut == CUT_LINES ? last_line_end(bytes) : last_value_end(bytes);
}

/* Counts in a narrow counter so that the compiler can use whole vectors of bytes. */
static uint64_t count_byte(const char *bytes, size_t len, char wanted) {
    uint64_t total = 0;
    while (len > 0) {
        size_t part = len < 255 * 32 ? len : 255 * 32;
        unsigned char lanes[32] = {0};
        size_t i = 0;
        for (; i + 32 <= part; i += 32) {
            for (size_t j = 0; j < 32; j++) {
                lanes[j] = (unsigned char)(lanes[j] + (bytes[i + j] == wanted));
            }
        }
        for (; i < part; i++) {
            total += bytes[i] == wanted;
        }
        for (size_t j = 0; j < 32; j++) {
            total += lanes[j];
        }
        bytes += part;
        len -= part;
    }
    return total;
}

uint64_t format_count_lines(const struct format *format, struct str bytes) {
    uint64_t lines = count_byte(bytes.ptr, bytes.len, '\n');
    if (format->cut != CUT_CSV) {
        return lines;
    }
    for (size_t at = str_find_byte(bytes, '\r', 0); at != STR_NOT_FOUND;
         at = str_find_byte(bytes, '\r', at + 1)) {
        lines += at + 1 == bytes.len || bytes.ptr[at + 1] != '\n';
    }
    return lines;
}
