#include <stdlib.h>

#include "base/utf8.h"
#include "claim/claim_text.h"
#include "claim/extract.h"
#include "engine/compare.h"
#include "engine/engine.h"
#include "engine/finding.h"
#include "engine/texts.h"
#include "rule/match.h"

static struct digest post_digest(const struct post *post) {
    char time[9] = {(char)post->has_time};
    memcpy(time + 1, &post->created_at_us, sizeof post->created_at_us);
    if (post->row.len > 0) {
        const struct str fields[] = {post->platform, post->row};
        return hash128_fields(fields, 2);
    }
    const struct str fields[] = {
        post->platform, post->id, post->account, {time, sizeof time}, post->text};
    return hash128_fields(fields, 5);
}

static bool account_key(struct worker *worker, const struct post *post) {
    buffer_clear(&worker->account_key);
    return buffer_append_str(&worker->account_key, post->platform) &&
           buffer_append_byte(&worker->account_key, '\0') &&
           buffer_append_str(&worker->account_key, post->account);
}

static uint8_t source_number(struct worker *worker, struct str platform) {
    struct source_cache *cache = &worker->source;
    bool is_same = cache->is_set && cache->platform_len == platform.len &&
                   memcmp(cache->platform, platform.ptr, platform.len) == 0;
    if (!is_same) {
        cache->number = sources_number(&worker->engine->sources, worker->format, platform);
        cache->is_set = platform.len <= sizeof cache->platform;
        if (cache->is_set) {
            memcpy(cache->platform, platform.ptr, platform.len);
            cache->platform_len = platform.len;
        }
    }
    return cache->number;
}

/* ---- Finding ---- */

/* Times as bytes whose order is that of the numbers: sign bit flipped, big-endian; a leading 1 puts
 * posts without a time last. */
static void time_key(const struct post *post, char key[FINDING_KEY_TIME_BYTES]) {
    uint64_t bits = (uint64_t)post->created_at_us ^ (1ull << 63);
    key[0] = post->has_time ? 0 : 1;
    for (int i = 0; i < 8; i++) {
        key[1 + i] = post->has_time ? (char)(bits >> (56 - 8 * i) & 0xff) : 0;
    }
}

static bool finding_key(struct worker *worker, const struct post *post, struct digest digest) {
    char time[FINDING_KEY_TIME_BYTES];
    time_key(post, time);
    buffer_clear(&worker->key);
    return buffer_append(&worker->key, time, sizeof time) &&
           buffer_append_str(&worker->key, post->platform) &&
           buffer_append_byte(&worker->key, '\0') && buffer_append_str(&worker->key, post->id) &&
           buffer_append_byte(&worker->key, '\0') &&
           buffer_append(&worker->key, &digest, sizeof digest);
}

/* What a claim needs of the post; borrows from the worker until its next finding. */
static bool mark_post(struct worker *worker, const struct post *post, const struct folded *folded,
                      const struct judgement *judgement, struct str victim,
                      struct finding_mark *mark) {
    struct claim_text_input input = {.raw = post->text,
                                     .folded = folded,
                                     .victim = victim,
                                     .links = post->urls,
                                     .picture_count = post->media_hashes.count};
    struct word_text words = {.raw = post->text,
                              .folded = folded,
                              .victim = victim,
                              .spans = judgement->spans,
                              .span_count = judgement->span_count};
    memset(mark, 0, sizeof *mark); /* padding too: it is packed as bytes */
    buffer_clear(&worker->domain);
    for (size_t i = 0; i < post->urls.count && worker->domain.len == 0; i++) {
        url_domain(post->urls.items[i], &worker->domain);
    }
    mark->mark.is_repost = post->is_repost;
    mark->lang = matcher_language(worker->matcher);
    mark->domain = buffer_str(&worker->domain);
    mark->format = worker->format;
    return claim_text_read(&input, &worker->quantities, &mark->mark.text) &&
           claim_trace_read(&worker->names, &words, &worker->quantities, &mark->mark.trace);
}

static enum hearsay_status judge(struct worker *worker, const struct post *post,
                                 const struct folded *folded, struct digest digest,
                                 bool *is_finding) {
    struct judgement judgement;
    enum hearsay_status status = matcher_post(worker->matcher, post, folded, &judgement);
    if (status != HEARSAY_OK) {
        return status;
    }
    worker->limit_posts += judgement.limit_acted;
    *is_finding = judgement.score > 0;
    if (!*is_finding && judgement.pending_count == 0) {
        return HEARSAY_OK;
    }
    if (!quantities_of(post->text, &worker->quantities)) {
        return HEARSAY_NO_MEMORY;
    }
    struct claim_parts parts =
        claim_extract(post->text, judgement.victim, judgement.quantity, &worker->quantities);
    struct finding_mark mark;
    buffer_clear(&worker->line);
    if (!mark_post(worker, post, folded, &judgement, parts.victim, &mark) ||
        !finding_pack(&worker->line, post, &judgement, &parts, &mark) ||
        !finding_key(worker, post, digest)) {
        return HEARSAY_NO_MEMORY;
    }
    atomic_fetch_add_explicit(&worker->finding_count, *is_finding, memory_order_relaxed);
    return runs_add(&worker->findings, buffer_str(&worker->key), buffer_str(&worker->line));
}

/* ---- Actions ---- */

/* What a reader is shown for an object: a text as it was written, other objects as they are
 * compared. */
static struct str excerpt(const struct worker *worker, const struct post *post,
                          const struct object *object) {
    struct str shown = object->layer == LAYER_TEXT
                           ? post->text
                           : (struct str){worker->objects.scratch.ptr + object->start,
                                          object->end - object->start};
    return utf8_clip(shown, EVIDENCE_OBJECT_LIMIT);
}

/* Texts that are to be compared with others wait in a table of their own, their words in the log.
 */
static bool is_compared(const struct worker *worker, const struct object *object) {
    return object->layer == LAYER_TEXT && worker->engine->options.similarity < 1;
}

static enum hearsay_status evidence_log(struct worker *worker, const struct post *post,
                                        const struct object *object, uint64_t *offset) {
    struct str shown = excerpt(worker, post, object);
    struct str id = str_slice(post->id, 0, UINT16_MAX);
    uint16_t lengths[2] = {(uint16_t)id.len, (uint16_t)shown.len};
    buffer_clear(&worker->line);
    buffer_append(&worker->line, lengths, sizeof lengths);
    buffer_append_str(&worker->line, id);
    bool is_whole = buffer_append_str(&worker->line, shown);
    if (is_whole && is_compared(worker, object)) {
        struct str words = buffer_str(&worker->objects.words);
        is_whole = texts_log_words(&worker->line, post->platform, words);
    }
    if (!is_whole) {
        return HEARSAY_NO_MEMORY;
    }
    return log_append(&worker->log, worker->line.ptr, worker->line.len, offset);
}

/* Acts on each of the post's objects. */
static enum hearsay_status act(struct worker *worker, const struct post *post, struct digest digest,
                               uint32_t account, uint8_t source) {
    worker->objects_left_out += worker->objects.left_out;
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; i < worker->objects.count && status == HEARSAY_OK; i++) {
        const struct object *object = &worker->objects.items[i];
        struct action action = {.object = object->digest,
                                .time_us = post->created_at_us,
                                .post = digest,
                                .account = account,
                                .writer = worker->index,
                                .layer = (uint8_t)object->layer,
                                .platform = source};
        status = evidence_log(worker, post, object, &action.evidence);
        if (status == HEARSAY_OK) {
            struct table_writer *table =
                is_compared(worker, object) ? &worker->texts : &worker->actions;
            status = table_add(table, (unsigned)(object->digest.high >> 56), &action);
        }
    }
    return status;
}

static enum hearsay_status state_fact(struct worker *worker, const struct post *post,
                                      struct fact fact) {
    const struct str id[] = {post->platform, post->id};
    fact.id_hash = hash128_fields(id, 2).low;
    fact.worker = worker->index;
    return table_add(&worker->facts, (unsigned)(fact.id_hash >> 56), &fact);
}

/* What tells an account's equal texts from others (engine/habits.h). */
static uint32_t text_mark(const struct objects *objects) {
    for (size_t i = 0; i < objects->count; i++) {
        if (objects->items[i].layer == LAYER_TEXT) {
            return (uint32_t)objects->items[i].digest.low | 1u;
        }
    }
    return 0;
}

static bool count_account_post(struct worker *worker, uint32_t account) {
    if (account >= worker->account_posts_capacity) {
        size_t capacity = (size_t)account * 2 + 1024;
        uint32_t *posts = realloc(worker->account_posts, capacity * sizeof *posts);
        if (!posts) {
            return false;
        }
        memset(posts + worker->account_posts_capacity, 0,
               (capacity - worker->account_posts_capacity) * sizeof *posts);
        worker->account_posts = posts;
        worker->account_posts_capacity = capacity;
    }
    worker->account_posts[account] += worker->account_posts[account] < UINT32_MAX;
    return true;
}

/* A post with an account and a time takes part in coordination. */
static enum hearsay_status take_part(struct worker *worker, const struct post *post,
                                     const struct folded *folded, struct fact fact) {
    fact.source = source_number(worker, post->platform);
    fact.time_us = post->created_at_us;
    fact.flags |= FACT_TIMED;
    source_times_add(&worker->source_times[fact.source], post->created_at_us, post->precision);
    if (!objects_of(&worker->objects, post, folded, worker->engine->layers) ||
        !count_account_post(worker, fact.account)) {
        return HEARSAY_NO_MEMORY;
    }
    fact.text = text_mark(&worker->objects);
    enum hearsay_status status = state_fact(worker, post, fact);
    return status == HEARSAY_OK ? act(worker, post, fact.post, fact.account, fact.source) : status;
}

enum hearsay_status worker_post(struct worker *worker, const struct post *original) {
    struct post post = *original;
    if (worker->engine->compare) {
        return compare_add(worker->engine->compare, &post);
    }
    struct folded folded = {.text = STR_EMPTY, .simple = STR_EMPTY, .is_ascii = true};
    if (post.text.len > 0 && !fold_text(&worker->folder, post.text, &folded)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = worker_entities(worker, &post);
    struct digest digest = post_digest(&post);
    bool is_finding = false;
    if (status == HEARSAY_OK && worker->matcher && post.text.len > 0) {
        status = judge(worker, &post, &folded, digest, &is_finding);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    unsigned flags = (post.is_repost ? FACT_REPOST : 0u) | (is_finding ? FACT_FINDING : 0u) |
                     (post.row.len > 0 ? FACT_SHARE_ROW : 0u);
    struct fact fact = {.post = digest, .flags = (uint16_t)flags};
    if (post.account.len == 0) {
        fact.flags |= FACT_NO_ACCOUNT;
    } else {
        fact.account = account_key(worker, &post)
                           ? map_intern(&worker->accounts, buffer_str(&worker->account_key), NULL)
                           : MAP_NONE;
        if (fact.account == MAP_NONE) {
            return HEARSAY_NO_MEMORY;
        }
    }
    if (post.account.len == 0 || !post.has_time) {
        worker->without_actor++;
        return state_fact(worker, &post, fact);
    }
    return take_part(worker, &post, &folded, fact);
}
