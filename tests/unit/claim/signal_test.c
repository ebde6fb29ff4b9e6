/* Each signal on a case that shows it and on the case that it must not punish. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/signal.h"
#include "claim_case.h"

static double value(const struct claim_case *claim, enum claim_signal_id id) {
    struct signal_value result = claim_signal_table[id].function(&claim->facts);
    return result.is_known ? result.value : (double)NAN;
}

#define CASE(name)                                                                                 \
    struct claim_case name;                                                                        \
    (void)state;                                                                                   \
    case_init(&name)

static void assertiveness_is_high_for_claims_and_low_for_news_that_quotes(void **state) {
    CASE(claim);
    case_add(&claim, 1, CLAIM_RELAY);
    assert_float_equal(value(&claim, SIGNAL_ASSERTIVENESS), 1, 0);
    CASE(news);
    news.posts[0].stance = CLAIM_SOURCED;
    case_add(&news, 1, CLAIM_OTHER);
    assert_float_equal(value(&news, SIGNAL_ASSERTIVENESS), 0, 0);
}

static void a_victim_counts_by_name_and_a_generic_one_still_counts(void **state) {
    CASE(claim);
    assert_float_equal(value(&claim, SIGNAL_VICTIM_NAMED), 0.8, 0);
    claim.posts[0].text.victim_has_domain = true;
    assert_float_equal(value(&claim, SIGNAL_VICTIM_NAMED), 1, 0);
    claim.posts[0].text = (struct claim_text){.victim_is_generic = true};
    assert_float_equal(value(&claim, SIGNAL_VICTIM_NAMED), 0.4, 0);
    claim.posts[0].text = (struct claim_text){.count = 1};
    assert_float_equal(value(&claim, SIGNAL_VICTIM_NAMED), 0, 0);
    case_add(&claim, 1, CLAIM_DENIAL); /* names it, but is no claim */
    assert_float_equal(value(&claim, SIGNAL_VICTIM_NAMED), 0, 0);
}

static void an_amount_is_stated_or_not(void **state) {
    CASE(claim);
    assert_float_equal(value(&claim, SIGNAL_AMOUNT_STATED), 0, 0);
    claim.posts[0].text.size = 4e9;
    assert_float_equal(value(&claim, SIGNAL_AMOUNT_STATED), 1, 0);
}

static void amounts_without_sense_stand_out_and_large_ones_do_not(void **state) {
    CASE(claim);
    assert_true(isnan(value(&claim, SIGNAL_AMOUNT_IMPLAUSIBLE)));
    claim.posts[0].text.count = 1e12;
    assert_float_equal(value(&claim, SIGNAL_AMOUNT_IMPLAUSIBLE), 1, 0);
    claim.posts[0].text = (struct claim_text){.count = 1e6, .size = 1e6}; /* one byte each */
    assert_float_equal(value(&claim, SIGNAL_AMOUNT_IMPLAUSIBLE), 1, 0);
    CASE(large);
    large.posts[0].text = (struct claim_text){.count = 1e9, .size = 23e12};
    assert_float_equal(value(&large, SIGNAL_AMOUNT_IMPLAUSIBLE), 0, 0);
}

static void amounts_that_grow_stand_out_and_corrections_do_not(void **state) {
    CASE(claim);
    claim.posts[0].text.size = 375e9;
    case_add(&claim, 0, CLAIM_SELF)->text.size = 375e12;
    assert_float_equal(value(&claim, SIGNAL_AMOUNT_SPREAD), 1, 1e-12);
    CASE(correction);
    correction.posts[0].text.count = 5e6;
    case_add(&correction, 0, CLAIM_SELF)->text.count = 4e5;
    assert_float_equal(value(&correction, SIGNAL_AMOUNT_SPREAD), 0, 0);
    CASE(rounded);
    rounded.posts[0].text.count = 4.2e6;
    case_add(&rounded, 1, CLAIM_RELAY)->text.count = 4e6;
    assert_float_equal(value(&rounded, SIGNAL_AMOUNT_SPREAD), 0, 0);
}

static void the_strongest_artefact_counts_and_a_denial_offers_none(void **state) {
    CASE(claim);
    claim.posts[0].text.artefact = CLAIM_ARTEFACT_SCREENSHOT;
    case_add(&claim, 1, CLAIM_RELAY)->text.artefact = CLAIM_ARTEFACT_DUMP_LINK;
    assert_float_equal(value(&claim, SIGNAL_ARTEFACT), 1, 0);
    CASE(withheld); /* proof is only described: more than nothing */
    withheld.posts[0].text.artefact = CLAIM_ARTEFACT_DESCRIBED;
    assert_true(value(&withheld, SIGNAL_ARTEFACT) > 0);
    CASE(denial);
    case_add(&denial, 1, CLAIM_DENIAL)->text.artefact = CLAIM_ARTEFACT_SAMPLE_LINK;
    assert_float_equal(value(&denial, SIGNAL_ARTEFACT), 0, 0);
}

static void the_shown_part_is_taken_of_the_same_kind_and_small_ones_count(void **state) {
    CASE(claim);
    claim.posts[0].text = (struct claim_text){.size = 260e9, .shown_size = 2e6};
    assert_float_equal(value(&claim, SIGNAL_SHOWN_SHARE), 2e6 / 260e9, 1e-12);
    CASE(small);
    small.posts[0].text = (struct claim_text){.count = 1e9, .shown_count = 750e3};
    assert_float_equal(value(&small, SIGNAL_SHOWN_SHARE), 0.00075, 1e-12);
    CASE(unlike);
    unlike.posts[0].text = (struct claim_text){.count = 1e9, .shown_size = 750e3};
    assert_true(isnan(value(&unlike, SIGNAL_SHOWN_SHARE)));
}

static void an_old_claim_of_another_is_recycled_and_an_own_update_is_not(void **state) {
    CASE(claim);
    claim.facts.earlier = (struct claim_earlier){.is_known = true, .at_us = DAY, .similarity = 0.9};
    assert_float_equal(value(&claim, SIGNAL_RECYCLED), 0.9, 0);
    claim.facts.earlier.by_same_account = true;
    assert_float_equal(value(&claim, SIGNAL_RECYCLED), 0, 0);
    claim.facts.earlier =
        (struct claim_earlier){.is_known = true, .at_us = 9 * DAY, .similarity = 1};
    assert_float_equal(value(&claim, SIGNAL_RECYCLED), 0, 0);
}

static void a_breach_on_record_is_known_when_older_than_the_claim(void **state) {
    CASE(claim);
    assert_true(isnan(value(&claim, SIGNAL_KNOWN_BREACH)));
    struct claim_registry *registry = &claim.facts.registries[CLAIM_REGISTRY_BREACHES];
    *registry = (struct claim_registry){.is_loaded = true};
    claim.posts[0].at_us = 100 * DAY;
    claim.facts.as_of_us = 200 * DAY;
    assert_float_equal(value(&claim, SIGNAL_KNOWN_BREACH), 0, 0);
    registry->matches = 1;
    registry->first_match_us = DAY;
    assert_float_equal(value(&claim, SIGNAL_KNOWN_BREACH), 1, 0);
    registry->first_match_us = 99 * DAY; /* the same incident, not an older one */
    assert_float_equal(value(&claim, SIGNAL_KNOWN_BREACH), 0, 0);
}

static void a_listing_elsewhere_is_counted_and_confirms_nothing(void **state) {
    CASE(claim);
    struct claim_registry *registry = &claim.facts.registries[CLAIM_REGISTRY_LISTINGS];
    *registry = (struct claim_registry){.is_loaded = true, .matches = 3};
    assert_float_equal(value(&claim, SIGNAL_LISTED_ELSEWHERE), 0.75, 0);
    assert_float_equal(value(&claim, SIGNAL_INDEPENDENT_SOURCES), 0, 0);
}

static void independent_sources_are_counted_by_domain(void **state) {
    CASE(claim);
    assert_float_equal(value(&claim, SIGNAL_INDEPENDENT_SOURCES), 0, 0);
    case_add(&claim, 1, CLAIM_SOURCED)->source_domain = STR("gazette.example");
    case_add(&claim, 2, CLAIM_SOURCED)->source_domain = STR("gazette.example");
    assert_float_equal(value(&claim, SIGNAL_INDEPENDENT_SOURCES), 0.5, 0);
    case_add(&claim, 2, CLAIM_SOURCED)->source_domain = STR("herald.example");
    assert_float_equal(value(&claim, SIGNAL_INDEPENDENT_SOURCES), 2.0 / 3, 1e-12);
    CASE(hidden); /* a shortener or a platform shows nobody */
    case_add(&hidden, 1, CLAIM_SOURCED)->source_domain = STR("t.co");
    case_add(&hidden, 1, CLAIM_SOURCED)->source_domain = STR("facebook.com");
    assert_float_equal(value(&hidden, SIGNAL_INDEPENDENT_SOURCES), 0, 0);
    CASE(thin); /* no coverage: 0, and verifiability does not fall for it */
    thin.facts.registries[CLAIM_REGISTRY_NEWS] = (struct claim_registry){.is_loaded = true};
    assert_float_equal(value(&thin, SIGNAL_INDEPENDENT_SOURCES), 0, 0);
}

static void a_response_is_of_the_victim_and_both_ways(void **state) {
    CASE(claim);
    case_add(&claim, 1, CLAIM_DENIAL);
    assert_true(isnan(value(&claim, SIGNAL_RESPONSE))); /* anybody can deny */
    case_add(&claim, 2, CLAIM_DENIAL)->by_victim = true;
    assert_float_equal(value(&claim, SIGNAL_RESPONSE), -1, 0);
    case_add(&claim, 2, CLAIM_SOURCED)->by_victim = true;
    assert_float_equal(value(&claim, SIGNAL_RESPONSE), 0, 0);
}

static void a_retraction_is_of_the_first_account_and_deletion_is_half(void **state) {
    CASE(claim);
    case_add(&claim, 1, CLAIM_OTHER)->text.is_retraction = true; /* by another */
    assert_float_equal(value(&claim, SIGNAL_RETRACTION), 0, 0);
    claim.posts[0].is_deleted = true;
    assert_float_equal(value(&claim, SIGNAL_RETRACTION), 0.5, 0);
    case_add(&claim, 0, CLAIM_OTHER)->text.is_retraction = true;
    assert_float_equal(value(&claim, SIGNAL_RETRACTION), 1, 0);
}

static void a_long_history_without_artefacts_shows_and_a_new_account_stays_open(void **state) {
    CASE(claim);
    claim.accounts[0].claims = 40;
    claim.accounts[0].claims_without_artefact = 38;
    struct signal_value many =
        claim_signal_table[SIGNAL_UNSUPPORTED_HISTORY].function(&claim.facts);
    assert_float_equal(many.value, 39.0 / 42, 1e-12);
    assert_true(many.low > 0.8 && many.n == 40);
    CASE(fresh);
    struct signal_value one = claim_signal_table[SIGNAL_UNSUPPORTED_HISTORY].function(&fresh.facts);
    assert_float_equal(one.value, 2.0 / 3, 1e-12);
    assert_true(one.low < 0.2 && one.high > 0.98);
}

static void exaggeration_shows_and_a_plain_or_uncased_text_has_none(void **state) {
    CASE(claim);
    claim.posts[0].text = (struct claim_text){
        .words = 10, .capital_words = 6, .exclamations = 2, .superlatives = 2, .pictographs = 1};
    assert_true(value(&claim, SIGNAL_EXAGGERATION) > 0.8);
    CASE(plain);
    plain.posts[0].text.words = 30;
    assert_float_equal(value(&plain, SIGNAL_EXAGGERATION), 0, 0);
    CASE(terse); /* "IBM down" is no shouting */
    terse.posts[0].text = (struct claim_text){.words = 2, .capital_words = 1};
    assert_float_equal(value(&terse, SIGNAL_EXAGGERATION), 0, 0);
}

static void a_sale_shows_and_has_no_weight(void **state) {
    CASE(claim);
    claim.posts[0].text = (struct claim_text){.has_price = true, .has_contact = true};
    assert_float_equal(value(&claim, SIGNAL_SALE), 2.0 / 3, 1e-12);
    CASE(leak);
    assert_float_equal(value(&leak, SIGNAL_SALE), 0, 0);
}

static void round_counts_need_twenty_and_usual_rounding_passes(void **state) {
    CASE(claim);
    claim.accounts[0].counts = 19;
    claim.accounts[0].counts_round = 19;
    assert_true(isnan(value(&claim, SIGNAL_ROUND_COUNTS)));
    claim.accounts[0].counts = 20;
    assert_true(value(&claim, SIGNAL_ROUND_COUNTS) > 0.999);
    claim.accounts[0].counts_round = 6;
    assert_true(value(&claim, SIGNAL_ROUND_COUNTS) < 0.6);
}

static void leading_digits_need_over_a_hundred_counts(void **state) {
    CASE(claim);
    for (int digit = 1; digit <= 9; digit++) {
        claim.accounts[0].leading[digit] = 11;
    }
    assert_true(isnan(value(&claim, SIGNAL_LEADING_DIGITS)));
    claim.accounts[0].leading[9] = 60;
    assert_true(value(&claim, SIGNAL_LEADING_DIGITS) > 0.999);
}

static void posts_before_a_source_are_unsourced_and_later_ones_are_not(void **state) {
    CASE(claim);
    case_add(&claim, 1, CLAIM_RELAY);
    case_add(&claim, 2, CLAIM_RELAY);
    assert_float_equal(value(&claim, SIGNAL_AMPLIFIED_UNSOURCED), 1, 0);
    CASE(news);
    case_add(&news, 1, CLAIM_SOURCED)->source_domain = STR("herald.example");
    case_add(&news, 2, CLAIM_RELAY);
    assert_float_equal(value(&news, SIGNAL_AMPLIFIED_UNSOURCED), 0, 0);
}

static void amplifiers_of_one_cluster_show_and_single_ones_do_not(void **state) {
    CASE(claim);
    case_add(&claim, 1, CLAIM_RELAY);
    case_add(&claim, 2, CLAIM_RELAY);
    case_add(&claim, 2, CLAIM_RELAY);
    case_add(&claim, 3, CLAIM_RELAY);
    claim.accounts[1].cluster = claim.accounts[2].cluster = 7;
    assert_float_equal(value(&claim, SIGNAL_COORDINATED), 2.0 / 3, 1e-12);
    claim.accounts[2].cluster = 8; /* each alone in its cluster */
    assert_float_equal(value(&claim, SIGNAL_COORDINATED), 0, 0);
}

static void particulars_add_up_and_one_long_list_is_not_detail(void **state) {
    CASE(claim);
    claim.posts[0].text = (struct claim_text){.hosts = 1, .identifiers = 1, .dates = 1};
    assert_float_equal(value(&claim, SIGNAL_SPECIFICITY), 1 - exp(-1), 1e-12);
    CASE(list);
    list.posts[0].text.hosts = 50;
    assert_true(value(&list, SIGNAL_SPECIFICITY) < value(&claim, SIGNAL_SPECIFICITY));
}

static void another_language_shows_and_another_script_does_not(void **state) {
    CASE(claim);
    assert_true(isnan(value(&claim, SIGNAL_LANGUAGE_SHIFT)));
    claim.accounts[0].main_lang = STR("ru");
    assert_float_equal(value(&claim, SIGNAL_LANGUAGE_SHIFT), 1, 0);
    claim.accounts[0].main_lang = STR("en");
    assert_float_equal(value(&claim, SIGNAL_LANGUAGE_SHIFT), 0, 0);
    claim.accounts[0].main_lang = STR("zh-Hant");
    claim.posts[0].lang = STR("zh-Hans");
    assert_float_equal(value(&claim, SIGNAL_LANGUAGE_SHIFT), 0, 0);
}

static void later_posts_do_not_count(void **state) {
    CASE(claim);
    case_add(&claim, 1, CLAIM_SOURCED)->source_domain = STR("herald.example");
    claim.facts.as_of_us = 10 * DAY;
    assert_float_equal(value(&claim, SIGNAL_INDEPENDENT_SOURCES), 0, 0);
}

static void every_signal_has_a_row_and_stays_in_its_range(void **state) {
    (void)state;
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        const struct claim_signal *signal = &claim_signal_table[i];
        assert_non_null(signal->name);
        assert_non_null(signal->function);
        assert_true(strlen(signal->precedent) > 0 && strlen(signal->counter_case) > 0);
        assert_true(signal->low < signal->high && signal->catalogue >= 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assertiveness_is_high_for_claims_and_low_for_news_that_quotes),
        cmocka_unit_test(a_victim_counts_by_name_and_a_generic_one_still_counts),
        cmocka_unit_test(an_amount_is_stated_or_not),
        cmocka_unit_test(amounts_without_sense_stand_out_and_large_ones_do_not),
        cmocka_unit_test(amounts_that_grow_stand_out_and_corrections_do_not),
        cmocka_unit_test(the_strongest_artefact_counts_and_a_denial_offers_none),
        cmocka_unit_test(the_shown_part_is_taken_of_the_same_kind_and_small_ones_count),
        cmocka_unit_test(an_old_claim_of_another_is_recycled_and_an_own_update_is_not),
        cmocka_unit_test(a_breach_on_record_is_known_when_older_than_the_claim),
        cmocka_unit_test(a_listing_elsewhere_is_counted_and_confirms_nothing),
        cmocka_unit_test(independent_sources_are_counted_by_domain),
        cmocka_unit_test(a_response_is_of_the_victim_and_both_ways),
        cmocka_unit_test(a_retraction_is_of_the_first_account_and_deletion_is_half),
        cmocka_unit_test(a_long_history_without_artefacts_shows_and_a_new_account_stays_open),
        cmocka_unit_test(exaggeration_shows_and_a_plain_or_uncased_text_has_none),
        cmocka_unit_test(a_sale_shows_and_has_no_weight),
        cmocka_unit_test(round_counts_need_twenty_and_usual_rounding_passes),
        cmocka_unit_test(leading_digits_need_over_a_hundred_counts),
        cmocka_unit_test(posts_before_a_source_are_unsourced_and_later_ones_are_not),
        cmocka_unit_test(amplifiers_of_one_cluster_show_and_single_ones_do_not),
        cmocka_unit_test(particulars_add_up_and_one_long_list_is_not_detail),
        cmocka_unit_test(another_language_shows_and_another_script_does_not),
        cmocka_unit_test(later_posts_do_not_count),
        cmocka_unit_test(every_signal_has_a_row_and_stays_in_its_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
