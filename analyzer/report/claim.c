#include "base/json.h"
#include "report/field.h"
#include "report/report.h"

static void comma(struct buffer *out, size_t i) {
    if (i > 0) {
        buffer_append_byte(out, ',');
    }
}

/* ,"key":{"name":count,...} */
static void append_counts(struct buffer *out, const char *key, const struct claim_count *counts,
                          size_t count) {
    field_key(out, key);
    buffer_append_byte(out, '{');
    for (size_t i = 0; i < count; i++) {
        comma(out, i);
        json_append_string(out, counts[i].name);
        buffer_append_byte(out, ':');
        buffer_append_u64(out, counts[i].count);
    }
    buffer_append_byte(out, '}');
}

static void append_victims(struct buffer *out, const struct claim_row *row) {
    field_key(out, "victims");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->victim_count; i++) {
        comma(out, i);
        buffer_append_c(out, "{\"text\":");
        json_append_string(out, row->victims[i].name);
        field_count(out, "posts", row->victims[i].count);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

static void append_quantities(struct buffer *out, const struct claim_row *row) {
    field_key(out, "quantities");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->quantity_count; i++) {
        const struct claim_quantity *quantity = &row->quantities[i];
        buffer_append_c(out, i == 0 ? "{\"value\":" : ",{\"value\":");
        buffer_append_double(out, quantity->value, FIELD_WEIGHT_DIGITS);
        field_text(out, "unit", quantity->is_size ? STR("bytes") : STR("count"));
        field_count(out, "posts", quantity->posts);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
    field_text(out, "quantities_are", str_from_c(row->consistency));
    if (row->quantity_ratio > 0) {
        field_number(out, "quantity_ratio", row->quantity_ratio, FIELD_SCORE_DIGITS);
    } else {
        buffer_append_c(out, ",\"quantity_ratio\":null");
    }
}

static void append_post(struct buffer *out, const struct claim_post_row *post) {
    buffer_append_c(out, "{\"post\":");
    json_append_string(out, post->post);
    field_text(out, "platform", post->platform);
    field_text(out, "account", post->account);
    field_time(out, "at", post->has_time, post->at_us);
    field_text(out, "stance", post->stance);
    field_flag(out, "flag", post->flag);
    field_flag(out, "repost", post->is_repost);
    buffer_append_byte(out, '}');
}

static void append_posts(struct buffer *out, const struct claim_row *row) {
    field_key(out, "posts");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->post_listed; i++) {
        comma(out, i);
        append_post(out, &row->posts[i]);
    }
    buffer_append_byte(out, ']');
    field_count(out, "omitted_posts", row->post_count - row->post_listed);
}

static void append_arrivals(struct buffer *out, const struct claim_row *row) {
    field_key(out, "arrivals");
    buffer_append_c(out, "{\"bucket_s\":");
    buffer_append_double(out, row->bucket_s, FIELD_SECONDS_DIGITS);
    field_key(out, "posts");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->arrival_count; i++) {
        comma(out, i);
        buffer_append_u64(out, row->arrivals[i]);
    }
    buffer_append_c(out, "]}");
}

static void append_source(struct buffer *out, const struct claim_row *row) {
    field_key(out, "first_source");
    if (row->source) {
        append_post(out, row->source);
    } else {
        buffer_append_c(out, "null");
    }
    field_text(out, "first_source_domain", row->source_domain);
    if (row->has_lead) {
        field_number(out, "lead_s", row->lead_s, FIELD_SECONDS_DIGITS);
    } else {
        buffer_append_c(out, ",\"lead_s\":null");
    }
}

static void append_coordination(struct buffer *out, const struct claim_row *row) {
    field_key(out, "clusters");
    buffer_append_byte(out, '[');
    for (size_t i = 0; i < row->cluster_count; i++) {
        comma(out, i);
        buffer_append_u64(out, row->clusters[i]);
    }
    buffer_append_byte(out, ']');
    if (row->has_share) {
        field_number(out, "coordinated_share", row->coordinated_share, FIELD_SCORE_DIGITS);
    } else {
        buffer_append_c(out, ",\"coordinated_share\":null");
    }
}

bool report_claim(struct buffer *out, const struct claim_row *row) {
    size_t start = out->len;
    field_open(out, "claim");
    field_text(out, "claim", row->claim);
    field_text(out, "incident", row->incident);
    append_counts(out, "incidents", row->incidents, row->incident_count);
    field_text(out, "victim", row->victim);
    append_victims(out, row);
    append_quantities(out, row);
    field_key(out, "first_post");
    append_post(out, &row->posts[0]);
    field_time(out, "last_at", row->has_last, row->last_us);
    field_count(out, "post_count", row->post_count);
    field_count(out, "flagged_posts", row->flagged_posts);
    append_counts(out, "stances", row->stances, row->stance_count);
    append_counts(out, "languages", row->languages, row->language_count);
    field_count(out, "accounts", row->accounts);
    field_count(out, "amplifiers", row->amplifiers);
    append_arrivals(out, row);
    append_source(out, row);
    append_coordination(out, row);
    report_judgement(out, row->judgement);
    append_posts(out, row);
    return field_close(out, start);
}
