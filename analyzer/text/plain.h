/* A text laid bare for comparing it with others: what stays when links, mentions and punctuation
 * are taken away. Knows nothing of what the comparison is for. */
#ifndef HEARSAY_TEXT_PLAIN_H
#define HEARSAY_TEXT_PLAIN_H

#include "base/buffer.h"
#include "text/fold.h"

/* The words of a text that its likeness to others is judged by: folded, without links, mentions and
 * punctuation, one space wherever something was left out between two words. Appends to out. False:
 * memory is out. */
bool text_words(const struct folded *folded, struct buffer *out);

#endif
