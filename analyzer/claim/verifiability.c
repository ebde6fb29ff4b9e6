#include "claim/verifiability.h"

#include <math.h>

/* With nothing to go by the value is 0.076; with name, linked sample, particulars and two
 * independent domains it is over 0.9. */
const double claim_verifiability_base = -2.5;

const struct signal_weight claim_signal_weights[SIGNAL_COUNT] = {
    [SIGNAL_VICTIM_NAMED] = {1.25, 0},
    [SIGNAL_AMOUNT_STATED] = {0.25, 0},
    [SIGNAL_AMOUNT_SPREAD] = {-0.5, 0},
    [SIGNAL_ARTEFACT] = {2.5, 0},
    [SIGNAL_SHOWN_SHARE] = {0.5, 0},
    [SIGNAL_KNOWN_BREACH] = {0.5, 0},
    [SIGNAL_INDEPENDENT_SOURCES] = {2.5, 0},
    [SIGNAL_SPECIFICITY] = {1, 0},
    [SIGNAL_UNSUPPORTED_HISTORY] = {-0.5, 0.5},
};

struct verifiability claim_verifiability(const struct signal_value values[SIGNAL_COUNT]) {
    struct verifiability result = {.base = claim_verifiability_base};
    double sum = result.base;
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        const struct signal_weight *weight = &claim_signal_weights[i];
        if (values[i].is_known && weight->weight != 0) {
            result.log_odds[i] = weight->weight * (values[i].value - weight->neutral);
            sum += result.log_odds[i];
        }
    }
    result.value = 1 / (1 + exp(-sum));
    return result;
}

struct digest claim_weights_digest(void) {
    struct str fields[2 * SIGNAL_COUNT + 1];
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        fields[2 * i] = str_from_c(claim_signal_table[i].name);
        fields[2 * i + 1] =
            (struct str){(const char *)&claim_signal_weights[i], sizeof claim_signal_weights[i]};
    }
    fields[2 * SIGNAL_COUNT] =
        (struct str){(const char *)&claim_verifiability_base, sizeof claim_verifiability_base};
    return hash128_fields(fields, sizeof fields / sizeof fields[0]);
}
