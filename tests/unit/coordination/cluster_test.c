#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "coordination/cluster.h"

static enum hearsay_status print_cluster(void *context, const struct cluster *cluster) {
    struct buffer *out = context;
    buffer_printf(out, "%u:", cluster->number);
    for (size_t i = 0; i < cluster->count; i++) {
        buffer_printf(out, " %u", cluster->ranks[i]);
    }
    buffer_append_c(out, "\n");
    return HEARSAY_OK;
}

/* Finds the clusters and hands them to `visit`. */
static enum hearsay_status visit_all(const struct graph *graph, cluster_visit *visit, void *context,
                                     uint64_t *clusters) {
    struct membership membership;
    enum hearsay_status status = cluster_find(graph, &membership);
    if (status == HEARSAY_OK) {
        *clusters = membership.clusters;
        status = membership_visit(&membership, visit, context);
    }
    membership_free(&membership);
    return status;
}

/* Adds a complete graph over ranks first, first + step, ... */
static void clique_add(struct graph *graph, uint32_t first, uint32_t step, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = i + 1; j < count; j++) {
            assert_true(graph_add(graph, first + i * step, first + j * step, 2.0));
        }
    }
}

static void check_clusters(struct graph *graph, uint64_t wanted, const char *expected) {
    struct buffer out = {0};
    uint64_t clusters = 99;
    cluster_library_init();
    assert_int_equal(visit_all(graph, print_cluster, &out, &clusters), HEARSAY_OK);
    assert_int_equal(clusters, wanted);
    assert_true(buffer_append_byte(&out, '\0'));
    assert_string_equal(out.ptr, expected);
    buffer_free(&out);
}

static void cliques_are_clusters_numbered_by_smallest_rank(void **state) {
    (void)state;
    struct memory_budget budget = {.limit_bytes = 1u << 20};
    struct graph graph = {.budget = &budget};
    clique_add(&graph, 3, 10, 4);
    clique_add(&graph, 5, 10, 4);
    assert_true(graph_add(&graph, 3, 5, 0.1)); /* a weak bridge does not join them */
    assert_true(graph_add(&graph, 1000, 1001, 1.0));
    check_clusters(&graph, 3, "1: 3 13 23 33\n2: 5 15 25 35\n3: 1000 1001\n");
    graph_free(&graph);
    assert_int_equal(budget.used_bytes, 0);
}

static void no_edges_are_no_clusters(void **state) {
    (void)state;
    struct memory_budget budget = {.limit_bytes = 1u << 20};
    struct graph graph = {.budget = &budget};
    check_clusters(&graph, 0, "");
    graph_free(&graph);
}

static void a_second_run_gives_the_same_and_disturbs_nothing(void **state) {
    (void)state;
    struct memory_budget budget = {.limit_bytes = 1u << 20};
    struct graph graph = {.budget = &budget};
    uint32_t random = 1;
    for (uint32_t a = 0; a < 200; a++) { /* a noisy graph, where the seed matters */
        for (uint32_t n = 0; n < 4; n++) {
            random = random * 1664525u + 1013904223u;
            uint32_t b = a + 1 + (random >> 8) % (200 - a);
            assert_true(graph_add(&graph, a, b, 1.0 + (random & 3)));
        }
    }
    struct buffer first = {0};
    struct buffer second = {0};
    uint64_t clusters;
    assert_int_equal(visit_all(&graph, print_cluster, &first, &clusters), HEARSAY_OK);
    assert_int_equal(visit_all(&graph, print_cluster, &second, &clusters), HEARSAY_OK);
    assert_true(clusters > 1);
    assert_true(str_equal(buffer_str(&first), buffer_str(&second)));
    buffer_free(&first);
    buffer_free(&second);
    graph_free(&graph);
}

static enum hearsay_status stop(void *context, const struct cluster *cluster) {
    (void)context;
    (void)cluster;
    return HEARSAY_STOPPED;
}

static void a_visitor_can_stop(void **state) {
    (void)state;
    struct memory_budget budget = {.limit_bytes = 1u << 20};
    struct graph graph = {.budget = &budget};
    clique_add(&graph, 0, 1, 3);
    uint64_t clusters;
    assert_int_equal(visit_all(&graph, stop, NULL, &clusters), HEARSAY_STOPPED);
    graph_free(&graph);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cliques_are_clusters_numbered_by_smallest_rank),
        cmocka_unit_test(no_edges_are_no_clusters),
        cmocka_unit_test(a_second_run_gives_the_same_and_disturbs_nothing),
        cmocka_unit_test(a_visitor_can_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
