/* The other half of finding.c: payloads become lines, once their windows are known. */
#include <stdlib.h>

#include "engine/finding.h"
#include "engine/finding_payload.h"

/* A span as the payload has it. */
struct span_read {
    struct finding_span_head head;
    struct str text;
};

bool finding_writer_init(struct finding_writer *writer, const struct hearsay_rules *rules,
                         struct claims *claims) {
    writer->rules = rules;
    writer->claims = claims;
    writer->group_sums = calloc(pack_group_count(rules) + (size_t)1, sizeof *writer->group_sums);
    writer->sequence = sequence_new(rules);
    return writer->group_sums && writer->sequence;
}

void finding_writer_free(struct finding_writer *writer) {
    sequence_free(writer->sequence);
    free(writer->group_sums);
    free(writer->hits);
    free(writer->spans);
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

/* One post being written. */
struct reading {
    struct finding_writer *writer;
    struct cursor cursor;
    struct finding_head head;
    struct sequence_post post;
    struct claim_mark mark;
    struct str lang;
    struct str domain;
    struct str format;
    size_t hit_count;
    size_t span_count;
    size_t label_count;
    struct str victim;
    struct str quantity;
    const struct rule *victim_rule;
    const struct rule *quantity_rule;
};

static const struct rule *rule_of(const struct reading *reading, uint32_t index) {
    return index == NO_RULE ? NULL : pack_rule(reading->writer->rules, index);
}

static bool add_hit(struct reading *reading, const struct rule *rule) {
    struct finding_writer *writer = reading->writer;
    if (reading->hit_count == writer->hit_capacity) {
        size_t capacity = writer->hit_capacity ? writer->hit_capacity * 2 : 16;
        struct rule_hit *hits = realloc(writer->hits, capacity * sizeof *hits);
        if (!hits) {
            return false;
        }
        writer->hits = hits;
        writer->hit_capacity = capacity;
    }
    writer->hits[reading->hit_count++] = (struct rule_hit){rule, 0};
    return true;
}

static bool add_span(struct reading *reading, const struct span_read *span) {
    struct finding_writer *writer = reading->writer;
    if (reading->span_count == writer->span_capacity) {
        size_t capacity = writer->span_capacity ? writer->span_capacity * 2 : 16;
        struct span_read *spans = realloc(writer->spans, capacity * sizeof *spans);
        if (!spans) {
            return false;
        }
        writer->spans = spans;
        writer->span_capacity = capacity;
    }
    writer->spans[reading->span_count++] = *span;
    return true;
}

static bool read_spans(struct reading *reading, uint32_t count, bool counts) {
    for (uint32_t i = 0; i < count; i++) {
        struct span_read span;
        take(&reading->cursor, &span.head, sizeof span.head);
        span.text = take_text(&reading->cursor, span.head.end - span.head.start);
        if (counts && !add_span(reading, &span)) {
            return false;
        }
    }
    return true;
}

static bool read_hits(struct reading *reading) {
    for (uint32_t i = 0; i < reading->head.hit_count; i++) {
        uint32_t index;
        take(&reading->cursor, &index, sizeof index);
        if (!add_hit(reading, rule_of(reading, index))) {
            return false;
        }
    }
    return read_spans(reading, reading->head.span_count, true);
}

/* ---- Windows and labels ---- */

static void state_text(struct str text, const struct rule *rule, struct str *stated,
                       const struct rule **by) {
    if (text.len > 0 && (!*by || rule_is_stronger(rule, *by))) {
        *stated = text;
        *by = rule;
    }
}

static enum hearsay_status read_pending(struct reading *reading) {
    struct finding_pending_head head;
    struct digest keys[OVER_POST_KEYS_MOST];
    uint64_t values[OVER_MEASURES_MOST];
    bool fires;
    take(&reading->cursor, &head, sizeof head);
    take(&reading->cursor, keys, head.key_count * sizeof *keys);
    take(&reading->cursor, values, sizeof values);
    struct window_post post = {.rule = rule_of(reading, head.rule),
                               .time_us = reading->head.created_at_us,
                               .keys = keys,
                               .key_count = head.key_count,
                               .words = take_text(&reading->cursor, head.words_len),
                               .values = values,
                               .present = head.present};
    enum hearsay_status status =
        sequence_ask(reading->writer->sequence, &reading->post, &post, &fires);
    if (status != HEARSAY_OK) {
        return status;
    }
    struct str victim = take_text(&reading->cursor, head.victim_len);
    struct str quantity = take_text(&reading->cursor, head.quantity_len);
    if (fires) {
        state_text(victim, post.rule, &reading->victim, &reading->victim_rule);
        state_text(quantity, post.rule, &reading->quantity, &reading->quantity_rule);
        if (!add_hit(reading, post.rule)) {
            return HEARSAY_NO_MEMORY;
        }
    }
    return read_spans(reading, head.span_count, fires) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static enum hearsay_status read_all(struct reading *reading) {
    reading->victim_rule = rule_of(reading, reading->head.victim_rule);
    reading->quantity_rule = rule_of(reading, reading->head.quantity_rule);
    if (!read_hits(reading)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t i = 0; i < reading->head.pending_count && status == HEARSAY_OK; i++) {
        status = read_pending(reading);
    }
    return status;
}

/* Keeps of each label the latest end, in order of number; beyond the limit they are given and not
 * listed. */
static void list_label(struct reading *reading, const struct label *label, int64_t until_us) {
    struct label_value *rows = reading->writer->row_labels;
    size_t at = 0;
    while (at < reading->label_count && !str_equal(rows[at].label, label->name)) {
        at++;
    }
    if (at < FINDING_ROWS_LIMIT) {
        rows[at] = (struct label_value){label->name, until_us};
        reading->label_count += at == reading->label_count;
    }
}

static enum hearsay_status give_labels(struct reading *reading) {
    struct finding_writer *writer = reading->writer;
    for (size_t i = 0; i < reading->hit_count; i++) {
        const struct rule *rule = writer->hits[i].rule;
        for (uint32_t k = 0; k < rule->outcome.label_count; k++) {
            const struct label *label = &rule->outcome.labels[k];
            int64_t until_us;
            bool is_given;
            enum hearsay_status status =
                sequence_give(writer->sequence, &reading->post, rule, label, &until_us, &is_given);
            if (status != HEARSAY_OK) {
                return status;
            }
            if (is_given) {
                list_label(reading, label, until_us);
            }
        }
    }
    return HEARSAY_OK;
}

/* ---- The line ---- */

static int compare_spans(const void *left, const void *right) {
    const struct finding_span_head *a = &((const struct span_read *)left)->head;
    const struct finding_span_head *b = &((const struct span_read *)right)->head;
    const uint32_t keys_a[] = {a->start, a->end, a->rule, a->term};
    const uint32_t keys_b[] = {b->start, b->end, b->rule, b->term};
    for (size_t i = 0; i < 4; i++) {
        if (keys_a[i] != keys_b[i]) {
            return keys_a[i] < keys_b[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Two rules may share a private one: its spans are shown once. */
static size_t list_spans(const struct reading *reading) {
    struct finding_writer *writer = reading->writer;
    size_t count = 0;
    if (reading->span_count > 1) {
        qsort(writer->spans, reading->span_count, sizeof *writer->spans, compare_spans);
    }
    for (size_t i = 0; i < reading->span_count && count < FINDING_ROWS_LIMIT; i++) {
        const struct span_read *span = &writer->spans[i];
        if (i == 0 || compare_spans(span, span - 1) != 0) {
            struct str term = rule_of(reading, span->head.rule)->terms[span->head.term].name;
            writer->row_spans[count++] =
                (struct finding_span){term, span->head.start, span->head.end, span->text};
        }
    }
    return count;
}

static size_t list_rules(const struct reading *reading) {
    struct finding_writer *writer = reading->writer;
    size_t count =
        reading->hit_count < FINDING_ROWS_LIMIT ? reading->hit_count : (size_t)FINDING_ROWS_LIMIT;
    hits_sort(writer->hits, reading->hit_count);
    for (size_t i = 0; i < count; i++) {
        writer->row_rules[i] =
            (struct finding_rule){writer->hits[i].rule->meta.id, writer->hits[i].weight};
    }
    return count;
}

static enum hearsay_status give_to_claim(struct reading *reading, const struct finding_row *row,
                                         char id[CLAIM_ID_SIZE]) {
    struct claim_entry entry = {.post = row->post,
                                .platform = row->platform,
                                .account = row->account,
                                .victim = row->victim,
                                .quantity = row->quantity,
                                .incident = row->incident,
                                .stance = row->stance,
                                .lang = reading->lang,
                                .domain = reading->domain,
                                .mark = &reading->mark,
                                .created_at_us = row->created_at_us,
                                .score = row->score,
                                .has_time = row->has_time,
                                .flag = row->flag};
    return claims_add(reading->writer->claims, &entry, id);
}

static size_t list_phrases(const struct reading *reading) {
    struct finding_writer *writer = reading->writer;
    const struct wording *wording = &reading->head.wording;
    for (uint32_t i = 0; i < wording->count; i++) {
        struct finding_phrase *row = &writer->row_phrases[i];
        row->text = pack_phrase(writer->rules, wording->phrases[i], wording->factor, &row->weight);
    }
    return wording->count;
}

/* What the weights make of it. */
static void weigh_row(struct reading *reading, struct finding_row *row) {
    struct finding_writer *writer = reading->writer;
    struct verdict verdict;
    hits_weigh(writer->rules, writer->group_sums, writer->hits, reading->hit_count,
               reading->head.wording.weight, &verdict);
    row->score = verdict.score;
    row->flag = verdict.flag;
    row->incident = verdict.incident;
    row->stance = verdict.stance;
}

static enum hearsay_status write_line(struct reading *reading, struct finding_row *row,
                                      struct buffer *out, char claim[CLAIM_ID_SIZE]) {
    struct finding_writer *writer = reading->writer;
    row->victim = reading->victim;
    row->quantity = reading->quantity;
    row->rules = writer->row_rules;
    row->rule_count = list_rules(reading);
    row->has_text_term = pack_weights(writer->rules) != NULL;
    row->text_weight = reading->head.wording.weight;
    row->phrases = writer->row_phrases;
    row->phrase_count = list_phrases(reading);
    row->spans = writer->row_spans;
    row->span_count = list_spans(reading);
    row->labels = writer->row_labels;
    row->label_count = reading->label_count;
    enum hearsay_status status = give_to_claim(reading, row, claim);
    row->claim = str_from_c(claim);
    if (status != HEARSAY_OK) {
        return status;
    }
    return report_finding(out, row) ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

static void take_mark(struct reading *reading) {
    struct claim_mark *mark = &reading->mark;
    take(&reading->cursor, mark, sizeof *mark);
    reading->lang = take_text(&reading->cursor, mark->lang_len);
    reading->domain = take_text(&reading->cursor, mark->domain_len);
    reading->format = take_text(&reading->cursor, mark->format_len);
}

enum hearsay_status finding_write(struct finding_writer *writer, struct str payload,
                                  struct buffer *out, struct finding_outcome *outcome) {
    struct reading reading = {.writer = writer, .cursor = {payload.ptr}};
    const struct finding_head *head = &reading.head;
    take(&reading.cursor, &reading.head, sizeof reading.head);
    struct finding_row row = {.created_at_us = head->created_at_us,
                              .has_time = head->has_time != 0};
    row.post = take_text(&reading.cursor, head->id_len);
    row.platform = take_text(&reading.cursor, head->platform_len);
    row.account = take_text(&reading.cursor, head->account_len);
    reading.victim = take_text(&reading.cursor, head->victim_len);
    reading.quantity = take_text(&reading.cursor, head->quantity_len);
    reading.post = (struct sequence_post){.account = account_digest(row.platform, row.account),
                                          .has_account = row.account.len > 0,
                                          .has_time = row.has_time,
                                          .time_us = row.created_at_us};
    take_mark(&reading);
    enum hearsay_status status = read_all(&reading);
    if (status == HEARSAY_OK) {
        hits_sort(writer->hits, reading.hit_count);
        status = give_labels(&reading);
    }
    *outcome = (struct finding_outcome){.is_finding = reading.hit_count > 0,
                                        .by_windows_alone = !head->is_finding,
                                        .platform = row.platform,
                                        .account = row.account,
                                        .post = row.post,
                                        .format = reading.format,
                                        .created_at_us = row.created_at_us,
                                        .has_time = row.has_time,
                                        .is_repost = reading.mark.is_repost != 0};
    if (status != HEARSAY_OK || !outcome->is_finding) {
        return status;
    }
    weigh_row(&reading, &row);
    outcome->is_finding = row.score > 0;
    outcome->flag = row.flag;
    return outcome->is_finding ? write_line(&reading, &row, out, outcome->claim) : HEARSAY_OK;
}
