#include "rule/sentry.h"

#include <stdlib.h>

#include "rule/reading.h"

/* ---- State ---- */

bool sentry_state_init(struct sentry_state *state, const struct sentry *sentry) {
    state->clauses = calloc(sentry->clause_count + (size_t)1, sizeof *state->clauses);
    state->ways = calloc(sentry->way_count + (size_t)1, sizeof *state->ways);
    return state->clauses && state->ways;
}

void sentry_state_forget(struct sentry_state *state, const struct sentry *sentry) {
    memset(state->clauses, 0, sentry->clause_count * sizeof *state->clauses);
    memset(state->ways, 0, sentry->way_count * sizeof *state->ways);
}

void sentry_state_free(struct sentry_state *state) {
    free(state->clauses);
    free(state->ways);
}

/* ---- Reading ---- */

/* True: all clauses of a way were seen now. */
static bool see_clause(struct matcher *matcher, uint32_t clause) {
    const struct sentry *sentry = &matcher->pack->sentry;
    struct sentry_state *state = &matcher->sentry;
    state->clauses[clause] = matcher->epoch;
    for (uint32_t i = sentry->first_way[clause]; i < sentry->first_way[clause + 1]; i++) {
        uint32_t number = sentry->ways[i];
        struct sentry_way *way = &state->ways[number];
        if (way->epoch != matcher->epoch) {
            *way = (struct sentry_way){matcher->epoch, 0};
        }
        if (++way->seen == sentry->sizes[number]) {
            return true;
        }
    }
    return false;
}

static bool see_key(struct matcher *matcher, uint32_t key) {
    const struct sentry *sentry = &matcher->pack->sentry;
    for (uint32_t i = sentry->first_clause[key]; i < sentry->first_clause[key + 1]; i++) {
        uint32_t clause = sentry->clauses[i];
        if (matcher->sentry.clauses[clause] != matcher->epoch && see_clause(matcher, clause)) {
            return true;
        }
    }
    return false;
}

static bool says_nothing_new(const struct matcher *matcher, uint32_t key) {
    const struct sentry *sentry = &matcher->pack->sentry;
    for (uint32_t i = sentry->first_clause[key]; i < sentry->first_clause[key + 1]; i++) {
        if (matcher->sentry.clauses[sentry->clauses[i]] != matcher->epoch) {
            return false;
        }
    }
    return true;
}

/* A raw needle's candidate counts as seen: its exact bytes are looked for later. */
static bool stands(const struct reading *reading, const struct needle *needle, size_t offset,
                   size_t at) {
    const struct needle_view place = reading_place(reading);
    size_t start;
    size_t end;
    return needle->is_raw ? needle_is_candidate(needle, reading->view, offset, at)
                          : needle_at(needle, &place, offset, at, &start, &end);
}

/* False: a way is open. */
static bool try_key(void *context, uint32_t key, uint32_t offset, size_t at) {
    const struct reading *reading = context;
    const struct hearsay_rules *pack = reading->matcher->pack;
    const struct needle *needle = &pack->needles[pack->sentry.needle_of_key[key]];
    return !reading_wants(reading, needle) || says_nothing_new(reading->matcher, key) ||
           !stands(reading, needle, offset, at) || !see_key(reading->matcher, key);
}

bool sentry_passes(struct matcher *matcher) {
    const struct sentry *sentry = &matcher->pack->sentry;
    if (sentry->is_idle) {
        return true;
    }
    if (sentry->has_link_key && matcher->post->urls.count > 0 &&
        see_key(matcher, sentry->key_count)) {
        return true;
    }
    return !matcher_read(matcher, &sentry->sieve, true, try_key);
}
