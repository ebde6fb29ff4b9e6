/* Folding any bytes keeps the properties of fold_properties.h. The first two bytes pick the
 * substrings. */
#include <stdio.h>

#include "../unit/text/fold_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) {
        return 0;
    }
    size_t seed = data[0] | (size_t)data[1] << 8;
    const char *broken = fold_violation((struct str){(const char *)data + 2, size - 2}, seed);
    if (broken) {
        fprintf(stderr, "broken: %s\n", broken);
        abort();
    }
    return 0;
}
