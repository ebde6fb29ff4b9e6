#include "engine/claims_write.h"

#include "stats/proportion.h"

#define CONFIDENCE 0.95

struct writing {
    struct claims_writer *writer;
    struct claim_view view;
    struct buffer *out;
    portion_take *take;
    void *context;
};

static enum hearsay_status tally_claim(void *context, const struct gathered_claim *claim) {
    struct writing *writing = context;
    return claim_history_add(&writing->writer->history, claim, writing->view.as_of_us)
               ? HEARSAY_OK
               : HEARSAY_NO_MEMORY;
}

static enum hearsay_status write_claim(void *context, const struct gathered_claim *claim) {
    struct writing *writing = context;
    struct claims_writer *writer = writing->writer;
    if (!claim_rows_write(&writer->rows, claim, &writing->view, writing->out)) {
        return HEARSAY_NO_MEMORY;
    }
    claim_history_settle(&writer->history, claim_evidence_first(writer->rows.evidence),
                         writer->rows.judgement.status);
    return writing->take(writing->context);
}

/* Twice over the claims: an account's history is whole before any claim is judged by it, but for
 * outcomes, of which a claim knows those of earlier ones. */
enum hearsay_status claims_write(struct claims_writer *writer, struct claims *claims,
                                 const struct accounts *accounts, struct buffer *out,
                                 portion_take *take, void *context) {
    struct writing writing = {.writer = writer,
                              .view = {.history = &writer->history,
                                       .accounts = accounts,
                                       .registries = writer->registries,
                                       .as_of_us = writer->as_of_us},
                              .out = out,
                              .take = take,
                              .context = context};
    if (!claim_history_init(&writer->history, accounts->count)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = claims_gather(claims, accounts, tally_claim, &writing);
    return status == HEARSAY_OK ? claims_gather(claims, accounts, write_claim, &writing) : status;
}

void claims_writer_account(const struct claims_writer *writer, uint32_t rank,
                           struct account_row *row) {
    const struct account_history *history = claim_history_of(&writer->history, rank);
    if (!history) {
        return;
    }
    row->claims = history->claims;
    row->claims_without_artefact = history->claims_without_artefact;
    struct proportion_interval interval =
        proportion_beta(row->claims_without_artefact, row->claims, CONFIDENCE).interval;
    row->without_low = interval.low;
    row->without_high = interval.high;
}

void claims_writer_free(struct claims_writer *writer) {
    claim_rows_free(&writer->rows);
    claim_history_free(&writer->history);
}
