#include "stats/reliability.h"

#include <math.h>

void reliability_add(struct reliability *table, double probability, bool is_positive) {
    int at = (int)(probability * RELIABILITY_BINS);
    at = at < 0 ? 0 : at >= RELIABILITY_BINS ? RELIABILITY_BINS - 1 : at;
    struct reliability_bin *bin = &table->bins[at];
    double miss = probability - (is_positive ? 1 : 0);
    bin->count++;
    bin->positive += is_positive;
    bin->sum += probability;
    table->squares += miss * miss;
    table->count++;
}

double reliability_brier(const struct reliability *table) {
    return table->count > 0 ? table->squares / (double)table->count : NAN;
}

double reliability_error(const struct reliability *table) {
    double sum = 0;
    for (size_t i = 0; i < RELIABILITY_BINS; i++) {
        sum += fabs(table->bins[i].sum - (double)table->bins[i].positive);
    }
    return table->count > 0 ? sum / (double)table->count : NAN;
}
