/* The parts of a claim that one post states: who was hit and how much (code book: shortest span,
 * raw text). A quoted name comes before what the rules extracted as the victim, what the rules
 * extracted as the quantity before what is found in the text. */
#ifndef HEARSAY_CLAIM_EXTRACT_H
#define HEARSAY_CLAIM_EXTRACT_H

#include "base/str.h"
#include "text/quantity.h"

struct claim_parts {
    struct str victim;   /* raw text, "" when none is stated */
    struct str quantity; /* raw text, "" when none is stated */
};

/* `victim` and `quantity` are what a rule extracted, or empty; `quantities` are those of the text.
 */
struct claim_parts claim_extract(struct str text, struct str victim, struct str quantity,
                                 const struct quantity_list *quantities);

#endif
