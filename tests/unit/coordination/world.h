/* A small world for tests of coordination: shares by named accounts, run through any number of
 * writers and threads in any order, and the results as one text that can be compared. */
#ifndef HEARSAY_TESTS_WORLD_H
#define HEARSAY_TESTS_WORLD_H

#include <stdio.h>
#include <stdlib.h>

#include "../base/memory_store.h"
#include "coordination/coordination.h"

#define WORLD_LIMIT 20000
#define WORLD_WRITERS 5

struct share {
    uint32_t account; /* is the rank, too */
    uint32_t object;
    int64_t time_us;
    uint32_t post;
    uint8_t layer;
    uint8_t source;
    uint32_t excerpt; /* number in the excerpt of the object */
};

struct world {
    struct share shares[WORLD_LIMIT];
    size_t count;
    uint32_t accounts;
    uint32_t accounts_platform_0; /* ranks from here on are on platform 1 */
    uint32_t *posts;              /* per account; NULL: number of shares */
    double window_s;
    double q;
    int64_t precision_us;
    /* how it is run */
    unsigned threads;
    unsigned writers;
    uint64_t limit_bytes;
    uint32_t seed; /* of the order; 0: as added */
    bool fails_on_edge;
    size_t rendered_edges;
    bool renders;        /* edges arrive rendered, by several threads */
    uint64_t read_limit; /* of the store; 0: none */
    /* what came out */
    struct buffer out;
    struct coordination_result result;
    uint64_t spilled;
    enum hearsay_status status;
};

static inline struct world *world_new(uint32_t accounts) {
    struct world *w = calloc(1, sizeof *w);
    w->accounts = accounts;
    w->accounts_platform_0 = accounts;
    w->window_s = 60;
    w->q = 1.0;
    w->precision_us = 1000000;
    w->threads = 1;
    w->writers = 1;
    w->limit_bytes = 1u << 30;
    return w;
}

static inline void world_free(struct world *w) {
    coordination_result_free(&w->result);
    buffer_free(&w->out);
    free(w->posts);
    free(w);
}

static inline void world_share(struct world *w, enum layer layer, uint32_t account, uint32_t object,
                               double time_s) {
    w->shares[w->count] = (struct share){
        account, object, (int64_t)(time_s * 1e6), (uint32_t)w->count, (uint8_t)layer, 0, object};
    w->count++;
}

static inline uint32_t world_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* An account's index within a writer is its rank plus the writer's number. */
static inline uint32_t world_rank(void *context, uint16_t writer, uint32_t index) {
    (void)context;
    return index - writer;
}

static inline int64_t world_precision(void *context, uint8_t platform) {
    const struct world *w = context;
    return platform == 0 ? w->precision_us : 60000000;
}

static inline void world_name(void *context, uint32_t rank, struct str *platform,
                              struct str *account) {
    const struct world *w = context;
    *platform = rank < w->accounts_platform_0 ? STR("a") : STR("b");
    *account = STR("x");
}

static inline bool world_render(void *context, const struct edge *edge, struct buffer *out) {
    (void)context;
    buffer_printf(out, "edge %u %u %.17g %.17g\n", edge->a, edge->b, edge->weight, edge->evidence);
    for (size_t i = 0; i < edge->co_action_count; i++) {
        const struct co_action *c = &edge->co_actions[i];
        buffer_printf(out, "  %d %.*s %.*s %.*s %lld %.6f\n", (int)c->layer, (int)c->post_a.len,
                      c->post_a.ptr, (int)c->post_b.len, c->post_b.ptr, (int)c->object.len,
                      c->object.ptr, (long long)c->at_us, c->gap_s);
    }
    return !out->failed;
}

static inline enum hearsay_status world_edge(void *context, const struct edge *edge) {
    struct world *w = context;
    world_render(w, edge, &w->out);
    return w->fails_on_edge ? HEARSAY_STOPPED : HEARSAY_OK;
}

static inline enum hearsay_status world_rendered(void *context, struct str rendered, size_t count) {
    struct world *w = context;
    w->rendered_edges += count;
    buffer_append_str(&w->out, rendered);
    return w->fails_on_edge ? HEARSAY_STOPPED : HEARSAY_OK;
}

static inline enum hearsay_status world_cluster(void *context, const struct cluster *cluster) {
    struct world *w = context;
    buffer_printf(&w->out, "cluster %u of %llu edges:", cluster->number,
                  (unsigned long long)cluster->edges);
    for (size_t i = 0; i < cluster->count; i++) {
        buffer_printf(&w->out, " %u", cluster->ranks[i]);
    }
    buffer_append_c(&w->out, "\n");
    return HEARSAY_OK;
}

static inline void world_add(const struct share *share, unsigned writer, struct table_writer *table,
                             struct log *log) {
    char entry[64];
    char object[24];
    char post[24];
    uint16_t lens[2];
    int object_len = snprintf(object, sizeof object, "o%u", share->object);
    lens[0] = (uint16_t)snprintf(post, sizeof post, "p%u", share->post);
    memcpy(entry + 4, post, lens[0]);
    struct action action = {.time_us = share->time_us,
                            .account = share->account + writer,
                            .writer = (uint16_t)writer,
                            .layer = share->layer,
                            .platform = share->source};
    char shown[24];
    lens[1] = (uint16_t)snprintf(shown, sizeof shown, "o%u", share->excerpt);
    memcpy(entry, lens, 4);
    memcpy(entry + 4 + lens[0], shown, lens[1]);
    const struct str keys[2] = {{(const char *)&share->layer, 1}, {object, (size_t)object_len}};
    action.object = hash128_fields(keys, 2);
    action.post = hash128((struct str){post, lens[0]});
    if (log_append(log, entry, 4u + lens[0] + lens[1], &action.evidence) != HEARSAY_OK ||
        table_add(table, (unsigned)(action.object.high >> 56), &action) != HEARSAY_OK) {
        abort();
    }
}

static inline void world_shuffle(struct world *w, size_t *order) {
    uint32_t state = w->seed;
    for (size_t i = 0; i < w->count; i++) {
        order[i] = i;
    }
    for (size_t i = w->count; w->seed && i > 1; i--) {
        size_t j = world_random(&state) % i;
        size_t swap = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swap;
    }
}

static inline void world_print_accounts(struct world *w) {
    for (uint32_t i = 0; i < w->accounts; i++) {
        const struct account_score *a = &w->result.accounts[i];
        buffer_printf(&w->out, "account %u %.17g %.17g %.17g %u %u %u %u %u %.17g %.17g", i,
                      a->score, a->low, a->high, a->partners, a->leads, a->follows, a->outside,
                      a->cluster, a->least_log_p, a->typical_gap_s);
        for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
            buffer_printf(&w->out, " %.17g", a->layers[layer]);
        }
        buffer_append_c(&w->out, "\n");
    }
    const struct coordination_report *r = &w->result.report;
    for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
        buffer_printf(&w->out, "layer %u %llu %llu %llu %llu %llu %.6f %d\n", layer,
                      (unsigned long long)r->actions[layer], (unsigned long long)r->objects[layer],
                      (unsigned long long)r->co_actions[layer],
                      (unsigned long long)r->capped_objects[layer],
                      (unsigned long long)r->skipped_pairs[layer], r->window_s[layer],
                      r->window_was_widened[layer]);
    }
}

/* Runs the world; its text is then in w->out. */
static inline void world_run(struct world *w) {
    coordination_result_free(&w->result);
    buffer_clear(&w->out);
    struct memory_store memory;
    memory_store_init(&memory);
    struct hearsay_store store = memory_store_callbacks(&memory);
    struct memory_budget budget = {.limit_bytes = w->limit_bytes, .store = &store};
    struct table_writer tables[WORLD_WRITERS];
    struct log logs[WORLD_WRITERS];
    struct table_writer *table_list[WORLD_WRITERS];
    const struct log *log_list[WORLD_WRITERS];
    for (unsigned i = 0; i < w->writers; i++) {
        table_writer_init(&tables[i], &budget, sizeof(struct action));
        log_init(&logs[i], &budget);
        table_list[i] = &tables[i];
        log_list[i] = &logs[i];
    }
    uint32_t *posts = calloc(w->accounts + 1u, sizeof *posts);
    size_t *order = calloc(w->count + 1, sizeof *order);
    world_shuffle(w, order);
    for (size_t i = 0; i < w->count; i++) {
        unsigned writer = w->writers > 1 ? (unsigned)(i % w->writers) : 0;
        world_add(&w->shares[order[i]], writer, &tables[writer], &logs[writer]);
        posts[w->shares[i].account]++;
    }
    struct coordination_options options = {.window_s = w->window_s,
                                           .q = w->q,
                                           .threads = w->threads,
                                           .budget = &budget,
                                           .account_count = w->accounts,
                                           .account_rank = world_rank,
                                           .account_name = world_name,
                                           .platform_precision_us = world_precision,
                                           .logs = log_list,
                                           .posts_per_account = w->posts ? w->posts : posts,
                                           .on_edge = w->renders ? NULL : world_edge,
                                           .render_edge = w->renders ? world_render : NULL,
                                           .on_rendered = w->renders ? world_rendered : NULL,
                                           .on_cluster = world_cluster,
                                           .context = w};
    memory.read_limit = w->read_limit ? w->read_limit : UINT64_MAX;
    struct hearsay_failure failure = {0};
    w->status = coordination_run(table_list, w->writers, &options, &w->result, &failure);
    if (w->status == HEARSAY_OK) {
        world_print_accounts(w);
    }
    w->spilled = budget.spilled_bytes;
    for (unsigned i = 0; i < w->writers; i++) {
        table_writer_free(&tables[i]);
        log_free(&logs[i]);
    }
    if (budget.used_bytes != 0) {
        abort(); /* memory was taken and not given back */
    }
    free(posts);
    free(order);
    memory_store_free(&memory);
}

#endif
