/* The lines of accounts.ndjson: what all parts of a run have to say of each account. */
#ifndef HEARSAY_ENGINE_ACCOUNT_WRITE_H
#define HEARSAY_ENGINE_ACCOUNT_WRITE_H

#include "engine/claims_write.h"
#include "engine/habits.h"
#include "rule/pack.h"

struct account_writer {
    const struct accounts *accounts;
    const struct habits *habits;
    const struct claims_writer *claims;
    const struct account_label *labels; /* of all accounts, sorted */
    size_t label_count;
    const struct hearsay_rules *rules; /* NULL: there are no labels */
    uint64_t flagged;                  /* out: accounts with the flag */
};

/* Appends the lines of all accounts to `out`, in order of their ranks. */
enum hearsay_status accounts_write(struct account_writer *writer, struct buffer *out,
                                   portion_take *take, void *context);

#endif
