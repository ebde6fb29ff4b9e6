/* The pieces that every line is made of: a key and its value. Internal to report. Each append may
 * fail for lack of memory; the buffer's `failed` keeps that for one check at the end of a line. */
#ifndef HEARSAY_REPORT_FIELD_H
#define HEARSAY_REPORT_FIELD_H

#include "base/buffer.h"
#include "base/str.h"

/* Significant digits: scores are estimates, weights may be counts up to a billion. */
enum { FIELD_SCORE_DIGITS = 6, FIELD_WEIGHT_DIGITS = 10, FIELD_SECONDS_DIGITS = 12 };

/* Opens a line: {"schema":"hearsay.<kind>/1" */
void field_open(struct buffer *out, const char *kind);
/* Closes it: }\n, and tells whether the whole line went in; a line that did not is taken back, so
 * that `out` holds whole lines only. `start` is out->len before field_open. */
bool field_close(struct buffer *out, size_t start);

/* ,"key": and nothing else. `key` needs no escaping. */
void field_key(struct buffer *out, const char *key);
/* ,"key":"value", or null for an empty value: absent is not an empty text. */
void field_text(struct buffer *out, const char *key, struct str value);
/* ,"key":"2020-01-02T03:04:05Z", or null where there is none. */
void field_time(struct buffer *out, const char *key, bool has_time, int64_t time_us);
void field_count(struct buffer *out, const char *key, uint64_t value);
void field_number(struct buffer *out, const char *key, double value, int digits);
void field_flag(struct buffer *out, const char *key, bool value);

/* ,"labels":[{"label":"..","until":".."}]; nothing at all for none. */
struct label_value;
void field_labels(struct buffer *out, const struct label_value *labels, size_t count);

#endif
