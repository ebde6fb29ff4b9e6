#include "coordination/strata.h"

#include <stdlib.h>

#include "base/radix.h"
#include "base/sort.h"

#define MINUTE_US 60000000ull
#define PERIOD_US (14ll * 86400 * 1000000)
/* A time of 64 bits lies within so many periods of 1970. */
#define PERIODS_EITHER_WAY (1ll << 23)
#define FAMILY_STRATA ((uint32_t)(2 * PERIODS_EITHER_WAY) * AGE_CLASSES)

struct strata_entry {
    uint32_t account;
    uint32_t stratum;
    uint32_t count;
};

/* A log joins equal entries when it is full, and grows only if that left it more than half full: it
 * holds as many entries as there are pairs of account and stratum, not as there are actions. */
#define LOG_FIRST_ENTRIES 4096u

struct stratum_count {
    uint32_t stratum;
    uint32_t count;
};

uint8_t age_class(uint64_t age_us) {
    static const uint64_t ends_us[AGE_CLASSES - 1] = {
        3 * MINUTE_US,    15 * MINUTE_US,    60 * MINUTE_US,   240 * MINUTE_US,
        1440 * MINUTE_US, 10080 * MINUTE_US, 40320 * MINUTE_US};
    uint8_t class = 0;
    while (class < AGE_CLASSES - 1 && age_us >= ends_us[class]) {
        class ++;
    }
    return class;
}

uint32_t stratum_of(unsigned family, int64_t time_us, uint8_t class) {
    int64_t period = time_us / PERIOD_US - (time_us % PERIOD_US < 0);
    uint32_t number = (uint32_t)(period + PERIODS_EITHER_WAY);
    return family * FAMILY_STRATA + number * AGE_CLASSES + class;
}

static int entry_compare(const void *left, const void *right) {
    const struct strata_entry *a = left;
    const struct strata_entry *b = right;
    if (a->account != b->account) {
        return a->account < b->account ? -1 : 1;
    }
    return (a->stratum > b->stratum) - (a->stratum < b->stratum);
}

/* By account and stratum; equal entries need no order. */
static void log_sort(struct strata_log *log) {
    static const size_t offsets[] = {offsetof(struct strata_entry, account),
                                     offsetof(struct strata_entry, stratum)};
    struct strata_entry *spare = malloc((log->count + 1) * sizeof *spare);
    if (spare) {
        radix_sort(log->entries, spare, log->count, sizeof *spare, offsets, 2);
    } else {
        sort_records(log->entries, log->count, sizeof *log->entries, entry_compare);
    }
    free(spare);
}

static void log_join(struct strata_log *log) {
    size_t kept = 0;
    log_sort(log);
    for (size_t i = 0; i < log->count; i++) {
        struct strata_entry *last = kept > 0 ? &log->entries[kept - 1] : NULL;
        if (last && entry_compare(last, &log->entries[i]) == 0) {
            uint32_t room = UINT32_MAX - last->count;
            last->count += log->entries[i].count < room ? log->entries[i].count : room;
        } else {
            log->entries[kept++] = log->entries[i];
        }
    }
    log->count = kept;
}

bool strata_log_add(struct strata_log *log, uint32_t account, uint32_t stratum) {
    bool is_full = log->count == log->capacity;
    if (is_full) {
        log_join(log);
    }
    if (is_full && log->count * 2 >= log->capacity) {
        size_t capacity = log->capacity ? log->capacity * 2 : LOG_FIRST_ENTRIES;
        struct strata_entry *entries = realloc(log->entries, capacity * sizeof *entries);
        if (!entries) {
            return false;
        }
        memory_force(log->budget, (capacity - log->capacity) * sizeof *entries);
        log->entries = entries;
        log->capacity = capacity;
    }
    log->entries[log->count++] = (struct strata_entry){account, stratum, 1};
    return true;
}

void strata_log_free(struct strata_log *log) {
    if (log->entries) {
        memory_give(log->budget, log->capacity * sizeof *log->entries);
    }
    free(log->entries);
    log->entries = NULL;
    log->count = log->capacity = 0;
}

/* The place of a stratum in the totals: its own or the free one where it belongs. */
static struct stratum_count *total_find(const struct strata *strata, uint32_t stratum) {
    size_t at = (stratum * 0x9E3779B97F4A7C15ull >> 32) & (strata->total_capacity - 1);
    while (strata->totals[at].count > 0 && strata->totals[at].stratum != stratum) {
        at = (at + 1) & (strata->total_capacity - 1);
    }
    return &strata->totals[at];
}

static bool totals_grow(struct strata *strata) {
    struct strata grown = *strata;
    grown.total_capacity = strata->total_capacity ? strata->total_capacity * 2 : 256;
    grown.totals = calloc(grown.total_capacity, sizeof *grown.totals);
    if (!grown.totals) {
        return false;
    }
    for (size_t i = 0; i < strata->total_capacity; i++) {
        if (strata->totals[i].count > 0) {
            *total_find(&grown, strata->totals[i].stratum) = strata->totals[i];
        }
    }
    memory_force(strata->budget,
                 (grown.total_capacity - strata->total_capacity) * sizeof *grown.totals);
    free(strata->totals);
    *strata = grown;
    return true;
}

static bool total_add(struct strata *strata, uint32_t stratum, uint32_t count) {
    if (strata->total_count * 2 >= strata->total_capacity && !totals_grow(strata)) {
        return false;
    }
    struct stratum_count *total = total_find(strata, stratum);
    strata->total_count += total->count == 0;
    uint32_t room = UINT32_MAX - total->count;
    *total = (struct stratum_count){stratum, total->count + (count < room ? count : room)};
    return true;
}

static int count_compare(const void *left, const void *right) {
    const struct stratum_count *a = left;
    const struct stratum_count *b = right;
    return (a->stratum > b->stratum) - (a->stratum < b->stratum);
}

/* Sorts one account's entries and joins those of one stratum; their new number. */
static size_t counts_join(struct stratum_count *counts, size_t count) {
    sort_records(counts, count, sizeof *counts, count_compare);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && counts[kept - 1].stratum == counts[i].stratum) {
            uint32_t room = UINT32_MAX - counts[kept - 1].count;
            counts[kept - 1].count += counts[i].count < room ? counts[i].count : room;
        } else {
            counts[kept++] = counts[i];
        }
    }
    return kept;
}

/* Joins every account's entries; begins[account + 1] is their end before, begins[] exact after. */
static void accounts_join(struct strata *strata) {
    uint64_t kept = 0;
    uint64_t begin = 0;
    for (uint32_t account = 0; account < strata->account_count; account++) {
        uint64_t end = strata->begins[account + 1];
        size_t count = counts_join(strata->counts + begin, end - begin);
        memmove(strata->counts + kept, strata->counts + begin, count * sizeof *strata->counts);
        strata->begins[account] = kept;
        kept += count;
        begin = end;
    }
    strata->begins[strata->account_count] = kept;
}

/* Deals the entries to their accounts. */
static bool entries_deal(struct strata *strata, struct strata_log *const *logs, size_t log_count) {
    uint64_t *next = strata->begins;
    for (size_t l = 0; l < log_count; l++) {
        for (size_t i = 0; i < logs[l]->count; i++) {
            next[logs[l]->entries[i].account + 1]++;
        }
    }
    for (uint32_t account = 0; account < strata->account_count; account++) {
        next[account + 1] += next[account];
    }
    for (size_t l = 0; l < log_count; l++) {
        for (size_t i = 0; i < logs[l]->count; i++) {
            const struct strata_entry *entry = &logs[l]->entries[i];
            strata->counts[next[entry->account]++] =
                (struct stratum_count){entry->stratum, entry->count};
            if (!total_add(strata, entry->stratum, entry->count)) {
                return false;
            }
        }
        strata_log_free(logs[l]);
    }
    /* next[account] is now where the account's entries end: move the ends one place up. */
    memmove(next + 1, next, strata->account_count * sizeof *next);
    next[0] = 0;
    return true;
}

bool strata_build(struct strata *strata, struct strata_log *const *logs, size_t log_count,
                  uint32_t account_count) {
    strata->account_count = account_count;
    for (size_t l = 0; l < log_count; l++) {
        strata->count_capacity += logs[l]->count;
    }
    strata->begins = calloc((size_t)account_count + 1, sizeof *strata->begins);
    strata->counts =
        malloc((strata->count_capacity ? strata->count_capacity : 1) * sizeof *strata->counts);
    memory_force(strata->budget, strata->count_capacity * sizeof *strata->counts);
    if (!strata->begins || !strata->counts || !totals_grow(strata) ||
        !entries_deal(strata, logs, log_count)) {
        return false;
    }
    accounts_join(strata);
    return true;
}

void strata_free(struct strata *strata) {
    memory_give(strata->budget, strata->count_capacity * sizeof *strata->counts +
                                    strata->total_capacity * sizeof *strata->totals);
    free(strata->begins);
    free(strata->counts);
    free(strata->totals);
    *strata = (struct strata){.budget = strata->budget};
}

uint32_t strata_total(const struct strata *strata, uint32_t stratum) {
    return total_find(strata, stratum)->count;
}

/* The first of an account's counts whose stratum is `stratum` or later. */
static uint64_t count_seek(const struct strata *strata, uint32_t account, uint32_t stratum) {
    uint64_t low = strata->begins[account];
    uint64_t high = strata->begins[account + 1];
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (strata->counts[middle].stratum < stratum) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t strata_activity(const struct strata *strata, uint32_t account, uint32_t stratum) {
    uint64_t at = count_seek(strata, account, stratum);
    bool is_there = at < strata->begins[account + 1] && strata->counts[at].stratum == stratum;
    return is_there ? strata->counts[at].count : 0;
}

uint64_t strata_trials(const struct strata *strata, unsigned family, uint32_t a, uint32_t b) {
    uint64_t i = count_seek(strata, a, family * FAMILY_STRATA);
    uint64_t j = count_seek(strata, b, family * FAMILY_STRATA);
    uint64_t trials = 0;
    while (i < strata->begins[a + 1] && j < strata->begins[b + 1]) {
        const struct stratum_count *x = &strata->counts[i];
        const struct stratum_count *y = &strata->counts[j];
        if (x->stratum / FAMILY_STRATA != family || y->stratum / FAMILY_STRATA != family) {
            break;
        }
        if (x->stratum == y->stratum) {
            trials += x->count < y->count ? x->count : y->count;
        }
        bool is_x_first = x->stratum <= y->stratum;
        j += y->stratum <= x->stratum;
        i += is_x_first;
    }
    return trials;
}
