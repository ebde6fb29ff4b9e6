/* A partitioned table of fixed-size records that grows beyond memory (a Grace partition,
 * Kitsuregawa et al. 1983): writers add records to one of TABLE_PARTITIONS partitions; when the
 * shared budget is spent they append their chunks to the store; at the end each partition is read
 * back whole, sorted by the caller and visited. The order in which records come back within a
 * partition is unspecified, so the caller's comparison must be total on whatever it shows. Opens no
 * file: the store's callbacks do. */
#ifndef HEARSAY_BASE_TABLE_H
#define HEARSAY_BASE_TABLE_H

#include <stdatomic.h>

#include "base/str.h"
#include "hearsay.h"

#define TABLE_PARTITIONS 256

/* Shared by the tables and logs of one run. */
struct memory_budget {
    uint64_t limit_bytes;
    _Atomic uint64_t used_bytes;
    _Atomic uint64_t spilled_bytes;    /* for the summary: a limit that acts is reported */
    const struct hearsay_store *store; /* NULL: exceeding the limit is HEARSAY_LIMIT */
};

/* Counts `bytes` as used if they fit under the limit; false, and nothing counted, if they do not.
 */
bool memory_take(struct memory_budget *budget, uint64_t bytes);
/* Counts `bytes` as used whether they fit or not: the small floor without which nothing moves. */
void memory_force(struct memory_budget *budget, uint64_t bytes);
/* Gives back what memory_take or memory_force counted. */
void memory_give(struct memory_budget *budget, uint64_t bytes);

struct table_chunk;
struct table_run;

/* One writer's share of a table. Not thread-safe; every thread has its own. With a store, a writer
 * that finds the budget spent by others still keeps one small chunk per partition (4 KiB each, so
 * at most 1 MiB per writer over the limit). */
struct table_writer {
    struct memory_budget *budget;
    size_t record_bytes;
    struct table_chunk *chunks[TABLE_PARTITIONS]; /* newest first */
    struct table_run *runs[TABLE_PARTITIONS];     /* what went to the store, newest first */
    uint64_t counts[TABLE_PARTITIONS];            /* records per partition */
};

void table_writer_init(struct table_writer *writer, struct memory_budget *budget,
                       size_t record_bytes);
/* Copies one record into partition `partition`. After a failure nothing was added, and the records
 * added before are intact. */
enum hearsay_status table_add(struct table_writer *writer, unsigned partition, const void *record);

/* Number of records of a partition over all writers. */
uint64_t table_count(struct table_writer *const *writers, size_t writer_count, unsigned partition);

/* Copies the records of one partition of all writers into `records` (table_count records). May be
 * called from several threads for different partitions. Memory of `records` is the caller's. */
enum hearsay_status table_read(struct table_writer *const *writers, size_t writer_count,
                               unsigned partition, void *records);
/* Gives back the chunks of one partition (after table_read); its count is 0 from then on. May be
 * called from several threads for different partitions. */
void table_release(struct table_writer *writer, unsigned partition);
void table_writer_free(struct table_writer *writer);

/* An append-only log of byte strings with random access, spilled the same way. One writer; reading
 * from several threads is allowed once writing has ended. */
struct log_chunk;
struct log {
    struct memory_budget *budget;
    struct log_chunk *chunks; /* array, index = offset / LOG_CHUNK_BYTES */
    size_t chunk_count;
    size_t chunk_capacity;
    size_t first_resident; /* chunks before this index are in the store */
    uint64_t end;
};
#define LOG_CHUNK_BYTES (1u << 20)

void log_init(struct log *log, struct memory_budget *budget);
/* Appends `len` <= LOG_CHUNK_BYTES bytes (never split over chunks); *offset names them. */
enum hearsay_status log_append(struct log *log, const void *bytes, size_t len, uint64_t *offset);
/* Copies len bytes at offset; HEARSAY_BAD_ARGUMENT when they were never written. */
enum hearsay_status log_read(const struct log *log, uint64_t offset, void *bytes, size_t len);
void log_free(struct log *log);

#endif
