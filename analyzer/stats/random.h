/* Random numbers from a seed that the caller gives (GSL's mt19937): the same seed gives the same
 * numbers on every machine. Not for secrets. One owner per generator. */
#ifndef HEARSAY_STATS_RANDOM_H
#define HEARSAY_STATS_RANDOM_H

#include <stdint.h>

struct random;

/* Owned by the caller; NULL when memory is out. The seed's upper and lower halves are mixed, since
 * the generator takes 32 bits. */
struct random *random_new(uint64_t seed);
void random_free(struct random *random); /* NULL is allowed */

uint32_t random_below(struct random *random, uint32_t limit); /* 0 .. limit - 1, limit >= 1 */
double random_uniform(struct random *random);                 /* over 0 and below 1 */
double random_normal(struct random *random);                  /* mean 0, deviation 1 */
double random_exponential(struct random *random, double mean);
uint32_t random_poisson(struct random *random, double mean); /* mean >= 0 */

#endif
