/* hearsay: flags breach claims that nobody can check, and scores accounts for coordinated
 * behaviour.
 *
 * The public header. The library opens no file, reads no clock and prints nothing: bytes come
 * in through hearsay_feed and go out through the callbacks of struct hearsay_sink; what does not
 * fit into memory goes through struct hearsay_store. It reports observations with evidence; it
 * never says that a claim is false or who is behind an account.
 *
 * It includes hearsay_status.h and hearsay_rules.h, which may be included alone.
 *
 * Licence: GPL-3.0-or-later. */
#ifndef HEARSAY_H
#define HEARSAY_H

#include "hearsay_rules.h"
#include "hearsay_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#pragma GCC visibility push(default) /* the library is built with hidden visibility */
#endif

#define HEARSAY_VERSION "0.1.0"

/* ---- Engine ------------------------------------------------------------------------------------
 */

/* Where results go. One stream is one file of the results folder. */
enum hearsay_stream {
    HEARSAY_FINDINGS,
    HEARSAY_CLAIMS,
    HEARSAY_ACCOUNTS,
    HEARSAY_EDGES,
    HEARSAY_CLUSTERS,
    HEARSAY_SUMMARY,
    HEARSAY_REJECTS,
    HEARSAY_STREAM_COUNT
};

struct hearsay_sink {
    /* Appends bytes to a stream. Called from one thread at a time. Not HEARSAY_OK stops the run. */
    enum hearsay_status (*write)(void *context, enum hearsay_stream stream, const char *bytes,
                                 size_t len);
    void *context;
};

/* Temporary storage for what exceeds options.memory_bytes. Both may be called from several threads.
 */
struct hearsay_store {
    /* Appends bytes and gives their offset. */
    enum hearsay_status (*append)(void *context, const void *bytes, size_t len, uint64_t *offset);
    /* Reads exactly len bytes at offset. */
    enum hearsay_status (*read)(void *context, uint64_t offset, void *bytes, size_t len);
    void *context;
};

/* Options of a run. hearsay_options_default() fills in what is documented; then change single
 * fields. */
struct hearsay_options {
    const struct hearsay_rules *rules; /* NULL: no judging, coordination only */
    struct hearsay_sink sink;
    struct hearsay_store
        store;             /* append NULL: nothing is spilled, memory_bytes is then a hard limit */
    unsigned threads;      /* 1..64, default 1 */
    uint64_t memory_bytes; /* default 2 GiB; at least 64 MiB */
    double window_s;       /* > 0: window of the repost, link and hashtag layers, default 60 */
    const char *layers;    /* "repost,link,...": what accounts may share; NULL: the default ones */
    const char *layer_windows; /* "reply=300,link=60": in seconds, for single layers; or NULL */
    double q;          /* false discovery rate of edges, above 0 and at most 1, default 0.05 */
    double similarity; /* text layer: join texts of at least this similarity, above 0; 1: equal
                          texts only; default 0.255 */
    bool is_strict;    /* stop at the first rejected record */
    bool keep_rejects; /* write rejected records to HEARSAY_REJECTS */
    uint64_t record_limit_bytes; /* longest record that is read, default 16 MiB */
    const char *format;          /* name from hearsay_format_at, or NULL or "auto" to sniff */
    const char *as_of; /* "2025-03-10T12:00:00Z": judge claims by posts up to then; NULL: all */
    const char *map;   /* column map "account=author,text=body,...", or NULL */
    /* above 0: instead of findings, accounts, edges and clusters, the null model is validated on so
     * many shuffles of the data (hearsay_validation_at); all actions are then held in memory */
    unsigned shuffles;
    uint64_t shuffle_seed;
};

struct hearsay_options hearsay_options_default(void);

struct hearsay_engine;

enum hearsay_status hearsay_open(const struct hearsay_options *options,
                                 struct hearsay_engine **engine, struct hearsay_failure *failure);

/* A snapshot of a registry, to compare claims with. Records are objects in a JSON array; the keys
 * are the names of their members, NULL where the registry has no such member. One per role. */
enum hearsay_registry_role {
    HEARSAY_REGISTRY_BREACHES, /* breaches whose data somebody has seen */
    HEARSAY_REGISTRY_LISTINGS, /* claims made elsewhere: no confirmation */
    HEARSAY_REGISTRY_NEWS      /* reports; domain_key is the outlet's */
};
struct hearsay_registry {
    const char *name; /* "hibp" */
    enum hearsay_registry_role role;
    const char *records_key; /* member that holds the array; NULL: the array is the top */
    const char *name_key;
    const char *title_key; /* another name */
    const char *domain_key;
    const char *date_key;
    const char *language_key;
    const char *country_key;    /* two letters */
    const char *fabricated_key; /* true: the registry itself holds the entry to be made up */
    const char *coverage;       /* what a missing entry does not mean; one line */
    const char *attribution;
    int64_t taken_at_s; /* seconds since 1970-01-01 UTC */
    const char *bytes;
    size_t len;
};
/* Before hearsay_finish. The bytes are not kept. */
enum hearsay_status hearsay_registry_add(struct hearsay_engine *engine,
                                         const struct hearsay_registry *registry,
                                         struct hearsay_failure *failure);

/* Begins one input (a file); `name` is used in messages, in --rejects and in the summary only. */
enum hearsay_status hearsay_input_begin(struct hearsay_engine *engine, const char *name,
                                        struct hearsay_failure *failure);
/* The next bytes of the input, in any portions. */
enum hearsay_status hearsay_feed(struct hearsay_engine *engine, const char *bytes, size_t len,
                                 struct hearsay_failure *failure);
/* Ends the input. `note` (may be NULL) is recorded in the summary for this input when it ended
 * before its true end ("truncated .zst", "interrupted"). */
enum hearsay_status hearsay_input_end(struct hearsay_engine *engine, const char *note,
                                      struct hearsay_failure *failure);

/* What has been read so far; may be called at any time from the feeding thread. */
struct hearsay_progress {
    uint64_t bytes_in;
    uint64_t records_in;
    uint64_t findings;
    uint64_t rejected;
};
struct hearsay_progress hearsay_progress_now(const struct hearsay_engine *engine);

/* Waits for all records, computes and writes every stream, the summary last. */
enum hearsay_status hearsay_finish(struct hearsay_engine *engine, struct hearsay_failure *failure);
void hearsay_close(struct hearsay_engine *engine);

/* Counts after hearsay_finish: records_in = posts + reposts + duplicates + other_events + rejected.
 */
struct hearsay_counts {
    uint64_t records_in;
    uint64_t posts;
    uint64_t reposts;
    uint64_t duplicates;
    uint64_t other_events;
    uint64_t rejected;
    uint64_t id_conflict; /* posts whose id was also seen with other content */
    uint64_t repaired;
    uint64_t findings;
    uint64_t flagged_findings;
    uint64_t claims;
    uint64_t accounts;
    uint64_t flagged_accounts;
    uint64_t edges;
    uint64_t clusters;
};
struct hearsay_counts hearsay_counts_now(const struct hearsay_engine *engine);

/* ---- Formats -----------------------------------------------------------------------------------
 */

struct hearsay_format {
    const char *name;    /* "ndjson", "twitter-io-csv", ... */
    const char *meaning; /* one line */
    const char *columns; /* how it is recognised: header columns or keys */
};
/* The formats that are read, index 0.. ; NULL past the last. */
const struct hearsay_format *hearsay_format_at(size_t index);

/* ---- Comparison with other tools ----------------------------------------------------------------
 */

/* Co-sharing exactly as another tool counts it, from a share table fed to an engine opened by
 * hearsay_compare_open instead of hearsay_open; edges only, no null model. "cooretweet": CooRTweet
 * 2.1 (Righetti and Balluff 2025). "qut": co-retweets of the Coordination Network Toolkit of the
 * QUT Digital Observatory; its edges are directed, from account a to account b.
 */
struct hearsay_compare_options {
    const char *like;           /* "cooretweet" or "qut" */
    double window_s;            /* inclusive; 0: the tool's own, 10 and 60 */
    uint64_t min_participation; /* cooretweet: default 2 */
    uint64_t min_weight;        /* qut: default 1 */
    bool has_loops;             /* qut: an account's own messages match each other */
};
enum hearsay_status hearsay_compare_open(const struct hearsay_options *options,
                                         const struct hearsay_compare_options *compare,
                                         struct hearsay_engine **engine,
                                         struct hearsay_failure *failure);

/* ---- Validation of the null model ---------------------------------------------------------------
 */

struct hearsay_level {
    double level;
    uint64_t count; /* pairs of accounts with a p, or a q, at or under it */
};
/* What coordination found in the data (run 0) or in one shuffle of it (runs 1 ..), in which the
 * accounts are dealt anew so that nothing but chance is left (coordination/shuffle.h). */
struct hearsay_validation_run {
    double account_pairs;  /* of accounts with two posts or more on one platform */
    double testable_pairs; /* of these, pairs that share an object; may be an estimate */
    uint64_t tested_pairs; /* the bound on it that q corrects for */
    uint64_t judged_pairs; /* pairs that were near each other on an object */
    struct hearsay_level p[4];
    struct hearsay_level q[6]; /* edges that would be kept */
};
/* After hearsay_finish of an engine with options.shuffles; index 0 .. shuffles. */
struct hearsay_validation_run hearsay_validation_at(const struct hearsay_engine *engine,
                                                    size_t index);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
