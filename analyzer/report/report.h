/* Writers of the results folder's NDJSON lines (DESIGN section 9). They compute nothing: fixed
 * field order, schema first, one line per call, appended to a buffer. False: memory is out. */
#ifndef HEARSAY_REPORT_REPORT_H
#define HEARSAY_REPORT_REPORT_H

#include "base/buffer.h"
#include "base/str.h"
#include "report/judgement.h"

struct finding_rule {
    struct str id;
    double weight;
};

struct finding_span {
    struct str term;
    size_t start; /* raw bytes */
    size_t end;
    struct str text;
};

struct label_value {
    struct str label;
    int64_t until_us;
};

struct finding_phrase {
    struct str text;
    double weight; /* log-odds */
};

struct finding_row {
    struct str post;
    struct str platform;
    struct str account; /* empty: written as null */
    int64_t created_at_us;
    bool has_time; /* false: created_at is null */
    double score;
    bool flag;
    struct str incident;
    struct str stance;
    struct str victim;
    struct str quantity;
    struct str claim; /* id; empty: of none, written as null */
    const struct finding_rule *rules;
    size_t rule_count;
    bool has_text_term; /* false: text_term is null */
    double text_weight;
    const struct finding_phrase *phrases;
    size_t phrase_count;
    const struct finding_span *spans;
    size_t span_count;
    const struct label_value *labels; /* that the post gives its account; none: no such field */
    size_t label_count;
};
bool report_finding(struct buffer *out, const struct finding_row *row);

struct layer_value {
    const char *layer;
    double value;
};

/* When an account posts and how often it repeats itself (engine/habits.h); each p is the chance of
 * as much or more in an account that posts at random, or repeats itself as often as others. */
struct account_habits {
    uint64_t posts;
    double burstiness;
    double regular_p; /* NAN: most intervals are finer than the clock */
    double hour_concentration;
    double mean_hour; /* UTC; NAN: none */
    double hour_p;
    double silence_s; /* the longest */
    double silence_p;
    uint64_t most_in_hour;
    double burst_p;
    uint64_t texts;
    uint64_t repeats;
    double repeat_p;
};

#define ACCOUNT_REASONS_LIMIT 4

struct account_row {
    struct str platform;
    struct str account;
    uint64_t posts;
    uint64_t findings;
    uint64_t claims;
    uint64_t claims_without_artefact;
    double without_low; /* interval of their share; not written without claims */
    double without_high;
    double score;
    double low; /* 95 % interval of the score */
    double high;
    bool flag;
    struct str reasons[ACCOUNT_REASONS_LIMIT];
    size_t reason_count;
    const struct layer_value *layers; /* those above 0 */
    size_t layer_count;
    uint64_t partners;
    uint32_t cluster;                 /* 0: none */
    const char *role;                 /* NULL: none */
    const struct label_value *labels; /* that it has or had; none: no such field */
    size_t label_count;
    const struct account_habits *habits; /* NULL: too few posts */
};
bool report_account(struct buffer *out, const struct account_row *row);

struct edge_evidence {
    struct str post_a;
    struct str post_b;
    struct str object;
    int64_t at_us;
    double gap_s;
};

struct edge_layer {
    const char *layer;
    double weight;
    const struct edge_evidence *co_actions;
    size_t co_action_count;
};

struct edge_row {
    struct str platform;
    struct str a;
    struct str b;
    double weight;
    bool has_chance; /* false: p and q are written as null */
    double log_p;    /* natural logarithms of p and q, <= 0 */
    double log_q;
    const struct edge_layer *layers;
    size_t layer_count;
    uint64_t omitted_co_actions; /* counted in the weight, beyond what one edge lists */
};
bool report_edge(struct buffer *out, const struct edge_row *row);

struct cluster_row {
    uint32_t cluster; /* from 1 */
    struct str platform;
    const struct str *accounts;
    size_t account_count; /* at least 2 */
    uint64_t edges;       /* between them */
};
bool report_cluster(struct buffer *out, const struct cluster_row *row);

/* ---- Claims: analyzer/report/claim.c ---- */

struct claim_count {
    struct str name;
    uint64_t count;
};

struct claim_quantity {
    double value;
    bool is_size;
    uint64_t posts;
};

struct claim_post_row {
    struct str post;
    struct str platform;
    struct str account; /* empty: written as null */
    struct str stance;
    int64_t at_us;
    bool has_time;
    bool flag;
    bool is_repost;
};

#define CLAIM_ARRIVALS_MOST 24u

struct claim_row {
    struct str claim;
    struct str incident;
    const struct claim_count *incidents;
    size_t incident_count;
    struct str victim;
    const struct claim_count *victims; /* as written, most frequent first */
    size_t victim_count;
    const struct claim_quantity *quantities;
    size_t quantity_count;
    const char *consistency; /* "none", "single", "consistent", "differ" */
    double quantity_ratio;   /* largest by smallest of one kind; 0: not comparable */
    const struct claim_post_row *posts;
    size_t post_listed;
    uint64_t post_count;
    uint64_t flagged_posts;
    const struct claim_count *stances;
    size_t stance_count;
    const struct claim_count *languages;
    size_t language_count;
    uint64_t accounts;
    uint64_t amplifiers;
    double bucket_s;
    uint64_t arrivals[CLAIM_ARRIVALS_MOST];
    size_t arrival_count;
    int64_t last_us;
    bool has_last;
    const struct claim_post_row *source; /* first independent source; NULL: none was read */
    struct str source_domain;
    double lead_s; /* from the first post that claims or passes on; below 0: the source was first */
    bool has_lead;
    const uint32_t *clusters;
    size_t cluster_count;
    double coordinated_share;
    bool has_share; /* false: no amplifier */
    const struct judgement_row *judgement;
};
bool report_claim(struct buffer *out, const struct claim_row *row);

/* ISO 8601 in UTC: "2020-01-02T03:04:05Z", with .ffffff only where microseconds are not zero. */
bool report_time(struct buffer *out, int64_t time_us);

#endif
