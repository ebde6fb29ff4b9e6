/* What was learned: the table for people and the file of weights. */
#include <math.h>

#include "base/json.h"
#include "rule/fit.h"

/* ---- The report ---- */

static void append_measure(struct buffer *out, const char *name,
                           const struct fit_measure *measure) {
    buffer_printf(out, "%-44s %7.3f %7.3f %9.4f %7.4f\n", name, measure->f1,
                  measure->average_precision, measure->log_loss, measure->brier);
}

static void append_penalties(struct buffer *out, const struct fit *fit) {
    buffer_append_c(out, "penalties   rules ");
    buffer_append_double(out, fit->chosen.rule_penalty, 4);
    if (isfinite(fit->chosen.text_penalty)) {
        buffer_append_c(out, ", text ");
        buffer_append_double(out, fit->chosen.text_penalty, 4);
        buffer_printf(out, ", %u known phrases\n", fit->known_count);
    } else {
        buffer_append_c(out, "; the text term is left out: it does not help\n");
    }
}

static void append_reliability(struct buffer *out, const struct fit *fit) {
    buffer_append_c(out, "\nscore        rows  mean score  share labelled\n");
    for (int i = 0; i < RELIABILITY_BINS; i++) {
        const struct reliability_bin *bin = &fit->reliability.bins[i];
        if (bin->count > 0) {
            buffer_printf(out, "%.1f to %.1f  %6zu  %10.3f  %14.3f\n", i / 10.0, (i + 1) / 10.0,
                          bin->count, bin->sum / (double)bin->count,
                          (double)bin->positive / (double)bin->count);
        }
    }
    buffer_printf(out, "Brier score %.4f, calibration error %.4f\n",
                  reliability_brier(&fit->reliability), reliability_error(&fit->reliability));
}

static void append_counts(struct buffer *out, const struct fit *fit) {
    size_t positive = 0;
    size_t silent = 0;
    size_t missed = 0;
    size_t groups = 0;
    for (size_t i = 0; i < fit->count; i++) {
        const struct fit_row *row = &fit->rows[i];
        positive += row->row->is_positive;
        silent += row->is_silent;
        missed += row->is_silent && row->row->is_positive;
        groups += row->group == i;
    }
    buffer_printf(out,
                  "rows        %zu, %zu of them claims, in %zu groups of near-duplicate texts\n"
                  "no rule     matches %zu rows, %zu of them claims: no weight can find these\n",
                  fit->count, positive, groups, silent, missed);
}

bool fit_write_report(const struct fit *fit, struct buffer *out) {
    append_counts(out, fit);
    append_penalties(out, fit);
    buffer_printf(out, "\n%-44s %7s %7s %9s %7s\n", "", "F1", "avg.pr.", "log loss", "Brier");
    append_measure(out, "pack as stated", &fit->stated);
    append_measure(out, "rules learned, texts kept together", &fit->rules[SPLIT_TEXT]);
    append_measure(out, "rules learned, sources kept together", &fit->rules[SPLIT_SOURCE]);
    append_measure(out, "rules and text learned, texts kept together", &fit->text[SPLIT_TEXT]);
    append_measure(out, "rules and text learned, sources kept together", &fit->text[SPLIT_SOURCE]);
    append_reliability(out, fit);
    buffer_append_c(
        out, fit->is_better ? "\nCross-validated, the learned weights are no worse than the pack's "
                              "own.\n"
                            : "\nCross-validated, the learned weights are worse than the pack's "
                              "own.\n");
    return !out->failed;
}

/* ---- The file ---- */

enum { NAMES_IN_LINE = 8 };
#define SCALE_LEAST 0.05 /* corrections stand inside the scale and are divided by it */

static void append_number(struct buffer *out, const char *key, double value) {
    buffer_printf(out, "  \"%s\": ", key);
    buffer_append_double(out, value, 6);
    buffer_append_c(out, ",\n");
}

static void append_settings(struct buffer *out, const struct fit *fit) {
    bool with_text = isfinite(fit->chosen.text_penalty);
    const struct fit_measure *measures = with_text ? fit->text : fit->rules;
    buffer_printf(out, "  \"settings\": {\"seed\": %llu, \"parts\": %d, \"rule_penalty\": ",
                  (unsigned long long)fit->options->seed, FIT_PARTS);
    buffer_append_double(out, fit->chosen.rule_penalty, 6);
    buffer_append_c(out, ", \"text_penalty\": ");
    buffer_append_double(out, fit->chosen.text_penalty, 6);
    buffer_printf(out, ", \"rows\": %zu},\n  \"measured\": {\"f1\": ", fit->count);
    buffer_append_double(out, measures[SPLIT_TEXT].f1, 4);
    buffer_append_c(out, ", \"average_precision\": ");
    buffer_append_double(out, measures[SPLIT_TEXT].average_precision, 4);
    buffer_append_c(out, ", \"brier\": ");
    buffer_append_double(out, measures[SPLIT_TEXT].brier, 4);
    buffer_append_c(out, "},\n");
}

static void append_rules(struct buffer *out, const struct fit *fit) {
    bool is_first = true;
    double scale = fmax(fit->coefficients[COLUMN_SCALE], SCALE_LEAST);
    buffer_append_c(out, "  \"rules\": {");
    for (uint32_t i = 0; i < fit->pack->rule_count; i++) {
        const struct rule *rule = fit->pack->rules[i].rule;
        double value = round(fit->coefficients[COLUMN_RULES + i] / scale * 1000) / 1000;
        if (value != 0 && rule->meta.id.len > 0) {
            buffer_append_c(out, is_first ? "\n    " : ",\n    ");
            json_append_string(out, rule->meta.id);
            buffer_append_c(out, ": ");
            buffer_append_double(out, value, 6);
            is_first = false;
        }
    }
    buffer_append_c(out, "\n  }");
}

static void append_phrases(struct buffer *out, const struct fit *fit) {
    buffer_append_c(out, ",\n  \"text\": {\"unit\": ");
    buffer_append_double(out, FIT_PHRASE_UNIT, 6);
    buffer_append_c(out, ", \"phrases\": {");
    for (uint32_t i = 0; i < fit->known_count; i++) {
        double value = round(fit->coefficients[fit->first_phrase + i] / FIT_PHRASE_UNIT);
        value = fmin(fmax(value, -PHRASE_WEIGHT_MOST), PHRASE_WEIGHT_MOST);
        buffer_append_c(out, i == 0 ? "\n    " : ",\n    ");
        json_append_string(out, fit->known[i]);
        buffer_printf(out, ": %d", (int)value);
    }
    buffer_append_c(out, "\n  }, \"names\": [");
    for (uint32_t i = 0; i < fit->names.count; i++) {
        buffer_append_c(out, i == 0 ? "\n    " : i % NAMES_IN_LINE == 0 ? ",\n    " : ", ");
        json_append_string(out, fit->names.keys[i]);
    }
    buffer_append_c(out, "\n  ]}");
}

bool fit_write_weights(const struct fit *fit, struct buffer *out) {
    buffer_append_c(out, "{\n  \"schema\": \"" WEIGHTS_SCHEMA "\",\n  \"pack\": ");
    json_append_string(out, fit->pack->ast.name);
    buffer_printf(out, ",\n  \"pack_hash\": \"%s\",\n  \"data_hash\": \"%s\",\n", fit->pack->hash,
                  fit->data_hash);
    append_settings(out, fit);
    append_number(out, "intercept", fit->coefficients[COLUMN_INTERCEPT]);
    append_number(out, "scale", fit->coefficients[COLUMN_SCALE]);
    append_number(out, "alone", fit->coefficients[COLUMN_ALONE]);
    append_rules(out, fit);
    if (isfinite(fit->chosen.text_penalty)) {
        append_phrases(out, fit);
    }
    buffer_append_c(out, "\n}\n");
    return !out->failed;
}
