/* Who was hit, found in the text where no rule names it. Knows words for groups and quotation
 * marks, no organisations. */
#ifndef HEARSAY_CLAIM_VICTIM_H
#define HEARSAY_CLAIM_VICTIM_H

#include "base/str.h"

/* The first quoted name in raw text that is not introduced as a group ("the group «X»",
 * 我们是「X」): at most 40 characters on one line, without a stop. Empty if there is none. */
struct str victim_quoted(struct str text);

/* A victim without small words and verbs at its end ("Acme Did NOT" is "Acme"), marks around it and
 * an English possessive; a part of `victim`, which may be empty then. */
struct str victim_trim(struct str victim);

#endif
