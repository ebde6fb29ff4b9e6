/* A gathered claim as its line of claims.ndjson: what its posts say together, who passed it on and
 * when, which of these accounts act together, and how it is judged. */
#ifndef HEARSAY_ENGINE_CLAIM_ROWS_H
#define HEARSAY_ENGINE_CLAIM_ROWS_H

#include "engine/claim_evidence.h"
#include "engine/claim_judgement.h"
#include "report/report.h"

/* A line names so many posts and counts the rest. */
#define CLAIM_POSTS_LISTED 1000u
#define CLAIM_VARIANTS_MOST 16u /* of victims, quantities and languages */

/* Scratch. Zero-initialise. */
struct claim_rows {
    struct claim_post_row *posts;
    uint32_t *clusters;
    size_t cluster_capacity;
    struct claim_evidence *evidence;
    struct claim_judgement judgement;
};

/* False: memory is out. */
bool claim_rows_write(struct claim_rows *rows, const struct gathered_claim *claim,
                      const struct claim_view *view, struct buffer *out);
void claim_rows_free(struct claim_rows *rows);

#endif
