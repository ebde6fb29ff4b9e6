/* Who was hit, found by words for kinds of bodies (bank, universidad, больница, 大学) where no rule
 * and no quotation names it. Knows kinds in several languages, no names. */
#ifndef HEARSAY_CLAIM_VICTIM_TYPED_H
#define HEARSAY_CLAIM_VICTIM_TYPED_H

#include "base/str.h"

/* The first part of raw text that consists of a word for a kind of body and a name: behind it where
 * names have capitals ("banco Vale Azul", "banque de Corval"), before it in English, Chinese,
 * Japanese and Korean ("Corval Bank", 青嶺大学), the next word in Arabic and Persian. A kind
 * without a name ("a bank") is none. At most 64 bytes of words; empty if there is none. */
struct str victim_typed(struct str text);

#endif
