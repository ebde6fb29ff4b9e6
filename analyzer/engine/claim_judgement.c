#include "engine/claim_judgement.h"

#include "claim/verifiability.h"

static struct note_rows list_notes(const struct claim_notes *notes,
                                   struct note_row rows[CLAIM_NOTES_LIMIT]) {
    for (size_t i = 0; i < notes->count; i++) {
        rows[i] = (struct note_row){notes->items[i].code, notes->items[i].sentence};
    }
    return (struct note_rows){rows, notes->count};
}

static void list_signals(const struct signal_value *values, const struct verifiability *sum,
                         struct claim_judgement *judgement) {
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        judgement->signals[i] = (struct signal_row){.name = claim_signal_table[i].name,
                                                    .unit = claim_signal_table[i].unit,
                                                    .value = values[i].value,
                                                    .low = values[i].low,
                                                    .high = values[i].high,
                                                    .log_odds = sum->log_odds[i],
                                                    .n = values[i].n,
                                                    .is_known = values[i].is_known};
    }
    judgement->row.verifiability = sum->value;
    judgement->row.base = sum->base;
    judgement->row.signals = judgement->signals;
    judgement->row.signal_count = SIGNAL_COUNT;
}

#define DAY_US 86400e6

static void list_registries(const struct claim_facts *facts, struct claim_judgement *judgement) {
    static const char *const names[CLAIM_REGISTRY_ROLES] = {"breaches", "listings", "news"};
    for (int i = 0; i < CLAIM_REGISTRY_ROLES; i++) {
        const struct claim_registry *registry = &facts->registries[i];
        judgement->registries[i] = (struct registry_row){
            .name = names[i],
            .is_loaded = registry->is_loaded,
            .taken_at_us = registry->taken_at_us,
            .age_days = (double)(facts->as_of_us - registry->taken_at_us) / DAY_US,
            .matches = registry->matches,
            .first_match = registry->first_match,
            .first_match_us = registry->first_match_us,
            .coverage = registry->coverage};
    }
    judgement->row.registries = judgement->registries;
    judgement->row.registry_count = CLAIM_REGISTRY_ROLES;
}

void claim_judge(const struct claim_facts *facts, struct claim_judgement *judgement) {
    struct signal_value values[SIGNAL_COUNT];
    claim_signals(facts, values);
    struct verifiability sum = claim_verifiability(values);
    struct claim_assessment assessment = claim_assess(facts, values);
    judgement->status = assessment.status;
    judgement->row = (struct judgement_row){
        .as_of_us = facts->as_of_us,
        .status = assessment.row->name,
        .reliability = assessment.reliability,
        .credibility = assessment.row->credibility,
        .credibility_words = assessment.row->credibility_words,
        .likelihood = assessment.row->likelihood,
        .likelihood_low = assessment.row->likelihood_low,
        .likelihood_high = assessment.row->likelihood_high,
        .confidence = assessment.confidence == CLAIM_CONFIDENCE_MODERATE ? "moderate" : "low",
        .basis = list_notes(&assessment.basis, judgement->basis),
        .missing = list_notes(&assessment.missing, judgement->missing),
        .would_change = list_notes(&assessment.would_change, judgement->would_change)};
    list_signals(values, &sum, judgement);
    list_registries(facts, judgement);
}
