/* The sentences that go with a status. Internal to the claim module. */
#ifndef HEARSAY_CLAIM_STATUS_NOTES_H
#define HEARSAY_CLAIM_STATUS_NOTES_H

#include "claim/status.h"

/* Fill basis, missing and would_change from the rest of the assessment. */
void status_notes(const struct claim_facts *facts, const struct signal_value values[SIGNAL_COUNT],
                  struct claim_assessment *assessment);

#endif
