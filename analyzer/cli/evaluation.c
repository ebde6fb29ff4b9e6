#include "cli/evaluation.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "cli/exit.h"
#include "cli/terminal.h"
#include "cli/value.h"

enum { DIGITS = 6, DRAWS_MOST = 100000, INDENT = 2 };
#define CONFIDENCE 0.95

static enum hearsay_status wrong(struct hearsay_failure *failure, const char *message) {
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "%s", message);
}

static bool read_count(const char *text, uint64_t least, uint64_t most, uint64_t *value) {
    return !text || value_count(str_from_c(text), least, most, value);
}

enum hearsay_status evaluation_options_read(const struct arguments *arguments,
                                            struct evaluation_options *options,
                                            struct hearsay_failure *failure) {
    const char *const *values = arguments->values;
    *options = (struct evaluation_options){.folder = arguments->items[0],
                                           .labels = values[OPTION_LABELS],
                                           .groups = values[OPTION_GROUPS],
                                           .seed = 1,
                                           .draws = 1000,
                                           .min_posts = 5};
    if (!options->labels || !options->labels[0]) {
        return wrong(failure, "name a file with labels: --labels FILE");
    }
    if (!read_count(values[OPTION_SEED], 0, UINT64_MAX, &options->seed)) {
        return wrong(failure, "--seed: expected is a whole number");
    }
    if (!read_count(values[OPTION_DRAWS], 0, DRAWS_MOST, &options->draws)) {
        return wrong(failure, "--draws: expected is a number up to 100000");
    }
    if (!read_count(values[OPTION_MIN_POSTS], 0, UINT32_MAX, &options->min_posts)) {
        return wrong(failure, "--min-posts: expected is a whole number");
    }
    return HEARSAY_OK;
}

json_t *evaluation_number(double value) {
    if (!isfinite(value)) {
        return json_null();
    }
    /* Through the shortest text of six digits, so that every machine writes the same. */
    struct buffer text = {0};
    double rounded = value;
    buffer_append_double(&text, value, DIGITS);
    str_to_double(buffer_str(&text), &rounded);
    buffer_free(&text);
    return json_real(rounded);
}

static json_t *ranking_json(const double *values, const struct ranking_interval *intervals) {
    json_t *measures = json_object();
    for (size_t i = 0; i < RANKING_MEASURES; i++) {
        const char *name = ranking_measure_name((enum ranking_measure)i);
        json_t *measure = json_pack("{s:o}", "value", evaluation_number(values[i]));
        if (intervals) {
            json_object_set_new(measure, "low", evaluation_number(intervals[i].low));
            json_object_set_new(measure, "high", evaluation_number(intervals[i].high));
        }
        json_object_set_new(measures, name, measure);
    }
    return measures;
}

json_t *evaluation_ranking(struct ranked *items, size_t count, uint32_t units,
                           const struct evaluation_options *options) {
    double values[RANKING_MEASURES];
    struct ranking_interval intervals[RANKING_MEASURES];
    bool has_intervals = options && options->draws > 0 && count > 0;
    uint64_t positive = 0;
    uint64_t flagged = 0;
    ranking_sort(items, count);
    ranking_measure(items, count, NULL, values);
    if (has_intervals &&
        ranking_bootstrap(items, count, units, options->seed, (uint32_t)options->draws, CONFIDENCE,
                          intervals, NULL) != HEARSAY_OK) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        positive += items[i].is_positive;
        flagged += items[i].is_flagged;
    }
    return json_pack("{s:I, s:I, s:I, s:o}", "items", (json_int_t)count, "positive",
                     (json_int_t)positive, "flagged", (json_int_t)flagged, "measures",
                     ranking_json(values, has_intervals ? intervals : NULL));
}

void evaluation_append_number(struct buffer *out, const json_t *number, int width, int digits) {
    if (json_is_number(number)) {
        buffer_printf(out, "%*.*f", width, digits, json_number_value(number));
    } else {
        buffer_printf(out, "%*s", width, "-");
    }
}

void evaluation_append_padded(struct buffer *out, struct str text, size_t width) {
    size_t shown = 0;
    terminal_append_safe(out, text);
    for (size_t i = 0; i < text.len; i++) {
        shown += ((unsigned char)text.ptr[i] & 0xc0u) != 0x80u;
    }
    for (; shown < width; shown++) {
        buffer_append_byte(out, ' ');
    }
}

void evaluation_append_ranking(struct buffer *out, const json_t *ranking) {
    const char *name;
    json_t *measure;
    json_object_foreach(json_object_get(ranking, "measures"), name, measure) {
        const json_t *low = json_object_get(measure, "low");
        buffer_append_c(out, "  ");
        evaluation_append_padded(out, str_from_c(name), 22);
        evaluation_append_number(out, json_object_get(measure, "value"), 6, 3);
        if (json_is_number(low)) {
            buffer_append_c(out, "  (");
            evaluation_append_number(out, low, 5, 3);
            buffer_append_c(out, " to ");
            evaluation_append_number(out, json_object_get(measure, "high"), 5, 3);
            buffer_append_byte(out, ')');
        }
        buffer_append_byte(out, '\n');
    }
}

json_int_t evaluation_integer(const json_t *object, const char *key) {
    return json_integer_value(json_object_get(object, key));
}

void evaluation_append_fact(struct buffer *out, const json_t *counts, const char *key,
                            const char *meaning) {
    json_int_t count = evaluation_integer(counts, key);
    if (count > 0) {
        buffer_append_c(out, "            ");
        terminal_append_count(out, (uint64_t)count);
        buffer_printf(out, " %s\n", meaning);
    }
}

int evaluation_print(const struct arguments *arguments, json_t *report,
                     void (*append)(struct buffer *out, const json_t *report)) {
    struct buffer out = {0};
    if (!report) {
        struct hearsay_failure failure = {0};
        return terminal_fail(failure_memory(&failure), &failure);
    }
    if (arguments_has(arguments, OPTION_JSON)) {
        char *text = json_dumps(report, JSON_INDENT(INDENT) | JSON_REAL_PRECISION(DIGITS));
        buffer_append_c(&out, text ? text : "");
        buffer_append_byte(&out, '\n');
        out.failed = out.failed || !text;
        free(text);
    } else {
        append(&out, report);
    }
    json_decref(report);
    return terminal_print(&out);
}

json_t *evaluation_reliability(const struct reliability *table) {
    json_t *bins = json_array();
    for (size_t i = 0; i < RELIABILITY_BINS; i++) {
        const struct reliability_bin *bin = &table->bins[i];
        double count = (double)bin->count;
        json_array_append_new(bins, json_pack("{s:o, s:I, s:o, s:o}", "from",
                                              evaluation_number((double)i / 10), "items",
                                              (json_int_t)bin->count, "mean_score",
                                              evaluation_number(bin->sum / count), "share_positive",
                                              evaluation_number((double)bin->positive / count)));
    }
    return json_pack("{s:o, s:o, s:o}", "brier", evaluation_number(reliability_brier(table)),
                     "calibration_error", evaluation_number(reliability_error(table)), "bins",
                     bins);
}

void evaluation_append_reliability(struct buffer *out, const json_t *reliability) {
    const json_t *bins = json_object_get(reliability, "bins");
    buffer_append_c(out, "\nscore from   items  mean score  share labelled   (Brier ");
    evaluation_append_number(out, json_object_get(reliability, "brier"), 0, 4);
    buffer_append_c(out, ", calibration error ");
    evaluation_append_number(out, json_object_get(reliability, "calibration_error"), 0, 4);
    buffer_append_c(out, ")\n");
    for (size_t i = 0; i < json_array_size(bins); i++) {
        const json_t *bin = json_array_get(bins, i);
        evaluation_append_number(out, json_object_get(bin, "from"), 10, 1);
        buffer_printf(out, "%8lld", (long long)evaluation_integer(bin, "items"));
        evaluation_append_number(out, json_object_get(bin, "mean_score"), 12, 3);
        evaluation_append_number(out, json_object_get(bin, "share_positive"), 16, 3);
        buffer_append_byte(out, '\n');
    }
}
