/* The parts of claim_text_read. Internal to the claim module. */
#ifndef HEARSAY_CLAIM_CLAIM_TEXT_PARTS_H
#define HEARSAY_CLAIM_CLAIM_TEXT_PARTS_H

#include "claim/claim_text.h"

/* Host names, addresses, identifiers and dates outside of links. */
void claim_text_particulars(struct str raw, struct claim_text *text);

/* Words, capitals, exclamation marks and pictographs, the victim's name and links left out. */
void claim_text_emphasis(struct str raw, struct str victim, struct claim_text *text);

/* The strongest artefact by links, pictures and words. False: memory is out. */
bool claim_text_artefact(const struct claim_text_input *input, struct claim_text *text);

/* Bytes of the link at text[at] ("http://", "https://", "www."), 0 if there is none. */
size_t link_length(struct str text, size_t at);

#endif
