#include <math.h>

#include "base/json.h"
#include "report/field.h"
#include "report/report.h"

#define CHANCE_DIGITS 3
#define CHANCE_PLAIN_DIGITS 4 /* from 1e-4 on, chances are written without exponent */

static void append_evidence(struct buffer *out, const struct edge_evidence *evidence) {
    buffer_append_c(out, "{\"post_a\":");
    json_append_string(out, evidence->post_a);
    field_key(out, "post_b");
    json_append_string(out, evidence->post_b);
    field_key(out, "object");
    json_append_string(out, evidence->object);
    field_number(out, "gap_s", evidence->gap_s, FIELD_SECONDS_DIGITS);
    field_key(out, "at");
    buffer_append_byte(out, '"');
    report_time(out, evidence->at_us);
    buffer_append(out, "\"}", 2);
}

static void append_layer(struct buffer *out, const struct edge_layer *layer) {
    buffer_append_c(out, "{\"layer\":");
    json_append_string(out, str_from_c(layer->layer));
    field_number(out, "weight", layer->weight, FIELD_WEIGHT_DIGITS);
    field_key(out, "co_actions");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < layer->co_action_count; i++) {
        if (i > 0) {
            buffer_append_byte(out, ',');
        }
        append_evidence(out, &layer->co_actions[i]);
    }
    buffer_append(out, "]}", 2);
}

/* A chance from its logarithm, with three digits. It may be far below the least double, which JSON
 * can write though many readers then read 0. */
static void append_chance(struct buffer *out, const char *name, double log_chance) {
    field_key(out, name);
    double exponent = floor(log_chance / log(10.0));
    double mantissa = exp(log_chance - exponent * log(10.0));
    if (exponent >= -CHANCE_PLAIN_DIGITS) {
        buffer_append_double(out, fmin(1.0, exp(log_chance)), CHANCE_DIGITS);
        return;
    }
    if (mantissa >= 9.995) { /* would be rounded to 10.0 */
        mantissa = 1.0;
        exponent += 1.0;
    }
    buffer_append_double(out, mantissa, CHANCE_DIGITS);
    buffer_append_c(out, "e-");
    buffer_append_u64(out, (uint64_t)-exponent);
}

bool report_edge(struct buffer *out, const struct edge_row *row) {
    size_t start = out->len;
    field_open(out, "edge");
    field_text(out, "platform", row->platform);
    field_text(out, "a", row->a);
    field_text(out, "b", row->b);
    field_number(out, "weight", row->weight, FIELD_WEIGHT_DIGITS);
    if (row->has_chance) {
        append_chance(out, "p", row->log_p);
        append_chance(out, "q", row->log_q);
    } else {
        buffer_append_c(out, ",\"p\":null,\"q\":null");
    }
    field_key(out, "layers");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->layer_count; i++) {
        if (i > 0) {
            buffer_append_byte(out, ',');
        }
        append_layer(out, &row->layers[i]);
    }
    buffer_append_byte(out, ']');
    field_count(out, "omitted_co_actions", row->omitted_co_actions);
    return field_close(out, start);
}
