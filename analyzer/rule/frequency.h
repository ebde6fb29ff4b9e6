/* How often texts have a few bytes: windows of four that begin with an ASCII character, and of six
 * that begin with another one. Decides only which of a literal's parts is looked for first, so that
 * a wrong figure costs time and never a result. */
#ifndef HEARSAY_RULE_FREQUENCY_H
#define HEARSAY_RULE_FREQUENCY_H

#include "base/str.h"

#define FREQUENCY_NARROW 4u
#define FREQUENCY_WIDE 6u

/* Share of a folded text's bytes at which the window begins: as counted, where it is one of the
 * most frequent, else as its bytes let expect, and less than any that was counted. */
double window_frequency(struct str window);

/* The same of a literal of any length: at most that of its rarest window, and less with each word.
 */
double text_frequency(struct str literal);

#endif
