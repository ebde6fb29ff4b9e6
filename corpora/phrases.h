/* Phrase files: `[section]` lines followed by one phrase a line (a line that begins with "# " is a
 * comment), where {slot} stands for a phrase
 * of that section or for a bound value, and \n for a line break. Knows nothing of posts. */
#ifndef HEARSAY_CORPORA_PHRASES_H
#define HEARSAY_CORPORA_PHRASES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "random.h"

#define PHRASES_MAX 1024 /* phrases in one file */

struct phrase {
    struct str section;
    struct str text;
};

struct phrases {
    struct phrase items[PHRASES_MAX];
    uint32_t count;
    struct str file; /* for messages */
};

/* A value for a slot; it stands before a section of the same name. */
struct binding {
    const char *name;
    struct str value;
};

/* Reads a file; its bytes live in `arena`. False, with a message on standard error, when the file
 * cannot be read or holds too much. */
bool phrases_read(struct phrases *phrases, const char *path, struct arena *arena);

/* The number of phrases in a section, and the one at `index` (modulo that number), slots unfilled.
 * A section that does not exist is empty. */
uint32_t phrases_section(const struct phrases *phrases, struct str section);
struct str phrases_at(const struct phrases *phrases, struct str section, uint32_t index);

struct expansion {
    const struct phrases *phrases;
    struct random *random;
    const struct binding *bindings;
    uint32_t binding_count;
};

/* Appends a random phrase of `section` with its slots filled. False, with a message, when a slot
 * has neither a section nor a binding, or sections refer to one another without end. */
bool phrases_expand(const struct expansion *expansion, struct str section, struct buffer *out);

#endif
