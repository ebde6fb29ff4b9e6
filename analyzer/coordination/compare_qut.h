/* Co-retweets exactly as the Coordination Network Toolkit of the QUT Digital Observatory counts
 * them (Graham et al., docs/network_types.md, version 1.5), for comparison with its networks. No
 * null model and no scores. Independent of coordination_run. */
#ifndef HEARSAY_COORDINATION_COMPARE_QUT_H
#define HEARSAY_COORDINATION_COMPARE_QUT_H

#include "coordination/compare.h"

struct qut_options {
    uint64_t window_s;   /* inclusive */
    uint64_t min_weight; /* edges of less weight are left out */
    bool has_loops;      /* an account's own messages match each other */
};

/* One message of account a that matched one of account b, the nearest in time. */
struct qut_match {
    int64_t time_s; /* of a's message */
    int64_t gap_s;  /* time of b's message minus a's */
    uint32_t account_a;
    uint32_t account_b;
    uint32_t message_a;
    uint32_t message_b;
    uint32_t object;
};

/* A directed edge: its weight is the number of distinct messages of account a that matched. */
struct qut_edge {
    size_t first; /* its matches are matches[first .. first + weight) */
    uint64_t weight;
    uint32_t account_a;
    uint32_t account_b;
};

/* Zero-initialise. */
struct qut_result {
    struct qut_edge *edges; /* sorted by accounts */
    size_t edge_count;
    struct qut_match *matches;
    size_t match_count;
};

/* Sorts `rows`, whose content is the message: a message never matches itself. Time O(n log n +
 * pairs inside the window), memory O(n + those pairs). Does not depend on the order of rows. */
enum hearsay_status qut_run(struct cooretweet_row *rows, size_t count,
                            const struct qut_options *options, struct qut_result *result,
                            struct hearsay_failure *failure);
void qut_result_free(struct qut_result *result);

#endif
