#include "base/json.h"
#include "report/field.h"
#include "report/report.h"

bool report_cluster(struct buffer *out, uint32_t cluster, struct str platform,
                    const struct str *accounts, size_t account_count) {
    size_t start = out->len;
    field_open(out, "cluster");
    field_count(out, "cluster", cluster);
    field_text(out, "platform", platform);
    field_key(out, "accounts");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < account_count; i++) {
        if (i > 0) {
            buffer_append_byte(out, ',');
        }
        json_append_string(out, accounts[i]);
    }
    buffer_append_byte(out, ']');
    return field_close(out, start);
}
