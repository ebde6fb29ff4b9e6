/* Rules that hit the same posts: all of them, or one within another or often together although no
 * cap keeps their weights from adding up twice. One within another that a common cap covers, or of
 * which one has no weight, is how packs are built (several signs of one thing, a rule that only
 * selects): such pairs are counted, not listed. Jaccard's index is the share of common posts among
 * those that either hits. What is seen on one corpus need not hold on another. */
#include <stdlib.h>

#include "base/json.h"
#include "rule/trial.h"

#define HITS_LEAST 5u     /* fewer hits say nothing */
#define JACCARD_LEAST 0.5 /* of rules that count twice */

/* The last two are not listed. */
enum overlap_kind { OVERLAP_SAME, OVERLAP_WITHIN, OVERLAP_TWICE, OVERLAP_HARMLESS, OVERLAP_NONE };

static const char *const kinds[] = {
    [OVERLAP_SAME] = "same", [OVERLAP_WITHIN] = "within", [OVERLAP_TWICE] = "double-count"};

struct overlap {
    enum overlap_kind kind;
    const struct trial_row *a; /* of OVERLAP_WITHIN: the one within the other */
    const struct trial_row *b;
    uint64_t both;
    double jaccard;
};

static bool shares_group(const struct rule *a, const struct rule *b) {
    return a->outcome.group.len > 0 && str_equal(a->outcome.group, b->outcome.group);
}

/* Both push the score in one direction, and no group's cap knows of both. */
static bool counts_twice(const struct rule *a, const struct rule *b) {
    return a->outcome.weight * b->outcome.weight > 0 && !shares_group(a, b);
}

static enum overlap_kind kind_of(const struct overlap *overlap) {
    uint64_t hits_a = overlap->a->change.new_hits; /* the smaller one */
    uint64_t hits_b = overlap->b->change.new_hits;
    bool adds_up = counts_twice(overlap->a->new_rule, overlap->b->new_rule);
    if (hits_a < HITS_LEAST) {
        return OVERLAP_NONE;
    }
    if (overlap->both == hits_b) {
        return OVERLAP_SAME;
    }
    if (overlap->both == hits_a) {
        return adds_up ? OVERLAP_WITHIN : OVERLAP_HARMLESS;
    }
    return adds_up && overlap->jaccard >= JACCARD_LEAST ? OVERLAP_TWICE : OVERLAP_NONE;
}

static struct overlap overlap_of(const struct trial_row *a, const struct trial_row *b,
                                 uint64_t both) {
    uint64_t hits_a = a->change.new_hits;
    uint64_t hits_b = b->change.new_hits;
    bool is_swapped = hits_a > hits_b || (hits_a == hits_b && str_compare(a->title, b->title) > 0);
    struct overlap overlap = {.a = is_swapped ? b : a, .b = is_swapped ? a : b, .both = both};
    overlap.jaccard = (double)both / (double)(hits_a + hits_b - both);
    overlap.kind = kind_of(&overlap);
    return overlap;
}

static int compare_overlaps(const void *a, const void *b) {
    const struct overlap *left = a;
    const struct overlap *right = b;
    if (left->kind != right->kind) {
        return left->kind < right->kind ? -1 : 1;
    }
    if (left->both != right->both) {
        return left->both > right->both ? -1 : 1;
    }
    int order = str_compare(left->a->title, right->a->title);
    return order != 0 ? order : str_compare(left->b->title, right->b->title);
}

struct overlaps {
    struct overlap *items;
    size_t count;
    size_t harmless;
};

static bool find_overlaps(const struct hearsay_trial *trial, struct overlaps *found) {
    *found =
        (struct overlaps){.items = calloc((size_t)trial->pairs.count + 1, sizeof *found->items)};
    for (uint32_t i = 0; found->items && i < trial->pairs.count; i++) {
        uint32_t rows[2];
        memcpy(rows, trial->pairs.keys[i].ptr, sizeof rows);
        struct overlap overlap =
            overlap_of(&trial->rows[rows[0]], &trial->rows[rows[1]], trial->pair_counts[i].both);
        found->harmless += overlap.kind == OVERLAP_HARMLESS;
        if (overlap.kind < OVERLAP_HARMLESS) {
            found->items[found->count++] = overlap;
        }
    }
    if (found->count > 1) {
        qsort(found->items, found->count, sizeof *found->items, compare_overlaps);
    }
    return found->items;
}

static void append_name(struct buffer *out, const struct trial_row *row) {
    buffer_printf(out, "%.*s %.*s", (int)row->title.len, row->title.ptr,
                  (int)row->new_rule->name.len, row->new_rule->name.ptr);
}

static void print_overlap(struct buffer *out, const struct overlap *overlap) {
    static const char *const verbs[] = {[OVERLAP_SAME] = " hits the same posts as ",
                                        [OVERLAP_WITHIN] = " hits only posts of ",
                                        [OVERLAP_TWICE] = " often adds to "};
    buffer_append_c(out, "  ");
    append_name(out, overlap->a);
    buffer_append_c(out, verbs[overlap->kind]);
    append_name(out, overlap->b);
    buffer_printf(out, ": %llu and %llu hits, %llu common, Jaccard ",
                  (unsigned long long)overlap->a->change.new_hits,
                  (unsigned long long)overlap->b->change.new_hits,
                  (unsigned long long)overlap->both);
    buffer_append_double(out, overlap->jaccard, 3);
    if (overlap->kind == OVERLAP_SAME && counts_twice(overlap->a->new_rule, overlap->b->new_rule)) {
        buffer_append_c(out, "; their weights add up, no group caps both");
    }
    buffer_append_byte(out, '\n');
}

static void print_overlap_json(struct buffer *out, const struct overlap *overlap) {
    buffer_printf(out, "{\"kind\":\"%s\",\"a\":", kinds[overlap->kind]);
    json_append_string(out, overlap->a->title);
    buffer_append_c(out, ",\"b\":");
    json_append_string(out, overlap->b->title);
    buffer_printf(out, ",\"hits_a\":%llu,\"hits_b\":%llu,\"both\":%llu,\"jaccard\":",
                  (unsigned long long)overlap->a->change.new_hits,
                  (unsigned long long)overlap->b->change.new_hits,
                  (unsigned long long)overlap->both);
    buffer_append_double(out, overlap->jaccard, 6);
    buffer_printf(out, ",\"adds_up\":%s}",
                  counts_twice(overlap->a->new_rule, overlap->b->new_rule) ? "true" : "false");
}

static void print_text(const struct hearsay_trial *trial, const struct overlaps *found,
                       struct buffer *out) {
    static const char *const titles[] = {
        [OVERLAP_SAME] = "Rules with the same hits: is one superfluous?\n",
        [OVERLAP_WITHIN] = "Rules within others that add up without a common cap\n",
        [OVERLAP_TWICE] = "Rules that often hit together and add up without a common cap\n"};
    buffer_printf(out, "%s %s on %llu posts: %zu pairs of rules overlap\n",
                  hearsay_rules_name(trial->new_side.rules),
                  hearsay_rules_version(trial->new_side.rules), (unsigned long long)trial->posts,
                  found->count);
    for (size_t i = 0; i < found->count; i++) {
        if (i == 0 || found->items[i].kind != found->items[i - 1].kind) {
            buffer_append_byte(out, '\n');
            buffer_append_c(out, titles[found->items[i].kind]);
        }
        print_overlap(out, &found->items[i]);
    }
    if (found->harmless > 0) {
        buffer_printf(out,
                      "\nNot listed: %zu pairs with one rule within the other that share a cap, "
                      "or of which one has no weight or the other sign.\n",
                      found->harmless);
    }
    if (trial->pairs_left_out) {
        buffer_printf(out, "\nOnly the first %u pairs of rules were counted.\n", PAIRS_MOST);
    }
}

static void print_json(const struct hearsay_trial *trial, const struct overlaps *found,
                       struct buffer *out) {
    buffer_printf(out, "{\"posts\":%llu,\"complete\":%s,\"harmless\":%zu,\"overlaps\":[",
                  (unsigned long long)trial->posts, trial->pairs_left_out ? "false" : "true",
                  found->harmless);
    for (size_t i = 0; i < found->count; i++) {
        buffer_append_c(out, i > 0 ? "," : "");
        print_overlap_json(out, &found->items[i]);
    }
    buffer_append_c(out, "]}\n");
}

bool trial_print_overlap(const struct hearsay_trial *trial, bool is_json, struct buffer *out) {
    struct overlaps found;
    if (!find_overlaps(trial, &found)) {
        return false;
    }
    if (is_json) {
        print_json(trial, &found, out);
    } else {
        print_text(trial, &found, out);
    }
    free(found.items);
    return !out->failed;
}
