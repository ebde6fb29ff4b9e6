#include "engine/finding.h"

#include "engine/finding_payload.h"

static uint32_t index_of(const struct rule *rule) {
    return rule ? rule->index : NO_RULE;
}

static void pack_spans(struct buffer *out, struct str text, const struct rule_span *spans,
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct rule_span *span = &spans[i];
        struct finding_span_head head = {.rule = span->rule->index,
                                         .term = (uint32_t)(span->term - span->rule->terms),
                                         .start = (uint32_t)span->start,
                                         .end = (uint32_t)span->end};
        buffer_append(out, &head, sizeof head);
        buffer_append_str(out, str_slice(text, span->start, span->end));
    }
}

static size_t at_most(size_t count, size_t most) {
    return count < most ? count : most;
}

static void pack_pending(struct buffer *out, struct str text, const struct judgement *judgement,
                         const struct pending *pending) {
    size_t span_count = at_most(pending->span_count, FINDING_ROWS_LIMIT);
    struct finding_pending_head head = {.rule = pending->rule->index,
                                        .present = pending->present,
                                        .key_count = (uint32_t)pending->key_count,
                                        .words_len = (uint32_t)pending->words.len,
                                        .victim_len = (uint32_t)pending->victim.len,
                                        .quantity_len = (uint32_t)pending->quantity.len,
                                        .span_count = (uint32_t)span_count};
    buffer_append(out, &head, sizeof head);
    buffer_append(out, judgement->keys + pending->first_key,
                  pending->key_count * sizeof *judgement->keys);
    buffer_append(out, pending->values, sizeof pending->values);
    buffer_append_str(out, pending->words);
    buffer_append_str(out, pending->victim);
    buffer_append_str(out, pending->quantity);
    pack_spans(out, text, judgement->spans + pending->first_span, span_count);
}

static void pack_mark(struct buffer *out, const struct finding_mark *mark) {
    struct claim_mark packed = mark->mark;
    packed.lang_len = (uint32_t)mark->lang.len;
    packed.domain_len = (uint32_t)mark->domain.len;
    packed.format_len = (uint32_t)mark->format.len;
    buffer_append(out, &packed, sizeof packed);
    buffer_append_str(out, mark->lang);
    buffer_append_str(out, mark->domain);
    buffer_append_str(out, mark->format);
}

bool finding_pack(struct buffer *out, const struct post *post, const struct judgement *judgement,
                  const struct claim_parts *parts, const struct finding_mark *mark) {
    size_t span_count = at_most(judgement->span_count, FINDING_ROWS_LIMIT);
    struct finding_head head = {.created_at_us = post->created_at_us,
                                .id_len = (uint32_t)post->id.len,
                                .platform_len = (uint32_t)post->platform.len,
                                .account_len = (uint32_t)post->account.len,
                                .victim_len = (uint32_t)parts->victim.len,
                                .quantity_len = (uint32_t)parts->quantity.len,
                                .victim_rule = index_of(judgement->victim_rule),
                                .quantity_rule = index_of(judgement->quantity_rule),
                                .hit_count = (uint32_t)judgement->hit_count,
                                .span_count = (uint32_t)span_count,
                                .pending_count = (uint32_t)judgement->pending_count,
                                .has_time = post->has_time,
                                .is_finding = judgement->score > 0,
                                .wording = judgement->wording};
    buffer_append(out, &head, sizeof head);
    buffer_append_str(out, post->id);
    buffer_append_str(out, post->platform);
    buffer_append_str(out, post->account);
    buffer_append_str(out, parts->victim);
    buffer_append_str(out, parts->quantity);
    pack_mark(out, mark);
    for (size_t i = 0; i < judgement->hit_count; i++) {
        buffer_append(out, &judgement->hits[i].rule->index, sizeof(uint32_t));
    }
    pack_spans(out, post->text, judgement->spans, span_count);
    for (size_t i = 0; i < judgement->pending_count; i++) {
        pack_pending(out, post->text, judgement, &judgement->pending[i]);
    }
    return !out->failed;
}
