/* Files of weights: whatever the bytes, they are read or refused, and what is read is within its
 * range. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "rule/weights.h"

static void require(bool is_fine) {
    if (!is_fine) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct rule rules[2] = {{.name = STR("a"), .meta = {.id = STR("T-1")}, .index = 0},
                            {.name = STR("b"), .index = 1}};
    struct ast ast = {.name = STR("demo"), .rules = rules, .rule_count = 2};
    struct weights weights;
    enum hearsay_status status = weights_read((struct str){(const char *)data, size},
                                              STR("weights.json"), &ast, &weights, NULL);
    require(status == HEARSAY_OK || status == HEARSAY_BAD_RULES);
    if (status == HEARSAY_OK) {
        require(isfinite(weights.intercept) && isfinite(weights.scale) && isfinite(weights.unit));
        require(isfinite(weights.corrections[0]) && isfinite(weights.corrections[1]));
        for (uint32_t i = 0; i < weights.phrases.count; i++) {
            require(abs(weights.phrase_weights[i]) <= PHRASE_WEIGHT_MOST);
        }
    }
    weights_free(&weights);
    return 0;
}
