/* Coordination: from actions (layer, object, account, time, post) to co-actions, edges, clusters
 * and account scores (DESIGN section 8). Accounts are ranks 0..account_count-1 in sorted order of
 * (platform, account); post and object strings live in the caller's logs and are named by
 * references. Knows nothing of posts' text, claims or rules. */
#ifndef HEARSAY_COORDINATION_COORDINATION_H
#define HEARSAY_COORDINATION_COORDINATION_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/table.h"
#include "coordination/role.h"
#include "hearsay.h"

enum layer {
    LAYER_REPOST,
    LAYER_LINK,
    LAYER_HASHTAG,
    LAYER_REPLY,
    LAYER_TEXT,
    LAYER_FAST_REPOST,
    LAYER_DOMAIN,
    LAYER_HASHTAG_SET,
    LAYER_HASHTAG_SEQUENCE,
    LAYER_MENTION,
    LAYER_MEDIA,
    LAYER_CLAIM,
    LAYER_COUNT
};

/* One row per layer, in layers.c. */
struct layer_info {
    const char *name;
    const char *object; /* what the object is */
    double window_s;    /* default; 0: the run's --window */
    double weight;
    bool is_default; /* takes part unless --layers says otherwise */
    const char *reference;
};
extern const struct layer_info layer_table[LAYER_COUNT];

/* The layer of this name, or LAYER_COUNT. */
enum layer layer_named(struct str name);

/* A fixed-size record of a table partitioned by the object's digest (top byte of object.high). */
struct action {
    struct digest object; /* of layer and canonical object */
    int64_t time_us;
    struct digest post; /* digest of the whole post: equal posts are duplicates and count once */
    uint64_t evidence;  /* offset in the log of `writer`: see struct evidence */
    uint32_t account;   /* index within the account map of `writer` */
    uint16_t writer;    /* which worker made the record */
    uint8_t layer;
    uint8_t platform; /* small index of the platform, for the time precision */
};

/* What an action's log entry holds: u16 id length, u16 object length, id bytes, object bytes (a
 * canonical link, a tag, a post id or an excerpt of the text). */
#define EVIDENCE_OBJECT_LIMIT 160

/* One co-action of an edge: account a's post and account b's on the same object. */
struct co_action {
    struct str post_a;
    struct str post_b;
    struct str object; /* excerpt, at most EVIDENCE_OBJECT_LIMIT bytes, whole UTF-8 characters */
    int64_t at_us;     /* time of the earlier post */
    double gap_s;      /* time of b's post minus time of a's */
    enum layer layer;
};

#define CO_ACTIONS_LIMIT 1000u
#define CO_ACTIONS_OF_WEAKER_PAIRS                                                                 \
    10u /* of pairs that are shown though their q is over the run's */

struct edge {
    uint32_t a; /* ranks, a < b */
    uint32_t b;
    double weight;
    double layer_weights[LAYER_COUNT];
    const struct co_action *co_actions; /* sorted by layer, time, posts */
    size_t co_action_count;
    uint64_t omitted_co_actions; /* not listed: over the limits above */
    double log_p;                /* ln of the chance under the null model (pair.h) */
    double log_q;                /* ln of the false discovery rate at which it is kept */
    double evidence;             /* nats beyond chance (score.c); the score is made of it */
};

/* Receive results in their final order, from one thread at a time. Not HEARSAY_OK stops the run. */
typedef enum hearsay_status edge_visit(void *context, const struct edge *edge);
struct cluster {
    uint32_t number; /* from 1 */
    const uint32_t *ranks;
    size_t count;
    uint64_t edges; /* between its members */
};
typedef enum hearsay_status cluster_visit(void *context, const struct cluster *cluster);
/* Appends what is to be written of an edge to `out`; from several threads at once. */
typedef bool edge_render(void *context, const struct edge *edge, struct buffer *out);
/* Receives rendered edges in their final order, any number at a time, from one thread. */
typedef enum hearsay_status edges_visit(void *context, struct str rendered, size_t count);

struct coordination_options {
    double window_s;                     /* for layers whose default is 0 */
    double layer_windows_s[LAYER_COUNT]; /* above 0: instead of the default */
    /* edges are kept up to this false discovery rate (Benjamini and Hochberg 1995) over all pairs
     * that could have been tested; 1 keeps every pair with a recorded co-action
     */
    double q;
    unsigned threads;
    struct memory_budget *budget;
    uint32_t account_count;
    /* rank of account `index` of `writer`; called from several threads */
    uint32_t (*account_rank)(void *context, uint16_t writer, uint32_t index);
    /* platform and account of a rank; edges never join accounts of two platforms. A slice must
     * live until the end of the next call. NULL: all accounts are of one platform */
    void (*account_name)(void *context, uint32_t rank, struct str *platform, struct str *account);
    /* time precision of action.platform in microseconds (1, 1000, 1e6, 6e7, 8.64e10); two actions
     * of one object are compared in the coarser of their precisions. From several threads */
    int64_t (*platform_precision_us)(void *context, uint8_t platform);
    const struct log *const *logs; /* one per writer */
    /* posts with an account and a time, per rank: the activity that the score conditions on */
    const uint32_t *posts_per_account;
    edge_visit *on_edge;
    /* both or neither, beside or instead of on_edge: most of the time goes into an edge's text */
    edge_render *render_edge;
    edges_visit *on_rendered;
    /* clusters numbered from 1 by their smallest rank, ranks ascending */
    cluster_visit *on_cluster;
    void *context; /* for all callbacks */
};

/* Levels at which a run counts its p and q, for those who validate the null model. */
#define P_LEVELS 4
#define Q_LEVELS 6
extern const double p_levels[P_LEVELS]; /* descending */
extern const double q_levels[Q_LEVELS]; /* ascending */

/* What a run reports beside its results; every cap that acted is counted. */
struct coordination_report {
    uint64_t actions[LAYER_COUNT];
    uint64_t objects[LAYER_COUNT]; /* objects with two accounts or more */
    uint64_t co_actions[LAYER_COUNT];
    uint64_t capped_objects[LAYER_COUNT]; /* objects with skipped pairs */
    /* pairs of actions inside the window that were not recorded, because an action has
     * PARTNERS_LIMIT partners already (then an upper bound: own actions further on are counted with
     * them), or because chance alone explains them on an object of many accounts (score.h) */
    uint64_t skipped_pairs[LAYER_COUNT];
    double window_s[LAYER_COUNT]; /* as used, after widening to the time precision */
    bool window_was_widened[LAYER_COUNT];
    /* pairs that could have been tested: accounts of two posts or more on one object, summed over
     * the objects (an upper bound), at most all pairs of such accounts */
    uint64_t tested_pairs;
    uint64_t edges;             /* written */
    uint64_t significant_edges; /* of these with a q at or under the run's; only they make clusters
                                   and partners (EVIDENCE_SHOWN in score.h says why others are
                                   written) */
    uint64_t clusters;
    uint64_t omitted_co_actions; /* of edges with more than CO_ACTIONS_LIMIT */
    uint64_t judged_pairs;       /* pairs with a recorded co-action */
    uint64_t p_at_most[P_LEVELS];
    uint64_t q_at_most[Q_LEVELS]; /* exact for levels up to the run's q */
};

struct account_score {
    double score;               /* 0..1 */
    double low;                 /* 95 % interval of the score: were the account's pairs drawn */
    double high;                /* anew (coordination.c, interval_find) */
    double layers[LAYER_COUNT]; /* weight of the account's co-actions per layer */
    double least_log_p;         /* of its edges; 0: none */
    double typical_gap_s;       /* geometric mean over its edges' co-actions; NAN: none */
    double evidence;            /* nats per post, of all its pairs: what the score is made of */
    uint32_t evident_pairs;     /* pairs with evidence, edges or not */
    uint32_t partners;          /* accounts it has an edge with */
    uint32_t leads;             /* of these, whom it mostly comes before */
    uint32_t follows;           /* and after */
    uint32_t outside;           /* and those in other clusters than its own */
    uint32_t cluster;           /* 0: none */
    uint32_t cluster_size;
    double cluster_density; /* edges over pairs of members */
    enum account_role role;
};

struct coordination_result {
    struct account_score *accounts; /* account_count items, malloc'd */
    struct coordination_report report;
};

/* Takes the actions out of the tables (which are empty afterwards) and hands edges (sorted by a, b)
 * and clusters to the callbacks; each may be NULL. Identical for any number of writers, threads,
 * order of actions and memory limit. *result is the caller's to free; untouched on failure. The
 * budget may be exceeded by one partition per thread and a few words per account. One run at a time
 * in a process: igraph's random generator is shared (coordination/cluster.h). */
enum hearsay_status coordination_run(struct table_writer *const *actions, size_t writer_count,
                                     const struct coordination_options *options,
                                     struct coordination_result *result,
                                     struct hearsay_failure *failure);
void coordination_result_free(struct coordination_result *result);

#endif
