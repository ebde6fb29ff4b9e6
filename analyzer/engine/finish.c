/* combine and finish (DESIGN section 11): the workers' partial states become results, in an order
 * that depends on their content only. */
#include <stdlib.h>

#include "base/failure.h"
#include "base/json.h"
#include "engine/account_write.h"
#include "engine/accounts.h"
#include "engine/claim_actions.h"
#include "engine/claims_write.h"
#include "engine/engine.h"
#include "engine/facts.h"
#include "engine/finding.h"
#include "engine/habits.h"
#include "engine/texts.h"
#include "engine/validate.h"
#include "report/report.h"

/* Lines are handed to the sink in portions of this size. */
#define WRITE_BYTES (1u << 20)

struct finish {
    struct hearsay_engine *engine;
    struct hearsay_failure *failure;
    struct accounts accounts;
    struct habits habits;
    struct source_times *times; /* SOURCES_LIMIT items, all workers together */
    struct buffer out;
    struct finding_writer findings;
    struct claims claims;
    struct claims_writer claims_writer;
    struct buffer account_key;
    struct buffer last_key; /* of the finding written last, to drop duplicates */
    struct str *names;      /* scratch of one cluster */
    size_t name_capacity;
    const struct account_label *labels; /* of all accounts, sorted; borrowed from `findings` */
    size_t label_count;
};

enum hearsay_status engine_write(struct hearsay_engine *engine, enum hearsay_stream stream,
                                 struct str bytes, struct hearsay_failure *failure) {
    const struct hearsay_sink *sink = &engine->options.sink;
    enum hearsay_status status = sink->write(sink->context, stream, bytes.ptr, bytes.len);
    if (status != HEARSAY_OK) {
        return failure_set(failure, status, STR_EMPTY, 0, 0, "results cannot be written");
    }
    return HEARSAY_OK;
}

static enum hearsay_status flush(struct finish *finish, enum hearsay_stream stream) {
    if (finish->out.failed) {
        return failure_memory(finish->failure);
    }
    enum hearsay_status status =
        engine_write(finish->engine, stream, buffer_str(&finish->out), finish->failure);
    buffer_clear(&finish->out);
    return status;
}

static enum hearsay_status flush_when_full(struct finish *finish, enum hearsay_stream stream) {
    return finish->out.len >= WRITE_BYTES || finish->out.failed ? flush(finish, stream)
                                                                : HEARSAY_OK;
}

/* ---- Findings ---- */

/* Findings by windows alone were none when facts were counted. */
static enum hearsay_status count_finding(struct finish *finish,
                                         const struct finding_outcome *outcome) {
    struct buffer *key = &finish->account_key;
    buffer_clear(key);
    buffer_append_str(key, outcome->platform);
    buffer_append_byte(key, '\0');
    if (!buffer_append_str(key, outcome->account) || key->failed) {
        return HEARSAY_NO_MEMORY;
    }
    uint32_t rank = accounts_rank(&finish->accounts, buffer_str(key));
    if (rank != MAP_NONE) {
        finish->accounts.findings[rank]++;
    }
    return HEARSAY_OK;
}

/* Entries of one post have equal keys, since a key ends with the post's digest; the first one
 * counts. */
static enum hearsay_status visit_finding(void *context, struct str key, struct str payload) {
    struct finish *finish = context;
    if (str_equal(key, buffer_str(&finish->last_key))) {
        return HEARSAY_OK;
    }
    buffer_clear(&finish->last_key);
    buffer_append_str(&finish->last_key, key);
    struct finding_outcome outcome;
    enum hearsay_status status = finding_write(&finish->findings, payload, &finish->out, &outcome);
    if (status == HEARSAY_OK && outcome.is_finding) {
        finish->engine->counts.findings++;
        finish->engine->counts.flagged_findings += outcome.flag;
        struct digest post;
        memcpy(&post, key.ptr + key.len - sizeof post, sizeof post);
        status = claim_action_add(finish->engine, &outcome, post);
        if (status == HEARSAY_OK && outcome.by_windows_alone) {
            status = count_finding(finish, &outcome);
        }
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    return finish->last_key.failed ? HEARSAY_NO_MEMORY : flush_when_full(finish, HEARSAY_FINDINGS);
}

static enum hearsay_status merge(struct finish *finish, bool is_rejects, entry_visit *visit) {
    struct runs *runs[THREADS_LIMIT];
    unsigned count = finish->engine->options.threads;
    for (unsigned i = 0; i < count; i++) {
        struct worker *worker = &finish->engine->workers[i];
        runs[i] = is_rejects ? &worker->rejects.rows : &worker->findings;
    }
    return runs_merge(runs, count, visit, finish);
}

static enum hearsay_status visit_reject(void *context, struct str key, struct str payload) {
    struct finish *finish = context;
    uint32_t input = 0;
    for (size_t i = 0; i < 4; i++) {
        input = input << 8 | (unsigned char)key.ptr[i];
    }
    buffer_append_c(&finish->out, "{\"file\":");
    json_append_string(&finish->out, str_from_c(finish->engine->inputs[input].name));
    buffer_append_byte(&finish->out, ',');
    buffer_append_str(&finish->out, payload);
    return flush_when_full(finish, HEARSAY_REJECTS);
}

/* What the summary says, and the labels in order, for accounts.ndjson. */
static void keep_reports(struct finish *finish) {
    struct sequence *sequence = finish->findings.sequence;
    if (sequence && sequence_windows(sequence)) {
        finish->engine->windows = windows_report(sequence_windows(sequence));
    }
    if (sequence && sequence_labels(sequence)) {
        finish->engine->labels = label_table_report(sequence_labels(sequence));
        finish->labels = label_table_sort(sequence_labels(sequence), &finish->label_count);
    }
}

static enum hearsay_status write_findings_and_rejects(struct finish *finish) {
    const struct hearsay_rules *rules = finish->engine->options.rules;
    if (rules && !(claims_init(&finish->claims, &finish->engine->budget) &&
                   finding_writer_init(&finish->findings, rules, &finish->claims))) {
        return failure_memory(finish->failure);
    }
    enum hearsay_status status = merge(finish, false, visit_finding);
    if (status == HEARSAY_OK) {
        status = flush(finish, HEARSAY_FINDINGS);
    }
    keep_reports(finish);
    if (status == HEARSAY_OK && finish->engine->options.keep_rejects) {
        status = merge(finish, true, visit_reject);
        if (status == HEARSAY_OK) {
            status = flush(finish, HEARSAY_REJECTS);
        }
    }
    return status;
}

/* ---- Coordination ---- */

static uint32_t rank_of(void *context, uint16_t writer, uint32_t index) {
    const struct finish *finish = context;
    return finish->accounts.ranks[writer][index];
}

static void name_of(void *context, uint32_t rank, struct str *platform, struct str *account) {
    const struct finish *finish = context;
    *platform = account_platform(&finish->accounts, rank);
    *account = account_name(&finish->accounts, rank);
}

static int64_t precision_of(void *context, uint8_t source) {
    const struct finish *finish = context;
    return precision_us(source_precision(&finish->times[source]));
}

/* An edge's line, layer by layer; called from several threads. */
static bool render_edge(void *context, const struct edge *edge, struct buffer *out) {
    const struct finish *finish = context;
    struct edge_layer layers[LAYER_COUNT];
    struct edge_row row = {.platform = account_platform(&finish->accounts, edge->a),
                           .a = account_name(&finish->accounts, edge->a),
                           .b = account_name(&finish->accounts, edge->b),
                           .weight = edge->weight,
                           .has_chance = true,
                           .log_p = edge->log_p,
                           .log_q = edge->log_q,
                           .layers = layers,
                           .omitted_co_actions = edge->omitted_co_actions};
    struct edge_evidence evidence[CO_ACTIONS_LIMIT];
    for (size_t i = 0; i < edge->co_action_count; i++) {
        const struct co_action *co_action = &edge->co_actions[i];
        evidence[i] = (struct edge_evidence){co_action->post_a, co_action->post_b,
                                             co_action->object, co_action->at_us, co_action->gap_s};
        if (i == 0 || co_action->layer != edge->co_actions[i - 1].layer) {
            layers[row.layer_count++] =
                (struct edge_layer){.layer = layer_table[co_action->layer].name,
                                    .weight = edge->layer_weights[co_action->layer],
                                    .co_actions = &evidence[i]};
        }
        layers[row.layer_count - 1].co_action_count++;
    }
    return report_edge(out, &row);
}

static enum hearsay_status write_edges(void *context, struct str rendered, size_t count) {
    (void)count;
    struct finish *finish = context;
    return engine_write(finish->engine, HEARSAY_EDGES, rendered, finish->failure);
}

static enum hearsay_status visit_cluster(void *context, const struct cluster *cluster) {
    struct finish *finish = context;
    if (cluster->count > finish->name_capacity) {
        struct str *names = realloc(finish->names, cluster->count * sizeof *names);
        if (!names) {
            return failure_memory(finish->failure);
        }
        finish->names = names;
        finish->name_capacity = cluster->count;
    }
    for (size_t i = 0; i < cluster->count; i++) {
        finish->names[i] = account_name(&finish->accounts, cluster->ranks[i]);
    }
    struct cluster_row row = {.cluster = cluster->number,
                              .platform = account_platform(&finish->accounts, cluster->ranks[0]),
                              .accounts = finish->names,
                              .account_count = cluster->count,
                              .edges = cluster->edges};
    report_cluster(&finish->out, &row);
    return flush_when_full(finish, HEARSAY_CLUSTERS);
}

/* Actions on texts become actions on clusters of near-duplicates. */
static enum hearsay_status cluster_texts(struct finish *finish) {
    struct hearsay_engine *engine = finish->engine;
    if (engine->options.similarity >= 1) {
        return HEARSAY_OK; /* the workers put equal texts among the actions at once */
    }
    struct texts_options options = {.workers = engine->workers,
                                    .threads = engine->options.threads,
                                    .budget = &engine->budget,
                                    .similarity = engine->options.similarity,
                                    .unit = SHINGLE_CHARACTERS};
    enum hearsay_status status = texts_cluster(&options, &engine->near_texts);
    if (status == HEARSAY_OK || status == HEARSAY_NO_MEMORY) {
        return status == HEARSAY_OK ? status : failure_memory(finish->failure);
    }
    return failure_set(finish->failure, status, STR_EMPTY, 0, 0,
                       "the search for near-duplicate texts needs temporary storage that failed");
}

static struct coordination_options coordination_options_of(struct finish *finish) {
    struct hearsay_engine *engine = finish->engine;
    struct coordination_options options = {.window_s = engine->options.window_s,
                                           .q = engine->options.q,
                                           .threads = engine->options.threads,
                                           .budget = &engine->budget,
                                           .account_count = finish->accounts.count,
                                           .account_rank = rank_of,
                                           .account_name = name_of,
                                           .platform_precision_us = precision_of,
                                           .posts_per_account = finish->accounts.activity,
                                           .context = finish};
    memcpy(options.layer_windows_s, engine->layer_windows_s, sizeof options.layer_windows_s);
    return options;
}

static enum hearsay_status coordinate(struct finish *finish, struct coordination_result *result) {
    struct hearsay_engine *engine = finish->engine;
    struct table_writer *actions[THREADS_LIMIT];
    const struct log *logs[THREADS_LIMIT];
    for (unsigned i = 0; i < engine->options.threads; i++) {
        actions[i] = &engine->workers[i].actions;
        logs[i] = &engine->workers[i].log;
    }
    struct coordination_options options = coordination_options_of(finish);
    options.logs = logs;
    options.render_edge = render_edge;
    options.on_rendered = write_edges;
    options.on_cluster = visit_cluster;
    enum hearsay_status status =
        coordination_run(actions, engine->options.threads, &options, result, finish->failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    return flush(finish, HEARSAY_CLUSTERS);
}

/* ---- Claims ---- */

static enum hearsay_status take_claims(void *context) {
    return flush_when_full(context, HEARSAY_CLAIMS);
}

/* The caller's time, or that of the last post read; INT64_MAX: no post has a time. */
static int64_t as_of(const struct finish *finish) {
    int64_t last_us = INT64_MIN;
    for (int s = 0; s < SOURCES_LIMIT; s++) {
        const struct source_times *times = &finish->times[s];
        last_us = times->posts > 0 && times->last_us > last_us ? times->last_us : last_us;
    }
    bool is_given = finish->engine->as_of_us != INT64_MAX;
    return is_given ? finish->engine->as_of_us : last_us == INT64_MIN ? INT64_MAX : last_us;
}

static enum hearsay_status write_claims(struct finish *finish) {
    struct hearsay_engine *engine = finish->engine;
    if (!engine->options.rules) {
        return HEARSAY_OK;
    }
    finish->claims_writer.registries = &engine->registries;
    finish->claims_writer.as_of_us = as_of(finish);
    engine->counts.claims = finish->claims.count;
    engine->claims_forgotten = claim_assigner_forgotten(finish->claims.assigner);
    enum hearsay_status status = claims_write(&finish->claims_writer, &finish->claims,
                                              &finish->accounts, &finish->out, take_claims, finish);
    return status == HEARSAY_OK ? flush(finish, HEARSAY_CLAIMS) : status;
}

/* ---- Accounts ---- */

static enum hearsay_status take_accounts(void *context) {
    return flush_when_full(context, HEARSAY_ACCOUNTS);
}

static enum hearsay_status write_accounts(struct finish *finish) {
    struct hearsay_engine *engine = finish->engine;
    struct account_writer writer = {.accounts = &finish->accounts,
                                    .habits = &finish->habits,
                                    .claims = &finish->claims_writer,
                                    .labels = finish->labels,
                                    .label_count = finish->label_count,
                                    .rules = engine->options.rules};
    enum hearsay_status status = accounts_write(&writer, &finish->out, take_accounts, finish);
    engine->counts.flagged_accounts = writer.flagged;
    return status == HEARSAY_OK ? flush(finish, HEARSAY_ACCOUNTS) : status;
}

/* ---- All of it ---- */

static void counts_fill(struct finish *finish, const struct fact_counts *facts) {
    struct hearsay_counts *counts = &finish->engine->counts;
    for (unsigned i = 0; i < finish->engine->options.threads; i++) {
        const struct worker *worker = &finish->engine->workers[i];
        counts->records_in += worker->records_in;
        counts->other_events += tally_total(&worker->other_events);
        counts->rejected += tally_total(&worker->rejected);
        counts->repaired += worker->repaired;
    }
    counts->posts = facts->posts;
    counts->reposts = facts->reposts;
    counts->duplicates = facts->duplicates;
    counts->id_conflict = facts->id_conflict;
    counts->accounts = finish->accounts.count;
}

/* What all workers saw of accounts and of sources. */
static bool accounts_open(struct finish *finish) {
    struct hearsay_engine *engine = finish->engine;
    unsigned threads = engine->options.threads;
    finish->times = calloc(SOURCES_LIMIT, sizeof *finish->times);
    for (unsigned i = 0; finish->times && i < threads; i++) {
        for (int s = 0; s < SOURCES_LIMIT; s++) {
            source_times_merge(&finish->times[s], &engine->workers[i].source_times[s]);
        }
    }
    return finish->times && accounts_merge(&finish->accounts, engine->workers, threads) &&
           habits_begin(&finish->habits, &finish->accounts, engine->workers, threads,
                        &engine->budget);
}

static enum hearsay_status compute(struct finish *finish) {
    struct hearsay_engine *engine = finish->engine;
    unsigned threads = engine->options.threads;
    struct fact_counts facts = {0};
    struct coordination_result result = {0};
    if (!accounts_open(finish)) {
        return failure_memory(finish->failure);
    }
    enum hearsay_status status = facts_count(engine->workers, threads, threads, finish->times,
                                             &finish->accounts, &finish->habits, &facts);
    if (status == HEARSAY_OK && !habits_end(&finish->habits)) {
        return failure_memory(finish->failure);
    }
    if (status != HEARSAY_OK) {
        return failure_set(finish->failure, status, STR_EMPTY, 0, 0,
                           "the records cannot be read back for the search for duplicates");
    }
    engine->habits_left_out = finish->habits.is_left_out;
    counts_fill(finish, &facts);
    if (engine->options.shuffles > 0) {
        struct coordination_options options = coordination_options_of(finish);
        status = cluster_texts(finish);
        return status == HEARSAY_OK ? validate_run(engine, &options, finish->failure) : status;
    }
    status = write_findings_and_rejects(finish);
    if (status == HEARSAY_OK) {
        status = cluster_texts(finish);
    }
    if (status == HEARSAY_OK) {
        status = coordinate(finish, &result);
    }
    if (status == HEARSAY_OK) {
        finish->accounts.scores = result.accounts;
        engine->counts.edges = result.report.edges;
        engine->counts.clusters = result.report.clusters;
        status = write_claims(finish);
    }
    if (status == HEARSAY_OK) {
        status = write_accounts(finish);
    }
    if (status == HEARSAY_OK) {
        status = summary_write(engine, &result.report, finish->times, finish->failure);
    }
    coordination_result_free(&result);
    return status;
}

enum hearsay_status engine_compute(struct hearsay_engine *engine, struct hearsay_failure *failure) {
    struct hearsay_failure details = {0};
    struct finish finish = {.engine = engine, .failure = &details};
    enum hearsay_status status = compute(&finish);
    if (status != HEARSAY_OK && details.status == HEARSAY_OK) {
        failure_set(&details, status, STR_EMPTY, 0, 0, "the results cannot be computed");
    }
    if (failure && status != HEARSAY_OK) {
        *failure = details;
    }
    accounts_free(&finish.accounts);
    habits_free(&finish.habits);
    finding_writer_free(&finish.findings);
    claims_free(&finish.claims);
    claims_writer_free(&finish.claims_writer);
    buffer_free(&finish.account_key);
    free(finish.times);
    buffer_free(&finish.out);
    buffer_free(&finish.last_key);
    free(finish.names);
    return status;
}
