/* The claims of a run, judged and written once accounts' clusters are known, and what each account
 * claimed. */
#ifndef HEARSAY_ENGINE_CLAIMS_WRITE_H
#define HEARSAY_ENGINE_CLAIMS_WRITE_H

#include "engine/claim_rows.h"

/* Zero-initialise, then set the first two. */
struct claims_writer {
    const struct registry_index *registries;
    int64_t as_of_us; /* the time of the judgement */
    struct claim_history history;
    struct claim_rows rows;
};

/* Takes what stands in the buffer when there is enough of it. */
typedef enum hearsay_status portion_take(void *context);

/* Appends the lines of all claims to `out`, in order of their first posts. */
enum hearsay_status claims_write(struct claims_writer *writer, struct claims *claims,
                                 const struct accounts *accounts, struct buffer *out,
                                 portion_take *take, void *context);

/* Fills in what the account of a rank claimed, with the interval of its share without artefact. */
void claims_writer_account(const struct claims_writer *writer, uint32_t rank,
                           struct account_row *row);
void claims_writer_free(struct claims_writer *writer);

#endif
