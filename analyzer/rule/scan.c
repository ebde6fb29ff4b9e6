#include "rule/match.h"
#include "rule/reading.h"

bool matcher_saw_all(const struct matcher *matcher, const uint32_t *clauses, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (matcher->clauses[clauses[i]] != matcher->epoch) {
            return false;
        }
    }
    return true;
}

static void see_clause(struct matcher *matcher, uint32_t index) {
    const struct hearsay_rules *pack = matcher->pack;
    const struct clause *clause = &pack->clauses[index];
    if (matcher->clauses[index] == matcher->epoch) {
        return;
    }
    matcher->clauses[index] = matcher->epoch;
    for (uint32_t i = 0; i < clause->rule_count; i++) {
        uint32_t rule = pack->rule_of_clause[clause->first_rule + i];
        if (matcher->woken[rule] != matcher->epoch) {
            matcher->woken[rule] = matcher->epoch;
            matcher->candidates[matcher->candidate_count++] = rule;
        }
    }
}

/* The first sight of a needle in this post opens its clauses. */
static struct needle_state *see_needle(struct matcher *matcher, uint32_t index) {
    struct needle_state *state = &matcher->needles[index];
    const struct needle *needle = &matcher->pack->needles[index];
    if (state->epoch == matcher->epoch) {
        return state;
    }
    state->epoch = matcher->epoch;
    state->first = RULE_NONE;
    state->last = RULE_NONE;
    state->count = 0;
    matcher->seen[matcher->seen_count++] = index;
    for (uint32_t i = 0; i < needle->clause_count; i++) {
        see_clause(matcher, matcher->pack->clause_of_needle[needle->first_clause + i]);
    }
    return state;
}

/* False: the needle needs no more places. */
static bool record(struct matcher *matcher, struct needle_state *state, size_t start, size_t end) {
    void *items = matcher->hits;
    if (state->count >= OCCURRENCES_MOST) {
        state->count = OCCURRENCES_MOST + 1; /* told to whoever asks for this needle's places */
        return false;
    }
    if (!matcher_reserve(matcher, &items, matcher->hit_count, &matcher->hit_capacity,
                         sizeof *matcher->hits)) {
        return false;
    }
    matcher->hits = items;
    uint32_t index = (uint32_t)matcher->hit_count++;
    matcher->hits[index] = (struct needle_hit){(uint32_t)start, (uint32_t)end, RULE_NONE};
    if (state->count == 0) {
        state->first = index;
    } else {
        matcher->hits[state->last].next = index;
    }
    state->last = index;
    state->count++;
    return true;
}

/* A reading with leetspeak undone finds what the folded text has too; only places at which
 * something was undone are new. */
static bool is_undone(const struct matcher *matcher, struct str view, size_t start, size_t end) {
    return memcmp(view.ptr + start, matcher->folded->text.ptr + start, end - start) != 0;
}

/* Records the needle's places in a view of the text; false: no more are needed. */
static bool search_view(struct matcher *matcher, uint32_t index, struct str view, bool is_leet) {
    const struct needle *needle = &matcher->pack->needles[index];
    const struct needle_view place = {view, matcher->folded};
    size_t from = 0;
    size_t start;
    size_t end;
    while (needle->is_raw ? needle_next_raw(needle, view, &from, &start, &end)
                          : needle_next(needle, &place, &from, &start, &end)) {
        if ((!is_leet || is_undone(matcher, view, start, end)) &&
            !record(matcher, see_needle(matcher, index), start, end)) {
            return false;
        }
    }
    return true;
}

void matcher_search(struct matcher *matcher, uint32_t index) {
    const struct needle *needle = &matcher->pack->needles[index];
    /* Once, whatever comes of it: candidates without a hit must not search a long text often. */
    if (matcher->needles[index].searched == matcher->epoch) {
        return;
    }
    matcher->needles[index].searched = matcher->epoch;
    struct str text = needle->is_raw ? matcher->post->text : matcher->folded->text;
    bool wants_more = search_view(matcher, index, text, false);
    uint32_t views = needle->is_leet ? matcher_leet(matcher, false)->view_count : 0;
    for (uint32_t i = 0; wants_more && i < views; i++) {
        wants_more = search_view(matcher, index, buffer_str(&matcher->leet.views[i]), true);
    }
}

/* A window of the needle was found: is all of it there? */
static void try_needle(struct matcher *matcher, uint32_t index, const struct reading *reading,
                       size_t offset, size_t at) {
    const struct needle *needle = &matcher->pack->needles[index];
    const struct needle_state *state = &matcher->needles[index];
    const struct needle_view place = reading_place(reading);
    size_t start;
    size_t end;
    bool is_full = needle->is_gate || needle->is_raw || state->count > OCCURRENCES_MOST;
    if (state->epoch == matcher->epoch && is_full) {
        return;
    }
    if (needle->is_raw) {
        if (state->searched != matcher->epoch &&
            needle_is_candidate(needle, reading->view, offset, at)) {
            matcher_search(matcher, index);
        }
        return;
    }
    if (!needle_at(needle, &place, offset, at, &start, &end) ||
        (reading->views == VIEW_LEET && !is_undone(matcher, reading->view, start, end) &&
         !needle->is_gate)) {
        return;
    }
    struct needle_state *seen = see_needle(matcher, index);
    if (!needle->is_gate) {
        record(matcher, seen, start, end);
    }
}

static bool try_key(void *context, uint32_t key, uint32_t offset, size_t at) {
    const struct reading *reading = context;
    uint32_t needle = reading->matcher->pack->needle_of_key[key];
    if (reading_wants(reading, &reading->matcher->pack->needles[needle])) {
        try_needle(reading->matcher, needle, reading, offset, at);
    }
    return true;
}

void matcher_scan(struct matcher *matcher) {
    matcher_read(matcher, &matcher->pack->sieve, false, try_key);
    if (matcher->pack->link_needle != RULE_NONE && matcher->post->urls.count > 0) {
        see_needle(matcher, matcher->pack->link_needle);
    }
}
