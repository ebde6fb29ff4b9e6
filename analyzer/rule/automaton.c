#include "rule/automaton.h"

#include <stdlib.h>

#define KEY_LEAST_BYTES 12u /* shorter ones save states but let more false candidates through */

#define BLOCK 16u /* classes of one block: their transitions of a state fill one cache line */

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

static void sort_cut_keys(struct cut_key *cuts, uint32_t count) {
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

/* Cuts each of the sorted keys one byte after what it shares with a different neighbour: from there
 * on no other key goes, and comparing the rest is cheaper than more states. At most `limit` bytes.
 */
static void cut_where_alone(struct cut_key *cuts, uint32_t count, size_t limit) {
    size_t shared_before = 0;
    for (uint32_t i = 0; i < count;) {
        struct str key = cuts[i].text;
        uint32_t end = i + 1;
        while (end < count && str_equal(cuts[end].text, key)) {
            end++;
        }
        size_t shared_after = end < count ? shared_prefix(key, cuts[end].text) : 0;
        size_t shared = shared_before > shared_after ? shared_before : shared_after;
        size_t wanted = shared + 1 > KEY_LEAST_BYTES ? shared + 1 : KEY_LEAST_BYTES;
        for (; i < end; i++) {
            cuts[i].text = cut(key, wanted < limit ? wanted : limit);
        }
        shared_before = shared_after;
    }
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

/* Classes in order of how often their bytes occur, so that the transitions that are used most lie
 * in the first cache line of a row. Class 0: bytes of no key; UTF-8 uses 243 values at most. */
static void find_classes(struct automaton *automaton, const struct automaton_key *keys,
                         uint32_t count) {
    static const char frequent[] = " etaoinsrhldcumfpgwybvkxjqz\xD0\xD1/.:,0123456789";
    bool is_used[256] = {false};
    for (uint32_t i = 0; i < count; i++) {
        for (size_t at = 0; at < keys[i].text.len; at++) {
            is_used[(unsigned char)keys[i].text.ptr[at]] = true;
        }
    }
    automaton->class_count = 1;
    for (size_t i = 0; i < sizeof frequent - 1 + 256; i++) {
        unsigned char byte = i < sizeof frequent - 1 ? (unsigned char)frequent[i]
                                                     : (unsigned char)(i - (sizeof frequent - 1));
        if (is_used[byte] && automaton->class_of[byte] == 0) {
            automaton->class_of[byte] = (uint8_t)automaton->class_count++;
        }
    }
    for (unsigned byte = '\t'; byte <= '\r'; byte++) {
        automaton->class_of[byte] = automaton->class_of[' '];
    }
}

static void cut_to_fit(struct cut_key *cuts, const struct automaton_key *keys, uint32_t count,
                       uint32_t class_count) {
    size_t limit = AUTOMATON_KEY_BYTES;
    for (;;) {
        for (uint32_t i = 0; i < count; i++) {
            cuts[i] = (struct cut_key){keys[i].text, i};
        }
        sort_cut_keys(cuts, count);
        cut_where_alone(cuts, count, limit);
        sort_cut_keys(cuts, count); /* a blank that was cut off may have changed the order */
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

/* What can be said of the bytes around an output holds for each of its keys. Where a blank may
 * stand for a run, the place before is not known from the length. */
static void guard(struct automaton_output *output, const struct automaton_key *key,
                  struct str text) {
    if (!key->is_bound_before || str_find_byte(text, ' ', 0) != STR_NOT_FOUND) {
        output->len_if_bound = 0;
    }
    output->is_bound_after =
        output->is_bound_after && key->is_bound_after && text.len == key->text.len;
}

/* Enters all keys; equal cut keys, which are neighbours, share one output. */
static void insert_all(struct automaton *automaton, struct trie *trie, const struct cut_key *cuts,
                       const struct automaton_key *keys, uint32_t count) {
    uint32_t output_count = 0;
    trie->head[0] = AUTOMATON_NONE;
    trie->count = 1;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t state = insert(trie, cuts[i].text);
        automaton->order[i] = cuts[i].index;
        automaton->key_lens[cuts[i].index] = (uint32_t)cuts[i].text.len;
        if (cuts[i].text.len > automaton->longest) {
            automaton->longest = (uint32_t)cuts[i].text.len;
        }
        if (trie->head[state] == AUTOMATON_NONE) {
            trie->head[state] = output_count;
            automaton->outputs[output_count++] =
                (struct automaton_output){i, 0, AUTOMATON_NONE, (uint8_t)cuts[i].text.len, true};
        }
        struct automaton_output *output = &automaton->outputs[trie->head[state]];
        output->count++;
        guard(output, &keys[cuts[i].index], cuts[i].text);
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
    uint32_t next = 0;
    for (uint32_t i = 0; i < trie->count; i++) {
        if (trie->head[trie->queue[i]] == AUTOMATON_NONE) {
            number[trie->queue[i]] = next++ * BLOCK;
        }
    }
    automaton->first_output = next * BLOCK;
    for (uint32_t i = 0; i < trie->count; i++) {
        uint32_t state = trie->queue[i];
        if (trie->head[state] != AUTOMATON_NONE) {
            automaton->output_of[next - automaton->first_output / BLOCK] = trie->head[state];
            number[state] = next++ * BLOCK;
        }
    }
    automaton->state_count = trie->count;
    automaton->start = number[0];
}

/* Lays the rows out in blocks of 16 classes, one block of all states after the other. */
static void fill_blocks(struct automaton *automaton, const struct trie *trie,
                        const uint32_t *number) {
    uint32_t width = automaton->class_count;
    uint32_t block_size = trie->count * BLOCK;
    for (uint32_t state = 0; state < trie->count; state++) {
        for (uint32_t class = 0; class < width; class ++) {
            size_t slot = (size_t)(class / BLOCK) * block_size + number[state] + class % BLOCK;
            automaton->next[slot] = number[trie->rows[(size_t)state * width + class]];
        }
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        uint32_t class = automaton->class_of[byte];
        automaton->offset_of[byte] = class / BLOCK * block_size + class % BLOCK;
    }
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

static bool build_from(struct automaton *automaton, const struct cut_key *cuts,
                       const struct automaton_key *keys, uint32_t count) {
    size_t states = count_states(cuts, count);
    struct trie trie = {.classes = automaton};
    uint32_t *number = calloc(states, sizeof *number);
    size_t blocks = (automaton->class_count + BLOCK - 1) / BLOCK;
    automaton->next = calloc(states * blocks * BLOCK, sizeof *automaton->next);
    automaton->output_of = calloc(states, sizeof *automaton->output_of);
    bool ok = trie_alloc(&trie, states, automaton->class_count) && number && automaton->next &&
              automaton->output_of;
    if (ok) {
        insert_all(automaton, &trie, cuts, keys, count);
        link_failures(automaton, &trie);
        number_states(automaton, &trie, number);
        fill_blocks(automaton, &trie, number);
    }
    trie_free(&trie);
    free(number);
    return ok;
}

bool automaton_build(struct automaton *automaton, const struct automaton_key *keys,
                     uint32_t count) {
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
        ok = build_from(automaton, cuts, keys, count);
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
