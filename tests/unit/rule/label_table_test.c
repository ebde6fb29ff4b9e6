/* Labels in event time: given, lengthened, over, forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "rule/label_table.h"

static struct digest account(uint64_t number) {
    return hash128((struct str){(const char *)&number, sizeof number});
}

static int64_t give(struct label_table *table, uint64_t number, int64_t until_us, int64_t now_us) {
    struct account_label given = {account(number), until_us, 0};
    int64_t end = 0;
    assert_true(label_table_give(table, &given, now_us, &end));
    return end;
}

static void a_label_holds_before_its_end_and_no_longer(void **state) {
    (void)state;
    struct label_table *table = label_table_new();
    assert_false(label_table_have(table, account(1), 0, 0));
    assert_int_equal(give(table, 1, 100, 0), 100);
    assert_true(label_table_have(table, account(1), 0, 99));
    assert_false(label_table_have(table, account(1), 0, 100));
    assert_false(label_table_have(table, account(1), 1, 50));
    assert_false(label_table_have(table, account(2), 0, 50));
    label_table_free(table);
}

static void a_second_one_lengthens_and_never_shortens(void **state) {
    (void)state;
    struct label_table *table = label_table_new();
    give(table, 1, 100, 0);
    assert_int_equal(give(table, 1, 150, 50), 150);
    assert_int_equal(give(table, 1, 120, 60), 150);
    assert_true(label_table_have(table, account(1), 0, 149));
    assert_int_equal(label_table_report(table).given, 3);
    size_t count;
    const struct account_label *all = label_table_sort(table, &count);
    assert_int_equal(count, 1);
    assert_int_equal(all[0].until_us, 150);
    label_table_free(table);
}

static void accounts_of_two_platforms_are_two(void **state) {
    (void)state;
    assert_false(
        digest_equal(account_digest(STR("x"), STR("ab")), account_digest(STR("xa"), STR("b"))));
    assert_true(
        digest_equal(account_digest(STR("x"), STR("a")), account_digest(STR("x"), STR("a"))));
}

static void without_room_the_quarter_that_ends_first_is_forgotten(void **state) {
    (void)state;
    struct label_table *table = label_table_new();
    for (uint64_t i = 0; i < LABELS_MOST; i++) {
        /* The larger the number, the sooner its end. */
        give(table, i, (int64_t)(2 * LABELS_MOST - i), 0);
    }
    assert_int_equal(label_table_report(table).evicted, 0);
    int64_t now = (int64_t)LABELS_MOST + 10; /* nine labels are over */
    give(table, LABELS_MOST, 3 * (int64_t)LABELS_MOST, now);
    assert_int_equal(label_table_report(table).evicted, LABELS_MOST / 4 - 10);
    assert_true(label_table_have(table, account(0), 0, now));
    assert_true(label_table_have(table, account(LABELS_MOST / 4 * 3 - 1), 0, now));
    assert_false(label_table_have(table, account(LABELS_MOST / 4 * 3), 0, 0));
    assert_true(label_table_have(table, account(LABELS_MOST), 0, now));
    size_t count;
    const struct account_label *all = label_table_sort(table, &count);
    assert_int_equal(count, LABELS_MOST / 4 * 3 + 1);
    size_t own;
    const struct account_label *found = label_table_of(all, count, account(7), &own);
    assert_int_equal(own, 1);
    assert_int_equal(found->until_us, 2 * LABELS_MOST - 7);
    label_table_of(all, count, account(LABELS_MOST - 1), &own);
    assert_int_equal(own, 0);
    label_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_holds_before_its_end_and_no_longer),
        cmocka_unit_test(a_second_one_lengthens_and_never_shortens),
        cmocka_unit_test(accounts_of_two_platforms_are_two),
        cmocka_unit_test(without_room_the_quarter_that_ends_first_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
