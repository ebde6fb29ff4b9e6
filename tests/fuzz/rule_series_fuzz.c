/* A series of posts under a rule with a window. The first byte picks the window, each four more
 * make a post: what time after the one before, by whom, which text, and more. The order of the
 * file's lines must not matter, and a point says the same as the next run does. With an odd second
 * byte the rest is the file as it is, which must only end. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "rule/pack.h"

#define POSTS_MOST 200u

static const char *const windows[] = {
    "1m by account: count >= 3",
    "30m by similar(post.text, 0.3): distinct(account) >= 3",
    "1h by link: rate > 4 and share(post.is_reply) < 0.5",
    "1h by hashtag: entropy(account) >= 1",
    "5m by platform: burst(30s) p < 0.01",
    "2d by lang: median(account.followers) > 20 or count > 5",
    "10m by $a: not count < 2",
};
#define WINDOW_COUNT (sizeof windows / sizeof windows[0])

static const char *const texts[] = {"They leaked it",          "leaked #one https://a.example/x",
                                    "LEAKED again #two",       "nothing here",
                                    "data leaked, data",       "data leaked, dater",
                                    "they leaked it all again"};

struct files {
    struct buffer rules;
    struct buffer posts;
};

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

static enum hearsay_status read_one(void *context, const char *path, char **bytes, size_t *len) {
    const struct files *files = context;
    const struct buffer *text = strstr(path, ".rules") ? &files->rules : &files->posts;
    *bytes = malloc(text->len + 1);
    check(*bytes != NULL);
    if (text->len > 0) {
        memcpy(*bytes, text->ptr, text->len);
    }
    *len = text->len;
    return HEARSAY_OK;
}

static void show(void *context, const char *text, size_t len) {
    (void)context;
    fprintf(stderr, "%.*s", (int)len, text);
}

static void note(void *context, const struct hearsay_test_outcome *outcome) {
    buffer_append(context, outcome->message.ptr, outcome->message.len);
    buffer_append_byte(context, '\n');
}

/* What every point of the series says. */
static struct buffer run(struct files *files) {
    static const char *const names[] = {"fuzz.rules"};
    struct hearsay_rules *pack = NULL;
    struct buffer said = {0};
    struct hearsay_rules_options options = {
        .files = names, .file_count = 1, .read_file = read_one, .diagnostic = show};
    options.context = files;
    options.errors_only = true;
    check(hearsay_rules_load(&options, &pack, NULL) == HEARSAY_OK);
    struct hearsay_rules_test_options test = {.report = note, .context = &said};
    struct hearsay_rules_test_result result;
    check(hearsay_rules_test(pack, &test, &result, NULL) == HEARSAY_OK);
    hearsay_rules_free(pack);
    return said;
}

static void write_rules(struct buffer *out, unsigned window, unsigned points) {
    buffer_printf(out,
                  "pack fuzz version 1.0.0\nrule r {\n meta: id = \"F-1\"\n"
                  " terms: $a = any(\"leaked\", \"data\") fold\n match: $a\n over %s\n"
                  " outcome: weight 1\n tests: series \"s\" from \"posts.ndjson\" {",
                  windows[window % WINDOW_COUNT]);
    for (unsigned i = 1; i <= points; i++) {
        buffer_printf(out, "%s fires at %u", i > 1 ? ";" : "", i);
    }
    buffer_append_c(out, " }\n}\n");
}

static void write_post(struct buffer *out, const uint8_t *bytes, unsigned index, uint64_t second) {
    buffer_printf(out,
                  "{\"id\":\"%u\",\"platform\":\"%s\",\"account\":\"a%u\",\"created_at\":"
                  "\"2024-05-%02uT%02u:%02u:%02uZ\",\"text\":\"%s\",\"lang\":\"en\","
                  "\"account_followers\":%u}\n",
                  index, bytes[3] & 1 ? "x" : "y", bytes[1] % 6u,
                  1 + (unsigned)(second / 86400 % 28), (unsigned)(second / 3600 % 24),
                  (unsigned)(second / 60 % 60), (unsigned)(second % 60),
                  texts[bytes[2] % (sizeof texts / sizeof texts[0])], bytes[3]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 6) {
        return 0;
    }
    struct files files = {0};
    struct files turned = {0};
    bool is_bytes = data[1] & 1;
    unsigned count = is_bytes ? 5 : (unsigned)((size - 2) / 4);
    count = count < POSTS_MOST ? count : POSTS_MOST;
    uint64_t second = 0;
    uint64_t seconds[POSTS_MOST];
    write_rules(&files.rules, data[0], count);
    write_rules(&turned.rules, data[0], count);
    if (is_bytes) {
        buffer_append(&files.posts, data + 2, size - 2);
        buffer_append(&turned.posts, data + 2, size - 2);
    }
    for (unsigned i = 0; !is_bytes && i < count; i++) {
        second += data[2 + 4 * i] < 200 ? data[2 + 4 * i] : data[2 + 4 * i] * 300u;
        seconds[i] = second;
        write_post(&files.posts, data + 2 + 4 * (size_t)i, i, second);
    }
    for (unsigned i = count; !is_bytes && i-- > 0;) {
        write_post(&turned.posts, data + 2 + 4 * (size_t)i, i, seconds[i]);
    }
    struct buffer first = run(&files);
    struct buffer second_run = run(&turned);
    check(str_equal(buffer_str(&first), buffer_str(&second_run)));
    struct buffer *all[] = {&first,       &second_run,   &files.rules,
                            &files.posts, &turned.rules, &turned.posts};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        buffer_free(all[i]);
    }
    return 0;
}
