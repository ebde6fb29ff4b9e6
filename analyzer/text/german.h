/* Is a text German, where every noun has a capital? */
#ifndef HEARSAY_TEXT_GERMAN_H
#define HEARSAY_TEXT_GERMAN_H

#include "text/token.h"

/* So its language says, or two of its words are function words of German, however its language was
 * told: a foreign name in it can change that. `words` are those of `folded`. */
bool text_is_german(struct str language, struct str folded, const struct word_list *words);

#endif
