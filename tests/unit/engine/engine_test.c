/* Properties of the whole pipeline through the public header: records add up; results do not depend
 * on threads, order, split, portions or memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "hearsay.h"

struct outputs {
    struct buffer streams[HEARSAY_STREAM_COUNT];
    struct hearsay_counts counts;
    struct buffer store;
};

static enum hearsay_status sink_write(void *context, enum hearsay_stream stream, const char *bytes,
                                      size_t len) {
    struct outputs *outputs = context;
    return buffer_append(&outputs->streams[stream], bytes, len) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static enum hearsay_status read_rules(void *context, const char *path, char **bytes, size_t *len) {
    (void)path;
    const char *text = context;
    *len = strlen(text);
    *bytes = malloc(*len + 1);
    memcpy(*bytes, text, *len + 1);
    return HEARSAY_OK;
}

static char rules_text[] =
    "pack test version 1.0.0\n"
    "prior -1\n"
    "rule leak {\n"
    "  meta: id = \"T-1\" severity = low status = stable incident = data_leak\n"
    "        stance = relay\n"
    "  terms:\n"
    "    $leak = any(\"leak*\", \"dump*\") fold\n"
    "    $data = any(\"data\", \"records\") fold\n"
    "  match: $leak near/6 $data\n"
    "  outcome: weight 3\n"
    "}\n";

static struct hearsay_rules *rules_load(void) {
    const char *file = "test.rules";
    struct hearsay_rules *rules = NULL;
    struct hearsay_failure failure = {0};
    struct hearsay_rules_options options = {
        .files = &file, .file_count = 1, .read_file = read_rules, .context = rules_text};
    assert_int_equal(hearsay_rules_load(&options, &rules, &failure), HEARSAY_OK);
    return rules;
}

#define POSTS 3000

/* One row; every seventh leaks, groups of five accounts copy one text, some rows repeat another. */
static void row_append(struct buffer *out, unsigned n) {
    unsigned group = n / 5;
    buffer_printf(out, "{\"platform\":\"x\",\"id\":\"p%u\",\"account\":\"a%u\",", n,
                  n % 5 + n / 500);
    buffer_printf(out, "\"created_at\":\"2024-01-%02uT%02u:%02u:%02uZ\",", 1 + group % 28,
                  group % 24, group % 60, n % 5 * 7);
    if (n % 7 == 0) {
        buffer_printf(out, "\"text\":\"Somebody leaked the data of shop %u\"}\n", n);
    } else if (n % 11 == 0) {
        buffer_printf(out, "\"text\":\"see https://example.org/a?utm_source=%u\"}\n", n);
    } else {
        buffer_printf(out, "\"text\":\"copied text number %u of the day #tag%u\"}\n", group,
                      group % 9);
    }
}

/* The order of rows is n -> n * stride modulo POSTS; `repeat` rows come twice. */
static struct buffer rows(unsigned stride, unsigned repeat) {
    struct buffer out = {0};
    for (unsigned i = 0; i < POSTS; i++) {
        row_append(&out, i * stride % POSTS);
    }
    for (unsigned i = 0; i < repeat; i++) {
        row_append(&out, i * 13 % POSTS);
    }
    return out;
}

struct run_settings {
    unsigned threads;
    unsigned stride;
    unsigned files;
    size_t portion;
};

static void feed_all(struct hearsay_engine *engine, struct str bytes,
                     const struct run_settings *settings) {
    struct hearsay_failure failure = {0};
    size_t from = 0;
    for (unsigned f = 0; f < settings->files; f++) {
        size_t to = f + 1 == settings->files ? bytes.len : bytes.len / settings->files * (f + 1);
        while (to < bytes.len && to > 0 && bytes.ptr[to - 1] != '\n') {
            to++;
        }
        char name[32];
        snprintf(name, sizeof name, "part%u", f);
        assert_int_equal(hearsay_input_begin(engine, name, &failure), HEARSAY_OK);
        for (; from < to; from += settings->portion) {
            size_t len = to - from < settings->portion ? to - from : settings->portion;
            assert_int_equal(hearsay_feed(engine, bytes.ptr + from, len, &failure), HEARSAY_OK);
        }
        from = to;
        assert_int_equal(hearsay_input_end(engine, NULL, &failure), HEARSAY_OK);
    }
}

static struct outputs run(struct str bytes, const struct run_settings *settings) {
    struct outputs outputs = {0};
    struct hearsay_failure failure = {0};
    struct hearsay_engine *engine;
    struct hearsay_rules *rules = rules_load();
    struct hearsay_options options = hearsay_options_default();
    options.rules = rules;
    options.sink = (struct hearsay_sink){sink_write, &outputs};
    options.threads = settings->threads;
    options.keep_rejects = true;
    options.q = 1; /* these few posts leave no pair significant */
    assert_int_equal(hearsay_open(&options, &engine, &failure), HEARSAY_OK);
    feed_all(engine, bytes, settings);
    assert_int_equal(hearsay_finish(engine, &failure), HEARSAY_OK);
    outputs.counts = hearsay_counts_now(engine);
    hearsay_close(engine);
    hearsay_rules_free(rules);
    return outputs;
}

static void outputs_free(struct outputs *outputs) {
    for (int s = 0; s < HEARSAY_STREAM_COUNT; s++) {
        buffer_free(&outputs->streams[s]);
    }
}

static void assert_adds_up(const struct hearsay_counts *counts) {
    assert_int_equal(counts->records_in, counts->posts + counts->reposts + counts->duplicates +
                                             counts->other_events + counts->rejected);
}

static void results_do_not_depend_on_threads_order_split_or_portions(void **state) {
    (void)state;
    struct buffer plain = rows(1, 50);
    struct outputs expected = run(buffer_str(&plain), &(struct run_settings){1, 1, 1, 1 << 16});
    assert_adds_up(&expected.counts);
    assert_int_equal(expected.counts.posts, POSTS);
    assert_int_equal(expected.counts.duplicates, 50);
    assert_int_equal(expected.counts.findings, (POSTS + 6) / 7);
    assert_true(expected.counts.edges > 0);
    const struct run_settings cases[] = {
        {2, 1, 1, 4096}, {4, 7, 3, 333}, {1, 11, 7, 100000}, {2, 2999, 5, 17}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buffer shuffled = rows(cases[i].stride, 50);
        struct outputs actual = run(buffer_str(&shuffled), &cases[i]);
        for (int s = HEARSAY_FINDINGS; s <= HEARSAY_CLUSTERS; s++) {
            assert_true(
                str_equal(buffer_str(&actual.streams[s]), buffer_str(&expected.streams[s])));
        }
        outputs_free(&actual);
        buffer_free(&shuffled);
    }
    outputs_free(&expected);
    buffer_free(&plain);
}

static void bad_rows_are_counted_by_reason_and_kept(void **state) {
    (void)state;
    struct str bytes = STR("{\"id\":\"1\",\"account\":\"a\",\"text\":\"fine\"}\n"
                           "{\"id\":\"2\",\"account\":\"a\",\"text\":\n"
                           "{\"id\":\"3\",\"account\":\"a\"}\n"
                           "{\"id\":\"1\",\"account\":\"a\",\"text\":\"other content\"}\n"
                           "{\"id\":\"1\",\"account\":\"a\",\"text\":\"fine\"}\n");
    struct outputs outputs = run(bytes, &(struct run_settings){2, 1, 1, 10});
    assert_adds_up(&outputs.counts);
    assert_int_equal(outputs.counts.records_in, 5);
    assert_int_equal(outputs.counts.posts, 2);
    assert_int_equal(outputs.counts.duplicates, 1);
    assert_int_equal(outputs.counts.rejected, 2);
    assert_int_equal(outputs.counts.id_conflict, 1);
    struct str rejects = buffer_str(&outputs.streams[HEARSAY_REJECTS]);
    assert_true(str_find(rejects, STR("\"line\":2,"), 0) != STR_NOT_FOUND);
    assert_true(str_find(rejects, STR("\"reason\":\"no_text\""), 0) != STR_NOT_FOUND);
    outputs_free(&outputs);
}

static void strict_stops_at_the_first_rejection(void **state) {
    (void)state;
    struct buffer bytes = rows(1, 0);
    size_t middle = str_find(buffer_str(&bytes), STR("\n"), bytes.len / 2) + 1;
    struct buffer broken = {0};
    buffer_append(&broken, bytes.ptr, middle);
    buffer_append_c(&broken, "{broken\n");
    buffer_append(&broken, bytes.ptr + middle, bytes.len - middle);
    buffer_append_c(&broken, "{broken again\n");
    uint64_t line = 1;
    for (size_t i = 0; i < middle; i++) {
        line += bytes.ptr[i] == '\n';
    }
    struct outputs outputs = {0};
    struct hearsay_options options = hearsay_options_default();
    options.sink = (struct hearsay_sink){sink_write, &outputs};
    options.threads = 2;
    options.is_strict = true;
    struct hearsay_engine *engine;
    struct hearsay_failure failure = {0};
    assert_int_equal(hearsay_open(&options, &engine, &failure), HEARSAY_OK);
    assert_int_equal(hearsay_input_begin(engine, "posts.ndjson", &failure), HEARSAY_OK);
    enum hearsay_status status = hearsay_feed(engine, broken.ptr, broken.len, &failure);
    if (status == HEARSAY_OK) {
        status = hearsay_input_end(engine, NULL, &failure);
    }
    if (status == HEARSAY_OK) {
        status = hearsay_finish(engine, &failure);
    }
    assert_int_equal(status, HEARSAY_BAD_INPUT);
    assert_string_equal(failure.file, "posts.ndjson");
    assert_int_equal(failure.line, line);
    hearsay_close(engine);
    outputs_free(&outputs);
    buffer_free(&bytes);
    buffer_free(&broken);
}

static void wrong_options_are_refused(void **state) {
    (void)state;
    struct hearsay_engine *engine = NULL;
    struct hearsay_failure failure = {0};
    struct hearsay_options options = hearsay_options_default();
    assert_int_equal(hearsay_open(&options, &engine, &failure), HEARSAY_BAD_ARGUMENT);
    struct outputs outputs = {0};
    options.sink = (struct hearsay_sink){sink_write, &outputs};
    options.threads = 0;
    assert_int_equal(hearsay_open(&options, &engine, &failure), HEARSAY_BAD_ARGUMENT);
    options.threads = 1;
    options.window_s = -1;
    assert_int_equal(hearsay_open(&options, &engine, &failure), HEARSAY_BAD_ARGUMENT);
    assert_null(engine);
}

static void nothing_read_is_a_result_too(void **state) {
    (void)state;
    struct outputs outputs = run(STR_EMPTY, &(struct run_settings){2, 1, 1, 1});
    assert_int_equal(outputs.counts.records_in, 0);
    assert_true(outputs.streams[HEARSAY_SUMMARY].len > 0);
    outputs_free(&outputs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_do_not_depend_on_threads_order_split_or_portions),
        cmocka_unit_test(bad_rows_are_counted_by_reason_and_kept),
        cmocka_unit_test(strict_stops_at_the_first_rejection),
        cmocka_unit_test(wrong_options_are_refused),
        cmocka_unit_test(nothing_read_is_a_result_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
