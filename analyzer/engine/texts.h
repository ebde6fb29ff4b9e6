/* Between the workers' actions and coordination_run: every action on a text becomes an action on
 * the text's near-duplicate cluster (engine/near.h). */
#ifndef HEARSAY_ENGINE_TEXTS_H
#define HEARSAY_ENGINE_TEXTS_H

#include "engine/near.h"
#include "engine/worker.h"

struct texts_options {
    struct worker *workers; /* `threads` items */
    unsigned threads;
    struct memory_budget *budget;
    double similarity; /* above 0, at most 1 */
    enum shingle_unit unit;
};

/* Moves the records of all workers' `texts` to their `actions`, the object replaced by that of the
 * cluster's representative, the text with the smallest digest. A text that occurs often is compared
 * once. */
enum hearsay_status texts_cluster(const struct texts_options *options, struct near_report *report);

/* What the log keeps of a text behind an action's evidence: its platform and its words. */
bool texts_log_words(struct buffer *entry, struct str platform, struct str words);

#endif
