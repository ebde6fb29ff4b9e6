/* The phrases of a text: what a learned text term counts. A phrase is written as a reader would:
 *
 *   "we leaked"   one or two neighbouring words of alphabetic scripts, folded, of one sentence
 *   "hacke*"      the beginning of a longer word, so that endings share what they have in common:
 *                 five characters, four in Arabic script, two in Hangul. Not of a word that begins
 *                 with a capital: a name must not be known by the half of it
 *   "被入侵"      two to four neighbouring characters of scripts without spaces
 *   "<number>", "<link>", "<mention>", "<hashtag>"  stand for whatever number, link, ... was there
 *
 * so that which number, link, account or tag a text has is not known. Knows no weights. */
#ifndef HEARSAY_TEXT_PHRASE_H
#define HEARSAY_TEXT_PHRASE_H

#include "base/buffer.h"
#include "text/fold.h"
#include "text/token.h"

/* What lies beyond is not looked at: it bounds what one text can cost. */
#define PHRASE_WORDS_LIMIT 512u

struct phrase_scratch {
    struct buffer text; /* of the phrase at hand */
};

typedef bool phrase_visit(void *context, struct str phrase);

/* Calls `visit` for each phrase, repeated ones included, in the order of their first words. `words`
 * is words_of(folded->text). False: memory is out, or the visitor said so. */
bool phrases_of(const struct folded *folded, struct str raw, const struct word_list *words,
                struct phrase_scratch *scratch, phrase_visit *visit, void *context);
void phrase_scratch_free(struct phrase_scratch *scratch);

#endif
