/* Cross-validation: each part is judged by weights that were learned from the others. */
#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "rule/fit.h"
#include "stats/ranking.h"

#define SCALE_PENALTY                                                                              \
    300.0 /* near 1: rules look better on the posts that they were written from                    \
           */
#define F1_TOLERANCE 0.01
#define INTERCEPT_PENALTY 0.01
#define LOSS_SCORE_LEAST 1e-3 /* a score of 0 on a claim would cost infinitely much */

/* From 10 on: labelled posts are mostly those that the rules were written from, on which free
 * corrections look better than they are. On posts put aside 1 and 3 lost 0.02 of F1 to 10. */
static const double rule_penalties[] = {10, 30, 100};
static const double text_penalties[] = {0.3, 1, 3, 10};
enum {
    RULE_PENALTIES = sizeof rule_penalties / sizeof rule_penalties[0],
    TEXT_PENALTIES = sizeof text_penalties / sizeof text_penalties[0]
};

static void set_penalties(struct fit *fit, const struct fit_settings *settings) {
    for (size_t j = 0; j < fit->columns; j++) {
        fit->penalties[j] = settings->text_penalty;
        if (j < COLUMN_RULES) {
            fit->penalties[j] = j == COLUMN_SCALE ? SCALE_PENALTY : INTERCEPT_PENALTY;
        } else if (j < fit->first_phrase) {
            fit->penalties[j] = settings->rule_penalty;
        }
        fit->centres[j] = j == COLUMN_SCALE ? 1 : 0;
    }
}

/* Columns of phrases are last, so that leaving them off leaves out the text term. */
static uint32_t used_columns(const struct fit_row *row, bool with_text) {
    return row->features.count - (with_text ? 0 : row->phrase_count);
}

enum hearsay_status fit_learn(struct fit *fit, const struct fit_settings *settings,
                              enum fit_split split, int left_out) {
    bool with_text = isfinite(settings->text_penalty);
    set_penalties(fit, settings);
    for (size_t i = 0; i < fit->count; i++) {
        const struct fit_row *row = &fit->rows[i];
        fit->training[i] = row->features;
        fit->training[i].count = used_columns(row, with_text);
        if (row->part[split] == left_out) {
            fit->training[i].weight = 0;
        }
    }
    struct logistic_problem problem = {.rows = fit->training,
                                       .row_count = fit->count,
                                       .columns = with_text ? fit->columns : fit->first_phrase,
                                       .penalties = fit->penalties,
                                       .centres = fit->centres};
    memset(fit->coefficients, 0, fit->columns * sizeof *fit->coefficients);
    return logistic_fit(&problem, fit->coefficients, fit->failure);
}

static enum hearsay_status predict(struct fit *fit, const struct fit_settings *settings,
                                   enum fit_split split) {
    enum hearsay_status status = HEARSAY_OK;
    for (int part = 0; part < FIT_PARTS && status == HEARSAY_OK; part++) {
        status = fit_learn(fit, settings, split, part);
        for (size_t i = 0; i < fit->count && status == HEARSAY_OK; i++) {
            const struct fit_row *row = &fit->rows[i];
            if (row->part[split] == part) {
                double z = logistic_log_odds(&row->features, fit->coefficients);
                fit->scores[i] = row->is_silent ? 0 : logistic_probability(z);
            }
        }
    }
    return status;
}

static enum hearsay_status measure(struct fit *fit, const double *scores,
                                   struct fit_measure *measure) {
    struct ranked *items = calloc(fit->count ? fit->count : 1, sizeof *items);
    struct reliability table = {0};
    double values[RANKING_MEASURES];
    double loss = 0;
    if (!items) {
        return failure_memory(fit->failure);
    }
    for (size_t i = 0; i < fit->count; i++) {
        bool is_positive = fit->rows[i].row->is_positive;
        double held = fmin(fmax(scores[i], LOSS_SCORE_LEAST), 1 - LOSS_SCORE_LEAST);
        bool is_flagged = scores[i] >= fit->pack->ast.threshold;
        items[i] = (struct ranked){scores[i], (uint32_t)i, is_positive, is_flagged};
        loss -= log(is_positive ? held : 1 - held);
        reliability_add(&table, scores[i], is_positive);
    }
    ranking_sort(items, fit->count);
    ranking_measure(items, fit->count, NULL, values);
    *measure = (struct fit_measure){loss / (double)fit->count, reliability_brier(&table),
                                    values[RANKING_F1], values[RANKING_AVERAGE_PRECISION]};
    fit->reliability = table;
    free(items);
    return HEARSAY_OK;
}

static enum hearsay_status try_settings(struct fit *fit, const struct fit_settings *settings,
                                        struct fit_measure measures[SPLIT_COUNT]) {
    enum hearsay_status status = HEARSAY_OK;
    for (int split = SPLIT_COUNT - 1; split >= 0 && status == HEARSAY_OK; split--) {
        status = predict(fit, settings, (enum fit_split)split);
        if (status == HEARSAY_OK) {
            status = measure(fit, fit->scores, &measures[split]);
        }
    }
    return status;
}

static double total_loss(const struct fit_measure measures[SPLIT_COUNT]) {
    return measures[SPLIT_TEXT].log_loss + measures[SPLIT_SOURCE].log_loss;
}

/* Keeps the settings if they lose less. */
static enum hearsay_status try_better(struct fit *fit, struct fit_settings settings,
                                      struct fit_settings *best,
                                      struct fit_measure best_measures[SPLIT_COUNT],
                                      bool is_first) {
    struct fit_measure measures[SPLIT_COUNT];
    enum hearsay_status status = try_settings(fit, &settings, measures);
    if (status == HEARSAY_OK && (is_first || total_loss(measures) < total_loss(best_measures))) {
        *best = settings;
        memcpy(best_measures, measures, sizeof measures);
    }
    return status;
}

/* A hundredth of F1 is within what another seed changes. */
static bool is_not_worse(const struct fit_measure *learned, const struct fit_measure *stated) {
    return learned->f1 >= stated->f1 - F1_TOLERANCE &&
           learned->average_precision >= stated->average_precision;
}

static void judge(struct fit *fit, const struct fit_measure *chosen) {
    fit->is_better = is_not_worse(&chosen[SPLIT_TEXT], &fit->stated) &&
                     is_not_worse(&chosen[SPLIT_SOURCE], &fit->stated);
}

enum hearsay_status fit_validate(struct fit *fit) {
    for (size_t i = 0; i < fit->count; i++) {
        fit->scores[i] = fit->rows[i].stated;
    }
    enum hearsay_status status = measure(fit, fit->scores, &fit->stated);
    for (int i = 0; i < RULE_PENALTIES && status == HEARSAY_OK; i++) {
        struct fit_settings settings = {rule_penalties[i], INFINITY};
        status = try_better(fit, settings, &fit->best_rules, fit->rules, i == 0);
    }
    for (int i = 0; i < TEXT_PENALTIES && status == HEARSAY_OK; i++) {
        struct fit_settings settings = {fit->best_rules.rule_penalty, text_penalties[i]};
        status = try_better(fit, settings, &fit->best_text, fit->text, i == 0);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    bool with_text = total_loss(fit->text) < total_loss(fit->rules);
    fit->chosen = with_text ? fit->best_text : fit->best_rules;
    struct fit_measure *measures = with_text ? fit->text : fit->rules;
    status = try_settings(fit, &fit->chosen, measures);
    judge(fit, measures);
    return status;
}
