#include "random.h"

uint64_t random_next(struct random *random) {
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint64_t random_below(struct random *random, uint64_t bound) {
    return random_next(random) % bound;
}

bool random_percent(struct random *random, unsigned percent) {
    return random_below(random, 100) < percent;
}

int64_t random_delay(struct random *random, int64_t median) {
    int64_t span = 2 * median;
    for (int i = 0; i < 3 && random_percent(random, 20); i++) {
        span *= 2;
    }
    return (int64_t)random_below(random, (uint64_t)span + 1);
}

uint32_t random_weighted(struct random *random, const uint64_t *cumulative, uint32_t count) {
    uint64_t point = random_below(random, cumulative[count - 1]);
    uint32_t low = 0;
    uint32_t high = count - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cumulative[middle] > point) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}
