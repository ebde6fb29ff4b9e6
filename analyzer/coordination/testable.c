/* testable_pairs (shuffle.h). Each chosen account counts the accounts that it shares an object
 * with; half of their sum, scaled up, is the number of pairs. */
#include <math.h>
#include <stdlib.h>

#include "coordination/shuffle.h"

/* One account on one object. */
struct share {
    uint64_t object; /* half of the digest */
    uint32_t rank;
    uint32_t group; /* number of the object */
};

struct sharing {
    struct share *shares; /* sorted by object, each account once per object */
    size_t count;
    size_t *begins; /* where each object's shares begin; one more at the end */
    size_t objects;
};

static int share_by_object(const void *left, const void *right) {
    const struct share *a = left;
    const struct share *b = right;
    if (a->object != b->object) {
        return a->object < b->object ? -1 : 1;
    }
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static int share_by_rank(const void *left, const void *right) {
    const struct share *a = left;
    const struct share *b = right;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    return (a->group > b->group) - (a->group < b->group);
}

static size_t shares_make(const struct action *actions, size_t count,
                          const struct coordination_options *options, const uint32_t *platforms,
                          struct share *shares) {
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t rank =
            options->account_rank(options->context, actions[i].writer, actions[i].account);
        if (rank < options->account_count && options->posts_per_account[rank] >= 2) {
            uint64_t object = actions[i].object.low ^ actions[i].object.high;
            shares[made++] = (struct share){object + platforms[rank], rank, 0};
        }
    }
    qsort(shares, made, sizeof *shares, share_by_object);
    size_t kept = 0;
    for (size_t i = 0; i < made; i++) {
        if (kept == 0 || share_by_object(&shares[kept - 1], &shares[i]) != 0) {
            shares[kept++] = shares[i];
        }
    }
    return kept;
}

/* Numbers the objects; the sum of squares of their sizes, which is the work of a full count. */
static double objects_number(struct sharing *sharing) {
    double squares = 0.0;
    for (size_t i = 0; i < sharing->count;) {
        size_t end = i;
        while (end < sharing->count && sharing->shares[end].object == sharing->shares[i].object) {
            sharing->shares[end++].group = (uint32_t)sharing->objects;
        }
        sharing->begins[sharing->objects++] = i;
        squares += (double)(end - i) * (double)(end - i);
        i = end;
    }
    sharing->begins[sharing->objects] = sharing->count;
    return squares;
}

/* Is the account in a sample of `share` of all? */
static bool is_chosen(uint32_t rank, double share) {
    uint64_t hash = hash64((struct str){(const char *)&rank, sizeof rank});
    return share >= 1.0 || (double)(hash >> 11) * 0x1p-53 < share;
}

/* Accounts met on the objects of own[0..count), each once; `seen` holds marks of earlier accounts.
 */
static uint64_t partners_count(const struct sharing *sharing, const struct share *own, size_t count,
                               uint32_t *seen, uint32_t mark) {
    uint64_t partners = 0;
    seen[own->rank] = mark;
    for (size_t i = 0; i < count; i++) {
        size_t end = sharing->begins[own[i].group + 1];
        for (size_t j = sharing->begins[own[i].group]; j < end; j++) {
            uint32_t rank = sharing->shares[j].rank;
            partners += seen[rank] != mark;
            seen[rank] = mark;
        }
    }
    return partners;
}

static double pairs_count(const struct sharing *sharing, struct share *by_rank, uint32_t *seen,
                          double share) {
    uint64_t accounts = 0;
    uint64_t chosen = 0;
    uint64_t partners = 0;
    memcpy(by_rank, sharing->shares, sharing->count * sizeof *by_rank);
    qsort(by_rank, sharing->count, sizeof *by_rank, share_by_rank);
    for (size_t i = 0; i < sharing->count;) {
        size_t end = i + 1;
        while (end < sharing->count && by_rank[end].rank == by_rank[i].rank) {
            end++;
        }
        accounts++;
        if (is_chosen(by_rank[i].rank, share)) {
            partners += partners_count(sharing, &by_rank[i], end - i, seen, (uint32_t)++chosen);
        }
        i = end;
    }
    return chosen > 0 ? (double)partners / 2.0 * ((double)accounts / (double)chosen) : 0.0;
}

enum hearsay_status testable_pairs(const struct action *actions, size_t count,
                                   const struct coordination_options *options, double work,
                                   double *pairs) {
    struct sharing sharing = {.shares = malloc((count + 1) * sizeof *sharing.shares),
                              .begins = malloc((count + 2) * sizeof *sharing.begins)};
    struct share *by_rank = malloc((count + 1) * sizeof *by_rank);
    uint32_t *seen = calloc((size_t)options->account_count + 1, sizeof *seen);
    uint32_t *platforms = platforms_list(options);
    bool has_memory = sharing.shares && sharing.begins && by_rank && seen && platforms;
    if (has_memory) {
        sharing.count = shares_make(actions, count, options, platforms, sharing.shares);
        double squares = objects_number(&sharing);
        *pairs = pairs_count(&sharing, by_rank, seen, fmin(1.0, work / fmax(squares, 1.0)));
    }
    free(sharing.shares);
    free(sharing.begins);
    free(by_rank);
    free(seen);
    free(platforms);
    return has_memory ? HEARSAY_OK : HEARSAY_NO_MEMORY;
}

double account_pairs(const struct coordination_options *options) {
    uint32_t *platforms = platforms_list(options);
    double pairs = 0.0;
    double before = 0.0; /* accounts of the platform so far */
    for (uint32_t rank = 0; platforms && rank < options->account_count; rank++) {
        before = rank > 0 && platforms[rank] != platforms[rank - 1] ? 0.0 : before;
        if (options->posts_per_account[rank] >= 2) {
            pairs += before;
            before += 1.0;
        }
    }
    bool has_memory = platforms != NULL;
    free(platforms);
    return has_memory ? pairs : -1.0;
}
