#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/map.h"

static void arena_objects_are_zeroed_aligned_and_apart(void **state) {
    (void)state;
    struct arena arena = {0};
    char *last = NULL;
    for (size_t size = 1; size < 3000; size += 7) {
        char *object = arena_alloc(&arena, size);
        assert_non_null(object);
        assert_int_equal((uintptr_t)object % sizeof(void *), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(object[i], 0);
        }
        memset(object, 0x5a, size);
        assert_ptr_not_equal(object, last);
        last = object;
    }
    arena_reset(&arena);
    char *again = arena_alloc(&arena, 64);
    assert_int_equal(again[63], 0);
    assert_null(arena_array(&arena, SIZE_MAX / 2, 4));
    arena_free(&arena);
    assert_int_equal(arena.bytes_held, 0);
}

static void numbers_are_written_in_their_shortest_form(void **state) {
    (void)state;
    struct buffer out = {0};
    buffer_append_u64(&out, UINT64_MAX);
    buffer_append_byte(&out, ' ');
    buffer_append_i64(&out, INT64_MIN);
    buffer_append_byte(&out, ' ');
    buffer_append_double(&out, 0.5, 6);
    buffer_append_byte(&out, ' ');
    buffer_append_double(&out, -0.0, 6);
    buffer_append_byte(&out, ' ');
    buffer_append_double(&out, 0.0 / 0.0, 6);
    buffer_printf(&out, " %s", "end");
    assert_true(
        str_is(buffer_str(&out), "18446744073709551615 -9223372036854775808 0.5 0 null end"));
    buffer_free(&out);
}

static void a_buffer_that_cannot_grow_keeps_its_content(void **state) {
    (void)state;
    struct buffer out = {0};
    assert_true(buffer_append_c(&out, "kept"));
    assert_false(buffer_reserve(&out, SIZE_MAX - 2));
    assert_true(out.failed);
    assert_true(str_is(buffer_str(&out), "kept"));
    buffer_free(&out);
}

static void map_gives_dense_indices_and_finds_them_again(void **state) {
    (void)state;
    struct map map = {0};
    char name[32];
    bool is_new;
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "account-%u", i);
        assert_int_equal(map_intern(&map, str_from_c(name), &is_new), i);
        assert_true(is_new);
    }
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "account-%u", i);
        assert_int_equal(map_intern(&map, str_from_c(name), &is_new), i);
        assert_false(is_new);
        assert_int_equal(map_find(&map, str_from_c(name)), i);
    }
    assert_int_equal(map_find(&map, STR("nobody")), MAP_NONE);
    /* The empty string and strings with NUL bytes are keys like others. */
    assert_int_equal(map_intern(&map, STR_EMPTY, NULL), 5000);
    assert_int_equal(map_intern(&map, STR("a\0b"), NULL), 5001);
    assert_int_equal(map_find(&map, STR("a")), MAP_NONE);
    assert_true(map_bytes(&map) > 5000 * 8);
    map_free(&map);
    assert_int_equal(map_find(&map, STR("a")), MAP_NONE);
}

static void field_digests_depend_on_where_fields_end(void **state) {
    (void)state;
    static char large[4000];
    memset(large, 'x', sizeof large);
    const struct str one[] = {STR("ab"), STR("c")};
    const struct str two[] = {STR("a"), STR("bc")};
    assert_false(digest_equal(hash128_fields(one, 2), hash128_fields(two, 2)));
    const struct str whole[] = {{large, 3000}, {large, 1000}};
    const struct str split[] = {{large, 1000}, {large, 3000}};
    assert_false(digest_equal(hash128_fields(whole, 2), hash128_fields(split, 2)));
    assert_true(digest_equal(hash128_fields(whole, 2), hash128_fields(whole, 2)));
    char hex[DIGEST_HEX_SIZE];
    digest_hex((struct digest){0x0123456789abcdefull, 0xfedcba9876543210ull}, hex);
    assert_string_equal(hex, "0123456789abcdeffedcba9876543210");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_objects_are_zeroed_aligned_and_apart),
        cmocka_unit_test(numbers_are_written_in_their_shortest_form),
        cmocka_unit_test(a_buffer_that_cannot_grow_keeps_its_content),
        cmocka_unit_test(map_gives_dense_indices_and_finds_them_again),
        cmocka_unit_test(field_digests_depend_on_where_fields_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
