#include "engine/facts.h"

#include <stdlib.h>

#include "base/sort.h"
#include "engine/engine.h"
#include "engine/parallel.h"

/* Buckets that a partition's facts are dealt to before sorting. */
#define FACT_BUCKETS 1024u

struct fact_pass {
    struct table_writer *writers[THREADS_LIMIT];
    size_t writer_count;
    struct accounts *accounts;
    struct habits *habits;
    struct fact_counts *counts;
    uint32_t precisions_us[SOURCES_LIMIT];
};

static int fact_compare(const void *left, const void *right) {
    const struct fact *a = left;
    const struct fact *b = right;
    if (a->id_hash != b->id_hash) {
        return a->id_hash < b->id_hash ? -1 : 1;
    }
    return digest_compare(a->post, b->post);
}

static void add(_Atomic uint64_t *counter, uint64_t value) {
    atomic_fetch_add_explicit(counter, value, memory_order_relaxed);
}

static void add_one(_Atomic uint32_t *counter) {
    atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

/* The moment of a post of which there are `count` copies, maybe from several sources. */
static struct moment moment_of(const struct fact_pass *pass, const struct fact *facts,
                               size_t count) {
    struct moment moment = {.time_us = facts[0].time_us};
    for (size_t i = 0; i < count; i++) {
        uint32_t precision_us = pass->precisions_us[facts[i].source];
        moment.text = facts[i].text > moment.text ? facts[i].text : moment.text;
        moment.precision_us =
            precision_us > moment.precision_us ? precision_us : moment.precision_us;
    }
    return moment;
}

/* One distinct post in all its copies; `flags` are those of all together. */
static void count_post(const struct fact_pass *pass, const struct fact *fact, size_t copies,
                       unsigned flags) {
    add(flags & FACT_REPOST ? &pass->counts->reposts : &pass->counts->posts, 1);
    if (flags & FACT_NO_ACCOUNT) {
        return;
    }
    uint32_t rank = pass->accounts->ranks[fact->worker][fact->account];
    add_one(&pass->accounts->posts[rank]);
    if (flags & FACT_TIMED) {
        add_one(&pass->accounts->timed_posts[rank]);
        struct moment moment = moment_of(pass, fact, copies);
        habits_add(pass->habits, rank, &moment);
    }
    if (flags & FACT_FINDING) {
        add_one(&pass->accounts->findings[rank]);
    }
}

static void count_sorted(const struct fact_pass *pass, const struct fact *facts, size_t count) {
    for (size_t i = 0; i < count;) {
        unsigned flags = 0;
        size_t next = i;
        while (next < count && fact_compare(&facts[i], &facts[next]) == 0) {
            flags |= facts[next++].flags;
        }
        count_post(pass, &facts[i], next - i, flags);
        add(&pass->counts->duplicates, next - i - 1);
        bool is_conflict = i > 0 && facts[i - 1].id_hash == facts[i].id_hash;
        if (is_conflict && !(flags & FACT_SHARE_ROW)) {
            add(&pass->counts->id_conflict, 1);
        }
        i = next;
    }
}

static size_t bucket_of(const struct fact *fact) {
    return (fact->id_hash >> 44) % FACT_BUCKETS; /* the top byte is the partition's */
}

/* Sorts `facts` into `sorted`: dealt to buckets by hash, which is most of the work, then bucket by
 * bucket. */
static void sort_facts(const struct fact *facts, size_t count, struct fact *sorted) {
    size_t ends[FACT_BUCKETS] = {0};
    for (size_t i = 0; i < count; i++) {
        ends[bucket_of(&facts[i])]++;
    }
    for (size_t sum = 0, bucket = 0; bucket < FACT_BUCKETS; bucket++) {
        size_t size = ends[bucket];
        ends[bucket] = sum; /* where the bucket begins; becomes its end as facts arrive */
        sum += size;
    }
    for (size_t i = 0; i < count; i++) {
        sorted[ends[bucket_of(&facts[i])]++] = facts[i];
    }
    for (size_t begin = 0, bucket = 0; bucket < FACT_BUCKETS; begin = ends[bucket++]) {
        sort_records(sorted + begin, ends[bucket] - begin, sizeof *sorted, fact_compare);
    }
}

static enum hearsay_status count_partition(void *context, unsigned partition) {
    struct fact_pass *pass = context;
    size_t count = table_count(pass->writers, pass->writer_count, partition);
    if (count == 0) {
        return HEARSAY_OK;
    }
    struct fact *facts = malloc(2 * count * sizeof *facts);
    if (!facts) {
        return HEARSAY_NO_MEMORY;
    }
    enum hearsay_status status = table_read(pass->writers, pass->writer_count, partition, facts);
    if (status == HEARSAY_OK) {
        sort_facts(facts, count, facts + count);
        count_sorted(pass, facts + count, count);
    }
    free(facts);
    for (size_t w = 0; w < pass->writer_count; w++) {
        table_release(pass->writers[w], partition);
    }
    return status;
}

enum hearsay_status facts_count(struct worker *workers, size_t worker_count, unsigned threads,
                                const struct source_times *times, struct accounts *accounts,
                                struct habits *habits, struct fact_counts *counts) {
    struct fact_pass pass = {
        .writer_count = worker_count, .accounts = accounts, .habits = habits, .counts = counts};
    for (size_t w = 0; w < worker_count; w++) {
        pass.writers[w] = &workers[w].facts;
    }
    for (size_t i = 0; i < SOURCES_LIMIT; i++) {
        int64_t precision = precision_us(source_precision(&times[i]));
        pass.precisions_us[i] = (uint32_t)(precision < UINT32_MAX ? precision : UINT32_MAX);
    }
    enum hearsay_status status = parallel_run(threads, TABLE_PARTITIONS, count_partition, &pass);
    for (uint32_t rank = 0; rank < accounts->count; rank++) {
        accounts->activity[rank] = accounts->timed_posts[rank];
    }
    return status;
}
