#include "coordination/cluster.h"

#include <igraph/igraph.h>
#include <stdlib.h>

#include "base/sort.h"

#define SEED 20240923u
#define RANDOMNESS 0.01 /* beta, the authors' default */
#define ITERATIONS 10   /* usually stable after 2 or 3 */

bool graph_add(struct graph *graph, uint32_t a, uint32_t b, double weight) {
    if (graph->count == graph->capacity) {
        size_t capacity = graph->capacity ? graph->capacity * 2 : 256;
        uint32_t *ends = realloc(graph->ends, capacity * 2 * sizeof *ends);
        if (!ends) {
            return false;
        }
        graph->ends = ends;
        double *weights = realloc(graph->weights, capacity * sizeof *weights);
        if (!weights) {
            return false;
        }
        graph->weights = weights;
        memory_force(graph->budget, (capacity - graph->capacity) * 16);
        graph->capacity = capacity;
    }
    graph->ends[graph->count * 2] = a;
    graph->ends[graph->count * 2 + 1] = b;
    graph->weights[graph->count++] = weight;
    return true;
}

void graph_free(struct graph *graph) {
    memory_give(graph->budget, graph->capacity * 16);
    free(graph->ends);
    free(graph->weights);
    *graph = (struct graph){.budget = graph->budget};
}

void cluster_library_init(void) {
    igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_set_warning_handler(igraph_warning_handler_ignore);
}

/* The distinct accounts of the edges, ascending; NULL when memory is out. */
static uint32_t *vertices_make(const struct graph *graph, size_t *count) {
    uint32_t *ranks = malloc(graph->count * 2 * sizeof *ranks);
    if (!ranks) {
        return NULL;
    }
    memcpy(ranks, graph->ends, graph->count * 2 * sizeof *ranks);
    *count = sort_distinct(ranks, graph->count * 2);
    return ranks;
}

static igraph_integer_t vertex_of(const uint32_t *ranks, size_t count, uint32_t rank) {
    const uint32_t *found = bsearch(&rank, ranks, count, sizeof *ranks, compare_numbers);
    return (igraph_integer_t)(found - ranks);
}

static igraph_error_t edges_fill(const struct graph *graph, const uint32_t *ranks, size_t count,
                                 igraph_vector_int_t *edges) {
    igraph_error_t error = igraph_vector_int_init(edges, (igraph_integer_t)graph->count * 2);
    for (size_t i = 0; error == IGRAPH_SUCCESS && i < graph->count * 2; i++) {
        VECTOR(*edges)[i] = vertex_of(ranks, count, graph->ends[i]);
    }
    return error;
}

/* Modularity as Leiden's quality: vertices weigh their strength, resolution 1 / (2 * all weights).
 */
static igraph_error_t leiden_weighted(const igraph_t *network, const igraph_vector_t *weights,
                                      igraph_vector_t *strengths, igraph_vector_int_t *members) {
    igraph_error_t error =
        igraph_strength(network, strengths, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS, weights);
    if (error != IGRAPH_SUCCESS) {
        return error;
    }
    igraph_rng_t random;
    error = igraph_rng_init(&random, &igraph_rngtype_pcg32);
    if (error != IGRAPH_SUCCESS) {
        return error;
    }
    igraph_rng_seed(&random, SEED);
    igraph_rng_t *before = igraph_rng_default();
    igraph_rng_set_default(&random);
    double resolution = 1.0 / (2.0 * igraph_vector_sum(weights));
    error = igraph_community_leiden(network, weights, strengths, resolution, RANDOMNESS, false,
                                    ITERATIONS, members, NULL, NULL);
    igraph_rng_set_default(before);
    igraph_rng_destroy(&random);
    return error;
}

static igraph_error_t leiden_run(const struct graph *graph, const igraph_t *network,
                                 igraph_vector_int_t *members) {
    igraph_vector_t weights;
    igraph_vector_t strengths;
    igraph_error_t error =
        igraph_vector_init_array(&weights, graph->weights, (igraph_integer_t)graph->count);
    if (error != IGRAPH_SUCCESS) {
        return error;
    }
    error = igraph_vector_init(&strengths, 0);
    if (error == IGRAPH_SUCCESS) {
        error = leiden_weighted(network, &weights, &strengths, members);
        igraph_vector_destroy(&strengths);
    }
    igraph_vector_destroy(&weights);
    return error;
}

/* members[i] becomes the cluster of vertex i. */
static igraph_error_t members_find(const struct graph *graph, const uint32_t *ranks, size_t count,
                                   igraph_vector_int_t *members) {
    igraph_vector_int_t edges;
    igraph_error_t error = edges_fill(graph, ranks, count, &edges);
    if (error != IGRAPH_SUCCESS) {
        return error;
    }
    igraph_t network;
    error = igraph_create(&network, &edges, (igraph_integer_t)count, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&edges);
    if (error != IGRAPH_SUCCESS) {
        return error;
    }
    error = leiden_run(graph, &network, members);
    igraph_destroy(&network);
    return error;
}

/* An account with its cluster, named by the cluster's smallest vertex. */
struct member {
    uint32_t cluster;
    uint32_t rank;
};

static int member_compare(const void *left, const void *right) {
    const struct member *a = left;
    const struct member *b = right;
    if (a->cluster != b->cluster) {
        return a->cluster < b->cluster ? -1 : 1;
    }
    return (a->rank > b->rank) - (a->rank < b->rank);
}

/* Renames clusters to the index of their smallest vertex. First arrival is the smallest. */
static bool members_make(const igraph_vector_int_t *found, const uint32_t *ranks, size_t count,
                         struct member *members) {
    uint32_t *names = malloc(count * sizeof *names);
    if (!names) {
        return false;
    }
    memset(names, 0xFF, count * sizeof *names);
    for (size_t i = 0; i < count; i++) {
        uint32_t *name = &names[VECTOR(*found)[i]];
        if (*name == UINT32_MAX) {
            *name = (uint32_t)i;
        }
        members[i] = (struct member){*name, ranks[i]};
    }
    free(names);
    qsort(members, count, sizeof *members, member_compare);
    return true;
}

/* `membership->ranks` is overwritten with the members in order of cluster. */
static void members_number(const struct member *members, struct membership *membership) {
    for (size_t i = 0; i < membership->count;) {
        size_t end = i;
        while (end < membership->count && members[end].cluster == members[i].cluster) {
            membership->ranks[end] = members[end].rank;
            end++;
        }
        membership->clusters += end - i >= 2;
        for (size_t j = i; j < end; j++) {
            membership->numbers[j] = end - i >= 2 ? membership->clusters : 0;
        }
        i = end;
    }
}

static bool members_order(const igraph_vector_int_t *found, struct membership *membership) {
    struct member *members = malloc(membership->count * sizeof *members);
    bool is_made = members && members_make(found, membership->ranks, membership->count, members);
    if (is_made) {
        members_number(members, membership);
    }
    free(members);
    return is_made;
}

void membership_free(struct membership *membership) {
    free(membership->ranks);
    free(membership->numbers);
    free(membership->edges);
    *membership = (struct membership){0};
}

enum hearsay_status membership_visit(const struct membership *membership, cluster_visit *visit,
                                     void *context) {
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; visit && i < membership->count && status == HEARSAY_OK;) {
        size_t end = i + 1;
        uint32_t number = membership->numbers[i];
        while (number > 0 && end < membership->count && membership->numbers[end] == number) {
            end++;
        }
        struct cluster cluster = {number, membership->ranks + i, end - i,
                                  membership->edges[number]};
        status = number > 0 ? visit(context, &cluster) : HEARSAY_OK;
        i = end;
    }
    return status;
}

enum hearsay_status cluster_find(const struct graph *graph, struct membership *membership) {
    *membership = (struct membership){0};
    if (graph->count == 0) {
        return HEARSAY_OK;
    }
    membership->ranks = vertices_make(graph, &membership->count);
    membership->numbers = calloc(membership->count + 1, sizeof *membership->numbers);
    membership->edges = calloc(membership->count + 1, sizeof *membership->edges);
    igraph_vector_int_t members;
    if (!membership->ranks || !membership->numbers || !membership->edges ||
        igraph_vector_int_init(&members, 0) != IGRAPH_SUCCESS) {
        return HEARSAY_NO_MEMORY;
    }
    /* igraph fails for want of memory only */
    bool is_found =
        members_find(graph, membership->ranks, membership->count, &members) == IGRAPH_SUCCESS &&
        members_order(&members, membership);
    igraph_vector_int_destroy(&members);
    return is_found ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}
