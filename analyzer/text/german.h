/* Is a text German, where every noun has a capital? */
#ifndef HEARSAY_TEXT_GERMAN_H
#define HEARSAY_TEXT_GERMAN_H

#include "text/token.h"

/* Two of its words are function words of German. Not asked of language detection, which costs more
 * than all that depends on this, and which a foreign name in the text can turn. `words` are those
 * of `folded`. */
bool text_is_german(struct str folded, const struct word_list *words);

#endif
