#include "post/sniff.h"

#include "base/buffer.h"
#include "base/failure.h"
#include "post/json_cut.h"

/* Keys that were seen at the top of the records, in order of first arrival. */
#define KEYS_MAX 64

struct keys {
    struct str items[KEYS_MAX];
    size_t count;
};

static bool has(const struct keys *keys, const char *name) {
    for (size_t i = 0; i < keys->count; i++) {
        if (str_is(keys->items[i], name)) {
            return true;
        }
    }
    return false;
}

static bool has_all(const struct keys *keys, const char *const *names) {
    while (*names) {
        if (!has(keys, *names++)) {
            return false;
        }
    }
    return true;
}

static void add_key(struct keys *keys, struct str key) {
    for (size_t i = 0; i < keys->count; i++) {
        if (str_equal(keys->items[i], key)) {
            return;
        }
    }
    if (keys->count < KEYS_MAX) {
        keys->items[keys->count++] = key;
    }
}

/* Offset after the string whose opening quote is at `at`; bytes.len if it is not closed. */
static size_t string_end(struct str bytes, size_t at) {
    for (at++; at < bytes.len; at++) {
        if (bytes.ptr[at] == '\\') {
            at++;
        } else if (bytes.ptr[at] == '"') {
            return at + 1;
        }
    }
    return bytes.len;
}

static size_t skip_space(struct str bytes, size_t at) {
    while (at < bytes.len && (bytes.ptr[at] == ' ' || bytes.ptr[at] == '\t' ||
                              bytes.ptr[at] == '\r' || bytes.ptr[at] == '\n')) {
        at++;
    }
    return at;
}

/* The keys of the objects at the top, or in the array at the top. Follows depth and quotes only, so
 * that a row that is cut off at the end of the head still shows its keys. */
static void collect_keys(struct str head, struct keys *keys) {
    int depth = 0;
    for (size_t at = 0; at < head.len; at++) {
        char c = head.ptr[at];
        if (c == '"') {
            size_t end = string_end(head, at);
            size_t colon = skip_space(head, end);
            if (depth == 1 && colon < head.len && head.ptr[colon] == ':') {
                add_key(keys, str_slice(head, at + 1, end - 1));
            }
            at = end - 1;
        } else if (c == '{' || (c == '[' && depth > 0)) {
            depth++;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        } else if (c == '\n' && depth > 0 && at + 1 < head.len && head.ptr[at + 1] == '{') {
            depth = 0; /* a broken line must not hide the rest */
        }
    }
}

static enum format_kind kind_of(const struct keys *keys, bool *is_known) {
    static const char *const jetstream[] = {"did", "kind", NULL};
    static const char *const v1_user[] = {"id_str", "user", NULL};
    static const char *const v1_full[] = {"id_str", "full_text", NULL};
    static const char *const v2_author[] = {"author_id", "text", NULL};
    static const char *const canonical[] = {"text", "repost_of", "created_at"};
    *is_known = true;
    if (has_all(keys, jetstream) && (has(keys, "time_us") || has(keys, "commit"))) {
        return FORMAT_JETSTREAM_V1;
    }
    if (has_all(keys, v1_user) || has_all(keys, v1_full)) {
        return FORMAT_TWITTER_V1;
    }
    bool is_page = has(keys, "data") && !has(keys, "source_platform") && !has(keys, "text");
    if (is_page || (has_all(keys, v2_author) && !has(keys, "account"))) {
        return FORMAT_TWITTER_V2;
    }
    for (size_t i = 0; i < sizeof canonical / sizeof *canonical; i++) {
        if (has(keys, canonical[i])) {
            return FORMAT_NDJSON;
        }
    }
    *is_known = false;
    return FORMAT_NDJSON;
}

/* Line by line if the first line is a whole value or the next one begins a new object; else the
 * values are cut by depth. */
static enum format_cut cut_of(struct str head) {
    size_t start = skip_space(head, 0);
    if (start < head.len && head.ptr[start] == '[') {
        return CUT_DOCUMENT;
    }
    size_t newline = str_find_byte(head, '\n', start);
    if (newline == STR_NOT_FOUND) {
        bool has_cr = str_find_byte(str_trim(head), '\r', start) != STR_NOT_FOUND;
        return has_cr ? CUT_DOCUMENT : CUT_LINES;
    }
    struct json_cut cut = {0};
    size_t end;
    bool is_whole = json_cut_next(&cut, str_slice(head, 0, newline), start, &start, &end);
    bool begins_next = newline + 1 < head.len && head.ptr[newline + 1] == '{';
    return is_whole || begins_next ? CUT_LINES : CUT_DOCUMENT;
}

static enum hearsay_status unknown_keys(const struct keys *keys,
                                        const struct sniff_options *options,
                                        struct hearsay_failure *failure) {
    struct buffer list = {0};
    for (size_t i = 0; i < keys->count && i < 12; i++) {
        buffer_append_c(&list, i ? ", " : "");
        buffer_append_str(&list, keys->items[i]);
    }
    enum hearsay_status status = failure_set(
        failure, HEARSAY_BAD_INPUT, str_from_c(options->name), 1, 0,
        "JSON that is no known format: its keys are %.*s; hearsay's own needs \"text\" or "
        "\"repost_of\"; `hearsay formats` lists what is read",
        (int)list.len, list.len ? list.ptr : "");
    buffer_free(&list);
    return status;
}

static const char *kind_name(enum format_kind kind) {
    static const char *const names[] = {"ndjson", "twitter-v1", "twitter-v2", "jetstream-v1"};
    return names[kind];
}

static enum format_kind kind_named(const char *name) {
    for (int kind = FORMAT_NDJSON; kind < FORMAT_CSV; kind++) {
        if (strcmp(kind_name((enum format_kind)kind), name) == 0) {
            return (enum format_kind)kind;
        }
    }
    return FORMAT_NDJSON;
}

enum hearsay_status sniff_json(struct str head, const struct sniff_options *options,
                               struct format **format, struct hearsay_failure *failure) {
    struct keys keys = {0};
    bool is_known = true;
    enum format_kind kind;
    if (options->format) {
        kind = kind_named(options->format);
    } else {
        collect_keys(head, &keys);
        kind = kind_of(&keys, &is_known);
        /* Objects without keys, or an empty array: nothing to read, but nothing wrong either. */
        if (!is_known && keys.count > 0) {
            return unknown_keys(&keys, options, failure);
        }
    }
    struct format *made = format_new(kind_name(kind), kind, cut_of(head));
    if (!made) {
        return failure_memory(failure);
    }
    if (kind == FORMAT_TWITTER_V1 || kind == FORMAT_TWITTER_V2) {
        made->platform = STR("x");
    } else if (kind == FORMAT_JETSTREAM_V1) {
        made->platform = STR("bluesky");
    }
    const char *cut = made->cut == CUT_LINES ? "a value per line" : "one JSON document";
    memcpy(made->description, cut, strlen(cut) + 1);
    *format = made;
    return HEARSAY_OK;
}
