#include "claim/status_notes.h"

#include "claim/signal_functions.h"

/* Below this an entry's absence says next to nothing. */
#define COVERAGE_GOOD 0.5

static void add(struct claim_notes *notes, bool applies, const char *code, const char *sentence) {
    if (applies && notes->count < CLAIM_NOTES_LIMIT) {
        notes->items[notes->count++] = (struct claim_note){code, sentence};
    }
}

static void basis(const struct claim_facts *facts, const struct signal_value *values,
                  struct claim_assessment *result) {
    struct claim_notes *notes = &result->basis;
    const struct claim_registry *breaches = &facts->registries[CLAIM_REGISTRY_BREACHES];
    const struct claim_registry *listings = &facts->registries[CLAIM_REGISTRY_LISTINGS];
    add(notes, result->status == CLAIM_UNCORROBORATED, "claim_alone",
        "only those who make the claim or pass it on speak of it");
    add(notes, values[SIGNAL_RETRACTION].value >= 1, "taken_back",
        "the account that claimed it first took it back");
    add(notes, result->reporting == 1, "one_source", "one independent source reports it");
    add(notes, result->reporting > 1, "sources", "several independent sources report it");
    add(notes, result->is_recorded, "recorded",
        "the breach catalogue has an entry for this victim from the time of the claim");
    add(notes, result->denying > 0, "denied", "an independent domain denies it");
    add(notes, result->is_denied_by_victim, "victim_denies",
        "the victim denies it: one party's word, which alone does not contradict the claim");
    add(notes, result->is_confirmed_by_victim, "victim_confirms", "the victim confirms it");
    add(notes, breaches->matches > 0 && breaches->is_fabricated, "marked_made_up",
        "the breach catalogue marks its entry for this victim as made up");
    add(notes, values[SIGNAL_KNOWN_BREACH].value >= 1, "older_breach",
        "an older breach of this victim is on record; the data may be the same or new");
    add(notes, listings->matches > 0, "listed_elsewhere",
        "the victim is also listed elsewhere: another claim, not a confirmation");
    add(notes, values[SIGNAL_RECYCLED].value > 0, "said_before",
        "another account made nearly the same claim more than a week before");
    add(notes, values[SIGNAL_AMOUNT_SPREAD].value > 0, "amounts_differ",
        "the posts state amounts that differ by a factor of five or more");
}

static void missing_registry(const struct claim_registry *registry, struct claim_notes *notes,
                             const char *const codes[3], const char *const sentences[3]) {
    bool is_absent = registry->is_loaded && registry->matches == 0;
    add(notes, !registry->is_loaded, codes[0], sentences[0]);
    add(notes, is_absent && registry->coverage >= COVERAGE_GOOD, codes[1], sentences[1]);
    add(notes, is_absent && registry->coverage < COVERAGE_GOOD, codes[2], sentences[2]);
}

static void missing_registries(const struct claim_facts *facts, struct claim_notes *notes) {
    static const char *const codes[CLAIM_REGISTRY_ROLES][3] = {
        {"breaches_offline", "breaches_silent", "breaches_silent_thin"},
        {"listings_offline", "listings_silent", "listings_silent_thin"},
        {"news_offline", "news_silent", "news_silent_thin"},
    };
    static const char *const sentences[CLAIM_REGISTRY_ROLES][3] = {
        {"no snapshot of a breach catalogue was at hand",
         "the breach catalogue has no entry for this victim",
         "the breach catalogue has no entry, and covers this language thinly: it says little"},
        {"no snapshot of listings was at hand", "the listings do not name this victim",
         "the listings do not name this victim, and cover this language thinly: it says little"},
        {"no snapshot of a news index was at hand", "the news index does not name this victim",
         "the news index does not name this victim, and covers this language thinly: it says "
         "little"},
    };
    for (int i = 0; i < CLAIM_REGISTRY_ROLES; i++) {
        missing_registry(&facts->registries[i], notes, codes[i], sentences[i]);
    }
}

static void missing(const struct claim_facts *facts, const struct signal_value *values,
                    struct claim_assessment *result) {
    struct claim_notes *notes = &result->missing;
    double artefact = values[SIGNAL_ARTEFACT].value * (CLAIM_ARTEFACT_COUNT - 1);
    add(notes, values[SIGNAL_VICTIM_NAMED].value < 0.5, "no_victim",
        "no post names who was hit, so nobody can be asked");
    add(notes, artefact < CLAIM_ARTEFACT_DESCRIBED, "no_artefact",
        "no post offers anything to examine");
    add(notes, artefact >= CLAIM_ARTEFACT_DESCRIBED && artefact < CLAIM_ARTEFACT_SAMPLE_TEXT,
        "no_sample", "proof is described or pictured, but no sample is offered");
    add(notes, source_domains(facts, CLAIM_SOURCED) == 0, "no_source",
        "no post links an independent report");
    add(notes, !values[SIGNAL_RESPONSE].is_known, "no_response",
        "no statement of the victim is among the posts");
    missing_registries(facts, notes);
    add(notes, values[SIGNAL_UNSUPPORTED_HISTORY].n < 5, "short_history",
        "fewer than five claims of the first account are known");
}

static void would_change(const struct signal_value *values, struct claim_assessment *result) {
    struct claim_notes *notes = &result->would_change;
    double artefact = values[SIGNAL_ARTEFACT].value * (CLAIM_ARTEFACT_COUNT - 1);
    add(notes, values[SIGNAL_VICTIM_NAMED].value < 0.5, "name_victim",
        "the name of who was hit would make it checkable");
    add(notes, artefact < CLAIM_ARTEFACT_SAMPLE_TEXT, "show_sample",
        "a sample or a listing that others can examine would raise verifiability");
    add(notes, result->reporting < 2, "report",
        "reports of two independent sources that do not rest on these posts would corroborate it");
    add(notes, !values[SIGNAL_RESPONSE].is_known, "statement",
        "a confirmation by the victim would corroborate it; a denial alone would only dispute it");
    add(notes, result->status != CLAIM_CONTRADICTED && result->status != CLAIM_RETRACTED, "refute",
        "two independent sources that examined it and found otherwise would contradict it");
    add(notes, result->status != CLAIM_RETRACTED, "take_back",
        "a statement of the first account that takes it back would mark it retracted");
    add(notes, values[SIGNAL_AMOUNT_SPREAD].value > 0, "settle_amount",
        "one amount, with how it was counted, would settle the differing numbers");
}

void status_notes(const struct claim_facts *facts, const struct signal_value values[SIGNAL_COUNT],
                  struct claim_assessment *assessment) {
    basis(facts, values, assessment);
    missing(facts, values, assessment);
    would_change(values, assessment);
}
