#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordination/role.h"
#include "world.h"

static void roles_follow_their_rules(void **state) {
    (void)state;
    assert_int_equal(role_of(0, 0, 0, 0), ROLE_NONE);
    assert_int_equal(role_of(1, 1, 0, 0), ROLE_MEMBER); /* one pair makes no role */
    assert_int_equal(role_of(10, 7, 3, 0), ROLE_ORIGINATOR);
    assert_int_equal(role_of(10, 6, 4, 0), ROLE_MEMBER);
    assert_int_equal(role_of(10, 3, 7, 2), ROLE_AMPLIFIER);
    assert_int_equal(role_of(8, 8, 0, 2), ROLE_BRIDGE);
    assert_int_equal(role_of(4, 4, 0, 1), ROLE_ORIGINATOR);
    assert_null(role_name(ROLE_NONE));
    assert_string_equal(role_name(ROLE_BRIDGE), "bridge");
}

/* Account 11 posts each link first, five follow; others share by chance. */
static void the_first_is_told_from_those_who_follow(void **state) {
    (void)state;
    struct world *w = world_new(400);
    uint32_t random = 7;
    for (uint32_t i = 0; i < 9000; i++) {
        world_share(w, LAYER_LINK, world_random(&random) % 400, 100 + world_random(&random) % 300,
                    world_random(&random) % (30 * 86400));
    }
    for (uint32_t link = 0; link < 20; link++) {
        for (uint32_t a = 0; a < 6; a++) {
            double delay = a == 0 ? 0 : 5 + world_random(&random) % 30;
            world_share(w, LAYER_LINK, 11 + a * 40, link, 1000.0 + link * 90000.0 + delay);
        }
    }
    w->q = 0.05;
    world_run(w);
    assert_int_equal(w->status, HEARSAY_OK);
    const struct account_score *first = &w->result.accounts[11];
    assert_int_equal(first->role, ROLE_ORIGINATOR);
    assert_int_equal(first->leads, 5);
    assert_int_equal(first->follows, 0);
    assert_true(first->typical_gap_s > 5 && first->typical_gap_s < 40);
    assert_true(first->least_log_p < -20);
    assert_int_equal(first->cluster_size, 6);
    assert_true(first->cluster_density == 1.0);
    for (uint32_t i = 0; i < w->accounts; i++) {
        const struct account_score *a = &w->result.accounts[i];
        assert_true(a->low <= a->score && a->score <= a->high);
        assert_true(a->low >= 0 && a->high <= 1);
        assert_true((a->role == ROLE_NONE) == (a->partners == 0));
    }
    assert_true(first->low < first->score && first->score < first->high);
    world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_follow_their_rules),
        cmocka_unit_test(the_first_is_told_from_those_who_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
