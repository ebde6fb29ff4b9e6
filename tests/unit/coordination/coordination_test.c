#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordination/run.h"
#include "world.h"

static char *world_text(struct world *w) {
    assert_int_equal(w->status, HEARSAY_OK);
    assert_true(buffer_append_byte(&w->out, '\0'));
    return w->out.ptr;
}

static void check_scores(const struct world *w) {
    for (uint32_t i = 0; i < w->accounts; i++) {
        const struct account_score *a = &w->result.accounts[i];
        assert_true(a->score >= 0.0 && a->score <= 1.0); /* false for NaN, too */
        for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
            assert_true(a->layers[layer] >= 0.0);
        }
    }
}

/* Organic noise around a group of six accounts that share the same fifteen links within seconds. */
static struct world *world_with_group(void) {
    struct world *w = world_new(400);
    uint32_t state = 7;
    for (uint32_t i = 0; i < 12000; i++) {
        uint32_t object = 100 + world_random(&state) % 300;
        object = world_random(&state) % 2 == 0 ? 50 : object;
        world_share(w, (enum layer)(world_random(&state) % LAYER_COUNT), world_random(&state) % 400,
                    object, world_random(&state) % (30 * 86400));
    }
    for (uint32_t link = 0; link < 15; link++) {
        for (uint32_t a = 0; a < 6; a++) {
            world_share(w, LAYER_LINK, 11 + a * 40, link, 1000.0 + link * 90000.0 + a * 3);
        }
    }
    return w;
}

static void a_group_is_found_with_its_evidence(void **state) {
    (void)state;
    struct world *w = world_with_group();
    w->q = 0.05;
    world_run(w);
    const char *text = world_text(w);
    check_scores(w);
    for (uint32_t i = 0; i < w->accounts; i++) {
        bool is_member = i >= 11 && (i - 11) % 40 == 0 && i <= 211;
        if (is_member) {
            assert_true(w->result.accounts[i].score > 0.35);
            assert_true(w->result.accounts[i].partners >= 5);
        } else {
            assert_true(w->result.accounts[i].score < 0.1);
        }
    }
    assert_non_null(strstr(text, "edge 11 51 "));
    assert_non_null(strstr(text, "  1 p12000 p12001 o0 1000000000 3.000000\n"));
    assert_non_null(strstr(text, "11 51 91 131 171 211"));
    world_free(w);
}

static void order_writers_threads_and_spilling_do_not_show(void **state) {
    (void)state;
    struct world *w = world_with_group();
    world_run(w);
    char *expected = strdup(world_text(w));
    assert_int_equal(w->spilled, 0);
    for (unsigned n = 1; n <= 6; n++) {
        w->seed = n;
        w->writers = 1 + n % WORLD_WRITERS;
        w->threads = 1 + n % 4;
        w->limit_bytes = n % 2 ? 1u << 30 : 4096;
        world_run(w);
        assert_string_equal(world_text(w), expected);
        assert_int_equal(w->spilled > 0, n % 2 == 0);
    }
    free(expected);
    world_free(w);
}

static void many_shares_at_one_second_are_capped_and_counted(void **state) {
    (void)state;
    struct world *w = world_new(200);
    w->posts = calloc(200, sizeof *w->posts);
    for (uint32_t a = 0; a < 200; a++) {
        world_share(w, LAYER_HASHTAG, a, 1, 5);
        w->posts[a] = 1;
    }
    w->posts[0] = 1000000; /* so that no co-action among the others is likely by chance */
    world_run(w);
    world_text(w);
    check_scores(w);
    const struct coordination_report *r = &w->result.report;
    assert_int_equal(r->capped_objects[LAYER_HASHTAG], 1);
    uint64_t pairs = 200 * 199 / 2;
    assert_int_equal(r->co_actions[LAYER_HASHTAG] + r->skipped_pairs[LAYER_HASHTAG], pairs);
    assert_true(r->skipped_pairs[LAYER_HASHTAG] > 0);
    assert_true(r->co_actions[LAYER_HASHTAG] <= 200 * PARTNERS_LIMIT);
    char *expected = strdup(w->out.ptr);
    w->seed = 3;
    w->writers = 4;
    w->threads = 2;
    world_run(w);
    assert_string_equal(world_text(w), expected);
    free(expected);
    world_free(w);
}

static void nothing_comes_of_one_account_or_no_co_action(void **state) {
    (void)state;
    struct world *w = world_new(1);
    for (uint32_t i = 0; i < 50; i++) {
        world_share(w, LAYER_REPOST, 0, i % 3, i);
    }
    world_run(w);
    world_text(w);
    check_scores(w);
    assert_int_equal(w->result.report.edges, 0);
    assert_int_equal(w->result.report.objects[LAYER_REPOST], 0);
    assert_int_equal(w->result.report.actions[LAYER_REPOST], 50);
    world_free(w);

    w = world_new(2);
    world_share(w, LAYER_REPOST, 0, 1, 0);
    world_share(w, LAYER_REPOST, 1, 1, 60.000001);
    world_run(w);
    world_text(w);
    assert_int_equal(w->result.report.objects[LAYER_REPOST], 1);
    assert_int_equal(w->result.report.co_actions[LAYER_REPOST], 0);
    world_free(w);

    w = world_new(0);
    world_run(w);
    world_text(w);
    world_free(w);
}

static void the_window_is_inclusive(void **state) {
    (void)state;
    struct world *w = world_new(2);
    world_share(w, LAYER_REPOST, 0, 1, 0);
    world_share(w, LAYER_REPOST, 1, 1, 60);
    world_run(w);
    assert_int_equal(w->result.report.co_actions[LAYER_REPOST], 1);
    world_free(w);
}

static void negative_and_extreme_times_are_times(void **state) {
    (void)state;
    struct world *w = world_new(4);
    world_share(w, LAYER_LINK, 0, 1, -10);
    world_share(w, LAYER_LINK, 1, 1, 10);
    world_share(w, LAYER_LINK, 2, 1, 0);
    world_share(w, LAYER_LINK, 3, 1, 0);
    w->shares[2].time_us = INT64_MIN;
    w->shares[3].time_us = INT64_MAX;
    world_run(w);
    const char *text = world_text(w);
    check_scores(w);
    assert_int_equal(w->result.report.co_actions[LAYER_LINK], 1);
    assert_non_null(strstr(text, "p0 p1 o1 -10000000 20.000000"));
    world_free(w);
}

static void a_duplicate_counts_once(void **state) {
    (void)state;
    struct world *w = world_new(2);
    for (unsigned i = 0; i < 3; i++) {
        world_share(w, LAYER_LINK, 0, 1, 0);
        w->shares[w->count - 1].post = 77;
    }
    world_share(w, LAYER_LINK, 1, 1, -3);
    world_run(w);
    const char *text = world_text(w);
    assert_int_equal(w->result.report.actions[LAYER_LINK], 2);
    assert_int_equal(w->result.report.co_actions[LAYER_LINK], 1);
    assert_non_null(strstr(text, "p77 p3 o1 -3000000 -3.000000"));
    world_free(w);
}

static void several_co_actions_on_one_object_are_one_weight(void **state) {
    (void)state;
    struct world *w = world_new(2);
    for (unsigned i = 0; i < 4; i++) {
        world_share(w, LAYER_LINK, i % 2, 1, i * 10);
    }
    world_run(w);
    assert_int_equal(w->result.report.co_actions[LAYER_LINK], 4);
    assert_non_null(strstr(world_text(w), "edge 0 1 1 "));
    world_free(w);
}

static void edges_do_not_join_platforms(void **state) {
    (void)state;
    struct world *w = world_new(4);
    w->accounts_platform_0 = 2;
    for (uint32_t a = 0; a < 4; a++) {
        world_share(w, LAYER_LINK, a, 1, a);
    }
    world_run(w);
    const char *text = world_text(w);
    assert_int_equal(w->result.report.co_actions[LAYER_LINK], 2);
    assert_non_null(strstr(text, "edge 0 1 "));
    assert_non_null(strstr(text, "edge 2 3 "));
    world_free(w);
}

static void a_window_below_the_time_precision_is_widened(void **state) {
    (void)state;
    struct world *w = world_new(2);
    w->window_s = 10;
    w->precision_us = 60000000;
    world_share(w, LAYER_LINK, 0, 1, 0);
    world_share(w, LAYER_LINK, 1, 1, 60);
    world_run(w);
    const struct coordination_report *r = &w->result.report;
    assert_int_equal(r->co_actions[LAYER_LINK], 1);
    assert_true(r->window_was_widened[LAYER_LINK]);
    assert_true(r->window_s[LAYER_LINK] == 60.0);
    assert_false(r->window_was_widened[LAYER_REPOST]);
    assert_true(r->window_s[LAYER_REPOST] == 10.0);
    assert_true(r->window_s[LAYER_TEXT] == 259200.0);
    world_free(w);
}

static void sources_of_one_platform_meet_in_the_coarser_precision(void **state) {
    (void)state;
    struct world *w = world_new(5);
    w->posts = calloc(5, sizeof *w->posts);
    w->posts[4] = 1000; /* chance is small in a larger world */
    w->window_s = 10;
    for (uint32_t a = 0; a < 4; a++) {
        world_share(w, LAYER_LINK, a, 1, a * 30); /* 0, 30, 60 and 90 s */
    }
    w->shares[1].source = 1; /* minutes */
    world_share(w, LAYER_LINK, 1, 1, 30);
    w->shares[4].post = 1; /* the same post from the finer source */
    world_run(w);
    char *expected = strdup(world_text(w));
    assert_int_equal(w->result.report.actions[LAYER_LINK], 4);
    assert_int_equal(w->result.report.co_actions[LAYER_LINK], 3);
    assert_non_null(strstr(expected, "edge 0 1 "));
    assert_non_null(strstr(expected, "edge 1 2 "));
    assert_non_null(strstr(expected, "edge 1 3 "));
    w->shares[1].source = 0; /* the other way round */
    w->shares[4].source = 1;
    world_run(w);
    assert_string_equal(world_text(w), expected);
    free(expected);
    world_free(w);
}

static void posts_of_one_second_are_listed_in_one_order(void **state) {
    (void)state;
    struct world *w = world_new(3);
    w->posts = calloc(3, sizeof *w->posts);
    w->posts[2] = 100000;
    for (uint32_t i = 0; i < 40; i++) {
        world_share(w, LAYER_LINK, i % 2, i / 20, 5);
    }
    world_run(w);
    char *expected = strdup(world_text(w));
    assert_non_null(strstr(expected, "  1 p0 p1 o0 5000000 0.000000\n  1 p0 p11 o0"));
    for (w->seed = 1; w->seed < 6; w->seed++) {
        world_run(w);
        assert_string_equal(world_text(w), expected);
    }
    free(expected);
    world_free(w);
}

static void a_cap_cuts_equal_times_the_same_way(void **state) {
    (void)state;
    struct world *w = world_new(3);
    w->posts = calloc(3, sizeof *w->posts);
    w->posts[2] = 100000;
    for (uint32_t i = 0; i < 300; i++) { /* more posts of one second than partners */
        world_share(w, LAYER_LINK, i % 2, 1, 5);
    }
    world_run(w);
    char *expected = strdup(world_text(w));
    assert_true(w->result.report.skipped_pairs[LAYER_LINK] > 0);
    assert_true(w->result.report.omitted_co_actions > 0);
    for (w->seed = 1; w->seed < 4; w->seed++) {
        w->limit_bytes = 100000 * w->seed; /* spilling changes the order of records, too */
        world_run(w);
        assert_string_equal(world_text(w), expected);
    }
    free(expected);
    world_free(w);
}

static void the_object_is_shown_as_in_the_earlier_post(void **state) {
    (void)state;
    struct world *w = world_new(2);
    world_share(w, LAYER_TEXT, 1, 1, 0);
    world_share(w, LAYER_TEXT, 0, 1, 9);
    w->shares[0].excerpt = 70;
    w->shares[1].excerpt = 80;
    world_run(w);
    assert_non_null(strstr(world_text(w), "p1 p0 o70 0 -9.000000"));
    world_free(w);
}

static void an_unknown_account_or_layer_is_refused(void **state) {
    (void)state;
    struct world *w = world_new(2);
    world_share(w, LAYER_LINK, 0, 1, 0);
    w->shares[0].layer = LAYER_COUNT;
    world_run(w);
    assert_int_equal(w->status, HEARSAY_BAD_ARGUMENT);
    w->shares[0].layer = LAYER_LINK;
    w->shares[0].account = 2; /* one more than there are; world.h has room for it */
    world_run(w);
    assert_int_equal(w->status, HEARSAY_BAD_ARGUMENT);
    world_free(w);
}

static void failures_of_callbacks_are_reported(void **state) {
    (void)state;
    struct world *w = world_with_group();
    w->fails_on_edge = true;
    world_run(w);
    assert_int_equal(w->status, HEARSAY_STOPPED);
    w->fails_on_edge = false;
    w->limit_bytes = 4096;
    w->threads = 2;
    unsigned failures = 0;
    for (uint64_t reads = 1;; reads++) {
        w->read_limit = reads;
        world_run(w);
        if (w->status == HEARSAY_OK) {
            break;
        }
        assert_int_equal(w->status, HEARSAY_IO);
        failures++;
    }
    assert_true(failures > 2);
    world_free(w);
}

static void edges_rendered_by_threads_are_the_same_in_the_same_order(void **state) {
    (void)state;
    struct world *w = world_with_group();
    world_run(w);
    char *shown = strdup(world_text(w));
    w->renders = true;
    w->rendered_edges = 0;
    w->threads = 4;
    world_run(w);
    assert_string_equal(world_text(w), shown);
    assert_int_equal(w->rendered_edges, w->result.report.edges);
    w->fails_on_edge = true;
    world_run(w);
    assert_int_equal(w->status, HEARSAY_STOPPED);
    free(shown);
    world_free(w);
}

static void a_long_edge_lists_a_stated_number_of_co_actions(void **state) {
    (void)state;
    struct world *w = world_new(2);
    for (unsigned i = 0; i < 3000; i++) {
        world_share(w, LAYER_LINK, i % 2, i / 2, 3600.0 * (i - i % 2));
    }
    world_run(w);
    world_text(w);
    assert_int_equal(w->result.report.omitted_co_actions, 1500 - CO_ACTIONS_LIMIT);
    world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_is_found_with_its_evidence),
        cmocka_unit_test(order_writers_threads_and_spilling_do_not_show),
        cmocka_unit_test(many_shares_at_one_second_are_capped_and_counted),
        cmocka_unit_test(nothing_comes_of_one_account_or_no_co_action),
        cmocka_unit_test(the_window_is_inclusive),
        cmocka_unit_test(negative_and_extreme_times_are_times),
        cmocka_unit_test(a_duplicate_counts_once),
        cmocka_unit_test(several_co_actions_on_one_object_are_one_weight),
        cmocka_unit_test(edges_do_not_join_platforms),
        cmocka_unit_test(a_window_below_the_time_precision_is_widened),
        cmocka_unit_test(sources_of_one_platform_meet_in_the_coarser_precision),
        cmocka_unit_test(posts_of_one_second_are_listed_in_one_order),
        cmocka_unit_test(a_cap_cuts_equal_times_the_same_way),
        cmocka_unit_test(the_object_is_shown_as_in_the_earlier_post),
        cmocka_unit_test(an_unknown_account_or_layer_is_refused),
        cmocka_unit_test(failures_of_callbacks_are_reported),
        cmocka_unit_test(edges_rendered_by_threads_are_the_same_in_the_same_order),
        cmocka_unit_test(a_long_edge_lists_a_stated_number_of_co_actions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
