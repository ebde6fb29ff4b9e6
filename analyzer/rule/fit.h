/* Learning a pack's weights, internal to rule/. Columns of the regression (stats/logistic.h):
 *
 *   0             1 where no rule matches: such posts score 0, but their words teach
 *   1             1 where one does: the intercept
 *   2             sum of the stated weights as capped: the scale, pulled to 1
 *   3             1 where only rules of weight 0 match: alone
 *   4 ..          share that its cap left, for each rule that matches: its correction, pulled to 0
 *   first_phrase  1 / sqrt(known phrases of the post) for each of its known phrases
 *
 * Phrases are known that stand in PHRASE_GROUPS_LEAST groups of near-duplicate texts or more, so
 * that no event teaches its own words. Penalties are chosen by cross-validation in which
 * near-duplicates stay together, and again whole sources.
 *
 * What cross-validation cannot see: rules written while reading these very posts look better on
 * them than on others. */
#ifndef HEARSAY_RULE_FIT_H
#define HEARSAY_RULE_FIT_H

#include "rule/match.h"
#include "stats/logistic.h"
#include "stats/reliability.h"

enum {
    COLUMN_SILENT = 0,
    COLUMN_INTERCEPT = 1,
    COLUMN_SCALE = 2,
    COLUMN_ALONE = 3,
    COLUMN_RULES = 4,
    FIT_ROWS_LEAST = 40,
    FIT_ROWS_MOST = 20000,
    FIT_LABEL_LEAST = 10,
    FIT_PARTS = 5,
    PHRASE_GROUPS_LEAST = 4
};

#define FIT_PHRASE_UNIT 0.01

/* How parts are dealt: what must stay together. */
enum fit_split { SPLIT_TEXT, SPLIT_SOURCE, SPLIT_COUNT };

struct fit_row {
    const struct hearsay_fit_row *row;
    struct logistic_row features;
    uint32_t *columns; /* of the features; owned by the arena, as values */
    double *values;
    double stated;     /* score of the pack alone */
    bool is_silent;    /* no rule matches */
    uint32_t language; /* in fit.languages */
    uint32_t group;    /* index of the first row of its near-duplicates */
    uint8_t part[SPLIT_COUNT];
    uint32_t *phrases; /* distinct, ascending; indices in fit.phrases, then known ones only */
    uint32_t phrase_count;
};

struct fit_measure {
    double log_loss;
    double brier;
    double f1;
    double average_precision;
};

struct fit_settings {
    double rule_penalty;
    double text_penalty; /* INFINITY: no text term */
};

struct fit {
    const struct hearsay_rules *pack;
    const struct hearsay_fit_options *options;
    struct hearsay_failure *failure;
    struct arena arena;
    struct fit_row *rows; /* by id */
    size_t count;
    struct map names; /* that phrases must not hold */
    struct map languages;
    struct map phrases; /* all, in order of first arrival */
    struct str *known;  /* the known ones, sorted */
    uint32_t known_count;
    size_t first_phrase;
    size_t columns;
    double *penalties;
    double *centres;
    double *coefficients;
    double *scores; /* per row, of the settings at hand */
    struct logistic_row *training;
    char data_hash[DIGEST_HEX_SIZE];

    struct fit_measure stated;
    struct fit_measure rules[SPLIT_COUNT]; /* best settings without text */
    struct fit_measure text[SPLIT_COUNT];  /* best with */
    struct fit_settings best_rules;
    struct fit_settings best_text;
    struct fit_settings chosen;
    struct reliability reliability; /* of the chosen settings, parts by text */
    bool is_better;
};

/* fit_names.c: fills fit.names. */
enum hearsay_status fit_list_names(struct fit *fit);
/* fit_balance.c: weighs the rows. */
enum hearsay_status fit_balance_languages(struct fit *fit);
/* fit_rows.c: what the pack and the phrases say of each row. */
enum hearsay_status fit_read_rows(struct fit *fit);
/* fit_parts.c: near-duplicates and parts. */
enum hearsay_status fit_group_rows(struct fit *fit);
void fit_deal_parts(struct fit *fit);
/* fit_rows.c: the known phrases, once the groups are known. */
enum hearsay_status fit_choose_phrases(struct fit *fit);
/* fit_validate.c: chooses the settings and measures them. */
enum hearsay_status fit_validate(struct fit *fit);
enum hearsay_status fit_learn(struct fit *fit, const struct fit_settings *settings,
                              enum fit_split split, int left_out);
/* fit_write.c */
bool fit_write_report(const struct fit *fit, struct buffer *out);
bool fit_write_weights(const struct fit *fit, struct buffer *out);

#endif
