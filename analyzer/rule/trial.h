/* Packs tried on past posts, internal to rule/: what trial.c counts and the reports read. Sums and
 * smallest digests only, so that the order of posts and files cannot matter. */
#ifndef HEARSAY_RULE_TRIAL_H
#define HEARSAY_RULE_TRIAL_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/map.h"
#include "post/decode.h"
#include "post/input.h"
#include "rule/match.h"

#define EXAMPLES_MOST 3u
#define EXAMPLE_BYTES 280u
#define PAIRS_MOST (1u << 20) /* pairs of rules that are counted; further ones are left out */

/* Distinct texts with the smallest digests: a sample that does not depend on the order. */
struct example {
    struct digest digest;
    char *text; /* clipped, owned */
    size_t len;
};
struct examples {
    struct example items[EXAMPLES_MOST];
    size_t count;
};

/* What changed for one rule, or for the flag. */
struct change {
    uint64_t old_hits;
    uint64_t new_hits;
    uint64_t gained;
    uint64_t lost;
    struct examples gained_texts;
    struct examples lost_texts;
};

struct trial_row { /* a judged rule, known by its id */
    struct str title;
    const struct rule *old_rule; /* NULL: not in that pack */
    const struct rule *new_rule;
    struct change change;
    unsigned seen; /* of the present post: SEEN_OLD, SEEN_NEW */
};
enum { SEEN_OLD = 1, SEEN_NEW = 2 };

struct side {
    const struct hearsay_rules *rules; /* NULL: there is no such side */
    struct matcher *matcher;
    uint32_t *row_of_rule; /* by rule->index; MAP_NONE: not judged */
    uint64_t with_hit;
    uint64_t tried;   /* rules whose required literals were there */
    uint64_t regexes; /* regular expressions run */
    uint64_t true_positive, false_positive, false_negative, true_negative;
};

struct pair_count {
    uint64_t both;
};

struct hearsay_trial {
    struct side old_side;
    struct side new_side;
    struct map titles;
    struct trial_row *rows;
    uint32_t row_count;
    uint32_t *touched; /* rows of the present post */
    uint32_t touched_count;
    struct change flag;
    struct map discordant; /* digests of texts on which the flags differ */
    uint64_t gained_texts; /* of them, distinct */
    uint64_t lost_texts;
    uint64_t right_to_wrong; /* distinct labelled texts */
    uint64_t wrong_to_right;
    uint64_t posts;
    uint64_t rejected;
    uint64_t labelled;
    struct map labels;
    uint8_t *label_flags;
    size_t label_capacity;
    struct map pairs; /* of row numbers, lower first; counted only without an old side */
    struct pair_count *pair_counts;
    size_t pair_capacity;
    bool pairs_left_out;
    struct folder folder;
    struct decoder *decoder;
    struct input *input;
    char *format;
    char *map;
    struct hearsay_failure *failure; /* of the call at work */
};

/* trial_diff.c, trial_overlap.c; false: memory is out. */
bool trial_print_diff(const struct hearsay_trial *trial, bool is_markdown, struct buffer *out);
bool trial_print_overlap(const struct hearsay_trial *trial, bool is_json, struct buffer *out);

#endif
