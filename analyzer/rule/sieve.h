/* Many byte strings found in one pass over a text. Each key is represented by one window of a few
 * bytes, the one that texts have least by estimate; the pass asks a table of bits at each character
 * whether a window may begin there, and only then compares. Filters of this kind are Wu and
 * Manber's (1994, "A fast algorithm for multi-pattern searching") and FDR in Hyperscan (Wang et al.
 * 2019). Against an automaton of the same keys it reads kilobytes, which stay in the first cache,
 * instead of megabytes.
 *
 * Reports candidates: every place where a key stands, and some where it does not, so whoever asks
 * must compare the whole key. A blank in a key stands for any run of ASCII white space: so that
 * "user data" is also found across a line end. Knows nothing of rules.
 *
 * Limits: keys of one or two bytes are asked for by their first two bytes, which many texts have;
 * many keys that share their rarest window are compared one by one where it stands. */
#ifndef HEARSAY_RULE_SIEVE_H
#define HEARSAY_RULE_SIEVE_H

#include "base/str.h"

#define SIEVE_PADDING 16u /* readable bytes that must follow a text; their values do not matter */

struct sieve_key {
    struct str text;      /* valid UTF-8, not empty, white space only as single ' ' inside */
    bool is_bound_before; /* no word may go on before it; only used to drop candidates early */
    bool is_bound_after;
};

/* A window, as its hash, and the first of the keys that it stands for. */
struct sieve_slot {
    uint32_t tag; /* 0: no one's */
    uint32_t first;
};

/* One of a window's keys, and what stands around the window there: of the four bytes at
 * window + behind, those in next_mask are as in `next`; of the four before the window, those in
 * last_mask as in `last`. Beyond a blank, which may be a run, only in plain texts. */
struct sieve_entry {
    uint32_t key;
    uint32_t next;
    uint32_t next_mask;
    uint32_t last;
    uint32_t last_mask;
    uint8_t offset; /* of the window in the key */
    uint8_t before; /* so many bytes before the window no word may go on; 0: it may */
    uint8_t after;  /* nor so many bytes behind the window's beginning */
    uint8_t behind;
    uint8_t next_bytes; /* so many of `next` are before a blank */
    uint8_t last_bytes;
    bool is_final; /* of its window */
};

struct sieve {
    uint64_t *rows; /* chosen by a window's first three bytes; a bit of it by the others */
    unsigned row_bits;
    bool has_pairs;
    uint32_t pairs[2048]; /* windows of one and two bytes: a bit for any two bytes */
    struct sieve_slot *slots;
    unsigned slot_shift;
    struct sieve_entry *entries;
};

/* Borrows nothing. False: memory is out, nothing is held. */
bool sieve_build(struct sieve *sieve, const struct sieve_key *keys, uint32_t count);
void sieve_free(struct sieve *sieve);

/* `key` may stand so that its byte `offset` is the text's byte `at`. False: enough was seen. */
typedef bool sieve_report(void *context, uint32_t key, uint32_t offset, size_t at);

struct sieve_reader {
    sieve_report *report;
    void *context;
    bool is_ascii;     /* the text is known to be */
    bool looks_around; /* false: words may end unseen in this text */
};

/* Reports what the windows that begin in text[from, to) stand for, in the order of the text. False:
 * a report was the last that was wanted. */
bool sieve_read(const struct sieve *sieve, struct str text, size_t from, size_t to,
                const struct sieve_reader *reader);

bool sieve_is_space(unsigned char byte);

#endif
