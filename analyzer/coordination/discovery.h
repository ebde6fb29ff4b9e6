/* False discovery rate of many tests of which only the least p are at hand (Benjamini and Hochberg,
 * Journal of the Royal Statistical Society B 57:289, 1995):
 *     q of the i-th least p = min over j >= i of m p_j / j,   m the number of tests.
 * It holds when tests are independent or positively dependent; pairs that share an account are. */
#ifndef HEARSAY_COORDINATION_DISCOVERY_H
#define HEARSAY_COORDINATION_DISCOVERY_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise. */
struct discovery {
    double *log_ps; /* ascending after discovery_rank */
    double *log_qs;
    size_t count;
    size_t capacity;
};

/* False: memory is out. */
bool discovery_add(struct discovery *discovery, double log_p);

/* Computes q for all that were added, of `tests` tests, at least as many as were added. p that were
 * not added must be greater than all that were: they could lower only a q near the greatest. */
void discovery_rank(struct discovery *discovery, double tests);

/* ln q <= 0 of an added p. */
double discovery_log_q(const struct discovery *discovery, double log_p);

void discovery_free(struct discovery *discovery);

#endif
