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

/* Which cluster each account is in. */
struct membership {
    uint32_t *ranks;   /* cluster by cluster */
    uint32_t *numbers; /* of the cluster of ranks[i], from 1 by smallest rank; 0: alone */
    uint64_t *edges;   /* per number, from 0: edges between its members */
    size_t count;
    uint32_t clusters;
};
void membership_free(struct membership *membership);

/* Finds the clusters of two accounts or more. *membership is the caller's to free, also after a
 * failure. Deterministic: fixed seed, edges in the given order. igraph's random generator
 * belongs to the process, so two runs must not be here at the same time. */
enum hearsay_status cluster_find(const struct graph *graph, struct membership *membership);

/* Hands the clusters over in the order of their numbers. */
enum hearsay_status membership_visit(const struct membership *membership, cluster_visit *visit,
                                     void *context);

#endif
