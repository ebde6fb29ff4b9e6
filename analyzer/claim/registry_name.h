/* Names as they are compared: folded, without marks between words and without the words for a legal
 * form. Internal to the claim module. */
#ifndef HEARSAY_CLAIM_REGISTRY_NAME_H
#define HEARSAY_CLAIM_REGISTRY_NAME_H

#include "base/buffer.h"
#include "text/fold.h"
#include "text/token.h"

/* Scratch. Zero-initialise. */
struct name_maker {
    struct folder folder;
    struct word_list words;
    struct buffer out;
};

/* *key, valid until the next call: the words run together ("norvalelibrary"), or, if parted, each
 * between blanks (" norvale library "). "" when nothing is left. False: memory is out. */
bool name_make(struct name_maker *maker, struct str name, bool is_parted, struct str *key);
void name_maker_free(struct name_maker *maker);

/* The first label of a registrable domain where it is long enough to be a name, else "". */
struct str name_of_domain(struct str domain);

/* Is the key long enough to be looked up? Short ones are in too many titles. */
bool name_is_telling(struct str key);

#endif
