#include "engine/account_write.h"

#include <math.h>

#include "report/report.h"
#include "rule/label_table.h"

/* score at or over it sets an account's flag; the calibration in coordination/ gives it its
 * meaning. */
#define ACCOUNT_FLAG_SCORE 0.5

#define ACCOUNT_LABELS_SHOWN 64u

/* At most ACCOUNT_LABELS_SHOWN; returns how many. */
static size_t list_labels(const struct account_writer *writer, struct str platform,
                          struct str account, struct label_value *rows) {
    size_t count;
    if (writer->label_count == 0) {
        return 0;
    }
    const struct account_label *labels = label_table_of(writer->labels, writer->label_count,
                                                        account_digest(platform, account), &count);
    count = count < ACCOUNT_LABELS_SHOWN ? count : ACCOUNT_LABELS_SHOWN;
    const struct ast *ast = pack_ast(writer->rules);
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct label_value){ast->label_names[labels[i].label], labels[i].until_us};
    }
    return count;
}

/* ---- Reasons: sentences with numbers, each its own ---- */

struct reasons {
    struct buffer text; /* one after the other */
    size_t ends[ACCOUNT_REASONS_LIMIT];
    size_t count;
};

static void reason_end(struct reasons *reasons) {
    reasons->ends[reasons->count++] = reasons->text.len;
}

/* "3 h" and the like need no more than one number. */
static void append_gap(struct buffer *out, double seconds) {
    if (seconds < 120) {
        buffer_printf(out, "%.0f s", seconds);
    } else if (seconds < 7200) {
        buffer_printf(out, "%.0f min", seconds / 60);
    } else {
        buffer_printf(out, "%.0f h", seconds / 3600);
    }
}

static void reason_partners(struct reasons *reasons, const struct account_score *score) {
    struct buffer *out = &reasons->text;
    buffer_printf(out, "%u partner%s beyond chance, least p ", score->partners,
                  score->partners == 1 ? "" : "s");
    double p = exp(score->least_log_p);
    if (p > 0) {
        buffer_append_double(out, p, 2);
    } else {
        buffer_printf(out, "1e%.0f", score->least_log_p / log(10.0));
    }
    if (!isnan(score->typical_gap_s)) {
        buffer_append_c(out, ", typically ");
        append_gap(out, score->typical_gap_s);
        buffer_append_c(out, " apart");
    }
    reason_end(reasons);
}

static void reason_layers(struct reasons *reasons, const struct account_score *score) {
    unsigned layers = 0;
    unsigned strongest = 0;
    for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
        layers += score->layers[layer] > 0;
        strongest = score->layers[layer] > score->layers[strongest] ? layer : strongest;
    }
    if (layers > 0) {
        buffer_printf(&reasons->text, "on %u layer%s, with most weight on %s (%.3g)", layers,
                      layers == 1 ? "" : "s", layer_table[strongest].name,
                      score->layers[strongest]);
        reason_end(reasons);
    }
}

static void reason_cluster(struct reasons *reasons, const struct account_score *score) {
    if (score->cluster > 0) {
        buffer_printf(&reasons->text,
                      "in a cluster of %u accounts that has %.0f %% of its possible edges",
                      score->cluster_size, 100.0 * score->cluster_density);
        reason_end(reasons);
    }
}

static void reason_order(struct reasons *reasons, const struct account_score *score) {
    struct buffer *out = &reasons->text;
    if (score->role == ROLE_ORIGINATOR) {
        buffer_printf(out, "mostly first: before %u of %u partners", score->leads, score->partners);
        reason_end(reasons);
    } else if (score->role == ROLE_AMPLIFIER) {
        buffer_printf(out, "mostly later: after %u of %u partners", score->follows,
                      score->partners);
        reason_end(reasons);
    } else if (score->role == ROLE_BRIDGE) {
        buffer_printf(out, "%u of %u partners are in other clusters", score->outside,
                      score->partners);
        reason_end(reasons);
    }
}

/* Rare objects alone make a score too (coordination/score.c), though no pair passes q. */
static void reason_rarity(struct reasons *reasons, const struct account_score *score) {
    if (score->score > 0.05) {
        buffer_printf(
            &reasons->text,
            "shares rare objects with %u account%s, %.2g nats of evidence a post; no single "
            "pair passes q",
            score->evident_pairs, score->evident_pairs == 1 ? "" : "s", score->evidence);
        reason_end(reasons);
    }
}

static void reasons_find(struct reasons *reasons, const struct account_score *score) {
    buffer_clear(&reasons->text);
    reasons->count = 0;
    if (score->partners == 0) {
        reason_rarity(reasons, score);
        return;
    }
    reason_partners(reasons, score);
    reason_layers(reasons, score);
    reason_cluster(reasons, score);
    reason_order(reasons, score);
}

/* ---- Lines ---- */

static void row_coordination(const struct account_score *score, const struct reasons *reasons,
                             struct layer_value *layers, struct account_row *row) {
    row->score = score->score;
    row->low = score->low;
    row->high = score->high;
    row->flag = score->score >= ACCOUNT_FLAG_SCORE;
    row->partners = score->partners;
    row->cluster = score->cluster;
    row->role = role_name(score->role);
    row->layers = layers;
    for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
        if (score->layers[layer] > 0) {
            layers[row->layer_count++] =
                (struct layer_value){layer_table[layer].name, score->layers[layer]};
        }
    }
    row->reason_count = reasons->count;
    for (size_t i = 0; i < reasons->count; i++) {
        size_t start = i > 0 ? reasons->ends[i - 1] : 0;
        row->reasons[i] = str_slice(buffer_str(&reasons->text), start, reasons->ends[i]);
    }
}

static void account_append(struct account_writer *writer, uint32_t rank, struct reasons *reasons,
                           struct buffer *out) {
    const struct accounts *accounts = writer->accounts;
    const struct account_score *score = &accounts->scores[rank];
    struct layer_value layers[LAYER_COUNT];
    struct label_value labels[ACCOUNT_LABELS_SHOWN];
    struct account_habits habits;
    bool has_habits = habits_of(writer->habits, rank, &habits);
    struct account_row row = {.platform = account_platform(accounts, rank),
                              .account = account_name(accounts, rank),
                              .posts = accounts->posts[rank],
                              .findings = accounts->findings[rank],
                              .labels = labels,
                              .habits = has_habits ? &habits : NULL};
    reasons_find(reasons, score);
    row_coordination(score, reasons, layers, &row);
    claims_writer_account(writer->claims, rank, &row);
    row.label_count = list_labels(writer, row.platform, row.account, labels);
    writer->flagged += row.flag;
    report_account(out, &row);
}

enum hearsay_status accounts_write(struct account_writer *writer, struct buffer *out,
                                   portion_take *take, void *context) {
    struct reasons reasons = {0};
    enum hearsay_status status = HEARSAY_OK;
    for (uint32_t rank = 0; rank < writer->accounts->count && status == HEARSAY_OK; rank++) {
        account_append(writer, rank, &reasons, out);
        status = reasons.text.failed ? HEARSAY_NO_MEMORY : take(context);
    }
    buffer_free(&reasons.text);
    return status;
}
