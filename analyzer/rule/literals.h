/* Which literals must a text hold for a regular expression to match? An AND of ORs of literals, as
 * the prefilter needs them. Sound above all: whatever is not understood requires nothing. Literals
 * are folded character by character (fold_simple), because they are looked for in folded text. */
#ifndef HEARSAY_RULE_LITERALS_H
#define HEARSAY_RULE_LITERALS_H

#include "base/arena.h"
#include "base/str.h"
#include "rule/ast.h"

#define LITERAL_LEAST_BYTES 3 /* shorter ones occur in nearly every text and gate nothing */

/* One of these must occur. */
struct literal_choice {
    const struct str *items;
    uint32_t count;
    double frequency; /* estimated share of places in a text at which one begins; for comparing */
};

/* All of these must hold; none: nothing is required. */
struct requirement {
    struct literal_choice *choices;
    uint32_t count;
};

/* What `pattern` (with flags as in struct term) requires. For the raw view (`fold` false): of the
 * context-free fold of the raw text; for the folded view: of the folded text itself. Memory from
 * the arena; false when it is out. */
bool regex_requirement(struct arena *arena, struct str pattern, struct str flags, bool fold,
                       struct requirement *requirement);

/* Estimated share of places at which the folded literal begins, from frequencies of single bytes.
 */
double literal_frequency(struct str literal);

/* Can the prefilter keep posts away from this term? True for literals, links and fields, and for an
 * expression that requires a literal; false when the expression runs on every post that its rule
 * reaches, and when memory is out. */
bool term_is_gated(const struct term *term);

#endif
