#include "base/json.h"
#include "report/field.h"
#include "report/report.h"

bool report_account(struct buffer *out, const struct account_row *row) {
    size_t start = out->len;
    field_open(out, "account");
    field_text(out, "platform", row->platform);
    field_text(out, "account", row->account);
    field_count(out, "posts", row->posts);
    field_count(out, "findings", row->findings);
    field_number(out, "score", row->score, FIELD_SCORE_DIGITS);
    field_flag(out, "flag", row->flag);
    field_key(out, "layers");
    buffer_append_byte(out, '{');
    for (size_t i = 0; i < row->layer_count; i++) {
        if (i > 0) {
            buffer_append_byte(out, ',');
        }
        json_append_string(out, str_from_c(row->layers[i].layer));
        buffer_append_byte(out, ':');
        buffer_append_double(out, row->layers[i].value, FIELD_WEIGHT_DIGITS);
    }
    buffer_append_byte(out, '}');
    field_count(out, "partners", row->partners);
    field_labels(out, row->labels, row->label_count);
    return field_close(out, start);
}
