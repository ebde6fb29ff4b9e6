/* What one text offers to somebody who wants to check it, and how it speaks: artefacts, amounts,
 * particulars, emphasis, signs of a sale. Read once per finding; signals are made of it later.
 * Nothing is opened or resolved: a link counts by its host and the words around it. Names of
 * states and sides are not looked at; capitals count in runs of three words, so that an acronym
 * in place of a name changes nothing. */
#ifndef HEARSAY_CLAIM_CLAIM_TEXT_H
#define HEARSAY_CLAIM_CLAIM_TEXT_H

#include "claim/claim_facts.h"
#include "text/fold.h"
#include "text/quantity.h"

struct claim_text_input {
    struct str raw;
    const struct folded *folded; /* of raw */
    struct str victim;           /* as it stands in the text, or "" */
    struct str_list links;
    size_t picture_count; /* media that the post has */
};

/* `quantities` are those of input->raw. False: memory is out. */
bool claim_text_read(const struct claim_text_input *input, const struct quantity_list *quantities,
                     struct claim_text *text);

/* Sets what the victim's name alone tells: host name, name, or one of many. */
void claim_text_victim(struct str victim, struct claim_text *text);

#endif
