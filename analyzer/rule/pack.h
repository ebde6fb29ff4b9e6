/* A compiled pack of rules and the matcher that judges posts with it. The pack is immutable and
 * shared; a matcher is scratch of one thread. Opens no file: the loader's callback does. */
#ifndef HEARSAY_RULE_PACK_H
#define HEARSAY_RULE_PACK_H

#include "base/hash.h"
#include "base/str.h"
#include "hearsay.h"
#include "post/post.h"
#include "rule/ast.h"
#include "rule/over.h"
#include "text/fold.h"

/* = struct hearsay_rules of the public header */
struct hearsay_rules;

/* hearsay_rules_load and hearsay_rules_free are implemented in rule/load.c. */

const struct ast *pack_ast(const struct hearsay_rules *pack);
/* The rule of an index. */
const struct rule *pack_rule(const struct hearsay_rules *pack, uint32_t index);
/* Has any rule a window? Does any give labels? */
bool pack_has_windows(const struct hearsay_rules *pack);
bool pack_has_labels(const struct hearsay_rules *pack);
/* Groups of weights that have a cap or a name. */
uint32_t pack_group_count(const struct hearsay_rules *pack);
/* A phrase of its learned text term, and the log-odds that it adds by wording.factor. */
struct str pack_phrase(const struct hearsay_rules *pack, uint32_t phrase, double factor,
                       double *weight);
/* The learned weights; NULL: none were loaded. */
struct weights;
const struct weights *pack_weights(const struct hearsay_rules *pack);
/* Log-odds before any rule: learned, or the pack's prior. */
double pack_prior(const struct hearsay_rules *pack);
/* XXH3-128 over the names and texts of the rule and list files, sorted by name: 32 hex digits. */
struct str pack_hash(const struct hearsay_rules *pack);

/* One occurrence of a term, raw bytes. */
struct rule_span {
    const struct term *term;
    const struct rule *rule;
    size_t start;
    size_t end;
};

struct rule_hit {
    const struct rule *rule;
    double weight; /* as counted, after the cap of its group */
};

/* What the learned text term (rule/wording.h) adds, and the phrases that count most in it. */
#define WORDING_LISTED 5u
struct wording {
    double weight;                    /* 0 without one */
    double factor;                    /* log-odds of a phrase's 1 in this post */
    uint32_t phrases[WORDING_LISTED]; /* largest size first */
    uint32_t count;
};

/* A rule whose match the post satisfies, but whose window or labels decide. */
struct pending {
    const struct rule *rule;
    size_t first_key;                    /* in judgement.keys */
    size_t key_count;                    /* at least 1 where the rule has a window, else 0 */
    uint64_t values[OVER_MEASURES_MOST]; /* by measure.slot: a hash, the bits of a double, 0 or 1 */
    uint32_t present;                    /* bit per slot: the post has this value */
    struct str words;  /* text to find its key by (rule/resemblance.h); empty: other keys */
    size_t first_span; /* behind those of the hits, in judgement.spans */
    size_t span_count;
    struct str victim; /* what the rule itself extracts */
    struct str quantity;
};

/* What the pack says of one post. Borrowed from the matcher until its next use. */
struct judgement {
    const struct rule_hit *hits; /* rules that matched and are not private, in order of index */
    size_t hit_count;
    const struct rule_span *spans; /* of the terms that made the hits match, by start, end, term */
    size_t span_count;
    struct wording wording;
    double score; /* logistic(prior + sum of weights), 0 when no rule matched */
    bool flag;    /* score >= threshold */
    struct str
        incident;      /* of the hit with the largest weight that states one; "none" if none does */
    struct str stance; /* likewise; "" if none does */
    struct str victim; /* extracted raw text or "" */
    struct str quantity;
    const struct rule *victim_rule; /* that extracted it; NULL: none did */
    const struct rule *quantity_rule;
    const struct pending *pending; /* in order of index; only for posts with a time */
    size_t pending_count;
    const struct digest *keys;
    bool limit_acted; /* a match limit cut the work short; counted by the engine */
};

/* Scratch of one thread. What one post can cost is bounded: at most 64 occurrences of a literal and
 * of a term are looked at, 64 links of the text and as many beside it, 256 sentences or lines for
 * one `within`; a regex reads the first 64 KiB and takes the steps that rule/regex.h states. Where
 * a bound acts, judgement.limit_acted is set; a term whose regex it cut short counts as absent. */
struct matcher;
struct matcher *matcher_new(const struct hearsay_rules *pack); /* NULL: memory is out */
void matcher_free(struct matcher *matcher);

/* Judges a post. `folded` is fold_text of post->text. The language is detected on first use when
 * the post has none. */
enum hearsay_status matcher_post(struct matcher *matcher, const struct post *post,
                                 const struct folded *folded, struct judgement *judgement);

/* As matcher_post without prefilter and without JIT: the reference for tests. */
enum hearsay_status matcher_post_reference(struct matcher *matcher, const struct post *post,
                                           const struct folded *folded,
                                           struct judgement *judgement);

#endif
