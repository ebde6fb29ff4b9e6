#include "rule/automaton.h"

#include <stdlib.h>

/* One key cut to the length that is used; `index` is its number at the caller. */
struct cut_key {
    struct str text;
    uint32_t index;
};

/* The trie while it is built: rows of class_count states, 0 = no child (the root is no one's
 * child). */
struct trie {
    const struct automaton *classes;
    uint32_t *rows;
    uint32_t *depth_last; /* per state: class of the byte that leads to it */
    uint32_t *fail;
    uint32_t *head;  /* per state: its output or AUTOMATON_NONE */
    uint32_t *queue; /* states, breadth first */
    uint32_t count;
};

bool automaton_is_space(unsigned char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static int compare_cut_keys(const void *a, const void *b) {
    const struct cut_key *left = a;
    const struct cut_key *right = b;
    int order = str_compare(left->text, right->text);
    if (order != 0) {
        return order;
    }
    return left->index < right->index ? -1 : left->index > right->index;
}

/* A key that ended in a blank would be reported again for each further blank of a run. */
static struct str cut(struct str key, size_t limit) {
    struct str text = str_slice(key, 0, limit);
    while (text.len > 1 && text.ptr[text.len - 1] == ' ') {
        text.len--;
    }
    return text;
}

static void cut_all(struct cut_key *cuts, const struct str *keys, uint32_t count, size_t limit) {
    for (uint32_t i = 0; i < count; i++) {
        cuts[i] = (struct cut_key){cut(keys[i], limit), i};
    }
    if (count > 1) {
        qsort(cuts, count, sizeof *cuts, compare_cut_keys);
    }
}

static size_t shared_prefix(struct str a, struct str b) {
    size_t at = 0;
    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at]) {
        at++;
    }
    return at;
}

/* Number of states of a trie over sorted keys, root included. */
static size_t count_states(const struct cut_key *cuts, uint32_t count) {
    size_t states = 1;
    for (uint32_t i = 0; i < count; i++) {
        size_t shared = i == 0 ? 0 : shared_prefix(cuts[i - 1].text, cuts[i].text);
        states += cuts[i].text.len - shared;
    }
    return states;
}

static void find_classes(struct automaton *automaton, const struct str *keys, uint32_t count) {
    automaton->class_count = 1; /* class 0: bytes of no key */
    for (uint32_t i = 0; i < count; i++) {
        for (size_t at = 0; at < keys[i].len; at++) {
            uint8_t *slot = &automaton->class_of[(unsigned char)keys[i].ptr[at]];
            if (*slot == 0) {
                *slot = (uint8_t)automaton->class_count++;
            }
        }
    }
    for (unsigned byte = '\t'; byte <= '\r'; byte++) {
        automaton->class_of[byte] = automaton->class_of[' '];
    }
}

static void cut_to_fit(struct cut_key *cuts, const struct str *keys, uint32_t count,
                       uint32_t class_count) {
    size_t limit = AUTOMATON_KEY_BYTES;
    for (;;) {
        cut_all(cuts, keys, count, limit);
        if (limit == 1 ||
            count_states(cuts, count) * class_count * sizeof(uint32_t) <= AUTOMATON_TABLE_BYTES) {
            return;
        }
        limit = limit > 8 ? limit / 2 : limit - 1;
    }
}

static uint32_t insert(struct trie *trie, struct str key) {
    uint32_t width = trie->classes->class_count;
    uint32_t state = 0;
    for (size_t i = 0; i < key.len; i++) {
        uint32_t class = trie->classes->class_of[(unsigned char)key.ptr[i]];
        uint32_t *child = &trie->rows[(size_t)state * width + class];
        if (*child == 0) {
            trie->depth_last[trie->count] = class;
            trie->head[trie->count] = AUTOMATON_NONE;
            *child = trie->count++;
        }
        state = *child;
    }
    return state;
}

/* Enters all keys; equal cut keys, which are neighbours, share one output. */
static void insert_all(struct automaton *automaton, struct trie *trie, const struct cut_key *cuts,
                       uint32_t count, uint32_t *output_count) {
    trie->head[0] = AUTOMATON_NONE;
    trie->count = 1;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t state = insert(trie, cuts[i].text);
        automaton->order[i] = cuts[i].index;
        automaton->key_lens[cuts[i].index] = (uint32_t)cuts[i].text.len;
        if (trie->head[state] == AUTOMATON_NONE) {
            trie->head[state] = *output_count;
            automaton->outputs[(*output_count)++] = (struct automaton_output){i, 0, AUTOMATON_NONE};
        }
        automaton->outputs[trie->head[state]].count++;
    }
}

/* Aho and Corasick's failure links, resolved into the rows. After a blank a further blank changes
 * nothing: that makes runs of white space count as one. */
static void link_failures(struct automaton *automaton, struct trie *trie) {
    uint32_t width = automaton->class_count;
    uint32_t blank = automaton->class_of[' '];
    uint32_t filled = 0;
    trie->queue[filled++] = 0;
    for (uint32_t taken = 0; taken < filled; taken++) {
        uint32_t state = trie->queue[taken];
        uint32_t *row = &trie->rows[(size_t)state * width];
        const uint32_t *fallback = &trie->rows[(size_t)trie->fail[state] * width];
        uint32_t inherited = state == 0 ? AUTOMATON_NONE : trie->head[trie->fail[state]];
        if (trie->head[state] == AUTOMATON_NONE) {
            trie->head[state] = inherited;
        } else {
            automaton->outputs[trie->head[state]].next = inherited;
        }
        for (uint32_t class = 0; class < width; class ++) {
            if (row[class] != 0) {
                trie->fail[row[class]] = state == 0 ? 0 : fallback[class];
                trie->queue[filled++] = row[class];
            } else if (state != 0) {
                row[class] = fallback[class];
            }
        }
        if (state != 0 && blank != 0 && trie->depth_last[state] == blank) {
            row[blank] = state;
        }
    }
}

/* Breadth-first numbers, states with output last, so that one comparison finds them and the rows
 * that are used most lie together. */
static void number_states(struct automaton *automaton, const struct trie *trie, uint32_t *number) {
    uint32_t width = automaton->class_count;
    uint32_t next = 0;
    for (uint32_t i = 0; i < trie->count; i++) {
        if (trie->head[trie->queue[i]] == AUTOMATON_NONE) {
            number[trie->queue[i]] = next++ * width;
        }
    }
    automaton->first_output = next * width;
    for (uint32_t i = 0; i < trie->count; i++) {
        uint32_t state = trie->queue[i];
        if (trie->head[state] != AUTOMATON_NONE) {
            automaton->output_of[next - automaton->first_output / width] = trie->head[state];
            number[state] = next++ * width;
        }
    }
    for (uint32_t state = 0; state < trie->count; state++) {
        for (uint32_t class = 0; class < width; class ++) {
            automaton->next[number[state] + class] =
                number[trie->rows[(size_t)state * width + class]];
        }
    }
    automaton->state_count = trie->count;
    automaton->start = number[0];
}

static void trie_free(struct trie *trie) {
    free(trie->rows);
    free(trie->depth_last);
    free(trie->fail);
    free(trie->head);
    free(trie->queue);
}

static bool trie_alloc(struct trie *trie, size_t states, uint32_t width) {
    trie->rows = calloc(states * width, sizeof *trie->rows);
    trie->depth_last = calloc(states, sizeof *trie->depth_last);
    trie->fail = calloc(states, sizeof *trie->fail);
    trie->head = calloc(states, sizeof *trie->head);
    trie->queue = calloc(states, sizeof *trie->queue);
    return trie->rows && trie->depth_last && trie->fail && trie->head && trie->queue;
}

static bool build_from(struct automaton *automaton, const struct cut_key *cuts, uint32_t count) {
    size_t states = count_states(cuts, count);
    struct trie trie = {.classes = automaton};
    uint32_t *number = calloc(states, sizeof *number);
    uint32_t output_count = 0;
    automaton->next = calloc(states * automaton->class_count, sizeof *automaton->next);
    automaton->output_of = calloc(states, sizeof *automaton->output_of);
    bool ok = trie_alloc(&trie, states, automaton->class_count) && number && automaton->next &&
              automaton->output_of;
    if (ok) {
        insert_all(automaton, &trie, cuts, count, &output_count);
        link_failures(automaton, &trie);
        number_states(automaton, &trie, number);
    }
    trie_free(&trie);
    free(number);
    return ok;
}

bool automaton_build(struct automaton *automaton, const struct str *keys, uint32_t count) {
    *automaton = (struct automaton){0};
    size_t room = count > 0 ? count : 1;
    struct cut_key *cuts = calloc(room, sizeof *cuts);
    automaton->outputs = calloc(room, sizeof *automaton->outputs);
    automaton->order = calloc(room, sizeof *automaton->order);
    automaton->key_lens = calloc(room, sizeof *automaton->key_lens);
    bool ok = cuts && automaton->outputs && automaton->order && automaton->key_lens;
    if (ok) {
        find_classes(automaton, keys, count);
        cut_to_fit(cuts, keys, count, automaton->class_count);
        ok = build_from(automaton, cuts, count);
    }
    free(cuts);
    if (!ok) {
        automaton_free(automaton);
    }
    return ok;
}

void automaton_free(struct automaton *automaton) {
    free(automaton->next);
    free(automaton->outputs);
    free(automaton->output_of);
    free(automaton->order);
    free(automaton->key_lens);
    *automaton = (struct automaton){0};
}

size_t automaton_scan(const struct automaton *automaton, struct str text,
                      struct automaton_cursor *cursor, struct automaton_hit *hits,
                      size_t capacity) {
    const uint8_t *classes = automaton->class_of;
    const uint32_t *next = automaton->next;
    const uint32_t first_output = automaton->first_output;
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    uint32_t state = cursor->state;
    size_t at = cursor->at;
    size_t count = 0;
    while (at < text.len && count < capacity) {
        state = next[state + classes[bytes[at++]]];
        if (state >= first_output) {
            uint32_t output = automaton->output_of[(state - first_output) / automaton->class_count];
            hits[count++] = (struct automaton_hit){output, (uint32_t)at};
        }
    }
    cursor->at = at;
    cursor->state = state;
    return count;
}
