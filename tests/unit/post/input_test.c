#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "records.h"

static void expect_with(struct reading_options options, struct str input, const char *description,
                        const char *expected) {
    struct reading reading = read_records(input, options);
    if (reading.status != HEARSAY_OK) {
        fail_msg("%s", reading.failure.message);
    }
    assert_string_equal(reading.description, description);
    assert_string_equal(reading.text.ptr, expected);
    buffer_free(&reading.text);
}

static void expect_failure(struct reading_options options, struct str input,
                           enum hearsay_status status, const char *message) {
    struct reading reading = read_records(input, options);
    assert_int_equal(reading.status, status);
    if (!strstr(reading.failure.message, message)) {
        fail_msg("\"%s\" is not in: %s", message, reading.failure.message);
    }
    buffer_free(&reading.text);
}

static void an_empty_input_has_no_records_and_no_error(void **state) {
    (void)state;
    expect_with((struct reading_options){0}, STR(""), "", "");
    expect_with((struct reading_options){0}, STR(" \n\r\n"), "", "");
    expect_with((struct reading_options){0}, STR("\xef\xbb\xbf"), "", "");
}

static void blank_lines_are_no_records_and_the_last_line_needs_no_end(void **state) {
    (void)state;
    expect_with((struct reading_options){0},
                STR("\n{\"id\":1,\"text\":\"a\"}\r\n\r\n  \n{\"id\":2,\"text\":\"b\"}"),
                "ndjson (a value per line, UTF-8)",
                "2 post platform=unknown id=1 text=a\n5 post platform=unknown id=2 text=b\n");
}

static void an_array_at_the_top_is_cut_into_its_values(void **state) {
    (void)state;
    struct str input =
        STR("[\n  {\"id\":1, \"text\":\"a [{\\\"\"},\n  {\n \"id\":2,\n"
            "   \"text\":\"b\"}, 7,\n{\"id\":3,\"text\":}, {\"id\":4,\"text\":\"c\"}]");
    static const char expected[] = "2 post platform=unknown id=1 text=a [{\"\n"
                                   "3 post platform=unknown id=2 text=b\n5 rejected bad_type\n"
                                   "6 rejected bad_json column=16\n"
                                   "6 post platform=unknown id=4 text=c\n";
    for (size_t chunk = 0; chunk < 40; chunk++) {
        expect_with((struct reading_options){.chunk_bytes = chunk}, input,
                    "ndjson (one JSON document, UTF-8)", expected);
    }
}

static void an_array_that_is_never_closed_is_a_rejection(void **state) {
    (void)state;
    static const char document[] = "ndjson (one JSON document, UTF-8)";
    static const char *const cases[][2] = {
        {"[{\"id\":1,\"text\":\"a\"},\n",
         "1 post platform=unknown id=1 text=a\n2 rejected bad_json\n"},
        {"[\n{\"id\":1,\"text\":\"a\"}",
         "2 post platform=unknown id=1 text=a\n2 rejected bad_json\n"},
        {"[\n{\"id\":1,\"text\":\"a\"},{\"b",
         "2 post platform=unknown id=1 text=a\n2 rejected bad_json column=4\n"},
        {"[[[[\n[[", "2 rejected bad_json\n"},
        {"[\n{\"id\":1,\"text\":\"a\"}\n]\n", "2 post platform=unknown id=1 text=a\n"},
        {"[]\n", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t chunk = 0; chunk < 20; chunk++) {
            expect_with((struct reading_options){.chunk_bytes = chunk}, str_from_c(cases[i][0]),
                        document, cases[i][1]);
        }
    }
}

static void a_value_that_spans_lines_is_one_record(void **state) {
    (void)state;
    expect_with((struct reading_options){0},
                STR("{\n \"id\":1,\n \"text\":\"a\"\n}\n{\n \"id\":2,\n \"text\":\"b\n"),
                "ndjson (one JSON document, UTF-8)",
                "1 post platform=unknown id=1 text=a\n5 rejected bad_json\n");
}

static void a_broken_first_line_does_not_hide_the_rest(void **state) {
    (void)state;
    expect_with((struct reading_options){0},
                STR("{\"id\":1,\"text\":\n{\"id\":2,\"text\":\"b\"}\n"),
                "ndjson (a value per line, UTF-8)",
                "1 rejected bad_json column=16\n2 post platform=unknown id=2 text=b\n");
}

/* Rows of different lengths, so that blocks are cut at all kinds of places. */
static struct buffer long_input(bool is_table) {
    struct buffer input = {0};
    buffer_append_c(&input, is_table ? "i,t\n" : "");
    for (int i = 0; i < 400; i++) {
        buffer_printf(&input, is_table ? "%d,\"" : "{\"id\":%d,\"text\":\"", i);
        for (int j = 0; j < i % 97; j++) {
            buffer_append_c(&input, is_table && j % 5 == 0 ? "\"\"\n" : "x,");
        }
        buffer_append_c(&input, is_table ? "\"\r\n" : "\"}\n");
    }
    return input;
}

static void portions_and_blocks_change_nothing(void **state) {
    (void)state;
    for (int is_table = 0; is_table < 2; is_table++) {
        struct buffer input = long_input(is_table);
        struct reading_options options = {.map = is_table ? "text=t,id=i" : NULL};
        struct reading whole = read_records(buffer_str(&input), options);
        assert_int_equal(whole.status, HEARSAY_OK);
        assert_non_null(strstr(whole.text.ptr, "id=399"));
        for (size_t size = 1; size < 2000; size = size * 3 + 1) {
            options.chunk_bytes = size;
            options.block_bytes = 256 + size;
            struct reading parts = read_records(buffer_str(&input), options);
            assert_string_equal(parts.text.ptr, whole.text.ptr);
            buffer_free(&parts.text);
        }
        buffer_free(&whole.text);
        buffer_free(&input);
    }
}

/* One row of ten million bytes among short ones: skipped without being held. */
static void a_row_far_over_the_limit_is_skipped(void **state) {
    (void)state;
    struct buffer input = {0};
    buffer_append_c(&input, "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"");
    for (int i = 0; i < 1000000; i++) {
        buffer_append_c(&input, "0123456789");
    }
    buffer_append_c(&input, "\"}\n{\"id\":3,\"text\":\"c\"}\n");
    expect_with((struct reading_options){.limit = 100000, .block_bytes = 4096}, buffer_str(&input),
                "ndjson (a value per line, UTF-8)",
                "1 post platform=unknown id=1 text=a\n2 rejected too_long\n"
                "3 post platform=unknown id=3 text=c\n");
    buffer_free(&input);
}

static void a_table_row_over_the_limit_is_one_rejection(void **state) {
    (void)state;
    struct buffer input = {0};
    buffer_append_c(&input, "i,t\n1,a\n2,\"");
    for (int i = 0; i < 10000; i++) {
        buffer_append_c(&input, "0123456789");
    }
    buffer_append_c(&input, "\"\n3,c\n");
    expect_with((struct reading_options){.map = "id=i,text=t", .limit = 1000, .block_bytes = 512},
                buffer_str(&input), "mapped-csv (comma, LF, UTF-8)",
                "2 post platform=unknown id=1 text=a\n3 rejected too_long\n"
                "4 post platform=unknown id=3 text=c\n");
    buffer_free(&input);
}

static void a_long_value_of_a_document_is_skipped_to_its_end(void **state) {
    (void)state;
    struct buffer input = {0};
    buffer_append_c(&input, "[{\"id\":1,\"text\":\"a\"},\n{\"id\":2,\"x\":{\"text\":\"}");
    for (int i = 0; i < 100000; i++) {
        buffer_append_c(&input, "\\\"}\n");
    }
    buffer_append_c(&input, "\"}},\n{\"id\":3,\"text\":\"c\"}]");
    expect_with((struct reading_options){.limit = 1000, .block_bytes = 512}, buffer_str(&input),
                "ndjson (one JSON document, UTF-8)",
                "1 post platform=unknown id=1 text=a\n2 rejected too_long\n"
                "100003 post platform=unknown id=3 text=c\n");
    buffer_free(&input);
}

static void what_is_no_posts_is_refused_with_what_was_seen(void **state) {
    (void)state;
    struct reading_options none = {0};
    expect_failure(none,
                   STR("\x7f"
                       "ELF\x02\x01\x01\0\0\0\0\0\0\x10"),
                   HEARSAY_BAD_INPUT, "binary");
    expect_failure(none, STR("just a sentence of text"), HEARSAY_BAD_INPUT, "neither JSON objects");
    expect_failure(none, STR("[note] a text with a bracket"), HEARSAY_BAD_INPUT,
                   "neither JSON objects");
    expect_failure(none, STR("{\"name\":1,\"value\":2}\n"), HEARSAY_BAD_INPUT,
                   "its keys are name, value");
}

static void an_unknown_format_name_is_refused_with_the_nearest(void **state) {
    (void)state;
    expect_failure((struct reading_options){.format = "twiter-v1"}, STR("{}"), HEARSAY_BAD_ARGUMENT,
                   "did you mean \"twitter-v1\"?");
}

static void every_format_in_the_table_can_be_named(void **state) {
    (void)state;
    size_t count = 0;
    for (; hearsay_format_at(count); count++) {
        const struct hearsay_format *format = hearsay_format_at(count);
        struct reading reading =
            read_records(STR(""), (struct reading_options){.format = format->name});
        assert_int_equal(reading.status, HEARSAY_OK);
        assert_true(strlen(format->meaning) > 0 && strlen(format->columns) > 0);
        buffer_free(&reading.text);
    }
    assert_int_equal(count, 10);
}

static enum hearsay_status check_padding(void *context, struct block *block) {
    size_t *count = context;
    for (size_t i = 0; i < BLOCK_PADDING; i++) {
        assert_int_equal(block->bytes.ptr[block->bytes.len + i], 0);
    }
    assert_int_equal(block->sequence, *count);
    assert_int_equal(block->input_index, 5);
    (*count)++;
    block_free(block);
    return HEARSAY_OK;
}

static void blocks_are_padded_and_numbered(void **state) {
    (void)state;
    struct buffer bytes = long_input(false);
    size_t count = 0;
    struct input *input = NULL;
    const struct input_options options = {.name = "n",
                                          .block_bytes = 1000,
                                          .record_limit_bytes = 1000000,
                                          .input_index = 5,
                                          .sink = check_padding,
                                          .context = &count};
    assert_int_equal(input_open(&options, &input, NULL), HEARSAY_OK);
    assert_int_equal(input_feed(input, bytes.ptr, bytes.len, NULL), HEARSAY_OK);
    assert_int_equal(input_finish(input, NULL), HEARSAY_OK);
    assert_string_equal(format_name(input_format(input)), "ndjson");
    assert_true(count > 10);
    input_free(input);
    buffer_free(&bytes);
}

static enum hearsay_status stop(void *context, struct block *block) {
    (void)context;
    block_free(block);
    return HEARSAY_STOPPED;
}

static void a_sink_that_stops_ends_the_input(void **state) {
    (void)state;
    struct input *input = NULL;
    const struct input_options options = {
        .block_bytes = 1000, .record_limit_bytes = 1000, .sink = stop};
    assert_int_equal(input_open(&options, &input, NULL), HEARSAY_OK);
    struct str row = STR("{\"text\":\"t\"}\n");
    assert_int_equal(input_feed(input, row.ptr, row.len, NULL), HEARSAY_OK);
    assert_int_equal(input_finish(input, NULL), HEARSAY_STOPPED);
    input_free(input);
}

/* The real files of the formats, where the folder is there: each names its format and every record
 * is counted. Their content is not in this project. */
static void real_files_are_recognised(void **state) {
    (void)state;
    static const struct {
        const char *file;
        const char *description;
        size_t records;
    } files[] = {
        {"formats/jetstream_v1.jsonl", "jetstream-v1 (a value per line, UTF-8)", 152},
        {"formats/twitter_v11.jsonl", "twitter-v1 (a value per line, UTF-8)", 400},
        {"formats/ira_538_0.csv", "campaign-authors-csv (comma, LF, UTF-8)", 959},
        {"peers/qut/sample_data.csv", "qut-csv (comma, CRLF, UTF-8)", 100},
        {"coordination/campaign2015.jsonl", "ndjson (a value per line, UTF-8)", 7216},
    };
    const char *corpora = getenv("HEARSAY_CORPORA");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s",
                 corpora ? corpora : HEARSAY_SOURCE_DIR "/../shared/corpora", files[i].file);
        FILE *file = fopen(path, "rb");
        if (!file) {
            print_message("skipped: %s is not there\n", path);
            skip();
        }
        struct buffer bytes = {0};
        char part[65536];
        size_t len;
        while ((len = fread(part, 1, sizeof part, file)) > 0) {
            assert_true(buffer_append(&bytes, part, len));
        }
        fclose(file);
        struct reading reading = read_records(buffer_str(&bytes), (struct reading_options){0});
        assert_int_equal(reading.status, HEARSAY_OK);
        assert_string_equal(reading.description, files[i].description);
        size_t lines = 0;
        for (const char *at = reading.text.ptr; (at = strchr(at, '\n')); at++) {
            lines++;
        }
        assert_int_equal(lines, files[i].records);
        assert_null(strstr(reading.text.ptr, " rejected "));
        buffer_free(&reading.text);
        buffer_free(&bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_input_has_no_records_and_no_error),
        cmocka_unit_test(blank_lines_are_no_records_and_the_last_line_needs_no_end),
        cmocka_unit_test(an_array_at_the_top_is_cut_into_its_values),
        cmocka_unit_test(an_array_that_is_never_closed_is_a_rejection),
        cmocka_unit_test(a_value_that_spans_lines_is_one_record),
        cmocka_unit_test(a_broken_first_line_does_not_hide_the_rest),
        cmocka_unit_test(portions_and_blocks_change_nothing),
        cmocka_unit_test(a_row_far_over_the_limit_is_skipped),
        cmocka_unit_test(a_table_row_over_the_limit_is_one_rejection),
        cmocka_unit_test(a_long_value_of_a_document_is_skipped_to_its_end),
        cmocka_unit_test(what_is_no_posts_is_refused_with_what_was_seen),
        cmocka_unit_test(an_unknown_format_name_is_refused_with_the_nearest),
        cmocka_unit_test(every_format_in_the_table_can_be_named),
        cmocka_unit_test(blocks_are_padded_and_numbered),
        cmocka_unit_test(a_sink_that_stops_ends_the_input),
        cmocka_unit_test(real_files_are_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
