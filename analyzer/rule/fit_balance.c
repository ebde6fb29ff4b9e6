/* Labels have as many claims in one language as they happen to have: without care the words of a
 * language would speak for a claim, or against it. So where a language has fewer other posts per
 * claim than all languages together, its other posts count more, up to BALANCE_MOST times. */
#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "rule/fit.h"

#define BALANCE_MOST 2.0

struct share {
    double claims;
    double others;
};

static void add(struct share *share, const struct fit_row *row) {
    double weight = row->features.weight;
    *(row->row->is_positive ? &share->claims : &share->others) += weight;
}

enum hearsay_status fit_balance_languages(struct fit *fit) {
    struct share *shares = calloc(fit->languages.count + (size_t)1, sizeof *shares);
    struct share all = {0, 0};
    if (!shares) {
        return failure_memory(fit->failure);
    }
    for (size_t i = 0; i < fit->count; i++) {
        add(&shares[fit->rows[i].language], &fit->rows[i]);
        add(&all, &fit->rows[i]);
    }
    for (size_t i = 0; i < fit->count; i++) {
        const struct share *own = &shares[fit->rows[i].language];
        if (!fit->rows[i].row->is_positive) {
            double wanted = all.others / all.claims * own->claims / own->others;
            fit->rows[i].features.weight *= fmin(fmax(wanted, 1), BALANCE_MOST);
        }
    }
    free(shares);
    return HEARSAY_OK;
}
