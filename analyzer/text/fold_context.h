/* The part of folding that looks at neighbours: composition with marks, and look-alikes in words
 * that mix scripts. Internal to the text module. */
#ifndef HEARSAY_TEXT_FOLD_CONTEXT_H
#define HEARSAY_TEXT_FOLD_CONTEXT_H

#include "text/fold.h"

/* Folds raw in full into folder->bytes and folder->to_raw, and sets *len. False: memory is out. */
bool fold_context(struct folder *folder, struct str raw, size_t *len);
void fold_context_free(void *composer);

/* Grows the folder's buffers, keeping their content, to `capacity` at least; false: memory is out.
 */
bool folder_reserve(struct folder *folder, size_t capacity);

#endif
