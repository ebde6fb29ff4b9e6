#include "base/json.h"
#include "report/field.h"
#include "report/report.h"

static void append_rules(struct buffer *out, const struct finding_row *row) {
    field_key(out, "rules");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->rule_count; i++) {
        buffer_append_c(out, i == 0 ? "{\"id\":" : ",{\"id\":");
        json_append_string(out, row->rules[i].id);
        field_number(out, "weight", row->rules[i].weight, FIELD_WEIGHT_DIGITS);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void append_text_term(struct buffer *out, const struct finding_row *row) {
    field_key(out, "text_term");
    if (!row->has_text_term) {
        buffer_append_c(out, "null");
        return;
    }
    buffer_append_c(out, "{\"weight\":");
    buffer_append_double(out, row->text_weight, FIELD_WEIGHT_DIGITS);
    field_key(out, "phrases");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->phrase_count; i++) {
        buffer_append_c(out, i == 0 ? "{\"text\":" : ",{\"text\":");
        json_append_string(out, row->phrases[i].text);
        field_number(out, "weight", row->phrases[i].weight, FIELD_WEIGHT_DIGITS);
        buffer_append_byte(out, '}');
    }
    buffer_append_c(out, "]}");
}

static void append_spans(struct buffer *out, const struct finding_row *row) {
    field_key(out, "spans");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->span_count; i++) {
        const struct finding_span *span = &row->spans[i];
        buffer_append_c(out, i == 0 ? "{\"term\":" : ",{\"term\":");
        json_append_string(out, span->term);
        field_count(out, "start", span->start);
        field_count(out, "end", span->end);
        field_key(out, "text");
        json_append_string(out, span->text);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

bool report_finding(struct buffer *out, const struct finding_row *row) {
    size_t start = out->len;
    field_open(out, "finding");
    field_text(out, "post", row->post);
    field_text(out, "platform", row->platform);
    field_text(out, "account", row->account);
    field_time(out, "created_at", row->has_time, row->created_at_us);
    field_number(out, "score", row->score, FIELD_SCORE_DIGITS);
    field_flag(out, "flag", row->flag);
    field_text(out, "incident", row->incident);
    field_text(out, "stance", row->stance);
    field_text(out, "victim", row->victim);
    field_text(out, "quantity", row->quantity);
    field_text(out, "claim", row->claim);
    append_rules(out, row);
    append_text_term(out, row);
    append_spans(out, row);
    field_labels(out, row->labels, row->label_count);
    return field_close(out, start);
}
