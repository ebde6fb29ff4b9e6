/* Bridge to ICU's transliteration: any script in plain Latin letters, so that a name can be
 * compared with its form in another script. Knows nothing of names. */
#ifndef HEARSAY_TEXT_LATIN_H
#define HEARSAY_TEXT_LATIN_H

#include "base/buffer.h"
#include "base/str.h"

/* One per thread; opened on first need, since ICU takes some milliseconds. Zero-initialise. */
struct latin {
    void *transliterator;
    uint16_t *units; /* UTF-16, scratch */
    int32_t capacity;
    bool is_unavailable; /* ICU has no such data here: text passes as it is */
};

/* What lies beyond is left out: it bounds what one text costs. */
#define LATIN_BYTES_MOST 1024u

/* Appends the text in ASCII letters of lower case as far as ICU can; syllables of Chinese
 * characters are parted by spaces. Valid UTF-8 is expected. False: memory is out. */
bool latin_append(struct latin *latin, struct str text, struct buffer *out);
void latin_free(struct latin *latin);

#endif
