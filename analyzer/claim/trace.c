#include "claim/trace.h"

/* Bare numbers below this are ordinals, prices and the like. */
#define BARE_LEAST 1000

static void keep_amount(struct claim_trace *trace, const struct quantity *quantity) {
    bool is_told = quantity->is_size || quantity->has_unit || quantity->value >= BARE_LEAST;
    uint32_t at = trace->amount_count;
    if (!is_told || !(quantity->value > 1)) {
        return;
    }
    while (at > 0 && trace->amounts[at - 1].value < quantity->value) {
        at--;
    }
    if (at == TRACE_AMOUNTS_MOST) {
        return;
    }
    uint32_t last =
        trace->amount_count < TRACE_AMOUNTS_MOST ? trace->amount_count++ : TRACE_AMOUNTS_MOST - 1;
    for (uint32_t i = last; i > at; i--) {
        trace->amounts[i] = trace->amounts[i - 1];
    }
    trace->amounts[at] = (struct claim_amount){quantity->value, quantity->is_size};
}

bool claim_trace_read(struct name_reader *reader, const struct word_text *text,
                      const struct quantity_list *quantities, struct claim_trace *trace) {
    memset(trace, 0, sizeof *trace); /* padding too: equal posts make equal payloads */
    trace->shingles = signature_of(text->folded->text, SHINGLE_CHARACTERS, &trace->signature);
    if (!word_keys_read(reader, text, &trace->words)) {
        return false;
    }
    for (size_t i = 0; i < quantities->count; i++) {
        keep_amount(trace, &quantities->items[i]);
    }
    return true;
}
