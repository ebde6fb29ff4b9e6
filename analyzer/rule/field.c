#include "rule/field.h"

#include "base/utf8.h"

#define DAY_US 86400000000.0

typedef struct field_value field_read(const struct post *post, struct str language);

static struct field_value text_value(struct str text) {
    return (struct field_value){.present = text.len > 0, .text = text};
}

static struct field_value number_value(bool present, double number) {
    return (struct field_value){.present = present, .number = number};
}

static struct field_value boolean_value(bool boolean) {
    return (struct field_value){.present = true, .boolean = boolean};
}

static struct field_value read_language(const struct post *post, struct str language) {
    (void)post;
    return text_value(language.len > 0 ? language : STR("und"));
}

static struct field_value read_platform(const struct post *post, struct str language) {
    (void)language;
    return text_value(post->platform);
}

static struct field_value read_length(const struct post *post, struct str language) {
    (void)language;
    size_t count = 0;
    for (size_t at = 0; at < post->text.len; count++) {
        size_t width;
        utf8_decode(post->text, at, &width);
        at += width;
    }
    return number_value(true, (double)count);
}

static struct field_value read_is_repost(const struct post *post, struct str language) {
    (void)language;
    return boolean_value(post->is_repost || post->repost_of.len > 0);
}

static struct field_value read_is_reply(const struct post *post, struct str language) {
    (void)language;
    return boolean_value(post->reply_to.len > 0);
}

static struct field_value read_is_quote(const struct post *post, struct str language) {
    (void)language;
    return boolean_value(post->quote_of.len > 0);
}

static struct field_value read_has_link(const struct post *post, struct str language) {
    (void)language;
    return boolean_value(post->urls.count > 0);
}

static struct field_value read_has_media(const struct post *post, struct str language) {
    (void)language;
    return boolean_value(post->media_hashes.count > 0);
}

static struct field_value read_has_time(const struct post *post, struct str language) {
    (void)language;
    return boolean_value(post->has_time);
}

static struct field_value read_links(const struct post *post, struct str language) {
    (void)language;
    return number_value(true, (double)post->urls.count);
}

static struct field_value read_hashtags(const struct post *post, struct str language) {
    (void)language;
    return number_value(true, (double)post->hashtags.count);
}

static struct field_value read_mentions(const struct post *post, struct str language) {
    (void)language;
    return number_value(true, (double)post->mentions.count);
}

static struct field_value read_account(const struct post *post, struct str language) {
    (void)language;
    return text_value(post->account);
}

static struct field_value read_handle(const struct post *post, struct str language) {
    (void)language;
    return text_value(post->handle);
}

static struct field_value read_followers(const struct post *post, struct str language) {
    (void)language;
    return number_value(post->has_followers, (double)post->followers);
}

static struct field_value read_following(const struct post *post, struct str language) {
    (void)language;
    return number_value(post->has_following, (double)post->following);
}

static struct field_value read_age(const struct post *post, struct str language) {
    (void)language;
    bool present = post->has_time && post->has_account_created_at;
    return number_value(
        present, ((double)post->created_at_us - (double)post->account_created_at_us) / DAY_US);
}

/* Rules give it: a post alone does not have it (rule/label_table.h). */
static struct field_value read_label(const struct post *post, struct str language) {
    (void)post;
    (void)language;
    return text_value(STR_EMPTY);
}

/* The language is row 0 and the label the last one: field_is_language and field_is_label rest on
 * it. */
static const struct field fields[] = {
    {"post.lang", FIELD_TEXT,
     "language of the post (source's tag, else detected): en, ru, zh, und"},
    {"post.platform", FIELD_TEXT, "where it was posted: x, bluesky, telegram"},
    {"post.length", FIELD_NUMBER, "characters of the text"},
    {"post.is_repost", FIELD_BOOLEAN, "a repost of another post"},
    {"post.is_reply", FIELD_BOOLEAN, "answers another post"},
    {"post.is_quote", FIELD_BOOLEAN, "quotes another post"},
    {"post.has_link", FIELD_BOOLEAN, "holds at least one link"},
    {"post.has_media", FIELD_BOOLEAN, "holds at least one picture, video or sound"},
    {"post.has_time", FIELD_BOOLEAN, "the source says when it was posted"},
    {"post.links", FIELD_NUMBER, "how many links it holds"},
    {"post.hashtags", FIELD_NUMBER, "how many hashtags it holds"},
    {"post.mentions", FIELD_NUMBER, "how many accounts it mentions"},
    {"account.id", FIELD_TEXT, "the account's id, as the source writes it"},
    {"account.handle", FIELD_TEXT, "the account's handle, without @"},
    {"account.followers", FIELD_NUMBER, "accounts that follow this one"},
    {"account.following", FIELD_NUMBER, "accounts that this one follows"},
    {"account.age_days", FIELD_NUMBER, "days from the account's creation to the post"},
    {"account.label", FIELD_TEXT, "a label that a rule gave it by an earlier post, for a time"},
};

static field_read *const readers[] = {
    read_language, read_platform,  read_length,    read_is_repost, read_is_reply, read_is_quote,
    read_has_link, read_has_media, read_has_time,  read_links,     read_hashtags, read_mentions,
    read_account,  read_handle,    read_followers, read_following, read_age,      read_label,
};

#define FIELD_COUNT (sizeof fields / sizeof fields[0])

_Static_assert(sizeof readers / sizeof readers[0] == FIELD_COUNT, "one reader for each field");

const struct field *field_at(size_t index) {
    return index < FIELD_COUNT ? &fields[index] : NULL;
}

uint32_t field_find(struct str name) {
    for (uint32_t i = 0; i < FIELD_COUNT; i++) {
        if (str_is(name, fields[i].name)) {
            return i;
        }
    }
    return FIELD_NONE;
}

bool field_test_reads_language(const struct field_test *test) {
    return test->field_index == 0;
}

static bool number_compare(enum comparison comparison, double left, double right) {
    switch (comparison) {
    case COMPARE_EQ:
        return left == right;
    case COMPARE_NE:
        return left != right;
    case COMPARE_LT:
        return left < right;
    case COMPARE_LE:
        return left <= right;
    case COMPARE_GT:
        return left > right;
    case COMPARE_GE:
        return left >= right;
    case COMPARE_IN:
        return false; /* the parser allows it for texts only */
    }
    return false;
}

/* Equal, or for languages `right` is a shorter tag of `left` (RFC 4647, basic filtering). */
static bool text_equal(const struct field_test *test, struct str left, struct str right) {
    if (str_equal_ascii_case(left, right)) {
        return true;
    }
    return field_test_reads_language(test) && left.len > right.len && left.ptr[right.len] == '-' &&
           str_equal_ascii_case(str_slice(left, 0, right.len), right);
}

static bool text_compare(const struct field_test *test, struct str text) {
    bool found = false;
    for (uint32_t i = 0; i < test->text_count && !found; i++) {
        found = text_equal(test, text, test->texts[i]);
    }
    return found != (test->negated || test->comparison == COMPARE_NE);
}

struct field_value field_value_of(uint32_t index, const struct post *post, struct str language) {
    return readers[index](post, language);
}

bool field_is_label(uint32_t index) {
    return index == FIELD_COUNT - 1;
}

bool field_is_language(uint32_t index) {
    return index == 0;
}

bool field_test_holds(const struct field_test *test, const struct post *post, struct str language) {
    if (field_is_label(test->field_index)) {
        return test->is_assumed;
    }
    struct field_value value = readers[test->field_index](post, language);
    if (!value.present) {
        return false;
    }
    switch (fields[test->field_index].kind) {
    case FIELD_TEXT:
        return text_compare(test, value.text);
    case FIELD_NUMBER:
        return number_compare(test->comparison, value.number, test->number);
    case FIELD_BOOLEAN:
        return (value.boolean == test->boolean) == (test->comparison != COMPARE_NE);
    }
    return false;
}
