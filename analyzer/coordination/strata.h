/* How active each account is, stratum by stratum: what the null model (coordination/null.h) holds
 * constant. A stratum is a family of layers (pair.h), a period of two weeks and, for replies, the
 * age of the object when the action falls on it, since accounts differ in when they are there and
 * in how early they come: readers who see every new thread in its first minutes meet each other by
 * that habit alone. */
#ifndef HEARSAY_COORDINATION_STRATA_H
#define HEARSAY_COORDINATION_STRATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table.h"

/* Ages of an object: the number of its classes. */
#define AGE_CLASSES 8u

/* Class of an action that falls `age_us` >= 0 after its object's first. */
uint8_t age_class(uint64_t age_us);

/* Number of a stratum, from 0. */
uint32_t stratum_of(unsigned family, int64_t time_us, uint8_t class);

/* Actions as they are met, in any order: one per worker. Zero-initialise, but for budget. */
struct strata_log {
    struct memory_budget *budget;
    struct strata_entry *entries;
    size_t count;
    size_t capacity;
};
bool strata_log_add(struct strata_log *log, uint32_t account, uint32_t stratum);
void strata_log_free(struct strata_log *log);

/* Zero-initialise, but for budget. */
struct strata {
    struct memory_budget *budget;
    uint64_t *begins;             /* account_count + 1: where each account's counts begin */
    struct stratum_count *counts; /* per account ascending by stratum */
    uint64_t count_capacity;
    struct stratum_count *totals; /* open addressing; a count of 0 is free */
    size_t total_capacity;        /* a power of two */
    size_t total_count;
    uint32_t account_count;
};

/* Counts the logs' entries, which it frees one by one. False: memory is out. */
bool strata_build(struct strata *strata, struct strata_log *const *logs, size_t log_count,
                  uint32_t account_count);
void strata_free(struct strata *strata);

/* Actions of all accounts in a stratum, and of one. */
uint32_t strata_total(const struct strata *strata, uint32_t stratum);
uint32_t strata_activity(const struct strata *strata, uint32_t account, uint32_t stratum);

/* Trials of a pair in a family: over its strata, the actions of whoever has fewer there. */
uint64_t strata_trials(const struct strata *strata, unsigned family, uint32_t a, uint32_t b);

#endif
