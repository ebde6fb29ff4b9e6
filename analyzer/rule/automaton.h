/* Many byte strings found in one pass (Aho and Corasick 1975): a table of states by byte classes,
 * breadth first, states with output last. Runs of ASCII white space in the text count as one blank,
 * so that the key "user data" is also found across a line end. Reports candidates: keys are cut to
 * what fits, so whoever asks must compare the whole literal. Knows nothing of rules. */
#ifndef HEARSAY_RULE_AUTOMATON_H
#define HEARSAY_RULE_AUTOMATON_H

#include "base/str.h"

#define AUTOMATON_NONE UINT32_MAX
#define AUTOMATON_TABLE_BYTES (64u << 20) /* keys are shortened until the table fits */
#define AUTOMATON_KEY_BYTES 32u           /* longest part of a key that is used */

struct automaton_key {
    struct str text;      /* valid UTF-8, not empty, white space only as single ' ' inside */
    bool is_bound_before; /* no word may go on before it; only used to drop candidates early */
    bool is_bound_after;
};

/* The keys that were cut to one string: first..first+count of `order`. */
struct automaton_output {
    uint32_t first;
    uint32_t count;
    uint32_t next;        /* output of a shorter string that ends here too, or AUTOMATON_NONE */
    uint8_t len_if_bound; /* all keys are bound before, and this is their length; else 0 */
    bool is_bound_after;  /* all keys are */
};

struct automaton {
    uint8_t class_of[256];
    uint32_t offset_of[256]; /* per byte: state + offset -> index in next */
    uint32_t class_count;
    uint32_t state_count;
    uint32_t first_output; /* states at or after this have output; states are multiples of 16 */
    uint32_t start;
    uint32_t longest; /* bytes of the longest key in the table */
    /* Transitions, in blocks of 16 classes: within a block the states follow each other, so that
     * those of the most frequent bytes lie close together for all states. */
    uint32_t *next;
    struct automaton_output *outputs;
    uint32_t *output_of; /* (state - first_output) / class_count -> its head in outputs */
    uint32_t *order;     /* key indices, grouped by the string they were cut to */
    uint32_t *key_lens;  /* per key: bytes of it that are in the table */
};

/* Borrows nothing. False: memory is out, nothing is held. */
bool automaton_build(struct automaton *automaton, const struct automaton_key *keys, uint32_t count);
void automaton_free(struct automaton *automaton);
bool automaton_is_space(unsigned char byte);

struct automaton_hit {
    uint32_t output; /* index in outputs */
    uint32_t end;    /* byte offset in the text just after the key's last byte */
};

#define AUTOMATON_LANES 4u        /* pieces of a text that are read at once */
#define AUTOMATON_LANE_BYTES 256u /* longest piece, but for what moves at its ends */
#define AUTOMATON_LANE_EVENTS (AUTOMATON_LANE_BYTES + AUTOMATON_KEY_BYTES + 2u)

/* A state with output was reached at this place. */
struct automaton_event {
    uint32_t state;
    uint32_t end;
};

/* Where a scan stands, and what it found since the last step. Begin with `at` 0 and `state` =
 * automaton->start; the rest may be unset. A step of the automaton waits for memory more than it
 * computes, so that pieces of the text are read in turns, each from a state that what stands before
 * it gives. */
struct automaton_scan {
    size_t at;
    uint32_t state;
    uint32_t lane_count; /* events of lane after lane are in order of `end` */
    uint32_t counts[AUTOMATON_LANES];
    struct automaton_event events[AUTOMATON_LANES][AUTOMATON_LANE_EVENTS];
};

/* Reads on and sets the events; false: the text has ended, there are no more. */
bool automaton_step(const struct automaton *automaton, struct str text,
                    struct automaton_scan *scan);

/* The hits of an event: at most AUTOMATON_KEY_BYTES. `looks_around`: those only that survive a look
 * at the bytes around; false for a text in which words may end unseen. */
uint32_t automaton_report(const struct automaton *automaton, struct str text, bool looks_around,
                          const struct automaton_event *event,
                          struct automaton_hit hits[AUTOMATON_KEY_BYTES]);

#endif
