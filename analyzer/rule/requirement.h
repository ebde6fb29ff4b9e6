/* Putting requirements together (rule/literals.h): AND of choices, of which each is an OR of
 * literals. Knows no syntax. Every function returns false when memory is out. */
#ifndef HEARSAY_RULE_REQUIREMENT_H
#define HEARSAY_RULE_REQUIREMENT_H

#include "rule/literals.h"

#define CHOICES_MOST 64u /* of one requirement; more are dropped, which is sound */
#define ITEMS_MOST 1024u /* of one choice; above it the choice is dropped */

/* `text` is copied. */
bool requirement_add_literal(struct arena *arena, struct requirement *requirement, struct str text);
bool requirement_add_all(struct arena *arena, struct requirement *into,
                         const struct requirement *from);
/* What holds if at least one of the branches does: a literal of the rarest choice of each, or
 * nothing if one of them requires nothing. */
bool requirement_either(struct arena *arena, const struct requirement *branches, size_t count,
                        struct requirement *result);

#endif
