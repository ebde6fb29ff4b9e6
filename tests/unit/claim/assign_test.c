/* Seen failing: the horizon left out, incidents of one claim not compared, forgetting the newest
 * half. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "claim/assign.h"

#define HOUR_US (3600 * (int64_t)1000000)

struct desk {
    struct claim_assigner *assigner;
    struct name_reader reader;
    struct folder folder;
    struct quantity_list quantities;
};

static void desk_open(struct desk *desk, uint32_t open_most) {
    *desk = (struct desk){.assigner = claim_assigner_new(open_most)};
    assert_non_null(desk->assigner);
}

static void desk_close(struct desk *desk) {
    claim_assigner_free(desk->assigner);
    name_reader_free(&desk->reader);
    folder_free(&desk->folder);
    quantity_list_free(&desk->quantities);
}

static struct claim_assignment give(struct desk *desk, const char *text, const char *victim,
                                    const char *incident, int64_t hour) {
    struct folded folded;
    struct claim_trace trace;
    struct word_text words = {
        .raw = str_from_c(text), .folded = &folded, .victim = str_from_c(victim)};
    struct claim_candidate post = {.trace = &trace,
                                   .incident = claim_incident_index(str_from_c(incident)),
                                   .at_us = hour * HOUR_US,
                                   .has_time = true,
                                   .tag = (uint64_t)hour};
    struct claim_assignment assignment;
    assert_true(fold_text(&desk->folder, words.raw, &folded));
    assert_true(quantities_of(words.raw, &desk->quantities));
    assert_true(claim_trace_read(&desk->reader, &words, &desk->quantities, &trace));
    assert_true(name_read(&desk->reader, words.victim, &post.name));
    assert_int_equal(claim_assign(desk->assigner, &post, true, &assignment), HEARSAY_OK);
    return assignment;
}

static void posts_of_one_victim_and_incident_are_one_claim(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk, 16);
    assert_int_equal(
        give(&desk, "We took 3.4 million records of Norvik Bank", "Norvik Bank", "data_leak", 1)
            .claim,
        0);
    assert_int_equal(
        give(&desk, "утекли данные 3,4 млн клиентов Норвика", "Норвик", "data_leak", 3).claim, 0);
    assert_int_equal(
        give(&desk, "norvik bank broken into, they say", "norvik bank", "intrusion", 4).claim, 0);
    desk_close(&desk);
}

static void another_incident_or_another_victim_is_another_claim(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk, 16);
    give(&desk, "We took 3.4 million records of Norvik Bank", "Norvik Bank", "data_leak", 1);
    assert_true(give(&desk, "Norvik Bank is offline", "Norvik Bank", "ddos_outage", 2).is_new);
    assert_true(
        give(&desk, "We took 9 million records of Halden Bank", "Halden Bank", "data_leak", 3)
            .is_new);
    /* the same pattern with another name */
    assert_true(
        give(&desk, "We took 3.4 million records of Quarry Bank", "Quarry Bank", "data_leak", 4)
            .is_new);
    desk_close(&desk);
}

static void after_its_horizon_a_claim_is_new_and_says_what_it_repeats(void **state) {
    (void)state;
    struct desk desk;
    desk_open(&desk, 16);
    const char *text = "We took 3.4 million records of Norvik Bank";
    give(&desk, text, "Norvik Bank", "data_leak", 1);
    struct claim_assignment late = give(&desk, text, "Norvik Bank", "data_leak", 24 * 30);
    assert_true(late.is_new);
    assert_true(late.has_before);
    assert_int_equal(late.before.claim, 1);
    assert_true(late.before.similarity == 1.0);
    desk_close(&desk);
}

static void memory_is_bounded_and_what_is_forgotten_is_counted(void **state) {
    (void)state;
    static const char *const names[] = {"Zuqantora", "Belimvex", "Dorquapik", "Framzelik",
                                        "Gopthurn"};
    struct desk desk;
    desk_open(&desk, 4);
    for (int i = 0; i < 5; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s broken into", names[i]);
        assert_true(give(&desk, text, names[i], "intrusion", i + 1).is_new);
    }
    assert_int_equal(claim_assigner_forgotten(desk.assigner), 2);
    /* the newest are remembered, the oldest are not */
    assert_false(give(&desk, "Gopthurn broken into", "Gopthurn", "intrusion", 6).is_new);
    assert_true(give(&desk, "Zuqantora broken into", "Zuqantora", "intrusion", 7).is_new);
    desk_close(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_of_one_victim_and_incident_are_one_claim),
        cmocka_unit_test(another_incident_or_another_victim_is_another_claim),
        cmocka_unit_test(after_its_horizon_a_claim_is_new_and_says_what_it_repeats),
        cmocka_unit_test(memory_is_bounded_and_what_is_forgotten_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
