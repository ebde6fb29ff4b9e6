#include "rule/fit.h"

#include <stdlib.h>

#include "base/failure.h"

static int compare_rows(const void *a, const void *b) {
    const struct hearsay_fit_row *left = ((const struct fit_row *)a)->row;
    const struct hearsay_fit_row *right = ((const struct fit_row *)b)->row;
    int order = str_compare((struct str){left->id.ptr, left->id.len},
                            (struct str){right->id.ptr, right->id.len});
    return order != 0 ? order
                      : str_compare((struct str){left->text.ptr, left->text.len},
                                    (struct str){right->text.ptr, right->text.len});
}

static void hash_data(struct fit *fit) {
    struct digest total = {0, 0};
    for (size_t i = 0; i < fit->count; i++) {
        const struct hearsay_fit_row *row = fit->rows[i].row;
        const struct str fields[] = {{(const char *)&total, sizeof total},
                                     {row->id.ptr, row->id.len},
                                     {row->text.ptr, row->text.len},
                                     row->is_positive ? STR("1") : STR("0")};
        total = hash128_fields(fields, 4);
    }
    digest_hex(total, fit->data_hash);
}

static enum hearsay_status check_rows(const struct fit *fit) {
    size_t positive = 0;
    size_t count = fit->options->row_count;
    for (size_t i = 0; i < count; i++) {
        positive += fit->options->rows[i].is_positive;
    }
    if (count < FIT_ROWS_LEAST || count > FIT_ROWS_MOST) {
        return failure_set(fit->failure, HEARSAY_BAD_INPUT, STR_EMPTY, 0, 0,
                           "%zu labelled posts; weights are learned from %d to %d", count,
                           FIT_ROWS_LEAST, FIT_ROWS_MOST);
    }
    if (positive < FIT_LABEL_LEAST || count - positive < FIT_LABEL_LEAST) {
        return failure_set(fit->failure, HEARSAY_BAD_INPUT, STR_EMPTY, 0, 0,
                           "%zu claims and %zu others; weights need %d of either at least",
                           positive, count - positive, FIT_LABEL_LEAST);
    }
    return HEARSAY_OK;
}

static enum hearsay_status sort_rows(struct fit *fit) {
    fit->count = fit->options->row_count;
    fit->rows = arena_array(&fit->arena, fit->count, sizeof *fit->rows);
    if (!fit->rows) {
        return failure_memory(fit->failure);
    }
    for (size_t i = 0; i < fit->count; i++) {
        fit->rows[i].row = &fit->options->rows[i];
    }
    qsort(fit->rows, fit->count, sizeof *fit->rows, compare_rows);
    hash_data(fit);
    return HEARSAY_OK;
}

static enum hearsay_status make_room(struct fit *fit) {
    struct arena *arena = &fit->arena;
    fit->penalties = arena_array(arena, fit->columns, sizeof *fit->penalties);
    fit->centres = arena_array(arena, fit->columns, sizeof *fit->centres);
    fit->coefficients = arena_array(arena, fit->columns, sizeof *fit->coefficients);
    fit->scores = arena_array(arena, fit->count, sizeof *fit->scores);
    fit->training = arena_array(arena, fit->count, sizeof *fit->training);
    bool ok = fit->penalties && fit->centres && fit->coefficients && fit->scores && fit->training;
    return ok ? HEARSAY_OK : failure_memory(fit->failure);
}

static enum hearsay_status prepare(struct fit *fit) {
    enum hearsay_status status = check_rows(fit);
    if (status == HEARSAY_OK) {
        status = sort_rows(fit);
    }
    if (status == HEARSAY_OK) {
        status = fit_list_names(fit);
    }
    if (status == HEARSAY_OK) {
        status = fit_read_rows(fit);
    }
    if (status == HEARSAY_OK) {
        status = fit_balance_languages(fit);
    }
    if (status == HEARSAY_OK) {
        status = fit_group_rows(fit);
    }
    if (status == HEARSAY_OK) {
        fit_deal_parts(fit);
        status = fit_choose_phrases(fit);
    }
    return status == HEARSAY_OK ? make_room(fit) : status;
}

static enum hearsay_status tell(const struct fit *fit) {
    const struct hearsay_fit_options *options = fit->options;
    struct buffer out = {0};
    bool ok = fit_write_report(fit, &out);
    if (ok && options->report) {
        options->report(options->context, out.ptr, out.len);
    }
    buffer_clear(&out);
    if (ok && options->weights && (fit->is_better || options->is_forced)) {
        ok = fit_write_weights(fit, &out);
        if (ok) {
            options->weights(options->context, out.ptr, out.len);
        }
    }
    buffer_free(&out);
    return ok ? HEARSAY_OK : failure_memory(fit->failure);
}

enum hearsay_status hearsay_rules_fit(const struct hearsay_rules *rules,
                                      const struct hearsay_fit_options *options, bool *is_better,
                                      struct hearsay_failure *failure) {
    struct fit fit = {.pack = rules, .options = options, .failure = failure};
    if (rules->has_weights) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "load the pack without its learned weights to learn new ones");
    }
    enum hearsay_status status = prepare(&fit);
    if (status == HEARSAY_OK) {
        status = fit_validate(&fit);
    }
    if (status == HEARSAY_OK) {
        status = fit_learn(&fit, &fit.chosen, SPLIT_TEXT, -1);
    }
    if (status == HEARSAY_OK) {
        status = tell(&fit);
        *is_better = fit.is_better;
    }
    map_free(&fit.phrases);
    map_free(&fit.names);
    map_free(&fit.languages);

    arena_free(&fit.arena);
    return status;
}
