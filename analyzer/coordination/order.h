/* The order in which pair records are judged: by pair, layer, object, gap, time. */
#ifndef HEARSAY_COORDINATION_ORDER_H
#define HEARSAY_COORDINATION_ORDER_H

#include "coordination/run.h"

/* Sorts the `count` records of *records, which come from run_alloc and may be exchanged for another
 * block of the same kind. False: memory is out. Radix sort by pair, then a small sort for each. */
bool pair_records_sort(struct run *run, struct pair_record **records, size_t count);

#endif
