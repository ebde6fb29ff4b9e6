/* From links between cores to clusters: stars in the graph of cores (Aslam, Pelekhov and Rus,
 * "The star clustering algorithm", JGAA 8, 2004). The core with most neighbours takes them all,
 * then the core with most neighbours among the rest, and so on; equals in order of their index,
 * which is the order of their digests. */
#include <stdlib.h>

#include "coordination/crew.h"
#include "engine/near_run.h"

/* The graph: neighbours of core c are to[first[c] .. first[c] + degree[c]), both directions. */
struct graph_rows {
    uint64_t *first; /* count + 1 items */
    uint32_t *degree;
    uint32_t *to;
    uint32_t *order; /* cores with neighbours, most first */
    uint32_t order_count;
    uint64_t link_count; /* both directions, before equal ones are merged */
};

static enum hearsay_status links_read(struct near_run *run, struct table_writer **tables,
                                      unsigned partition, struct near_link **links, size_t *count) {
    *count = (size_t)table_count(tables, run->threads, partition);
    *links = malloc((*count ? *count : 1) * sizeof **links);
    return *links ? table_read(tables, run->threads, partition, *links) : HEARSAY_NO_MEMORY;
}

static int link_compare(const void *left, const void *right) {
    const struct near_link *a = left;
    const struct near_link *b = right;
    int order = (a->a > b->a) - (a->a < b->a);
    return order != 0 ? order : (a->b > b->b) - (a->b < b->b);
}

/* Chains the texts of each core. */
static bool cores_list(struct near_run *run) {
    uint32_t *heads = malloc((run->count + 1ul) * sizeof *heads);
    if (!heads) {
        return false;
    }
    memset(heads, 0xff, (run->count + 1ul) * sizeof *heads);
    for (uint32_t i = run->count; i-- > 0;) {
        uint32_t root = near_root(run, i);
        run->next[i] = heads[root];
        heads[root] = i;
    }
    free(heads);
    return true;
}

/* Texts of a core that speak for it, the first ones; their signatures and their number. */
#define SPEAKERS 8u

static enum hearsay_status speakers_read(const struct near_run *run, uint32_t core,
                                         struct signature speakers[SPEAKERS], uint32_t *count) {
    enum hearsay_status status = HEARSAY_OK;
    *count = 0;
    for (uint32_t i = core; i != UINT32_MAX && *count < SPEAKERS && status == HEARSAY_OK;
         i = run->next[i]) {
        status = near_signature(run, i, &speakers[(*count)++]);
    }
    return status;
}

/* Two cores are linked when some texts of theirs are near-duplicates, and not at their edges only:
 * so are three quarters of the pairs of texts that speak for them, as their signatures estimate. */
static enum hearsay_status cores_link(struct near_run *run, struct near_worker *worker,
                                      const struct near_link *link) {
    struct signature left[SPEAKERS];
    struct signature right[SPEAKERS];
    uint32_t a;
    uint32_t b;
    enum hearsay_status status = speakers_read(run, link->a, left, &a);
    if (status == HEARSAY_OK) {
        status = speakers_read(run, link->b, right, &b);
    }
    if (status != HEARSAY_OK) {
        return status;
    }
    uint32_t near = 0;
    for (uint32_t i = 0; i < a; i++) {
        for (uint32_t j = 0; j < b; j++) {
            near += signature_agreement(&left[i], &right[j]) >=
                    run->options->similarity * SIGNATURE_LANES;
        }
    }
    bool is_linked = a * b == 1 || near * 4 >= a * b * 3; /* one pair was verified exactly */
    return is_linked
               ? table_add(&worker->links,
                           (unsigned)((uint64_t)link->a * TABLE_PARTITIONS / run->count), link)
               : HEARSAY_OK;
}

/* From linked texts to linked cores. */
static enum hearsay_status pairs_task(void *context, unsigned index, unsigned partition) {
    struct near_run *run = context;
    struct near_link *pairs;
    size_t count;
    enum hearsay_status status = links_read(run, run->pairs, partition, &pairs, &count);
    size_t kept = 0;
    for (size_t i = 0; i < count && status == HEARSAY_OK; i++) {
        uint32_t a = near_root(run, pairs[i].a);
        uint32_t b = near_root(run, pairs[i].b);
        if (a != b) {
            pairs[kept++] = (struct near_link){a < b ? a : b, a < b ? b : a};
        }
    }
    if (kept > 0) {
        qsort(pairs, kept, sizeof *pairs, link_compare);
    }
    for (size_t i = 0; i < kept && status == HEARSAY_OK; i++) {
        if (i == 0 || link_compare(&pairs[i - 1], &pairs[i]) != 0) {
            status = cores_link(run, &run->workers[index], &pairs[i]);
        }
    }
    free(pairs);
    return status;
}

/* Calls for every link between two cores: counts its ends, or writes them. */
static enum hearsay_status links_visit(struct near_run *run, struct graph_rows *graph,
                                       bool is_writing) {
    enum hearsay_status status = HEARSAY_OK;
    for (unsigned p = 0; p < TABLE_PARTITIONS && status == HEARSAY_OK; p++) {
        struct near_link *links;
        size_t count;
        status = links_read(run, run->links, p, &links, &count);
        for (size_t i = 0; i < count && status == HEARSAY_OK; i++) {
            uint32_t a = links[i].a;
            uint32_t b = links[i].b;
            if (is_writing) {
                graph->to[graph->first[a] + graph->degree[a]] = b;
                graph->to[graph->first[b] + graph->degree[b]] = a;
            }
            graph->degree[a]++;
            graph->degree[b]++;
        }
        free(links);
    }
    return status;
}

static int u32_compare(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* Each neighbour once. */
static void neighbours_unique(struct graph_rows *graph, uint32_t core) {
    uint32_t *to = graph->to + graph->first[core];
    qsort(to, graph->degree[core], sizeof *to, u32_compare);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < graph->degree[core]; i++) {
        if (kept == 0 || to[kept - 1] != to[i]) {
            to[kept++] = to[i];
        }
    }
    graph->degree[core] = kept;
}

static enum hearsay_status graph_fill(struct near_run *run, struct graph_rows *graph) {
    graph->first = calloc(run->count + 1ul, sizeof *graph->first);
    graph->degree = calloc(run->count + 1ul, sizeof *graph->degree);
    if (!graph->first || !graph->degree) {
        return HEARSAY_NO_MEMORY;
    }
    if (!cores_list(run)) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = crew_run(run->threads, TABLE_PARTITIONS, pairs_task, run);
    if (status == HEARSAY_OK) {
        status = links_visit(run, graph, false);
    }
    for (uint32_t i = 0; i < run->count; i++) {
        graph->first[i + 1ul] = graph->first[i] + graph->degree[i];
        graph->order_count += graph->degree[i] > 0;
        graph->degree[i] = 0;
    }
    graph->link_count = graph->first[run->count];
    graph->to = malloc((graph->link_count + 1) * sizeof *graph->to);
    graph->order = malloc((graph->order_count + 1ul) * sizeof *graph->order);
    if (!graph->to || !graph->order) {
        return HEARSAY_NO_MEMORY;
    }
    memory_force(run->options->budget, graph->link_count * sizeof *graph->to);
    return status == HEARSAY_OK ? links_visit(run, graph, true) : status;
}

static void graph_close(struct near_run *run, struct graph_rows *graph) {
    if (graph->to && graph->order) {
        memory_give(run->options->budget, graph->link_count * sizeof *graph->to);
    }
    free(graph->first);
    free(graph->degree);
    free(graph->to);
    free(graph->order);
}

/* Most neighbours first: by counting, since degrees are small numbers. `heads` has count + 2 items,
 * all 0. */
static void order_fill(struct near_run *run, struct graph_rows *graph, uint32_t *heads) {
    uint32_t most = 0;
    for (uint32_t i = 0; i < run->count; i++) {
        if (graph->degree[i] > 0) {
            neighbours_unique(graph, i);
            heads[graph->degree[i]]++;
            most = graph->degree[i] > most ? graph->degree[i] : most;
        }
    }
    uint32_t at = 0;
    for (uint32_t degree = most; degree > 0; degree--) {
        uint32_t size = heads[degree];
        heads[degree] = at;
        at += size;
    }
    for (uint32_t i = 0; i < run->count; i++) {
        if (graph->degree[i] > 0) {
            graph->order[heads[graph->degree[i]]++] = i;
        }
    }
}

/* Gives every core of a star the star's representative. */
static void stars_take(struct near_run *run, const struct graph_rows *graph, uint32_t *star) {
    for (uint32_t i = 0; i < graph->order_count; i++) {
        uint32_t centre = graph->order[i];
        if (star[centre] != UINT32_MAX) {
            continue;
        }
        const uint32_t *to = graph->to + graph->first[centre];
        uint32_t least = centre;
        for (uint32_t n = 0; n < graph->degree[centre]; n++) {
            least = star[to[n]] == UINT32_MAX && to[n] < least ? to[n] : least;
        }
        star[centre] = least;
        for (uint32_t n = 0; n < graph->degree[centre]; n++) {
            star[to[n]] = star[to[n]] == UINT32_MAX ? least : star[to[n]];
        }
    }
    for (uint32_t i = 0; i < run->count; i++) {
        uint32_t root = near_root(run, i);
        run->texts[i].representative = star[root] == UINT32_MAX ? root : star[root];
    }
}

static void report_fill(struct near_run *run, const struct graph_rows *graph, const uint32_t *star,
                        uint32_t *sizes) {
    memset(sizes, 0, (run->count + 2ul) * sizeof *sizes);
    for (uint32_t i = 0; i < run->count; i++) {
        sizes[run->texts[i].representative]++;
        for (uint32_t n = 0; n < graph->degree[i]; n++) {
            uint32_t other = graph->to[graph->first[i] + n];
            run->report.links_cut += other > i && star[other] != star[i];
        }
    }
    for (uint32_t i = 0; i < run->count; i++) {
        run->report.clusters += sizes[i] > 1;
        run->report.joined += sizes[i] > 1 ? sizes[i] : 0;
    }
}

enum hearsay_status near_stars(struct near_run *run) {
    struct graph_rows graph = {0};
    uint32_t *heads = calloc(run->count + 2ul, sizeof *heads);
    uint32_t *star = malloc((run->count + 1ul) * sizeof *star);
    enum hearsay_status status = heads && star ? graph_fill(run, &graph) : HEARSAY_NO_MEMORY;
    if (status == HEARSAY_OK) {
        memset(star, 0xff, (run->count + 1ul) * sizeof *star);
        order_fill(run, &graph, heads);
        stars_take(run, &graph, star);
        report_fill(run, &graph, star, heads);
    }
    graph_close(run, &graph);
    free(heads);
    free(star);
    return status;
}
