#include "engine/finding.h"

#include <stdlib.h>

#define NO_RULE UINT32_MAX

/* Then the texts in the order of their lengths, the indices of the rules, and the spans, each with
 * its text. */
struct head {
    int64_t created_at_us;
    uint32_t id_len;
    uint32_t platform_len;
    uint32_t account_len;
    uint32_t victim_len;
    uint32_t quantity_len;
    uint32_t victim_rule; /* that extracted it, or NO_RULE */
    uint32_t quantity_rule;
    uint32_t hit_count;
    uint32_t span_count;
    uint32_t has_time;
};

struct span_head {
    uint32_t rule; /* whose term it is */
    uint32_t term;
    uint32_t start;
    uint32_t end;
};

static uint32_t index_of(const struct rule *rule) {
    return rule ? rule->index : NO_RULE;
}

static void pack_spans(struct buffer *out, struct str text, const struct rule_span *spans,
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct rule_span *span = &spans[i];
        struct span_head head = {.rule = span->rule->index,
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

bool finding_pack(struct buffer *out, const struct post *post, const struct judgement *judgement,
                  const struct claim_parts *parts) {
    size_t span_count = at_most(judgement->span_count, FINDING_ROWS_LIMIT);
    struct head head = {.created_at_us = post->created_at_us,
                        .id_len = (uint32_t)post->id.len,
                        .platform_len = (uint32_t)post->platform.len,
                        .account_len = (uint32_t)post->account.len,
                        .victim_len = (uint32_t)parts->victim.len,
                        .quantity_len = (uint32_t)parts->quantity.len,
                        .victim_rule = index_of(judgement->victim_rule),
                        .quantity_rule = index_of(judgement->quantity_rule),
                        .hit_count = (uint32_t)judgement->hit_count,
                        .span_count = (uint32_t)span_count,
                        .has_time = post->has_time};
    buffer_append(out, &head, sizeof head);
    buffer_append_str(out, post->id);
    buffer_append_str(out, post->platform);
    buffer_append_str(out, post->account);
    buffer_append_str(out, parts->victim);
    buffer_append_str(out, parts->quantity);
    for (size_t i = 0; i < judgement->hit_count; i++) {
        buffer_append(out, &judgement->hits[i].rule->index, sizeof(uint32_t));
    }
    pack_spans(out, post->text, judgement->spans, span_count);
    return !out->failed;
}

/* ---- Reading ---- */

bool finding_writer_init(struct finding_writer *writer, const struct hearsay_rules *rules) {
    writer->rules = rules;
    writer->group_sums = calloc(pack_group_count(rules) + (size_t)1, sizeof *writer->group_sums);
    return writer->group_sums != NULL;
}

void finding_writer_free(struct finding_writer *writer) {
    free(writer->group_sums);
    free(writer->hits);
}

/* What is left of a payload. The bytes are our own and hold what their lengths say. */
struct cursor {
    const char *at;
};

static void take(struct cursor *cursor, void *out, size_t len) {
    memcpy(out, cursor->at, len);
    cursor->at += len;
}

static struct str take_text(struct cursor *cursor, uint32_t len) {
    struct str text = {cursor->at, len};
    cursor->at += len;
    return text;
}

static bool read_hits(struct finding_writer *writer, struct cursor *cursor, uint32_t count) {
    if (count > writer->hit_capacity) {
        struct rule_hit *hits = realloc(writer->hits, count * sizeof *hits);
        if (!hits) {
            return false;
        }
        writer->hits = hits;
        writer->hit_capacity = count;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index;
        take(cursor, &index, sizeof index);
        writer->hits[i] = (struct rule_hit){pack_rule(writer->rules, index), 0};
    }
    return true;
}

static void read_spans(struct finding_writer *writer, struct cursor *cursor, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        struct span_head head;
        take(cursor, &head, sizeof head);
        struct str term = pack_rule(writer->rules, head.rule)->terms[head.term].name;
        struct str text = take_text(cursor, head.end - head.start);
        writer->row_spans[i] = (struct finding_span){term, head.start, head.end, text};
    }
}

bool finding_write(struct finding_writer *writer, struct str payload, struct buffer *out,
                   bool *flag) {
    struct cursor cursor = {payload.ptr};
    struct head head;
    struct verdict verdict;
    take(&cursor, &head, sizeof head);
    struct finding_row row = {.created_at_us = head.created_at_us, .has_time = head.has_time != 0};
    row.post = take_text(&cursor, head.id_len);
    row.platform = take_text(&cursor, head.platform_len);
    row.account = take_text(&cursor, head.account_len);
    row.victim = take_text(&cursor, head.victim_len);
    row.quantity = take_text(&cursor, head.quantity_len);
    if (!read_hits(writer, &cursor, head.hit_count)) {
        return false;
    }
    read_spans(writer, &cursor, head.span_count);
    hits_weigh(writer->rules, writer->group_sums, writer->hits, head.hit_count, &verdict);
    hits_sort(writer->hits, head.hit_count);
    row.rule_count = at_most(head.hit_count, FINDING_ROWS_LIMIT);
    for (size_t i = 0; i < row.rule_count; i++) {
        writer->row_rules[i] =
            (struct finding_rule){writer->hits[i].rule->meta.id, writer->hits[i].weight};
    }
    row.score = verdict.score;
    row.flag = verdict.flag;
    row.incident = verdict.incident;
    row.stance = verdict.stance;
    row.rules = writer->row_rules;
    row.spans = writer->row_spans;
    row.span_count = head.span_count;
    *flag = verdict.flag;
    return report_finding(out, &row);
}
