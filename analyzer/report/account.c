#include "base/json.h"
#include "report/field.h"
#include "report/report.h"

static void test_append(struct buffer *out, const char *name, const char *measure, double value,
                        double p) {
    field_key(out, name);
    buffer_printf(out, "{\"%s\":", measure);
    buffer_append_double(out, value, FIELD_SCORE_DIGITS);
    field_number(out, "p", p, FIELD_SCORE_DIGITS);
    buffer_append_byte(out, '}');
}

static void habits_append(struct buffer *out, const struct account_habits *habits) {
    field_key(out, "habits");
    if (!habits) {
        buffer_append_c(out, "null");
        return;
    }
    buffer_append_c(out, "{\"posts\":");
    buffer_append_u64(out, habits->posts);
    test_append(out, "regularity", "burstiness", habits->burstiness, habits->regular_p);
    field_key(out, "hours");
    buffer_append_c(out, "{\"concentration\":");
    buffer_append_double(out, habits->hour_concentration, FIELD_SCORE_DIGITS);
    field_number(out, "mean_hour", habits->mean_hour, FIELD_SCORE_DIGITS);
    field_number(out, "p", habits->hour_p, FIELD_SCORE_DIGITS);
    buffer_append_byte(out, '}');
    test_append(out, "silence", "longest_s", habits->silence_s, habits->silence_p);
    test_append(out, "burst", "most_in_an_hour", (double)habits->most_in_hour, habits->burst_p);
    field_key(out, "repetition");
    buffer_append_c(out, "{\"texts\":");
    buffer_append_u64(out, habits->texts);
    field_count(out, "repeats", habits->repeats);
    field_number(out, "p", habits->repeat_p, FIELD_SCORE_DIGITS);
    buffer_append_c(out, "}}");
}

static void append_pair(struct buffer *out, const char *key, double low, double high) {
    field_key(out, key);
    buffer_append_byte(out, '[');
    buffer_append_double(out, low, FIELD_SCORE_DIGITS);
    buffer_append_byte(out, ',');
    buffer_append_double(out, high, FIELD_SCORE_DIGITS);
    buffer_append_byte(out, ']');
}

static void append_claims(struct buffer *out, const struct account_row *row) {
    field_count(out, "claims", row->claims);
    field_count(out, "claims_without_artefact", row->claims_without_artefact);
    if (row->claims == 0) {
        field_text(out, "claims_without_artefact_interval", STR_EMPTY);
        return;
    }
    append_pair(out, "claims_without_artefact_interval", row->without_low, row->without_high);
}

static void append_reasons(struct buffer *out, const struct account_row *row) {
    field_key(out, "reasons");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->reason_count; i++) {
        if (i > 0) {
            buffer_append_byte(out, ',');
        }
        json_append_string(out, row->reasons[i]);
    }
    buffer_append_byte(out, ']');
}

bool report_account(struct buffer *out, const struct account_row *row) {
    size_t start = out->len;
    field_open(out, "account");
    field_text(out, "platform", row->platform);
    field_text(out, "account", row->account);
    field_count(out, "posts", row->posts);
    field_count(out, "findings", row->findings);
    append_claims(out, row);
    field_number(out, "score", row->score, FIELD_SCORE_DIGITS);
    append_pair(out, "score_interval", row->low, row->high);
    field_flag(out, "flag", row->flag);
    append_reasons(out, row);
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
    if (row->cluster > 0) {
        field_count(out, "cluster", row->cluster);
    } else {
        field_text(out, "cluster", STR_EMPTY);
    }
    field_text(out, "role", row->role ? str_from_c(row->role) : STR_EMPTY);
    field_labels(out, row->labels, row->label_count);
    habits_append(out, row->habits);
    return field_close(out, start);
}
