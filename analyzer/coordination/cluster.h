/* Communities of kept edges by the Leiden method (Traag, Waltman and van Eck, Scientific Reports
 * 9:5233, 2019) on modularity with weights. The bridge to igraph. */
#ifndef HEARSAY_COORDINATION_CLUSTER_H
#define HEARSAY_COORDINATION_CLUSTER_H

#include "coordination/coordination.h"

/* The kept edges, sorted by (a, b). Zero-initialise; budget counts its memory. */
struct graph {
    struct memory_budget *budget;
    uint32_t *ends; /* a and b of each edge */
    double *weights;
    size_t count;
    size_t capacity;
};

bool graph_add(struct graph *graph, uint32_t a, uint32_t b, double weight);
void graph_free(struct graph *graph);

/* igraph aborts the process on errors unless told otherwise: call this once, before any thread. */
void cluster_library_init(void);

/* Calls `visit` for every cluster of two accounts or more, numbered from 1 by smallest rank; *count
 * is their number. Deterministic: fixed seed, edges in the given order. igraph's random generator
 * belongs to the process, so two runs must not be here at the same time. */
enum hearsay_status cluster_find(const struct graph *graph, cluster_visit *visit, void *context,
                                 uint64_t *count);

#endif
