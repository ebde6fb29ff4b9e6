/* May any rule of the pack match a post? A first pass that most posts do not get past: it looks
 * only for the literals of ways (ways.h), which are the rare ones of a pack, and stops as soon as
 * all clauses of one way were seen. No is certain. */
#ifndef HEARSAY_RULE_SENTRY_H
#define HEARSAY_RULE_SENTRY_H

#include "rule/sieve.h"

struct builder;
struct matcher;

/* Keys are needles; clauses and ways have numbers of their own. What belongs to item i of one table
 * is [first[i], first[i + 1]) of the next. */
struct sentry {
    bool is_idle; /* every post passes */
    struct sieve sieve;
    uint32_t *needle_of_key;
    uint32_t key_count;
    uint32_t *first_clause; /* per key; the last key, if has_link_key, is the needle for links */
    uint32_t *clauses;
    bool has_link_key;
    uint32_t *first_way; /* per clause */
    uint32_t *ways;
    uint32_t clause_count;
    uint8_t *sizes; /* per way: clauses in it */
    uint32_t way_count;
};

/* Memory of the pack's arena, but for the sieve. False: memory is out. */
bool sentry_build(struct sentry *sentry, struct builder *builder);
void sentry_free(struct sentry *sentry);

/* What one matcher knows of the post at hand, by its epoch. */
struct sentry_state {
    uint32_t *clauses; /* epoch at which each was seen */
    struct sentry_way {
        uint32_t epoch;
        uint32_t seen; /* clauses */
    } * ways;
};

bool sentry_state_init(struct sentry_state *state, const struct sentry *sentry);
void sentry_state_forget(struct sentry_state *state, const struct sentry *sentry);
void sentry_state_free(struct sentry_state *state);

/* False: no judged rule matches the matcher's post. */
bool sentry_passes(struct matcher *matcher);

#endif
