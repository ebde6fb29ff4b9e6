/* Windows in the whole pipeline: their findings do not depend on threads, order or portions of the
 * input, and are those that the posts call for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "hearsay.h"

static char rules_text[] =
    "pack test version 1.0.0\n"
    "prior -1\n"
    "rule leak {\n"
    "  meta: id = \"T-1\" incident = data_leak\n"
    "  terms: $leak = any(\"leak*\") fold\n"
    "  match: $leak\n"
    "  outcome: weight 2 group \"leak\" cap 3\n"
    "}\n"
    "rule copied {\n"
    "  meta: id = \"T-2\" stance = relay\n"
    "  terms: $text = any(\"copied\") fold $n = /number (?<n>\\d+)/\n"
    "  match: $text and $n\n"
    "  over 1m by similar(post.text, 0.8): distinct(account) >= 5\n"
    "  outcome: weight 2 group \"leak\" cap 3 extract quantity = $n.n\n"
    "    label account \"late\" for 62m label account \"brief\" for 61m\n"
    "}\n"
    "rule leak_after_copy {\n"
    "  meta: id = \"T-3\"\n"
    "  where: account.label in [late, brief] and not account.label == brief\n"
    "  terms: $leak = any(\"leak*\") fold\n"
    "  match: $leak\n"
    "  outcome: weight 0\n"
    "}\n"
    "rule leak_of_brief {\n"
    "  meta: id = \"T-4\"\n"
    "  where: account.label == brief\n"
    "  terms: $leak = any(\"leak*\") fold\n"
    "  match: $leak\n"
    "  outcome: weight 0\n"
    "}\n";

/* Groups of six accounts copy a text, each with another letter at its end, within half a minute;
 * the texts of odd groups leak too. A window fires at the fifth account of each group. A group
 * comes 61 minutes after the one before, or one minute, before every even group of the hour: 60,
 * 120 ... */
#define GROUPS 400u
#define POSTS (6 * GROUPS)

struct run {
    struct buffer streams[HEARSAY_STREAM_COUNT];
    struct hearsay_counts counts;
};

struct settings {
    unsigned threads;
    unsigned stride;
    size_t portion;
};

static enum hearsay_status sink_write(void *context, enum hearsay_stream stream, const char *bytes,
                                      size_t len) {
    struct run *run = context;
    return buffer_append(&run->streams[stream], bytes, len) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static enum hearsay_status read_rules(void *context, const char *path, char **bytes, size_t *len) {
    (void)path;
    *len = strlen(context);
    *bytes = strdup(context);
    return *bytes ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static struct hearsay_rules *rules_load(void) {
    const char *file = "test.rules";
    struct hearsay_rules *rules = NULL;
    struct hearsay_failure failure = {0};
    struct hearsay_rules_options options = {
        .files = &file, .file_count = 1, .read_file = read_rules, .context = rules_text};
    assert_int_equal(hearsay_rules_load(&options, &rules, &failure), HEARSAY_OK);
    return rules;
}

static void row_append(struct buffer *out, unsigned n) {
    unsigned group = n / 6;
    buffer_printf(out, "{\"platform\":\"x\",\"id\":\"p%05u\",\"account\":\"a%u\",", n, n % 6);
    buffer_printf(out, "\"created_at\":\"2024-01-%02uT%02u:%02u:%02uZ\",", 1 + group / 24,
                  group % 24, group % 60, n % 6 * 5);
    uint64_t own = (group + 1) * 0x9e3779b97f4a7c15ull; /* parts the groups' texts */
    buffer_printf(out, "\"text\":\"Copied text number %u%s %016llx %016llx, by %c\"}\n", group,
                  group % 2 ? ", a leak" : "", (unsigned long long)own,
                  (unsigned long long)(own * own), (int)('a' + n % 6));
}

static struct buffer rows(unsigned stride) {
    struct buffer out = {0};
    for (unsigned i = 0; i < POSTS; i++) {
        row_append(&out, i * stride % POSTS);
        if (i % 10 == 0) {
            row_append(&out, i * stride % POSTS); /* a duplicate counts once */
        }
    }
    return out;
}

static struct run scan(const struct settings *settings) {
    struct run run = {0};
    struct hearsay_failure failure = {0};
    struct hearsay_engine *engine;
    struct hearsay_rules *rules = rules_load();
    struct hearsay_options options = hearsay_options_default();
    struct buffer bytes = rows(settings->stride);
    options.rules = rules;
    options.sink = (struct hearsay_sink){sink_write, &run};
    options.threads = settings->threads;
    assert_int_equal(hearsay_open(&options, &engine, &failure), HEARSAY_OK);
    assert_int_equal(hearsay_input_begin(engine, "posts", &failure), HEARSAY_OK);
    for (size_t at = 0; at < bytes.len; at += settings->portion) {
        size_t left = bytes.len - at;
        size_t len = left < settings->portion ? left : settings->portion;
        assert_int_equal(hearsay_feed(engine, bytes.ptr + at, len, &failure), HEARSAY_OK);
    }
    assert_int_equal(hearsay_input_end(engine, NULL, &failure), HEARSAY_OK);
    assert_int_equal(hearsay_finish(engine, &failure), HEARSAY_OK);
    run.counts = hearsay_counts_now(engine);
    hearsay_close(engine);
    hearsay_rules_free(rules);
    buffer_free(&bytes);
    return run;
}

static void run_free(struct run *run) {
    for (int s = 0; s < HEARSAY_STREAM_COUNT; s++) {
        buffer_free(&run->streams[s]);
    }
}

static unsigned count_of(struct str text, const char *part) {
    unsigned count = 0;
    struct str needle = str_from_c(part);
    for (size_t at = str_find(text, needle, 0); at != STR_NOT_FOUND;
         at = str_find(text, needle, at + 1)) {
        count++;
    }
    return count;
}

static void windows_do_not_depend_on_threads_order_or_portions(void **state) {
    (void)state;
    const struct settings cases[] = {
        {1, 1, 1 << 16}, {2, 1, 4096}, {4, 7, 333}, {3, POSTS - 1, 100000}};
    struct run expected = scan(&cases[0]);
    for (size_t i = 1; i < sizeof cases / sizeof cases[0]; i++) {
        struct run actual = scan(&cases[i]);
        for (int s = HEARSAY_FINDINGS; s <= HEARSAY_CLUSTERS; s++) {
            assert_true(
                str_equal(buffer_str(&actual.streams[s]), buffer_str(&expected.streams[s])));
        }
        run_free(&actual);
    }
    run_free(&expected);
}

static void each_burst_of_copies_adds_one_weight_under_the_cap(void **state) {
    (void)state;
    struct run run = scan(&(struct settings){2, 1, 5000});
    struct str lines = buffer_str(&run.streams[HEARSAY_FINDINGS]);
    assert_int_equal(count_of(lines, "{\"id\":\"T-2\",\"weight\":2}"), GROUPS / 2);
    assert_int_equal(count_of(lines, "{\"id\":\"T-1\",\"weight\":2},{\"id\":\"T-2\",\"weight\":1}"),
                     GROUPS / 2);
    assert_int_equal(run.counts.findings, GROUPS / 2 * 6 + GROUPS / 2);
    assert_int_equal(count_of(lines, "\"account\":\"a4\""), GROUPS);
    assert_int_equal(count_of(lines, "\"quantity\":\"12\""), 1);
    struct str accounts = buffer_str(&run.streams[HEARSAY_ACCOUNTS]);
    assert_int_equal(count_of(accounts, "\"account\":\"a4\",\"posts\":400,\"findings\":400"), 1);
    assert_int_equal(count_of(accounts, "\"account\":\"a3\",\"posts\":400,\"findings\":200"), 1);
    struct str summary = buffer_str(&run.streams[HEARSAY_SUMMARY]);
    assert_int_equal(count_of(summary, "\"windows\":{\"posts\":2400,\"fired\":400,"), 1);
    run_free(&run);
}

/* The fifth account of a group has the longer label still when the next, odd group leaks; the
 * shorter one ends with that very minute. */
static void labels_are_known_to_later_posts_until_they_end(void **state) {
    (void)state;
    struct run run = scan(&(struct settings){2, 7, 5000});
    struct str lines = buffer_str(&run.streams[HEARSAY_FINDINGS]);
    assert_int_equal(count_of(lines, "{\"id\":\"T-3\""), GROUPS / 2);
    assert_int_equal(count_of(lines, "{\"id\":\"T-4\""), 0);
    assert_int_equal(count_of(lines, "\"labels\":[{\"label\":\"late\",\"until\":\""), GROUPS);
    assert_int_equal(count_of(lines, "\"labels\":[{\"label\":\"late\",\"until\":"
                                     "\"2024-01-01T01:02:20Z\"},{\"label\":\"brief\",\"until\":"
                                     "\"2024-01-01T01:01:20Z\"}]"),
                     1);
    struct str accounts = buffer_str(&run.streams[HEARSAY_ACCOUNTS]);
    assert_int_equal(count_of(accounts, "\"labels\":["), 1);
    assert_int_equal(count_of(accounts, "\"labels\":[{\"label\":\"late\",\"until\":"
                                        "\"2024-01-17T16:41:20Z\"}"),
                     1);
    struct str summary = buffer_str(&run.streams[HEARSAY_SUMMARY]);
    assert_int_equal(count_of(summary, "\"labels\":{\"given\":800,\"evicted\":0}"), 1);
    run_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_do_not_depend_on_threads_order_or_portions),
        cmocka_unit_test(labels_are_known_to_later_posts_until_they_end),
        cmocka_unit_test(each_burst_of_copies_adds_one_weight_under_the_cap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
