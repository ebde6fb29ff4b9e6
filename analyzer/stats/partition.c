#include "stats/partition.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "stats/factorial.h"

struct cell {
    uint32_t cluster, label;
    double size;
};

struct table {
    struct cell *cells; /* by cluster, then label; those that are not empty */
    size_t cell_count;
    double *cluster_sizes, *label_sizes;
    uint32_t clusters, labels;
    double total;
};

static int compare_cells(const void *a, const void *b) {
    const struct cell *left = a;
    const struct cell *right = b;
    if (left->cluster != right->cluster) {
        return left->cluster < right->cluster ? -1 : 1;
    }
    return (left->label > right->label) - (left->label < right->label);
}

static void table_free(struct table *table) {
    free(table->cells);
    free(table->cluster_sizes);
    free(table->label_sizes);
}

static bool table_fill(struct table *table, const uint32_t *cluster, const uint32_t *label,
                       size_t count) {
    table->cells = calloc(count + 1, sizeof *table->cells);
    table->cluster_sizes = calloc((size_t)table->clusters + 1, sizeof(double));
    table->label_sizes = calloc((size_t)table->labels + 1, sizeof(double));
    if (!table->cells || !table->cluster_sizes || !table->label_sizes) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        table->cells[i] = (struct cell){cluster[i], label[i], 1};
        table->cluster_sizes[cluster[i]]++;
        table->label_sizes[label[i]]++;
    }
    qsort(table->cells, count, sizeof *table->cells, compare_cells);
    for (size_t i = 0; i < count; i++) {
        size_t last = table->cell_count - 1; /* not read while there is none */
        if (table->cell_count > 0 && compare_cells(&table->cells[last], &table->cells[i]) == 0) {
            table->cells[last].size++;
        } else {
            table->cells[table->cell_count++] = table->cells[i];
        }
    }
    table->total = (double)count;
    return true;
}

static void measure_cells(const struct table *table, struct partition_agreement *agreement) {
    double pure = 0;
    double precision = 0;
    double recall = 0;
    for (size_t i = 0; i < table->cell_count;) {
        double best = 0;
        uint32_t cluster = table->cells[i].cluster;
        for (; i < table->cell_count && table->cells[i].cluster == cluster; i++) {
            const struct cell *cell = &table->cells[i];
            best = cell->size > best ? cell->size : best;
            precision += cell->size * cell->size / table->cluster_sizes[cluster];
            recall += cell->size * cell->size / table->label_sizes[cell->label];
        }
        pure += best;
    }
    precision /= table->total;
    recall /= table->total;
    agreement->purity = pure / table->total;
    agreement->b_cubed_precision = precision;
    agreement->b_cubed_recall = recall;
    agreement->b_cubed_f1 = 2 * precision * recall / (precision + recall);
}

static double entropy(const double *sizes, uint32_t count, double total) {
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum -= sizes[i] > 0 ? sizes[i] / total * log(sizes[i] / total) : 0;
    }
    return sum;
}

static double mutual_information(const struct table *table) {
    double sum = 0;
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct cell *cell = &table->cells[i];
        sum += cell->size / table->total *
               log(cell->size * table->total / table->cluster_sizes[cell->cluster] /
                   table->label_sizes[cell->label]);
    }
    return sum;
}

/* Equation 24a of Vinh, Epps, Bailey for groups of sizes a and b among n items. */
static double expected_of_pair(double a, double b, double n) {
    double sum = 0;
    uint64_t least = a + b - n > 1 ? (uint64_t)(a + b - n) : 1;
    uint64_t most = (uint64_t)(a < b ? a : b);
    double log_all = log_choose(n, b);
    for (uint64_t shared = least; shared <= most; shared++) {
        double k = (double)shared;
        double chance = exp(log_choose(a, k) + log_choose(n - a, b - k) - log_all);
        sum += k / n * log(n * k / (a * b)) * chance;
    }
    return sum;
}

static double expected_information(const struct table *table) {
    double sum = 0;
    for (uint32_t i = 0; i < table->clusters; i++) {
        for (uint32_t j = 0; table->cluster_sizes[i] > 0 && j < table->labels; j++) {
            if (table->label_sizes[j] > 0) {
                sum +=
                    expected_of_pair(table->cluster_sizes[i], table->label_sizes[j], table->total);
            }
        }
    }
    return sum;
}

static double adjusted_information(const struct table *table) {
    double information = mutual_information(table);
    double expected = expected_information(table);
    double mean = (entropy(table->cluster_sizes, table->clusters, table->total) +
                   entropy(table->label_sizes, table->labels, table->total)) /
                  2;
    /* Only equal trivial groupings leave nothing to adjust; rounding must not make it 0/0. */
    return fabs(mean - expected) < 1e-12 ? 1 : (information - expected) / (mean - expected);
}

enum hearsay_status partition_compare(const uint32_t *cluster, uint32_t clusters,
                                      const uint32_t *label, uint32_t labels, size_t count,
                                      struct partition_agreement *agreement,
                                      struct hearsay_failure *failure) {
    struct table table = {.clusters = clusters, .labels = labels};
    *agreement = (struct partition_agreement){NAN, NAN, NAN, NAN, NAN};
    if (count == 0) {
        return HEARSAY_OK;
    }
    bool is_whole = table_fill(&table, cluster, label, count);
    if (is_whole) {
        measure_cells(&table, agreement);
        agreement->adjusted_mutual_information = adjusted_information(&table);
    }
    table_free(&table);
    return is_whole ? HEARSAY_OK : failure_memory(failure);
}
