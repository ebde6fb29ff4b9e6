/* Verifiability and status: what may move them and what may not. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/status.h"
#include "claim/verifiability.h"
#include "claim_case.h"

static double verifiability(const struct claim_case *claim) {
    struct signal_value values[SIGNAL_COUNT];
    claim_signals(&claim->facts, values);
    return claim_verifiability(values).value;
}

static struct claim_assessment assess(const struct claim_case *claim) {
    struct signal_value values[SIGNAL_COUNT];
    claim_signals(&claim->facts, values);
    return claim_assess(&claim->facts, values);
}

static bool has_note(const struct claim_notes *notes, const char *code) {
    for (size_t i = 0; i < notes->count; i++) {
        if (strcmp(notes->items[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- Verifiability ---- */

static uint32_t draw(uint32_t *seed, uint32_t limit) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % limit;
}

/* Any claim: stances, artefacts, amounts, histories and sources as the seed has them. */
static void case_random(struct claim_case *claim, uint32_t *seed) {
    case_init(claim);
    while (claim->facts.post_count < 1 + draw(seed, 4)) {
        struct claim_post *post = case_add(claim, draw(seed, 4), (enum claim_stance)draw(seed, 5));
        post->text.victim_is_named = draw(seed, 2) == 0;
        post->text.artefact = (uint8_t)draw(seed, CLAIM_ARTEFACT_COUNT);
        post->text.count = draw(seed, 2) ? 1000 * draw(seed, 1000) : 0;
        post->text.shown_count = draw(seed, 2) ? draw(seed, 1000) : 0;
        post->text.hosts = (uint16_t)draw(seed, 3);
        post->by_victim = draw(seed, 4) == 0;
        post->source_domain = draw(seed, 2) ? STR("gazette.example") : STR_EMPTY;
    }
    for (int i = 0; i < 4; i++) {
        claim->accounts[i].claims = 1 + draw(seed, 30);
        claim->accounts[i].claims_without_artefact = draw(seed, claim->accounts[i].claims + 1);
    }
}

static void naming_the_victim_never_lowers_verifiability(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int i = 0; i < 2000; i++) {
        struct claim_case claim;
        case_random(&claim, &seed);
        struct claim_text *text = &claim.posts[draw(&seed, (uint32_t)claim.facts.post_count)].text;
        text->victim_is_named = false;
        double before = verifiability(&claim);
        text->victim_is_named = true;
        assert_true(verifiability(&claim) >= before);
        text->victim_has_domain = true;
        assert_true(verifiability(&claim) >= before);
    }
}

static void a_sample_link_never_lowers_verifiability(void **state) {
    (void)state;
    uint32_t seed = 2;
    for (int i = 0; i < 2000; i++) {
        struct claim_case claim;
        case_random(&claim, &seed);
        struct claim_post *post = &claim.posts[draw(&seed, (uint32_t)claim.facts.post_count)];
        struct claim_account *account = &claim.accounts[post->account];
        double before = verifiability(&claim);
        if (post->text.artefact <= CLAIM_ARTEFACT_DESCRIBED &&
            account->claims_without_artefact > 0) {
            account->claims_without_artefact--; /* what the engine counts for the account */
        }
        if (post->text.artefact < CLAIM_ARTEFACT_SAMPLE_LINK) {
            post->text.artefact = CLAIM_ARTEFACT_SAMPLE_LINK;
        }
        post->text.shown_count = fmax(post->text.shown_count, 500);
        assert_true(verifiability(&claim) >= before);
    }
}

static void an_independent_source_never_lowers_verifiability(void **state) {
    (void)state;
    uint32_t seed = 3;
    for (int i = 0; i < 2000; i++) {
        struct claim_case claim;
        case_random(&claim, &seed);
        double before = verifiability(&claim);
        case_add(&claim, draw(&seed, 4), CLAIM_SOURCED)->source_domain = STR("herald.example");
        assert_true(verifiability(&claim) >= before);
    }
}

static void weights_below_zero_are_of_signals_that_offers_do_not_raise(void **state) {
    (void)state;
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        bool may_lower = i == SIGNAL_AMOUNT_SPREAD || i == SIGNAL_UNSUPPORTED_HISTORY;
        assert_true(claim_signal_weights[i].weight >= 0 || may_lower);
    }
}

static void the_contributions_add_up_to_the_value(void **state) {
    (void)state;
    uint32_t seed = 4;
    for (int i = 0; i < 200; i++) {
        struct claim_case claim;
        case_random(&claim, &seed);
        struct signal_value values[SIGNAL_COUNT];
        claim_signals(&claim.facts, values);
        struct verifiability result = claim_verifiability(values);
        double sum = result.base;
        for (int k = 0; k < SIGNAL_COUNT; k++) {
            sum += result.log_odds[k];
            assert_true(!values[k].is_known || (values[k].value >= claim_signal_table[k].low &&
                                                values[k].value <= claim_signal_table[k].high));
            assert_true(values[k].low <= values[k].value && values[k].value <= values[k].high);
        }
        assert_float_equal(result.value, 1 / (1 + exp(-sum)), 1e-12);
        assert_true(result.value > 0 && result.value < 1);
    }
}

static void a_bare_claim_is_low_and_a_checkable_one_is_high(void **state) {
    (void)state;
    struct claim_case bare;
    case_init(&bare);
    bare.posts[0].text.victim_is_named = false;
    assert_true(verifiability(&bare) < 0.1);
    struct claim_case rich;
    case_init(&rich);
    rich.posts[0].text = (struct claim_text){.artefact = CLAIM_ARTEFACT_SAMPLE_LINK,
                                             .victim_has_domain = true,
                                             .count = 1e6,
                                             .hosts = 2,
                                             .dates = 1};
    case_add(&rich, 1, CLAIM_SOURCED)->source_domain = STR("herald.example");
    assert_true(verifiability(&rich) > 0.9);
}

/* ---- Status ---- */

static void a_claim_alone_is_uncorroborated_and_cannot_be_judged(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    struct claim_assessment result = assess(&claim);
    assert_int_equal(result.status, CLAIM_UNCORROBORATED);
    assert_int_equal(result.row->credibility, 6);
    assert_int_equal(result.reliability, 'F');
    assert_int_equal(result.confidence, CLAIM_CONFIDENCE_LOW);
    assert_string_equal(result.row->likelihood, "");
    assert_true(has_note(&result.missing, "breaches_offline"));
    assert_true(has_note(&result.missing, "no_artefact"));
    assert_true(has_note(&result.would_change, "show_sample"));
}

static void the_status_is_as_of_a_time(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    case_add(&claim, 1, CLAIM_SOURCED)->source_domain = STR("herald.example"); /* day 11 */
    claim.facts.as_of_us = 9 * DAY;
    assert_int_equal(assess(&claim).status, CLAIM_UNASSESSED);
    claim.facts.as_of_us = 10 * DAY;
    assert_int_equal(assess(&claim).status, CLAIM_UNCORROBORATED);
    claim.facts.as_of_us = 11 * DAY;
    assert_int_equal(assess(&claim).status, CLAIM_CORROBORATED);
}

static void two_sources_confirm_and_one_makes_it_likely(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    case_add(&claim, 1, CLAIM_SOURCED)->source_domain = STR("herald.example");
    assert_int_equal(assess(&claim).row->credibility, 2);
    case_add(&claim, 2, CLAIM_SOURCED)->source_domain = STR("gazette.example");
    struct claim_assessment result = assess(&claim);
    assert_int_equal(result.row->credibility, 1);
    assert_int_equal(result.confidence, CLAIM_CONFIDENCE_MODERATE);
}

static void the_victims_denial_alone_disputes_and_never_contradicts(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    for (int i = 0; i < 5; i++) {
        struct claim_post *denial = case_add(&claim, 1, CLAIM_DENIAL);
        denial->by_victim = true;
        denial->source_domain = i % 2 ? STR("victim.example") : STR("wire.example");
        assert_int_equal(assess(&claim).status, CLAIM_DISPUTED);
    }
}

static void two_sources_outweigh_the_victims_denial(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    case_add(&claim, 1, CLAIM_DENIAL)->by_victim = true;
    case_add(&claim, 2, CLAIM_SOURCED)->source_domain = STR("herald.example");
    assert_int_equal(assess(&claim).status, CLAIM_DISPUTED);
    case_add(&claim, 2, CLAIM_SOURCED)->source_domain = STR("gazette.example");
    assert_int_equal(assess(&claim).status, CLAIM_CORROBORATED);
}

static void two_independent_denials_contradict(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    case_add(&claim, 1, CLAIM_DENIAL)->source_domain = STR("herald.example");
    assert_int_equal(assess(&claim).status, CLAIM_DISPUTED);
    case_add(&claim, 2, CLAIM_DENIAL)->source_domain = STR("gazette.example");
    assert_int_equal(assess(&claim).status, CLAIM_CONTRADICTED);
    case_add(&claim, 2, CLAIM_SOURCED)->source_domain = STR("wire.example");
    assert_int_equal(assess(&claim).status, CLAIM_DISPUTED);
}

static void a_denial_of_anybody_moves_nothing(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    case_add(&claim, 3, CLAIM_DENIAL);
    assert_int_equal(assess(&claim).status, CLAIM_UNCORROBORATED);
}

static void who_takes_it_back_retracts_and_deletion_does_not(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    claim.posts[0].is_deleted = true;
    assert_int_equal(assess(&claim).status, CLAIM_UNCORROBORATED);
    case_add(&claim, 0, CLAIM_OTHER)->text.is_retraction = true;
    assert_int_equal(assess(&claim).status, CLAIM_RETRACTED);
}

static void a_listing_elsewhere_corroborates_nothing(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    claim.facts.registries[CLAIM_REGISTRY_LISTINGS] =
        (struct claim_registry){.is_loaded = true, .matches = 4, .coverage = 1};
    struct claim_assessment result = assess(&claim);
    assert_int_equal(result.status, CLAIM_UNCORROBORATED);
    assert_true(has_note(&result.basis, "listed_elsewhere"));
}

static void an_entry_of_the_claims_time_corroborates_and_others_do_not(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    claim.posts[0].at_us = 100 * DAY;
    claim.facts.as_of_us = 120 * DAY;
    struct claim_registry *registry = &claim.facts.registries[CLAIM_REGISTRY_BREACHES];
    *registry = (struct claim_registry){.is_loaded = true, .matches = 1, .coverage = 1};
    static const struct {
        int64_t at_us;
        enum claim_status status;
    } cases[] = {{10 * DAY, CLAIM_UNCORROBORATED},
                 {90 * DAY, CLAIM_CORROBORATED},
                 {110 * DAY, CLAIM_CORROBORATED},
                 {130 * DAY, CLAIM_UNCORROBORATED}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        registry->first_match_us = registry->last_match_us = cases[i].at_us;
        assert_int_equal(assess(&claim).status, cases[i].status);
    }
    registry->first_match_us = registry->last_match_us = 90 * DAY;
    registry->is_fabricated = true;
    assert_int_equal(assess(&claim).status, CLAIM_DISPUTED);
}

static void silence_of_a_registry_is_told_with_its_coverage(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    struct claim_registry *registry = &claim.facts.registries[CLAIM_REGISTRY_BREACHES];
    *registry = (struct claim_registry){.is_loaded = true, .coverage = 0.1};
    struct claim_assessment result = assess(&claim);
    assert_true(has_note(&result.missing, "breaches_silent_thin"));
    registry->coverage = 0.9;
    result = assess(&claim);
    assert_true(has_note(&result.missing, "breaches_silent"));
    assert_int_equal(result.status, CLAIM_UNCORROBORATED);
}

static void a_letter_needs_outcomes(void **state) {
    (void)state;
    struct claim_case claim;
    case_init(&claim);
    claim.accounts[0].claims_corroborated = 4;
    assert_int_equal(assess(&claim).reliability, 'F');
    claim.accounts[0].claims_corroborated = 30;
    assert_int_equal(assess(&claim).reliability, 'B');
    claim.accounts[0].claims_contradicted = 30;
    assert_int_equal(assess(&claim).reliability, 'F');
    claim.accounts[0].claims_corroborated = 0;
    assert_int_equal(assess(&claim).reliability, 'E');
}

/* A boast, an accusation and a denial, each alone: nobody independent speaks, so nobody is believed
 * more. */
static void boast_accusation_and_denial_end_alike(void **state) {
    (void)state;
    static const enum claim_stance stances[] = {CLAIM_SELF, CLAIM_RELAY, CLAIM_DENIAL};
    for (size_t i = 0; i < 3; i++) {
        struct claim_case claim;
        case_init(&claim);
        claim.posts[0].stance = stances[i];
        struct claim_assessment result = assess(&claim);
        assert_int_equal(result.status, CLAIM_UNCORROBORATED);
        assert_int_equal(result.row->credibility, 6);
        assert_int_equal(result.reliability, 'F');
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(naming_the_victim_never_lowers_verifiability),
        cmocka_unit_test(a_sample_link_never_lowers_verifiability),
        cmocka_unit_test(an_independent_source_never_lowers_verifiability),
        cmocka_unit_test(weights_below_zero_are_of_signals_that_offers_do_not_raise),
        cmocka_unit_test(the_contributions_add_up_to_the_value),
        cmocka_unit_test(a_bare_claim_is_low_and_a_checkable_one_is_high),
        cmocka_unit_test(a_claim_alone_is_uncorroborated_and_cannot_be_judged),
        cmocka_unit_test(the_status_is_as_of_a_time),
        cmocka_unit_test(two_sources_confirm_and_one_makes_it_likely),
        cmocka_unit_test(the_victims_denial_alone_disputes_and_never_contradicts),
        cmocka_unit_test(two_sources_outweigh_the_victims_denial),
        cmocka_unit_test(two_independent_denials_contradict),
        cmocka_unit_test(a_denial_of_anybody_moves_nothing),
        cmocka_unit_test(who_takes_it_back_retracts_and_deletion_does_not),
        cmocka_unit_test(a_listing_elsewhere_corroborates_nothing),
        cmocka_unit_test(an_entry_of_the_claims_time_corroborates_and_others_do_not),
        cmocka_unit_test(silence_of_a_registry_is_told_with_its_coverage),
        cmocka_unit_test(a_letter_needs_outcomes),
        cmocka_unit_test(boast_accusation_and_denial_end_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
