/* The compiler's work bench: growing tables of needles, clauses and patterns, each interned so that
 * equal ones are stored and searched once. Internal to rule/compile.c and its neighbours. */
#ifndef HEARSAY_RULE_BUILDER_H
#define HEARSAY_RULE_BUILDER_H

#include "base/buffer.h"
#include "rule/compile.h"

#define DEMAND_MOST 8u /* gates kept per rule or term, the rarest ones */

/* Clauses that must all be seen. Count 0: nothing is demanded. */
struct demand {
    uint32_t clauses[DEMAND_MOST];
    uint32_t count;
};

struct builder {
    struct hearsay_rules *pack;
    struct arena scratch;
    struct buffer key; /* of the thing that is being interned */
    struct map needle_ids;
    struct map clause_ids;
    struct map pattern_ids;
    struct map group_ids;
    uint32_t needle_capacity;
    uint32_t clause_capacity;
    uint32_t pattern_capacity;
    struct demand *demands; /* per rule */
    uint8_t *heights;       /* per rule: 0 not known yet, else references below it, plus one */
};

/* Grows *items to hold `count` + 1 of `size` bytes; the old array stays in the arena. */
bool builder_grow(struct builder *builder, void **items, uint32_t count, uint32_t *capacity,
                  size_t size);

/* ---- needle.c ---- */

/* Index of the needle for a literal of a term, or RULE_NONE when memory is out. */
uint32_t builder_literal(struct builder *builder, const struct literal *literal,
                         const struct term *term);
/* Index of the needle for a literal that the term's expression (or link) requires in its view. */
uint32_t builder_required(struct builder *builder, struct str folded, const struct term *term);
/* Index of the needle that stands for links beside the text. */
uint32_t builder_links(struct builder *builder);

/* The needle as a sieve's key. Word boundaries of raw needles are those of the raw text: the view
 * that is searched says nothing about them (a zero-width character may be gone there). */
struct sieve_key needle_key(const struct needle *needle);

/* ---- gate.c ---- */

/* Index of the clause over these needles (sorted in place), or RULE_NONE when memory is out. */
uint32_t builder_clause(struct builder *builder, uint32_t *needles, uint32_t count);
void demand_add(const struct builder *builder, struct demand *demand, uint32_t clause);

/* Does `#term comparison number` hold only where the term occurs? */
bool count_needs_one(const struct expr *expr);

/* What must be seen for the rule's match and where conditions to hold. */
enum hearsay_status builder_rule_demand(struct builder *builder, uint32_t rule,
                                        struct hearsay_failure *failure);

/* ---- pattern.c ---- */

/* Index of the pattern of a term, or RULE_NONE when memory is out (or a regex cannot be compiled).
 */
uint32_t builder_pattern(struct builder *builder, const struct term *term);

#endif
