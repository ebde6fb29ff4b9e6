#include "claim/extract.h"

#include "claim/victim.h"
#include "claim/victim_typed.h"

/* A bare number below this without a unit is more often an ordinal or a price than an amount of
 * data. */
#define BARE_QUANTITY_LEAST 1000

/* Amounts of data and counts with a noun say more than bare numbers; among equals the larger wins.
 */
static double strength(const struct quantity *quantity) {
    if (!quantity->is_size && !quantity->has_unit && quantity->value < BARE_QUANTITY_LEAST) {
        return 0;
    }
    double base = quantity->has_unit || quantity->is_size ? 2 : 1;
    return base + quantity->value / (quantity->value + 1e6); /* < 1, rising with the value */
}

static struct str strongest(struct str text, const struct quantity_list *quantities) {
    struct str found = STR_EMPTY;
    double best = 0;
    for (size_t i = 0; i < quantities->count; i++) {
        const struct quantity *candidate = &quantities->items[i];
        if (strength(candidate) > best) {
            best = strength(candidate);
            found = str_slice(text, candidate->start, candidate->end);
        }
    }
    return found;
}

struct claim_parts claim_extract(struct str text, struct str victim, struct str quantity,
                                 const struct quantity_list *quantities) {
    /* A quoted name is whole, where a rule's pattern guesses how many words belong to one. */
    struct str quoted = victim_quoted(text);
    struct claim_parts parts = {quoted.len > 0 ? quoted : victim_trim(victim), quantity};
    if (parts.victim.len == 0) {
        parts.victim = victim_typed(text);
    }
    if (parts.quantity.len == 0) {
        parts.quantity = strongest(text, quantities);
    }
    return parts;
}
