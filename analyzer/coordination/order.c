#include "coordination/order.h"

#include "base/radix.h"
#include "base/sort.h"

/* Where a record of a pair stands. */
struct pair_key {
    uint32_t a;
    uint32_t b;
    uint32_t at;
};

/* Within a pair. */
static int record_compare(const void *left, const void *right) {
    const struct pair_record *x = left;
    const struct pair_record *y = right;
    if (x->layer != y->layer) {
        return x->layer < y->layer ? -1 : 1;
    }
    if (x->object != y->object) {
        return x->object < y->object ? -1 : 1;
    }
    if (x->gap_us != y->gap_us) {
        return x->gap_us < y->gap_us ? -1 : 1;
    }
    return (x->time_us > y->time_us) - (x->time_us < y->time_us);
}

static bool is_same_pair(const struct pair_key *x, const struct pair_key *y) {
    return x->a == y->a && x->b == y->b;
}

/* Copies the records in the order of their keys and sorts those of each pair. */
static void records_place(const struct pair_record *from, const struct pair_key *keys, size_t count,
                          struct pair_record *to) {
    for (size_t i = 0; i < count;) {
        size_t end = i;
        for (; end < count && is_same_pair(&keys[i], &keys[end]); end++) {
            to[end] = from[keys[end].at];
        }
        if (end - i > 1) {
            sort_records(&to[i], end - i, sizeof *to, record_compare);
        }
        i = end;
    }
}

bool pair_records_sort(struct run *run, struct pair_record **records, size_t count) {
    static const size_t offsets[] = {offsetof(struct pair_key, a), offsetof(struct pair_key, b)};
    struct pair_key *keys = count <= UINT32_MAX ? run_alloc(run, 2 * count, sizeof *keys) : NULL;
    struct pair_record *sorted = run_alloc(run, count, sizeof *sorted);
    bool has_memory = keys && sorted;
    if (has_memory) {
        for (size_t i = 0; i < count; i++) {
            keys[i] = (struct pair_key){(*records)[i].a, (*records)[i].b, (uint32_t)i};
        }
        radix_sort(keys, keys + count, count, sizeof *keys, offsets, 2);
        records_place(*records, keys, count, sorted);
        struct pair_record *swap = *records;
        *records = sorted;
        sorted = swap;
    }
    run_free(run, keys, 2 * count, sizeof *keys);
    run_free(run, sorted, count, sizeof *sorted);
    return has_memory;
}
