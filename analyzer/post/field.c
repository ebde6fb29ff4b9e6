#include "post/field.h"

const char *const field_names[FIELD_COUNT] = {
    [FIELD_PLATFORM] = "platform",
    [FIELD_ID] = "id",
    [FIELD_ACCOUNT] = "account",
    [FIELD_HANDLE] = "handle",
    [FIELD_DISPLAY_NAME] = "display_name",
    [FIELD_CREATED_AT] = "created_at",
    [FIELD_TEXT] = "text",
    [FIELD_LANG] = "lang",
    [FIELD_URLS] = "urls",
    [FIELD_HASHTAGS] = "hashtags",
    [FIELD_MENTIONS] = "mentions",
    [FIELD_REPLY_TO] = "reply_to",
    [FIELD_REPOST_OF] = "repost_of",
    [FIELD_QUOTE_OF] = "quote_of",
    [FIELD_THREAD] = "thread",
    [FIELD_MEDIA] = "media",
    [FIELD_ACCOUNT_CREATED_AT] = "account_created_at",
    [FIELD_FOLLOWERS] = "followers",
    [FIELD_FOLLOWING] = "following",
    [FIELD_COLLECTED_AT] = "collected_at",
    [FIELD_IS_REPOST] = "is_repost",
};

/* Two letters tell the names apart well enough that at most two full comparisons follow. */
enum field post_field_find(struct str name) {
    for (unsigned i = 0; i < FIELD_COUNT; i++) {
        const char *candidate = field_names[i];
        if (name.len > 1 && candidate[0] == name.ptr[0] && candidate[1] == name.ptr[1] &&
            str_is(name, candidate)) {
            return (enum field)i;
        }
    }
    return FIELD_COUNT;
}

#define NEAREST_LENGTH 40

/* Levenshtein distance (1966) with one row of the matrix; names are short. */
static size_t distance(struct str a, struct str b) {
    size_t row[NEAREST_LENGTH + 1];
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            size_t remove = row[j] + 1;
            size_t insert = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = change < remove ? change : remove;
            row[j] = row[j] < insert ? row[j] : insert;
        }
    }
    return row[b.len];
}

const char *field_nearest(struct str name, const char *const *names, size_t count) {
    const char *best = NULL;
    size_t best_distance = name.len / 2 + 1;
    for (size_t i = 0; i < count; i++) {
        struct str candidate = str_from_c(names[i]);
        if (candidate.len > NEAREST_LENGTH || name.len > NEAREST_LENGTH) {
            continue;
        }
        size_t edits = distance(name, candidate);
        if (edits < best_distance) {
            best = names[i];
            best_distance = edits;
        }
    }
    return best;
}
