/* Which labelled posts must stay together in cross-validation: near-duplicate texts (components of
 * Jaccard similarity NEAR_LEAST), and what one source gave. */
#include <stdlib.h>

#include "base/failure.h"
#include "rule/fit.h"
#include "text/duplicate.h"

#define NEAR_LEAST 0.5
#define AGREEMENT_LEAST 20u /* of 64 lanes: below it, J of 0.5 is next to impossible */

static uint32_t root_of(struct fit_row *rows, uint32_t row) {
    while (rows[row].group != row) {
        rows[row].group = rows[rows[row].group].group;
        row = rows[row].group;
    }
    return row;
}

/* The smaller index is the root, so that the result does not depend on the order of joins. */
static void join(struct fit_row *rows, uint32_t a, uint32_t b) {
    a = root_of(rows, a);
    b = root_of(rows, b);
    rows[a > b ? a : b].group = a > b ? b : a;
}

static void join_near(struct fit *fit, const struct signature *signatures,
                      const struct shingles *shingles) {
    for (uint32_t i = 0; i < fit->count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (signature_agreement(&signatures[i], &signatures[k]) >= AGREEMENT_LEAST &&
                shingles_jaccard(&shingles[i], &shingles[k]) >= NEAR_LEAST) {
                join(fit->rows, k, i);
            }
        }
    }
    for (uint32_t i = 0; i < fit->count; i++) {
        fit->rows[i].group = root_of(fit->rows, i);
    }
}

enum hearsay_status fit_group_rows(struct fit *fit) {
    struct signature *signatures = calloc(fit->count, sizeof *signatures);
    struct shingles *shingles = calloc(fit->count, sizeof *shingles);
    struct folder folder = {0};
    bool ok = signatures && shingles;
    for (size_t i = 0; ok && i < fit->count; i++) {
        struct hearsay_text text = fit->rows[i].row->text;
        struct folded folded = {.text = STR_EMPTY};
        ok = text.len == 0 || fold_text(&folder, (struct str){text.ptr, text.len}, &folded);
        signature_of(folded.text, SHINGLE_CHARACTERS, &signatures[i]);
        shingles_of(folded.text, SHINGLE_CHARACTERS, &shingles[i]);
        fit->rows[i].group = (uint32_t)i;
    }
    if (ok) {
        join_near(fit, signatures, shingles);
    }
    folder_free(&folder);
    free(signatures);
    free(shingles);
    return ok ? HEARSAY_OK : failure_memory(fit->failure);
}

static uint8_t part_of(const struct fit *fit, struct hearsay_text key) {
    uint64_t seed = fit->options->seed;
    struct str fields[] = {{(const char *)&seed, sizeof seed},
                           {key.ptr ? key.ptr : "", key.ptr ? key.len : 0}};
    return (uint8_t)(hash128_fields(fields, 2).low % FIT_PARTS);
}

/* A row without a source stays with its near-duplicates in both. */
void fit_deal_parts(struct fit *fit) {
    for (size_t i = 0; i < fit->count; i++) {
        struct fit_row *row = &fit->rows[i];
        const struct hearsay_fit_row *first = fit->rows[row->group].row;
        row->part[SPLIT_TEXT] = part_of(fit, first->id);
        row->part[SPLIT_SOURCE] =
            row->row->source.len > 0 ? part_of(fit, row->row->source) : row->part[SPLIT_TEXT];
    }
}
