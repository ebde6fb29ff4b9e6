/* What is kept of a post's text so that it can be compared with claims: of fixed size and without
 * pointers, so that it travels in a finding's payload. */
#ifndef HEARSAY_CLAIM_TRACE_H
#define HEARSAY_CLAIM_TRACE_H

#include "claim/name.h"
#include "text/duplicate.h"
#include "text/quantity.h"

#define TRACE_AMOUNTS_MOST 4u

struct claim_amount {
    double value;
    uint32_t is_size; /* bytes; else a count */
};

struct claim_trace {
    struct signature signature;
    uint32_t shingles; /* repeated ones included */
    struct word_keys words;
    uint32_t amount_count;
    struct claim_amount amounts[TRACE_AMOUNTS_MOST]; /* the largest, descending */
};

/* `quantities` are those of text->raw. False: memory is out. */
bool claim_trace_read(struct name_reader *reader, const struct word_text *text,
                      const struct quantity_list *quantities, struct claim_trace *trace);

#endif
