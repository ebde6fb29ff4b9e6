#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/table.h"
#include "memory_store.h"

struct record {
    uint64_t number;
    uint64_t check;
    uint32_t more;
};

struct fixture {
    struct memory_store memory;
    struct hearsay_store store;
    struct memory_budget budget;
    struct table_writer first;
    struct table_writer second;
    struct table_writer *writers[2];
};

static void fixture_open(struct fixture *f, uint64_t limit, bool spills) {
    *f = (struct fixture){0};
    memory_store_init(&f->memory);
    f->store = memory_store_callbacks(&f->memory);
    f->budget.limit_bytes = limit;
    f->budget.store = spills ? &f->store : NULL;
    table_writer_init(&f->first, &f->budget, sizeof(struct record));
    table_writer_init(&f->second, &f->budget, sizeof(struct record));
    f->writers[0] = &f->first;
    f->writers[1] = &f->second;
}

static void fixture_close(struct fixture *f) {
    table_writer_free(&f->first);
    table_writer_free(&f->second);
    assert_int_equal(f->budget.used_bytes, 0);
    memory_store_free(&f->memory);
}

static struct record record_make(uint64_t number) {
    return (struct record){number, number * 0x9E3779B97F4A7C15ull, (uint32_t)~number};
}

static enum hearsay_status record_add(struct fixture *f, uint64_t number) {
    struct record record = record_make(number);
    return table_add(f->writers[number % 2], (unsigned)(number * 31 % TABLE_PARTITIONS), &record);
}

/* Adds 0..count-1 and marks in `seen` what comes back; every record must come back once. */
static void check_all_come_back(struct fixture *f, uint64_t count) {
    unsigned char *seen = calloc(count + 1, 1);
    uint64_t total = 0;
    for (unsigned p = 0; p < TABLE_PARTITIONS; p++) {
        uint64_t here = table_count(f->writers, 2, p);
        struct record *records = calloc(here ? here : 1, sizeof *records);
        assert_int_equal(table_read(f->writers, 2, p, records), HEARSAY_OK);
        for (uint64_t i = 0; i < here; i++) {
            struct record wanted = record_make(records[i].number);
            assert_true(records[i].number < count);
            assert_int_equal(records[i].check, wanted.check);
            assert_int_equal(records[i].more, wanted.more);
            assert_int_equal(records[i].number * 31 % TABLE_PARTITIONS, p);
            seen[records[i].number]++;
        }
        total += here;
        free(records);
    }
    assert_int_equal(total, count);
    for (uint64_t i = 0; i < count; i++) {
        assert_int_equal(seen[i], 1);
    }
    free(seen);
}

static void records_come_back_from_memory(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 64u << 20, true);
    for (uint64_t i = 0; i < 100000; i++) {
        assert_int_equal(record_add(&f, i), HEARSAY_OK);
    }
    assert_int_equal(f.memory.appends, 0);
    check_all_come_back(&f, 100000);
    fixture_close(&f);
}

static void records_come_back_from_the_store(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 3u << 20, true);
    for (uint64_t i = 0; i < 400000; i++) {
        assert_int_equal(record_add(&f, i), HEARSAY_OK);
        assert_true(f.budget.used_bytes <= f.budget.limit_bytes + (2u << 20) + 65536);
    }
    assert_true(f.memory.appends > 0);
    assert_int_equal(f.budget.spilled_bytes, f.memory.bytes.len);
    check_all_come_back(&f, 400000);
    fixture_close(&f);
}

static void a_budget_spent_by_others_makes_no_run_per_record(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 1000, true);
    memory_force(&f.budget, 5000);
    for (uint64_t i = 0; i < 200000; i++) {
        assert_int_equal(record_add(&f, i), HEARSAY_OK);
    }
    assert_true(f.memory.appends < 200000 / 100);
    check_all_come_back(&f, 200000);
    memory_give(&f.budget, 5000);
    fixture_close(&f);
}

static void without_a_store_the_limit_is_an_error(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 2u << 20, false);
    uint64_t added = 0;
    enum hearsay_status status = HEARSAY_OK;
    while (status == HEARSAY_OK && added < 1000000) {
        status = record_add(&f, added);
        added += status == HEARSAY_OK;
    }
    assert_int_equal(status, HEARSAY_LIMIT);
    assert_true(f.budget.used_bytes <= f.budget.limit_bytes);
    check_all_come_back(&f, added);
    fixture_close(&f);
}

static void a_failing_append_is_reported_and_loses_nothing(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 3u << 20, true);
    f.memory.append_limit = 40;
    uint64_t added = 0;
    enum hearsay_status status = HEARSAY_OK;
    while (status == HEARSAY_OK && added < 1000000) {
        status = record_add(&f, added);
        added += status == HEARSAY_OK;
    }
    assert_int_equal(status, HEARSAY_IO);
    check_all_come_back(&f, added);
    f.memory.append_limit = UINT64_MAX;
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(record_add(&f, added++), HEARSAY_OK);
    }
    check_all_come_back(&f, added);
    fixture_close(&f);
}

static void a_failing_read_is_reported(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 1u << 20, true);
    for (uint64_t i = 0; i < 200000; i++) {
        assert_int_equal(record_add(&f, i), HEARSAY_OK);
    }
    f.memory.read_limit = 3;
    enum hearsay_status status = HEARSAY_OK;
    for (unsigned p = 0; p < TABLE_PARTITIONS && status == HEARSAY_OK; p++) {
        uint64_t here = table_count(f.writers, 2, p);
        struct record *records = calloc(here, sizeof *records);
        status = table_read(f.writers, 2, p, records);
        free(records);
    }
    assert_int_equal(status, HEARSAY_IO);
    fixture_close(&f);
}

static void a_released_partition_is_empty(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 64u << 20, true);
    for (uint64_t i = 0; i < 1000; i++) {
        assert_int_equal(record_add(&f, i), HEARSAY_OK);
    }
    uint64_t used = f.budget.used_bytes;
    table_release(&f.first, 62);
    table_release(&f.second, 31);
    assert_int_equal(table_count(f.writers, 2, 62), 0);
    assert_int_equal(table_count(f.writers, 2, 31), 0);
    assert_true(table_count(f.writers, 2, 0) > 0);
    assert_true(f.budget.used_bytes < used);
    fixture_close(&f);
}

/* ---- the log ---- */

static size_t entry_make(uint64_t number, char *bytes) {
    size_t len = number % 977;
    for (size_t i = 0; i < len; i++) {
        bytes[i] = (char)(number * 7 + i);
    }
    return len;
}

static void check_log(struct fixture *f, uint64_t entries) {
    struct log log;
    log_init(&log, &f->budget);
    uint64_t *offsets = calloc(entries, sizeof *offsets);
    char bytes[1000];
    char back[1000];
    for (uint64_t i = 0; i < entries; i++) {
        size_t len = entry_make(i, bytes);
        assert_int_equal(log_append(&log, bytes, len, &offsets[i]), HEARSAY_OK);
        assert_int_equal(log.end, offsets[i] + len);
    }
    for (uint64_t n = 0; n < entries; n++) {
        uint64_t i = (n * 7919) % entries;
        size_t len = entry_make(i, bytes);
        assert_int_equal(log_read(&log, offsets[i], back, len), HEARSAY_OK);
        assert_memory_equal(back, bytes, len);
    }
    assert_int_equal(log_read(&log, log.end, back, 1), HEARSAY_BAD_ARGUMENT);
    assert_int_equal(log_read(&log, UINT64_MAX, back, 1), HEARSAY_BAD_ARGUMENT);
    free(offsets);
    log_free(&log);
}

static void a_log_gives_back_what_it_took(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 64u << 20, true);
    check_log(&f, 20000);
    assert_int_equal(f.memory.appends, 0);
    fixture_close(&f);
}

static void a_log_reads_its_spilled_part(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 2u << 20, true);
    check_log(&f, 20000);
    assert_true(f.memory.appends > 0);
    fixture_close(&f);
    fixture_open(&f, 10, true); /* nothing is left for the log */
    check_log(&f, 20000);
    fixture_close(&f);
}

static void a_log_reports_limits_and_failures(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, 2u << 20, false);
    struct log log;
    log_init(&log, &f.budget);
    char *bytes = calloc(1, LOG_CHUNK_BYTES + 1);
    uint64_t offset = 0;
    assert_int_equal(log_append(&log, bytes, LOG_CHUNK_BYTES + 1, &offset), HEARSAY_BAD_ARGUMENT);
    assert_int_equal(log_append(&log, bytes, LOG_CHUNK_BYTES, &offset), HEARSAY_OK);
    assert_int_equal(log_append(&log, bytes, 0, &offset), HEARSAY_OK);
    assert_int_equal(log_append(&log, bytes, LOG_CHUNK_BYTES, &offset), HEARSAY_OK);
    assert_int_equal(offset, LOG_CHUNK_BYTES);
    assert_int_equal(log_append(&log, bytes, 1, &offset), HEARSAY_LIMIT);
    f.budget.store = &f.store;
    f.memory.append_limit = 1;
    assert_int_equal(log_append(&log, bytes, 1, &offset), HEARSAY_IO);
    f.memory.append_limit = UINT64_MAX;
    assert_int_equal(log_append(&log, "x", 1, &offset), HEARSAY_OK);
    f.memory.read_limit = 0;
    assert_int_equal(log_read(&log, 0, bytes, 1), HEARSAY_IO);
    assert_int_equal(log_read(&log, offset, bytes, 1), HEARSAY_OK);
    assert_int_equal(bytes[0], 'x');
    free(bytes);
    log_free(&log);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_back_from_memory),
        cmocka_unit_test(records_come_back_from_the_store),
        cmocka_unit_test(a_budget_spent_by_others_makes_no_run_per_record),
        cmocka_unit_test(without_a_store_the_limit_is_an_error),
        cmocka_unit_test(a_failing_append_is_reported_and_loses_nothing),
        cmocka_unit_test(a_failing_read_is_reported),
        cmocka_unit_test(a_released_partition_is_empty),
        cmocka_unit_test(a_log_gives_back_what_it_took),
        cmocka_unit_test(a_log_reads_its_spilled_part),
        cmocka_unit_test(a_log_reports_limits_and_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
