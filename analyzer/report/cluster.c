#include "base/json.h"
#include "report/field.h"
#include "report/report.h"

bool report_cluster(struct buffer *out, const struct cluster_row *row) {
    size_t start = out->len;
    double size = (double)row->account_count;
    field_open(out, "cluster");
    field_count(out, "cluster", row->cluster);
    field_text(out, "platform", row->platform);
    field_count(out, "edges", row->edges);
    field_number(out, "density", 2.0 * (double)row->edges / (size * (size - 1.0)),
                 FIELD_SCORE_DIGITS);
    field_key(out, "accounts");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->account_count; i++) {
        if (i > 0) {
            buffer_append_byte(out, ',');
        }
        json_append_string(out, row->accounts[i]);
    }
    buffer_append_byte(out, ']');
    return field_close(out, start);
}
