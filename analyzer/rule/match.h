/* A matcher's scratch, internal to rule/: what is known of the post at hand. Everything is stamped
 * with the post's number (epoch), so that nothing is cleared between posts, and found on demand:
 * words, language, links, the occurrences of a pattern, the truth of a rule.
 *
 * Bounds of one post: at most OCCURRENCES_MOST occurrences of a literal and of a term are recorded,
 * the first in the text; at most LINKS_MOST links are looked at; regular expressions are bounded by
 * rule/regex.h. Where a bound acts, judgement.limit_acted is set. */
#ifndef HEARSAY_RULE_MATCH_H
#define HEARSAY_RULE_MATCH_H

#include "base/buffer.h"
#include "rule/compile.h"
#include "rule/pack.h"
#include "rule/wording.h"
#include "text/entity.h"
#include "text/leet.h"
#include "text/token.h"

#define OCCURRENCES_MOST 64u /* a set of them is one uint64_t */
#define LINKS_MOST 64u
#define PART_NONE                                                                                  \
    (UINT32_MAX - 1) /* sentence or line of an occurrence that crosses into another                \
                      */
#define PART_ANY UINT32_MAX

/* One occurrence. Without a place: a link beside the text, a field test that holds. */
struct occurrence {
    uint32_t start; /* raw bytes */
    uint32_t end;
    uint32_t from; /* folded bytes */
    uint32_t to;
    uint32_t first_word; /* words [first_word, last_word) lie in it; equal: it lies between words */
    uint32_t last_word;
    uint32_t sentence;
    uint32_t line;
    bool has_place;
};

struct occurrences {
    const struct occurrence *items; /* by start */
    uint32_t count;
};

/* One place of a needle, in the bytes of its own view (raw text for raw needles). */
struct needle_hit {
    uint32_t start;
    uint32_t end;
    uint32_t next; /* in matcher.hits, or RULE_NONE */
};

struct needle_state {
    uint32_t epoch;    /* seen */
    uint32_t searched; /* looked for without the sieve, seen or not */
    uint32_t first;
    uint32_t last;
    uint32_t count;
};

struct pattern_state {
    uint32_t epoch;
    uint32_t first; /* in matcher.pool */
    uint32_t count;
    bool has_words; /* word fields are filled in */
};

struct rule_state {
    uint32_t epoch;  /* `matches` is known */
    uint32_t marked; /* epoch at which its spans were collected */
    bool matches;
};

struct term_mark { /* which occurrences of a term made its rule match */
    uint32_t epoch;
    uint64_t mask;
};

struct matcher {
    const struct hearsay_rules *pack;
    const struct post *post;
    const struct folded *folded;
    uint32_t epoch;
    bool is_reference;          /* no prefilter, no JIT */
    const struct term *absent;  /* taken as not occurring; for `because` */
    enum hearsay_status status; /* first failure of this post */
    bool limit_acted;
    bool has_words;
    bool has_sane;
    bool has_links;
    bool has_leet;
    struct str sane;     /* raw text with each ill-formed byte as 0x1A */
    struct str language; /* empty ptr: not known yet */

    struct needle_state *needles;
    uint32_t *clauses; /* epoch at which each was seen */
    struct pattern_state *patterns;
    struct rule_state *rules;
    struct term_mark *marks; /* per term of the pack */
    uint32_t *woken;         /* epoch at which each rule became a candidate */

    struct sentry_state sentry;

    uint32_t *candidates;
    uint32_t candidate_count;
    uint32_t *marked; /* rules whose occurrences are marked, in order */
    uint32_t marked_count;
    uint32_t *seen; /* needles seen, in order */
    uint32_t seen_count;
    double *group_sums;

    struct needle_hit *hits;
    size_t hit_count;
    size_t hit_capacity;
    struct occurrence *pool;
    size_t pool_count;
    size_t pool_capacity;
    struct needle_hit *gathered; /* one pattern's hits while they are sorted */
    size_t gathered_capacity;
    struct buffer sane_bytes;
    struct buffer domain;
    struct leet leet;
    struct word_list words;
    struct entity_list links;
    struct wording_scratch wording;
    struct regex_scratch *regex;

    uint32_t *waiting; /* rules with a window whose match holds */
    uint32_t waiting_count;
    struct pending *pending;
    size_t pending_count;
    size_t pending_capacity;
    struct buffer window_keys; /* struct digest */
    struct buffer key_text;
    struct buffer window_words; /* of the post at hand, for windows by similar(...) */
    bool has_window_words;

    struct rule_hit *rule_hits;
    size_t rule_hit_count;
    size_t rule_hit_capacity;
    struct rule_span *spans;
    size_t span_count;
    size_t span_capacity;
};

/* Makes room for one more of `size` bytes behind `count`; the failure is noted in matcher->status.
 */
bool matcher_reserve(struct matcher *matcher, void **items, size_t count, size_t *capacity,
                     size_t size);
void matcher_fail(struct matcher *matcher, enum hearsay_status status);
/* Begins a post: forgets the last one. */
void matcher_begin(struct matcher *matcher, const struct post *post, const struct folded *folded,
                   bool is_reference);
/* Ends it: judges by the rules that match (match.c, score.c). */
void matcher_score(struct matcher *matcher, struct judgement *judgement);

/* Fills in the spans and extracts of a rule that waits for its window, alone (score.c). */
void matcher_state_rule(struct matcher *matcher, struct pending *pending);
/* After matcher_score: what the waiting rules need of this post (pending.c). */
void matcher_pend(struct matcher *matcher, struct judgement *judgement);

/* ---- scan.c ---- */

/* One pass through the sieve (two when the views differ): records what is seen and wakes rules. */
void matcher_scan(struct matcher *matcher);
bool matcher_saw_all(const struct matcher *matcher, const uint32_t *clauses, uint32_t count);
/* Finds a needle's places without the sieve. */
void matcher_search(struct matcher *matcher, uint32_t needle);

/* ---- occurrence.c ---- */

/* Occurrences of a pattern; words, sentence and line are filled in if asked for. The items stay
 * valid until the next call. */
struct occurrences matcher_occurrences(struct matcher *matcher, uint32_t pattern, bool with_words);
/* The post's language as text/language.h writes it: its tag's, else the detected one. */
struct str matcher_language(struct matcher *matcher);
/* The folded text with leetspeak undone, in each reading; none when there is none in it. What is a
 * guess (text/leet.h) may only keep a post, never decide about it. */
const struct leet *matcher_leet(struct matcher *matcher, bool may_guess);
/* The raw text without ill-formed bytes. */
struct str matcher_sane(struct matcher *matcher);

/* ---- near.c ---- */

/* The words of the folded text; none when memory is out. */
const struct word_list *matcher_words(struct matcher *matcher);
/* Fills in words, sentence and line of an occurrence. */
void matcher_place(struct matcher *matcher, struct occurrence *occurrence);
/* Words between two occurrences that do not overlap, a first: 0 = adjacent. False: they overlap, or
 * b comes first, or one has no place. */
bool words_between(const struct occurrence *a, const struct occurrence *b, uint32_t *count);

/* ---- evaluate.c ---- */

/* Does the rule match this post? Known once per post. */
bool matcher_rule_matches(struct matcher *matcher, uint32_t rule);
/* Marks the occurrences that make a matching rule (and the rules it refers to) match. */
void matcher_mark(struct matcher *matcher, uint32_t rule);
/* Does this part of the rule's conditions hold, taken alone? For explaining tests. */
bool matcher_expr_holds(struct matcher *matcher, uint32_t rule, const struct expr *expr);

#endif
