/* `survives variants`: how many evasions of a rule's `fires` texts the rule still catches, and
 * which it loses. Internal to rule/. */
#ifndef HEARSAY_RULE_SURVIVAL_H
#define HEARSAY_RULE_SURVIVAL_H

#include "rule/test_report.h"

/* Variants of each kind that are made of each text, with the seeds 1 to so many. */
#define SURVIVAL_DRAWS 4u

/* Varies the texts of the rule's `fires` tests that stand alone (no `each`), are not todo and pass.
 * A variant that is its text is not counted. Without variants there is nothing that survives. The
 * report's message is empty if at least `share` of the variants fire; else its detail says which
 * kinds were lost, with examples. False: memory is out. */
bool survival_judge(struct probe *probe, const struct rule *rule, double share,
                    struct test_report *report);

#endif
