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
#include "rule/timeline.h"

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
    uint32_t *row_of_rule;     /* by rule->index; MAP_NONE: not judged */
    struct timeline *timeline; /* NULL: no rule of either pack asks what was before */
    struct rule_hit *hits;     /* scratch, one for each rule */
    uint64_t with_hit;
    uint64_t tried;   /* rules whose required literals were there */
    uint64_t regexes; /* regular expressions run */
    uint64_t true_positive, false_positive, false_negative, true_negative;
};

struct pair_count {
    uint64_t both;
};

/* What is counted of a post. */
struct trial_post {
    struct str text;
    uint32_t label;         /* index in `labels`, or MAP_NONE */
    double old_text_weight; /* what the learned text terms of the packs add */
    double new_text_weight;
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
    struct trial_post *waiting; /* by their numbers in the timelines; texts in `arena` */
    uint32_t waiting_capacity;
    uint64_t waiting_bytes; /* of `waiting` and its texts */
    uint64_t memory_bytes;  /* what all that waits may take */
    struct arena arena;
    bool is_settled;
    struct folder folder;
    struct decoder *decoder;
    struct input *input;
    char *format;
    char *map;
    struct hearsay_failure *failure; /* of the call at work */
};

/* Counts a post whose hits have been noted with trial_touch. False: memory is out. */
bool trial_count(struct hearsay_trial *trial, const struct trial_post *post, bool old_flag,
                 bool new_flag);
void trial_touch(struct hearsay_trial *trial, const struct side *side, unsigned seen,
                 const struct rule *rule);

/* trial_order.c: opens the timelines if windows or labels of a pack need them. */
bool trial_order_open(struct hearsay_trial *trial);
/* Lets a post wait for those before it; a judgement is NULL where there is no such side.
 * HEARSAY_LIMIT: what waits takes more than memory_bytes. */
enum hearsay_status trial_wait(struct hearsay_trial *trial, const struct trial_post *post,
                               const struct post *full, const struct judgement *old_judgement,
                               const struct judgement *new_judgement);
/* Counts all posts that wait. */
enum hearsay_status trial_settle(struct hearsay_trial *trial);

/* trial_diff.c, trial_overlap.c; false: memory is out. */
bool trial_print_diff(const struct hearsay_trial *trial, bool is_markdown, struct buffer *out);
bool trial_print_overlap(const struct hearsay_trial *trial, bool is_json, struct buffer *out);

#endif
