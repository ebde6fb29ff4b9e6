/* Reading a text with the automaton. */
#include "rule/automaton.h"

#define BLOCK 16u            /* states are multiples of it */
#define LANE_LEAST_BYTES 48u /* shorter pieces are not worth their beginnings */

/* ---- The look around ---- */

/* A byte that belongs to a word: ASCII letters and digits, and lead bytes of Cyrillic letters
 * (U+0400 to U+047F), which together are most of what posts are made of. No says nothing. */
static bool is_word_byte(unsigned char byte) {
    unsigned letter = (byte | 0x20u) - 'a';
    unsigned digit = (unsigned)byte - '0';
    return (letter < 26) | (digit < 10) | ((byte | 1u) == 0xD1);
}

static bool word_goes_on(struct str text, const struct automaton_output *output, size_t end) {
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    if (output->is_bound_after && end < text.len && is_word_byte(bytes[end])) {
        return true;
    }
    if (output->len_if_bound == 0 || end <= output->len_if_bound) {
        return false;
    }
    size_t start = end - output->len_if_bound;
    return is_word_byte(bytes[start - 1]) || (start > 1 && (bytes[start - 2] | 1u) == 0xD1);
}

uint32_t automaton_report(const struct automaton *automaton, struct str text, bool looks_around,
                          const struct automaton_event *event,
                          struct automaton_hit hits[AUTOMATON_KEY_BYTES]) {
    uint32_t next = automaton->output_of[(event->state - automaton->first_output) / BLOCK];
    uint32_t count = 0;
    for (; next != AUTOMATON_NONE; next = automaton->outputs[next].next) {
        if (!looks_around || !word_goes_on(text, &automaton->outputs[next], event->end)) {
            hits[count++] = (struct automaton_hit){next, event->end};
        }
    }
    return count;
}

/* ---- Lanes ---- */

struct lane {
    uint32_t state;
    uint32_t count;
    size_t at;
    size_t end;
    struct automaton_event *events;
    uint32_t number;
};

/* `steps` bytes of each lane. Every step writes an event and only those with output are kept: a
 * branch here would be guessed wrong too often. */
static inline void read_lanes(const struct automaton *automaton, const unsigned char *bytes,
                              struct lane *lanes, const unsigned count, size_t steps) {
    const uint32_t *offsets = automaton->offset_of;
    const uint32_t *next = automaton->next;
    const uint32_t first_output = automaton->first_output;
    struct lane now[AUTOMATON_LANES];
    for (unsigned i = 0; i < count; i++) {
        now[i] = lanes[i];
    }
    for (size_t step = 0; step < steps; step++) {
        for (unsigned i = 0; i < count; i++) {
            struct lane *lane = &now[i];
            lane->state = next[lane->state + offsets[bytes[lane->at++]]];
            lane->events[lane->count] = (struct automaton_event){lane->state, (uint32_t)lane->at};
            lane->count += lane->state >= first_output;
        }
    }
    for (unsigned i = 0; i < count; i++) {
        lanes[i] = now[i];
    }
}

static void read_some(const struct automaton *automaton, const unsigned char *bytes,
                      struct lane *lanes, unsigned count, size_t steps) {
    switch (count) { /* a constant number, so that lanes stay in registers */
    case 4:
        read_lanes(automaton, bytes, lanes, 4, steps);
        break;
    case 3:
        read_lanes(automaton, bytes, lanes, 3, steps);
        break;
    case 2:
        read_lanes(automaton, bytes, lanes, 2, steps);
        break;
    default:
        read_lanes(automaton, bytes, lanes, 1, steps);
        break;
    }
}

/* As many lanes at once as are not at their ends. Sets what the scan knows of each. */
static void read_all(const struct automaton *automaton, const unsigned char *bytes,
                     struct lane *lanes, unsigned count, struct automaton_scan *scan) {
    while (count > 0) {
        size_t steps = lanes[0].end - lanes[0].at;
        unsigned left = 0;
        for (unsigned i = 1; i < count; i++) {
            size_t rest = lanes[i].end - lanes[i].at;
            steps = rest < steps ? rest : steps;
        }
        read_some(automaton, bytes, lanes, count, steps);
        for (unsigned i = 0; i < count; i++) {
            if (lanes[i].at < lanes[i].end) {
                lanes[left++] = lanes[i];
                continue;
            }
            scan->counts[lanes[i].number] = lanes[i].count;
            if (lanes[i].number + 1 == scan->lane_count) {
                scan->at = lanes[i].at;
                scan->state = lanes[i].state;
            }
        }
        count = left;
    }
}

/* Where a lane may begin near `wanted`, not before `least`, and its state there. Behind a byte of
 * no key the state is the first one; where there is none, reading as many bytes as the longest key
 * has gives it, white space counted once. */
static size_t lane_begin(const struct automaton *automaton, struct str text, size_t wanted,
                         size_t least, uint32_t *state) {
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    uint32_t needed = automaton->longest;
    size_t from = wanted;
    *state = automaton->start;
    while (from > least && needed > 0) {
        if (automaton->class_of[bytes[from - 1]] == 0) {
            return from;
        }
        from--;
        bool is_again =
            from > 0 && automaton_is_space(bytes[from]) && automaton_is_space(bytes[from - 1]);
        needed -= !is_again;
    }
    if (needed > 0) {
        return least; /* no room: the piece before goes on here */
    }
    for (; from < wanted; from++) {
        *state = automaton->next[*state + automaton->offset_of[bytes[from]]];
    }
    return wanted;
}

/* Cuts what is read next into lanes; returns how many. */
static unsigned lanes_cut(const struct automaton *automaton, struct str text,
                          struct automaton_scan *scan, struct lane *lanes) {
    size_t left = text.len - scan->at;
    size_t most = (size_t)AUTOMATON_LANES * AUTOMATON_LANE_BYTES;
    size_t size = left < most ? left : most;
    size_t wanted = size / LANE_LEAST_BYTES;
    wanted = wanted < 1 ? 1 : wanted > AUTOMATON_LANES ? AUTOMATON_LANES : wanted;
    size_t end = scan->at + size;
    unsigned count = 1;
    lanes[0] = (struct lane){scan->state, 0, scan->at, end, scan->events[0], 0};
    for (size_t i = 1; i < wanted; i++) {
        uint32_t state;
        size_t least = lanes[count - 1].at;
        size_t begin = lane_begin(automaton, text, scan->at + size * i / wanted, least, &state);
        if (begin > least) {
            lanes[count - 1].end = begin;
            lanes[count] = (struct lane){state, 0, begin, end, scan->events[count], count};
            count++;
        }
    }
    return count;
}

bool automaton_step(const struct automaton *automaton, struct str text,
                    struct automaton_scan *scan) {
    struct lane lanes[AUTOMATON_LANES];
    if (scan->at >= text.len) {
        return false;
    }
    scan->lane_count = lanes_cut(automaton, text, scan, lanes);
    read_all(automaton, (const unsigned char *)text.ptr, lanes, scan->lane_count, scan);
    return true;
}
