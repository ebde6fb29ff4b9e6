#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buffer.h"

static void assert_printed_like_printf(double value, int digits) {
    char expected[64];
    struct buffer out = {0};
    snprintf(expected, sizeof expected, "%.*g", digits, value);
    assert_true(buffer_append_double(&out, value, digits));
    assert_true(str_is(buffer_str(&out), expected));
    buffer_free(&out);
}

static void numbers_are_written_as_printf_writes_them(void **state) {
    (void)state;
    const double edges[] = {
        1,        10,      1000000,  999999.5,    9999999999.5,  0.001, 0.0999999999999999,
        0.5,      2.5,     0.125,    1e9,         1e-3,          1e300, 5e-324,
        999.9995, 1 / 3.0, 123456.5, 999999999.9, 0.00099999999, 60,    3480.000001};
    for (int digits = 1; digits <= 16; digits++) {
        for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
            assert_printed_like_printf(edges[i], digits);
            assert_printed_like_printf(-edges[i], digits);
        }
    }
}

static void random_numbers_are_written_as_printf_writes_them(void **state) {
    (void)state;
    static const double scales[] = {1e-6, 1e-3, 1, 1e3, 1e6, 1e9};
    uint64_t random = 42;
    for (int i = 0; i < 300000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        double value = (double)(random >> 12) / 0x1p52 * scales[random % 6];
        double micro = (double)(int64_t)(value * 1e6) / 1e6;
        assert_printed_like_printf(i % 2 ? value : micro, 1 + (int)(random >> 40) % 14);
    }
}

static void seventeen_digits_are_written_only_where_fewer_lie(void **state) {
    (void)state;
    const double values[] = {0.6, -0.7, 1e300, 5e-324, 1 / 3.0, 0.1 + 0.2, 2.5, 123456789.123};
    const char *const expected[] = {
        "0.6", "-0.7", "1e+300", NULL, NULL, "0.30000000000000004", "2.5", "123456789.123"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct buffer out = {0};
        assert_true(buffer_append_double(&out, values[i], 17));
        double read = 0;
        assert_true(str_to_double(buffer_str(&out), &read));
        assert_true(read == values[i]);
        assert_true(!expected[i] || str_is(buffer_str(&out), expected[i]));
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_written_as_printf_writes_them),
        cmocka_unit_test(seventeen_digits_are_written_only_where_fewer_lie),
        cmocka_unit_test(random_numbers_are_written_as_printf_writes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
