/* The part of folding that joins letters written apart: runs of JOIN_LEAST single letters or more
 * with one and the same sign between each two ("l e a k e d", "l.e.a.k.e.d", "з л и в") become one
 * word. The signs are the blank and . - _ * between letters of one script; never digits. Where
 * words of a run ended cannot be told ("w e l e a k e d" is "weleaked"): struct join says which
 * words are such runs. Internal to the text module. */
#ifndef HEARSAY_TEXT_FOLD_JOIN_H
#define HEARSAY_TEXT_FOLD_JOIN_H

#include "text/fold.h"

#define JOIN_LEAST 4u

/* Joins in place in the folder's memory, with the map; folded->simple keeps the text as it was.
 * False: memory is out. */
bool fold_join(struct folder *folder, struct folded *folded);

#endif
