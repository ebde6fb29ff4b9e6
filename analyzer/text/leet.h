/* Leetspeak undone: digits and signs that stand for letters, in Latin words that mix letters with
 * them. Bytes change one for one, so every offset is that of the text given (with folding's map
 * that leads back to raw bytes). Knows nothing of rules.
 *
 *   0 o   3 e   4 a   5 s   7 t   8 b   9 g   @ a   $ s   and 1 ! | for i or for l
 *
 * A word is a run of ASCII letters, digits and @ $ ! |, without ! @ | at its ends and $ at its
 * start. It stays as it is when it is a number with something behind or before it: digits and up to
 * three letters (4m, 100gb, 1st), two digits or more and letters on one side of them only
 * (100records, user123), or the number
 * of a quantity (text/quantity.h: 4million). Links stay too: shortened ones mix letters and digits
 * in most posts and spell nothing. */
#ifndef HEARSAY_TEXT_LEET_H
#define HEARSAY_TEXT_LEET_H

#include "base/buffer.h"
#include "text/quantity.h"

#define LEET_VIEWS 2u /* 1 ! | as i, and as l */

/* Scratch of one thread: zero-initialise; leet_free. */
struct leet {
    struct buffer views[LEET_VIEWS];
    uint32_t view_count; /* 0: nothing was to be undone; 1: no letter had two readings */
    bool is_guess;
    struct quantity_list quantities;
};

/* Undoes leetspeak in a folded text, FOLD_ZEROS readable bytes behind it; the views hold until the
 * next call, with the same bytes behind them. False: memory is out. `may_guess`: looking for
 * quantities costs more than all the rest, so a mixed word that is the only one is undone without
 * asking, and is_guess says so: then it may be that nothing had to be undone. */
bool leet_undo(struct leet *leet, struct str folded, bool may_guess);
void leet_free(struct leet *leet);

#endif
