/* The objects that accounts act on (DESIGN section 8): from a post to one canonical object per
 * layer and occurrence. */
#ifndef HEARSAY_ENGINE_OBJECTS_H
#define HEARSAY_ENGINE_OBJECTS_H

#include "base/buffer.h"
#include "coordination/coordination.h"
#include "post/post.h"
#include "text/fold.h"
#include "text/plain.h"

/* More objects of one post than this are left out and counted: a post of a thousand links is a
 * list, not a thousand actions. */
#define OBJECTS_LIMIT 64

struct object {
    enum layer layer;
    struct digest digest; /* of layer, platform and canonical form */
    size_t start;         /* excerpt for evidence: range in the scratch buffer */
    size_t end;
};

struct objects {
    struct object items[OBJECTS_LIMIT];
    size_t count;
    uint32_t layers; /* bits of those that are wanted */
    uint64_t left_out;
    struct buffer scratch; /* canonical forms, valid until the next call */
    struct buffer words;   /* of the post's text, when it is one of the objects */
};

/* All objects of a post on the layers whose bits (1 << layer) are set, each once. `folded` is the
 * fold of post->text. False: memory is out. */
bool objects_of(struct objects *objects, const struct post *post, const struct folded *folded,
                uint32_t layers);
void objects_free(struct objects *objects);

/* Words as an object: without the spaces; empty when nothing or only platform boilerplate is left.
 * Appends to out. False: memory is out. */
bool text_object(struct str words, struct buffer *out);

/* Is this canonical text one of the stated list that platforms write themselves? */
bool is_boilerplate(struct str canonical);

#endif
