/* The phrases of a text: what a learned text term counts. A phrase is written as a reader would:
 *
 *   "we leaked"   one or two neighbouring words of alphabetic scripts, folded, of one sentence
 *   "hacke*"      the beginning of a longer word, so that endings share what they have in common:
 *                 five characters, four in Arabic script, two in Hangul. Not of a word that begins
 *                 with a capital: a name must not be known by the half of it
 *   "hac*", "*acke*", "*ked"  the pieces of a word: four characters in a row, its beginning and its
 *                 end counted as one; three in Arabic script, none in Hangul. What a compound or an
 *                 ending is made of, and misspelt words. Of no word with a capital either
 *   "被入侵"      two to four neighbouring characters of scripts without spaces
 *   "<number>", "<link>", "<mention>", "<hashtag>"  stand for whatever number, link, ... was there
 *
 *   "<name>"      a run of one to six words that is in a list of names, or a word that begins as a
 *                 listed beginning ("russi*") does, or in Hangul as a listed name; a word with a
 *                 capital inside a sentence, or two at its beginning, unless most words have one;
 *                 two Han characters before one that ends the names of offices. Names are
 * neighbours of names without end, so how many words a name has is not known either. In German,
 * where nouns have capitals, they tell nothing: listed names and pairs of words with capitals are
 * in no phrase, others are words
 *
 * so that which number, link, account, tag or listed name a text has is not known. Knows no
 * weights.
 */
#ifndef HEARSAY_TEXT_PHRASE_H
#define HEARSAY_TEXT_PHRASE_H

#include "base/buffer.h"
#include "base/map.h"
#include "text/fold.h"
#include "text/token.h"

/* What lies beyond is not looked at: it bounds what one text can cost. */
#define PHRASE_WORDS_LIMIT 512u

struct phrase_token;

/* Zero-initialise. */
struct phrase_scratch {
    struct buffer text;          /* of the phrase at hand */
    struct phrase_token *tokens; /* PHRASE_WORDS_LIMIT, made on first use */
    uint32_t count;
};

typedef bool phrase_visit(void *context, struct str phrase);

/* A text whose phrases are wanted. */
struct phrase_source {
    const struct folded *folded;
    struct str raw;
    const struct word_list *words; /* words_of(folded->text) */
    const struct map *names; /* as phrase_of_name writes them; NULL: none is masked, by its capital
                                neither */
};

/* Calls `visit` for each phrase, repeated ones included, in the order of their last words. False:
 * memory is out, or the visitor said so. */
bool phrases_of(const struct phrase_source *source, struct phrase_scratch *scratch,
                phrase_visit *visit, void *context);

/* The form in which a name is listed: its folded words, parted by single spaces where they are
 * alphabetic. `out` is cleared first; it stays empty for what has no words or too many. */
bool phrase_of_name(const struct folded *folded, struct str raw, const struct word_list *words,
                    struct phrase_scratch *scratch, struct buffer *out);
/* The listed beginning of a listed name of one alphabetic word of six characters or more, or
 * nothing. */
bool phrase_stem_of_name(struct str name, struct buffer *out);

void phrase_scratch_free(struct phrase_scratch *scratch);

#endif
