#include "report/field.h"

#include "base/json.h"
#include "report/report.h"

void field_open(struct buffer *out, const char *kind) {
    buffer_append_c(out, "{\"schema\":\"hearsay.");
    buffer_append_c(out, kind);
    buffer_append_c(out, "/1\"");
}

bool field_close(struct buffer *out, size_t start) {
    buffer_append(out, "}\n", 2);
    if (out->failed) {
        out->len = start;
        return false;
    }
    return true;
}

void field_key(struct buffer *out, const char *key) {
    buffer_append(out, ",\"", 2);
    buffer_append_c(out, key);
    buffer_append(out, "\":", 2);
}

void field_text(struct buffer *out, const char *key, struct str value) {
    field_key(out, key);
    if (value.len == 0) {
        buffer_append(out, "null", 4);
    } else {
        json_append_string(out, value);
    }
}

void field_time(struct buffer *out, const char *key, bool has_time, int64_t time_us) {
    field_key(out, key);
    if (!has_time) {
        buffer_append_c(out, "null");
        return;
    }
    buffer_append_byte(out, '"');
    report_time(out, time_us);
    buffer_append_byte(out, '"');
}

void field_count(struct buffer *out, const char *key, uint64_t value) {
    field_key(out, key);
    buffer_append_u64(out, value);
}

void field_number(struct buffer *out, const char *key, double value, int digits) {
    field_key(out, key);
    buffer_append_double(out, value, digits);
}

void field_flag(struct buffer *out, const char *key, bool value) {
    field_key(out, key);
    buffer_append_c(out, value ? "true" : "false");
}

void field_labels(struct buffer *out, const struct label_value *labels, size_t count) {
    if (count == 0) {
        return;
    }
    field_key(out, "labels");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        buffer_append_c(out, i == 0 ? "{\"label\":" : ",{\"label\":");
        json_append_string(out, labels[i].label);
        buffer_append_c(out, ",\"until\":\"");
        report_time(out, labels[i].until_us);
        buffer_append_c(out, "\"}");
    }
    buffer_append_byte(out, ']');
}
