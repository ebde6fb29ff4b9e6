/* The canonical form of a rule file, made from its tokens and not from its meaning: every token and
 * every comment stays, only the white space between them is laid out anew, so that parsing gives
 * the same. The author's line breaks inside a statement stay; statements, sections, terms, keys and
 * tests each begin a line. Formatting twice is formatting once. */
#ifndef HEARSAY_RULE_FORMAT_H
#define HEARSAY_RULE_FORMAT_H

#include "base/buffer.h"
#include "hearsay.h"
#include "rule/diagnostic.h"

/* Appends the formatted text. HEARSAY_BAD_RULES: the text does not even cut into tokens, what is
 * wrong is in `diagnostics`. `text` is valid UTF-8 and shorter than 4 GiB. */
enum hearsay_status rule_format(struct str text, struct diagnostics *diagnostics,
                                struct buffer *out);

#endif
