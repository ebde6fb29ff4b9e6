#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buffer.h"
#include "source/stream.h"

/* 300,000 numbered lines: more than one block, and compressible as posts are. */
static void make_plain(struct buffer *plain) {
    for (int i = 0; i < 300000; i++) {
        buffer_printf(plain, "{\"id\":\"%d\"}\n", i);
    }
    assert_false(plain->failed);
}

static void add_gzip(struct buffer *out, struct str plain) {
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t bound = deflateBound(&stream, plain.len);
    assert_true(buffer_reserve(out, bound));
    stream.next_in = (Bytef *)(uintptr_t)plain.ptr;
    stream.avail_in = (uInt)plain.len;
    stream.next_out = (Bytef *)out->ptr + out->len;
    stream.avail_out = (uInt)bound;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->len += bound - stream.avail_out;
    deflateEnd(&stream);
}

static void add_zstd(struct buffer *out, struct str plain) {
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 28); /* over the library's own limit of 27 */
    size_t bound = ZSTD_compressBound(plain.len);
    assert_true(buffer_reserve(out, bound));
    /* In two steps, so that the frame does not know its size and keeps the wide window. */
    ZSTD_outBuffer to = {out->ptr + out->len, bound, 0};
    ZSTD_inBuffer first = {plain.ptr, plain.len / 2, 0};
    ZSTD_inBuffer second = {plain.ptr + plain.len / 2, plain.len - plain.len / 2, 0};
    ZSTD_compressStream2(context, &to, &first, ZSTD_e_continue);
    assert_int_equal(first.pos, first.size);
    assert_int_equal(ZSTD_compressStream2(context, &to, &second, ZSTD_e_end), 0);
    out->len += to.pos;
    ZSTD_freeCCtx(context);
}

/* Writes the bytes to a file, reads them back through a stream, and gives its note. */
static void read_through(struct str bytes, struct buffer *out, struct buffer *note,
                         const char *compression) {
    char path[] = "/tmp/hearsay-stream-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes.ptr, bytes.len), bytes.len);
    close(descriptor);
    struct stream *stream = NULL;
    assert_int_equal(stream_open(path, &stream, NULL), HEARSAY_OK);
    struct str block;
    do {
        assert_int_equal(stream_read(stream, &block, NULL), HEARSAY_OK);
        buffer_append_str(out, block);
    } while (block.len > 0);
    buffer_append_c(note, stream_note(stream) ? stream_note(stream) : "");
    buffer_append_byte(note, '\0');
    assert_string_equal(stream_compression(stream), compression);
    assert_int_equal(stream_position(stream), bytes.len);
    stream_close(stream);
    unlink(path);
}

static void expect_whole(struct buffer *packed, struct str plain, const char *compression) {
    struct buffer out = {0};
    struct buffer note = {0};
    read_through(buffer_str(packed), &out, &note, compression);
    assert_string_equal(note.ptr, "");
    assert_true(str_equal(buffer_str(&out), plain));
    buffer_free(&out);
    buffer_free(&note);
    buffer_free(packed);
}

static void expect_prefix(struct str packed, struct str plain, size_t least, const char *word,
                          const char *compression) {
    struct buffer out = {0};
    struct buffer note = {0};
    read_through(packed, &out, &note, compression);
    assert_non_null(strstr(note.ptr, word));
    assert_true(out.len >= least);
    assert_true(str_starts_with(plain, buffer_str(&out)));
    buffer_free(&out);
    buffer_free(&note);
}

static void a_plain_file_is_read_as_it_is(void **state) {
    (void)state;
    struct buffer plain = {0};
    make_plain(&plain);
    struct buffer copy = {0};
    buffer_append_str(&copy, buffer_str(&plain));
    expect_whole(&copy, buffer_str(&plain), "plain");
    buffer_append_c(&copy, "ab"); /* shorter than any magic */
    expect_whole(&copy, STR("ab"), "plain");
    buffer_free(&plain);
}

static void an_empty_file_is_an_empty_input(void **state) {
    (void)state;
    struct buffer out = {0};
    struct buffer note = {0};
    read_through(STR_EMPTY, &out, &note, "plain");
    assert_int_equal(out.len, 0);
    assert_string_equal(note.ptr, "");
    buffer_free(&note);
}

static void gzip_members_after_each_other_are_one_input(void **state) {
    (void)state;
    struct buffer plain = {0};
    struct buffer packed = {0};
    make_plain(&plain);
    add_gzip(&packed, str_slice(buffer_str(&plain), 0, 1000));
    add_gzip(&packed, STR_EMPTY);
    add_gzip(&packed, str_slice(buffer_str(&plain), 1000, plain.len));
    buffer_append(&packed, "\0\0\0\0", 4); /* padding of a tape */
    expect_whole(&packed, buffer_str(&plain), "gzip");
    buffer_free(&plain);
}

static void zstd_frames_with_long_windows_are_one_input(void **state) {
    (void)state;
    struct buffer plain = {0};
    struct buffer packed = {0};
    make_plain(&plain);
    buffer_append(&packed, "\x50\x2a\x4d\x18\x03\0\0\0abc", 11); /* a skippable frame */
    add_zstd(&packed, str_slice(buffer_str(&plain), 0, 1000));
    add_zstd(&packed, str_slice(buffer_str(&plain), 1000, plain.len));
    expect_whole(&packed, buffer_str(&plain), "zstd");
    buffer_free(&plain);
}

static void truncated_data_gives_what_is_complete_and_a_note(void **state) {
    (void)state;
    struct buffer plain = {0};
    struct buffer gzip = {0};
    struct buffer zstd = {0};
    make_plain(&plain);
    struct str whole = buffer_str(&plain);
    add_gzip(&gzip, whole);
    add_zstd(&zstd, whole);
    expect_prefix(str_slice(buffer_str(&gzip), 0, gzip.len / 2), whole, plain.len / 3, "truncated",
                  "gzip");
    expect_prefix(str_slice(buffer_str(&gzip), 0, gzip.len - 1), whole, plain.len, "truncated",
                  "gzip");
    expect_prefix(str_slice(buffer_str(&gzip), 0, 12), whole, 0, "truncated", "gzip");
    expect_prefix(str_slice(buffer_str(&zstd), 0, zstd.len - 1), whole, plain.len / 3, "truncated",
                  "zstd");
    expect_prefix(str_slice(buffer_str(&zstd), 0, 5), whole, 0, "truncated", "zstd");
    buffer_free(&gzip);
    buffer_free(&zstd);
    buffer_free(&plain);
}

static void corrupt_data_gives_what_came_before_and_a_note(void **state) {
    (void)state;
    struct buffer plain = {0};
    struct buffer gzip = {0};
    make_plain(&plain);
    add_gzip(&gzip, buffer_str(&plain));
    memset(gzip.ptr + gzip.len / 2, 0xff, 64);
    struct buffer out = {0};
    struct buffer note = {0};
    read_through(buffer_str(&gzip), &out, &note, "gzip");
    assert_non_null(strstr(note.ptr, "corrupt"));
    assert_true(out.len > plain.len / 3);
    buffer_free(&out);
    buffer_free(&note);
    buffer_free(&gzip);
    buffer_free(&plain);
}

static void foreign_bytes_after_the_end_are_noted(void **state) {
    (void)state;
    struct buffer gzip = {0};
    struct buffer zstd = {0};
    add_gzip(&gzip, STR("one\n"));
    add_zstd(&zstd, STR("one\n"));
    buffer_append_c(&gzip, "garbage");
    buffer_append_c(&zstd, "garbage");
    expect_prefix(buffer_str(&gzip), STR("one\n"), 4, "foreign", "gzip");
    expect_prefix(buffer_str(&zstd), STR("one\n"), 4, "foreign", "zstd");
    buffer_free(&gzip);
    buffer_free(&zstd);
}

static void what_cannot_be_opened_is_named(void **state) {
    (void)state;
    struct stream *stream = NULL;
    struct hearsay_failure failure = {0};
    assert_int_equal(stream_open("/nowhere/at/all", &stream, &failure), HEARSAY_IO);
    assert_string_equal(failure.file, "/nowhere/at/all");
    assert_int_equal(stream_open("/tmp", &stream, &failure), HEARSAY_IO);
    assert_null(stream);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_file_is_read_as_it_is),
        cmocka_unit_test(an_empty_file_is_an_empty_input),
        cmocka_unit_test(gzip_members_after_each_other_are_one_input),
        cmocka_unit_test(zstd_frames_with_long_windows_are_one_input),
        cmocka_unit_test(truncated_data_gives_what_is_complete_and_a_note),
        cmocka_unit_test(corrupt_data_gives_what_came_before_and_a_note),
        cmocka_unit_test(foreign_bytes_after_the_end_are_noted),
        cmocka_unit_test(what_cannot_be_opened_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
