/* What both kinds of `hearsay evaluate` share: their options, the measures of a ranking as JSON,
 * and the JSON as a table for people. The JSON comes first; the table only shows it. */
#ifndef HEARSAY_CLI_EVALUATION_H
#define HEARSAY_CLI_EVALUATION_H

#include "base/json.h"
#include "cli/arguments.h"
#include "stats/ranking.h"
#include "stats/reliability.h"

struct evaluation_options {
    const char *folder; /* OUT */
    const char *labels;
    const char *groups; /* NULL: none */
    uint64_t seed;
    uint64_t draws; /* of the bootstrap; 0: no intervals */
    uint64_t min_posts;
};

/* Each of these objects is new and owned by the caller; NULL when memory is out. */

/* HEARSAY_BAD_ARGUMENT with a message that shows what is expected. */
enum hearsay_status evaluation_options_read(const struct arguments *arguments,
                                            struct evaluation_options *options,
                                            struct hearsay_failure *failure);

/* Six significant digits, or null for NAN. */
json_t *evaluation_number(double value);

/* {"items","positive","flagged","measures":{NAME:{"value","low","high"}}}; without intervals when
 * options is NULL or draws 0. Sorts `items`. */
json_t *evaluation_ranking(struct ranked *items, size_t count, uint32_t units,
                           const struct evaluation_options *options);

/* {"brier","calibration_error","bins":[{"from","items","mean_score","share_positive"}]} */
json_t *evaluation_reliability(const struct reliability *table);
void evaluation_append_reliability(struct buffer *out, const json_t *reliability);

/* A table of a ranking's measures, one a line, with their intervals. */
void evaluation_append_ranking(struct buffer *out, const json_t *ranking);

/* A number with `digits` digits after the point, right-aligned to `width`; "-" for null. */
void evaluation_append_number(struct buffer *out, const json_t *number, int width, int digits);

/* The integer member `key`, 0 if there is none. */
json_int_t evaluation_integer(const json_t *object, const char *key);

/* A line "COUNT MEANING" under the first of a table, unless the count is 0. */
void evaluation_append_fact(struct buffer *out, const json_t *counts, const char *key,
                            const char *meaning);

/* Text padded with spaces to `width` code points. */
void evaluation_append_padded(struct buffer *out, struct str text, size_t width);

/* Prints `report` as JSON if --json was given, else as what `append` makes of it; frees it and
 * gives the exit code. */
int evaluation_print(const struct arguments *arguments, json_t *report,
                     void (*append)(struct buffer *out, const json_t *report));

/* The report of `evaluate claims` for people. */
void evaluate_claims_append(struct buffer *out, const json_t *report);
/* The report of `evaluate accounts` for people. */
void evaluate_accounts_append(struct buffer *out, const json_t *report);

#endif
