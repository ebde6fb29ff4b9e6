/* The map step: one worker turns records into its own partial state (facts, actions, findings,
 * counters), with nothing shared but the memory budget and the numbering of sources. */
#ifndef HEARSAY_ENGINE_WORKER_H
#define HEARSAY_ENGINE_WORKER_H

#include "base/map.h"
#include "claim/name.h"
#include "coordination/coordination.h"
#include "engine/objects.h"
#include "engine/rejects.h"
#include "engine/runs.h"
#include "engine/sources.h"
#include "engine/tally.h"
#include "post/decode.h"
#include "rule/pack.h"
#include "text/entity.h"
#include "text/quantity.h"

enum fact_flag {
    FACT_REPOST = 1 << 0,
    FACT_FINDING = 1 << 1,
    FACT_TIMED = 1 << 2,     /* has an account and a time: takes part in coordination */
    FACT_SHARE_ROW = 1 << 3, /* a row of a share table: one content may stand in many rows */
    FACT_NO_ACCOUNT = 1 << 4
};

/* One record that is a post or repost, before duplicates are known. Partitioned by id_hash. */
struct fact {
    struct digest post; /* of platform, id, account, time and text (share tables: of the row) */
    uint64_t id_hash;   /* of platform and id */
    int64_t time_us;    /* with FACT_TIMED */
    uint32_t text;      /* of the digest of its object on the text layer; 0: it has none */
    uint32_t account;   /* in the worker's map; undefined with FACT_NO_ACCOUNT */
    uint16_t worker;
    uint16_t flags;
    uint8_t source;
};

/* A finding's entry: the key sorts by (created_at, platform, id, digest); the payload is
 * engine/finding.h's. Posts without a time come last. */
#define FINDING_KEY_TIME_BYTES 9
#define FINDING_KEY_DIGEST_BYTES 16

struct source_cache {
    struct str format;
    char platform[64];
    size_t platform_len;
    uint8_t number;
    bool is_set;
};

struct worker {
    struct hearsay_engine *engine;
    uint16_t index;
    struct decoder *decoder;
    struct matcher *matcher; /* NULL: no rules */
    struct folder folder;
    struct objects objects;
    struct entity_list entities;
    struct quantity_list quantities;
    struct name_reader names;
    struct buffer domain;
    struct str *entity_texts; /* scratch for the lists taken from the text */
    size_t entity_text_capacity;
    struct buffer key;
    struct buffer line;
    struct buffer account_key;
    struct source_cache source;
    uint32_t input_index; /* of the block at work */
    struct str format;    /* its format's name */

    /* partial state */
    struct map accounts;     /* platform \0 account */
    uint32_t *account_posts; /* per account: its posts with a time, duplicates included */
    size_t account_posts_capacity;
    struct table_writer facts;
    struct table_writer actions;
    struct table_writer texts; /* actions on texts, before near-duplicates are known */
    struct log log;
    struct runs findings;
    struct rejects rejects;
    struct source_times source_times[SOURCES_LIMIT];
    struct tally other_events;
    struct tally rejected;
    uint64_t repairs[REPAIR_COUNT];
    uint64_t repaired;
    uint64_t objects_left_out;
    uint64_t limit_posts;   /* posts where a match limit acted */
    uint64_t without_actor; /* posts without account or time */
    uint64_t *records_per_input;
    uint32_t records_per_input_count;
    _Atomic uint64_t records_in; /* read by hearsay_progress_now */
    _Atomic uint64_t rejected_count;
    _Atomic uint64_t finding_count;

    enum hearsay_status status;
    struct hearsay_failure failure;
    uint32_t
        failure_input; /* under strict: place of the rejection, to find the first of all workers */
};

bool worker_init(struct worker *worker, struct hearsay_engine *engine, uint16_t index);
/* Works through a block and frees it. On failure worker->status is set and the engine's stop flag
 * too. */
void worker_block(struct worker *worker, struct block *block);
void worker_free(struct worker *worker);

/* worker_post.c: one post into the partial state. */
enum hearsay_status worker_post(struct worker *worker, const struct post *post);

/* worker_entities.c: links, hashtags and mentions from the text where the source has no such
 * fields. The lists of `post` then borrow from the worker until its next post. */
enum hearsay_status worker_entities(struct worker *worker, struct post *post);

#endif
