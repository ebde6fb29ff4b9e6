/* Links, hashtags and mentions found in text, and canonical forms of objects. */
#ifndef HEARSAY_TEXT_ENTITY_H
#define HEARSAY_TEXT_ENTITY_H

#include "base/buffer.h"
#include "base/str.h"

enum entity_kind { ENTITY_LINK, ENTITY_HASHTAG, ENTITY_MENTION };

struct entity {
    enum entity_kind kind;
    struct str text; /* the link; the tag without '#' (U+FF03 too); the name without '@' */
    size_t start;    /* byte range in the raw text, sign included */
    size_t end;
};

struct entity_list {
    struct entity *items;
    size_t count;
    size_t capacity;
};

/* All entities of raw text, in order of place. Links need http:// or https:// or www.; trailing
 * punctuation is not part of them. False: memory is out. */
bool entities_of(struct str raw, struct entity_list *entities);
void entity_list_free(struct entity_list *entities);

/* Canonical key of a URL: scheme dropped, host lower-cased without "www." and default port,
 * tracking parameters (utm_*, fbclid, gclid, ...) out, remaining parameters sorted, fragment out
 * unless it begins with "#!", trailing '/' of the path out. Nothing is resolved or fetched. Appends
 * to out; false when it is not a URL with a host, or memory is out. */
bool url_canonical(struct str url, struct buffer *out);

/* The registrable domain of a URL or host by the public suffix list (libpsl), lower case; empty
 * when there is none. Appends to out. */
bool url_domain(struct str url, struct buffer *out);

#endif
