#include "stats/random.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>

struct random {
    gsl_rng *generator;
};

struct random *random_new(uint64_t seed) {
    struct random *random = calloc(1, sizeof *random);
    /* GSL calls its error handler, which ends the program, when memory is out; a generator of
     * 5 kB is asked for right after this block, so probe for it first. */
    void *probe = malloc(gsl_rng_mt19937->size + sizeof(gsl_rng));
    free(probe);
    if (!random || !probe) {
        free(random);
        return NULL;
    }
    random->generator = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random->generator, (unsigned long)((seed ^ (seed >> 32)) & 0xffffffffu));
    return random;
}

void random_free(struct random *random) {
    if (random) {
        gsl_rng_free(random->generator);
        free(random);
    }
}

uint32_t random_below(struct random *random, uint32_t limit) {
    return (uint32_t)gsl_rng_uniform_int(random->generator, limit);
}

double random_uniform(struct random *random) {
    return gsl_rng_uniform_pos(random->generator);
}

double random_normal(struct random *random) {
    return gsl_ran_ugaussian(random->generator);
}

double random_exponential(struct random *random, double mean) {
    return gsl_ran_exponential(random->generator, mean);
}

uint32_t random_poisson(struct random *random, double mean) {
    return mean > 0 ? gsl_ran_poisson(random->generator, mean) : 0;
}
