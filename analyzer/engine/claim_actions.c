#include "engine/claim_actions.h"

/* A worker that has seen the account, and its index there; NULL: none has. */
static struct worker *worker_of(struct hearsay_engine *engine,
                                const struct finding_outcome *outcome, uint32_t *index) {
    struct buffer key = {0};
    struct worker *found = NULL;
    buffer_append_str(&key, outcome->platform);
    buffer_append_byte(&key, '\0');
    buffer_append_str(&key, outcome->account);
    for (unsigned i = 0; !key.failed && !found && i < engine->options.threads; i++) {
        *index = map_find(&engine->workers[i].accounts, buffer_str(&key));
        found = *index != MAP_NONE ? &engine->workers[i] : NULL;
    }
    buffer_free(&key);
    return found;
}

static enum hearsay_status log_evidence(struct worker *worker,
                                        const struct finding_outcome *outcome, uint64_t *offset) {
    struct str id = str_slice(outcome->post, 0, UINT16_MAX);
    struct str claim = str_from_c(outcome->claim);
    uint16_t lengths[2] = {(uint16_t)id.len, (uint16_t)claim.len};
    buffer_clear(&worker->line);
    buffer_append(&worker->line, lengths, sizeof lengths);
    buffer_append_str(&worker->line, id);
    if (!buffer_append_str(&worker->line, claim)) {
        return HEARSAY_NO_MEMORY;
    }
    return log_append(&worker->log, worker->line.ptr, worker->line.len, offset);
}

enum hearsay_status claim_action_add(struct hearsay_engine *engine,
                                     const struct finding_outcome *outcome, struct digest post) {
    bool acts = (engine->layers >> LAYER_CLAIM & 1u) != 0 && outcome->claim[0] != '\0' &&
                outcome->has_time && outcome->account.len > 0 && !outcome->is_repost;
    if (!acts) {
        return HEARSAY_OK;
    }
    uint32_t index = 0;
    struct worker *worker = worker_of(engine, outcome, &index);
    if (!worker) {
        return HEARSAY_NO_MEMORY; /* every account of a finding was seen by the worker that made it
                                   */
    }
    char layer_byte = (char)LAYER_CLAIM;
    const struct str fields[] = {{&layer_byte, 1}, str_from_c(outcome->claim)};
    struct action action = {
        .object = hash128_fields(fields, 2),
        .time_us = outcome->created_at_us,
        .post = post,
        .account = index,
        .writer = worker->index,
        .layer = LAYER_CLAIM,
        .platform = sources_number(&engine->sources, outcome->format, outcome->platform)};
    enum hearsay_status status = log_evidence(worker, outcome, &action.evidence);
    return status == HEARSAY_OK
               ? table_add(&worker->actions, (unsigned)(action.object.high >> 56), &action)
               : status;
}
