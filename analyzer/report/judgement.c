#include "report/judgement.h"

#include "base/json.h"
#include "report/field.h"
#include "report/report.h"

static void begin(struct buffer *out, const char *key, struct str value, size_t index) {
    buffer_append_c(out, index == 0 ? "{\"" : ",{\"");
    buffer_append_c(out, key);
    buffer_append_c(out, "\":");
    json_append_string(out, value);
}

static void number_or_null(struct buffer *out, const char *key, bool is_known, double value) {
    if (is_known) {
        field_number(out, key, value, FIELD_SCORE_DIGITS);
    } else {
        field_key(out, key);
        buffer_append_c(out, "null");
    }
}

static void time_or_null(struct buffer *out, const char *key, bool is_known, int64_t time_us) {
    field_key(out, key);
    if (is_known) {
        buffer_append_byte(out, '"');
        report_time(out, time_us);
        buffer_append_byte(out, '"');
    } else {
        buffer_append_c(out, "null");
    }
}

static void append_verifiability(struct buffer *out, const struct judgement_row *row) {
    field_key(out, "verifiability");
    buffer_append_c(out, "{\"value\":");
    buffer_append_double(out, row->verifiability, FIELD_SCORE_DIGITS);
    field_number(out, "base", row->base, FIELD_SCORE_DIGITS);
    field_key(out, "signals");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->signal_count; i++) {
        const struct signal_row *signal = &row->signals[i];
        begin(out, "name", str_from_c(signal->name), i);
        number_or_null(out, "value", signal->is_known, signal->value);
        number_or_null(out, "low", signal->is_known, signal->low);
        number_or_null(out, "high", signal->is_known, signal->high);
        field_count(out, "n", signal->n);
        field_text(out, "of", str_from_c(signal->unit));
        field_number(out, "log_odds", signal->log_odds, FIELD_SCORE_DIGITS);
        buffer_append_byte(out, '}');
    }
    buffer_append_c(out, "]}");
}

static void append_notes(struct buffer *out, const char *key, const struct note_rows *notes) {
    field_key(out, key);
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < notes->count; i++) {
        begin(out, "code", str_from_c(notes->items[i].code), i);
        field_text(out, "text", str_from_c(notes->items[i].sentence));
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void append_likelihood(struct buffer *out, const struct judgement_row *row) {
    field_key(out, "likelihood");
    if (row->likelihood[0] == '\0') {
        buffer_append_c(out, "null");
        return;
    }
    begin(out, "words", str_from_c(row->likelihood), 0);
    field_count(out, "low_percent", (uint64_t)row->likelihood_low);
    field_count(out, "high_percent", (uint64_t)row->likelihood_high);
    buffer_append_byte(out, '}');
}

static void append_status(struct buffer *out, const struct judgement_row *row) {
    char letter[] = {row->reliability, '\0'};
    field_key(out, "status");
    begin(out, "is", str_from_c(row->status), 0);
    time_or_null(out, "as_of", row->as_of_us != INT64_MAX, row->as_of_us);
    field_text(out, "reliability", str_from_c(letter));
    field_count(out, "credibility", (uint64_t)row->credibility);
    field_text(out, "credibility_words", str_from_c(row->credibility_words));
    append_likelihood(out, row);
    field_text(out, "confidence", str_from_c(row->confidence));
    append_notes(out, "basis", &row->basis);
    buffer_append_byte(out, '}');
}

static void append_registries(struct buffer *out, const struct judgement_row *row) {
    field_key(out, "registries");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->registry_count; i++) {
        const struct registry_row *registry = &row->registries[i];
        begin(out, "name", str_from_c(registry->name), i);
        field_flag(out, "available", registry->is_loaded);
        if (registry->is_loaded) {
            time_or_null(out, "taken_at", true, registry->taken_at_us);
            number_or_null(out, "age_days", row->as_of_us != INT64_MAX, registry->age_days);
            field_number(out, "coverage", registry->coverage, FIELD_SCORE_DIGITS);
            field_count(out, "matches", registry->matches);
            field_text(out, "first_match", registry->first_match);
            time_or_null(out, "first_match_at", registry->first_match_us != 0,
                         registry->first_match_us);
        }
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

void report_judgement(struct buffer *out, const struct judgement_row *row) {
    append_verifiability(out, row);
    append_status(out, row);
    append_registries(out, row);
    append_notes(out, "missing", &row->missing);
    append_notes(out, "would_change", &row->would_change);
}

void report_snapshots(struct buffer *out, const struct snapshot_row *rows, size_t count) {
    field_key(out, "registries");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        begin(out, "role", str_from_c(rows[i].role), i);
        field_text(out, "name", rows[i].name);
        field_text(out, "hash", rows[i].hash);
        time_or_null(out, "taken_at", true, rows[i].taken_at_us);
        field_count(out, "records", rows[i].records);
        field_text(out, "coverage", rows[i].coverage);
        field_text(out, "attribution", rows[i].attribution);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}
