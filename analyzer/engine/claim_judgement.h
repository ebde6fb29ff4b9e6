/* Facts of a claim become the judgement of its line: signals, verifiability and status, computed in
 * claim/, shaped for report/. */
#ifndef HEARSAY_ENGINE_CLAIM_JUDGEMENT_H
#define HEARSAY_ENGINE_CLAIM_JUDGEMENT_H

#include "claim/status.h"
#include "report/judgement.h"

/* Owns what `row` points to; borrows from the facts. */
struct claim_judgement {
    struct signal_row signals[SIGNAL_COUNT];
    struct note_row basis[CLAIM_NOTES_LIMIT];
    struct note_row missing[CLAIM_NOTES_LIMIT];
    struct note_row would_change[CLAIM_NOTES_LIMIT];
    struct registry_row registries[CLAIM_REGISTRY_ROLES];
    enum claim_status status;
    struct judgement_row row; /* for report_judgement */
};

/* The judgement must stay where it is made: its row points into it. */
void claim_judge(const struct claim_facts *facts, struct claim_judgement *judgement);

#endif
