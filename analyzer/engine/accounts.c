#include "engine/accounts.h"

#include <stdlib.h>

struct seen_account {
    struct str key;
    uint32_t index;
    uint32_t worker;
};

static int seen_compare(const void *left, const void *right) {
    const struct seen_account *a = left;
    const struct seen_account *b = right;
    return str_compare(a->key, b->key);
}

static struct seen_account *seen_of(const struct worker *workers, size_t worker_count,
                                    size_t *count) {
    size_t total = 0;
    for (size_t w = 0; w < worker_count; w++) {
        total += workers[w].accounts.count;
    }
    struct seen_account *seen = malloc((total ? total : 1) * sizeof *seen);
    *count = total;
    for (size_t w = 0, at = 0; seen && w < worker_count; w++) {
        for (uint32_t i = 0; i < workers[w].accounts.count; i++) {
            seen[at++] = (struct seen_account){workers[w].accounts.keys[i], i, (uint32_t)w};
        }
    }
    return seen;
}

static bool accounts_allocate(struct accounts *accounts, const struct worker *workers,
                              size_t worker_count, size_t seen_count) {
    size_t most = seen_count ? seen_count : 1;
    accounts->worker_count = worker_count;
    accounts->keys = malloc(most * sizeof *accounts->keys);
    accounts->posts = calloc(most, sizeof *accounts->posts);
    accounts->timed_posts = calloc(most, sizeof *accounts->timed_posts);
    accounts->findings = calloc(most, sizeof *accounts->findings);
    accounts->activity = calloc(most, sizeof *accounts->activity);
    accounts->ranks = calloc(worker_count, sizeof *accounts->ranks);
    if (!accounts->keys || !accounts->posts || !accounts->timed_posts || !accounts->findings ||
        !accounts->activity || !accounts->ranks) {
        return false;
    }
    for (size_t w = 0; w < worker_count; w++) {
        size_t size = workers[w].accounts.count ? workers[w].accounts.count : 1;
        accounts->ranks[w] = malloc(size * sizeof *accounts->ranks[w]);
        if (!accounts->ranks[w]) {
            return false;
        }
    }
    return true;
}

bool accounts_merge(struct accounts *accounts, const struct worker *workers, size_t worker_count) {
    size_t seen_count;
    *accounts = (struct accounts){0};
    struct seen_account *seen = seen_of(workers, worker_count, &seen_count);
    if (!seen || seen_count >= MAP_NONE ||
        !accounts_allocate(accounts, workers, worker_count, seen_count)) {
        free(seen);
        return false;
    }
    qsort(seen, seen_count, sizeof *seen, seen_compare);
    for (size_t i = 0; i < seen_count; i++) {
        bool is_new = i == 0 || !str_equal(seen[i].key, seen[i - 1].key);
        if (is_new) {
            accounts->keys[accounts->count++] = seen[i].key;
        }
        accounts->ranks[seen[i].worker][seen[i].index] = accounts->count - 1;
    }
    free(seen);
    return true;
}

uint32_t accounts_rank(const struct accounts *accounts, struct str key) {
    uint32_t low = 0;
    uint32_t high = accounts->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(accounts->keys[middle], key);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return MAP_NONE;
}

struct str account_platform(const struct accounts *accounts, uint32_t rank) {
    struct str key = accounts->keys[rank];
    return str_slice(key, 0, str_find_byte(key, '\0', 0));
}

struct str account_name(const struct accounts *accounts, uint32_t rank) {
    struct str key = accounts->keys[rank];
    return str_slice(key, str_find_byte(key, '\0', 0) + 1, key.len);
}

void accounts_free(struct accounts *accounts) {
    for (size_t w = 0; accounts->ranks && w < accounts->worker_count; w++) {
        free(accounts->ranks[w]);
    }
    free(accounts->ranks);
    free(accounts->keys);
    free(accounts->posts);
    free(accounts->timed_posts);
    free(accounts->findings);
    free(accounts->activity);
    *accounts = (struct accounts){0};
}
