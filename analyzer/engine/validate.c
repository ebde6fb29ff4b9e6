#include "engine/validate.h"

#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "coordination/shuffle.h"

_Static_assert(sizeof((struct hearsay_validation_run){0}.p) / sizeof(struct hearsay_level) ==
                   P_LEVELS,
               "the public struct has one item per level of p");
_Static_assert(sizeof((struct hearsay_validation_run){0}.q) / sizeof(struct hearsay_level) ==
                   Q_LEVELS,
               "the public struct has one item per level of q");

/* Steps that counting the testable pairs may take per run: a fraction of a second. */
#define TESTABLE_WORK 1e8

struct validation {
    struct hearsay_engine *engine;
    struct coordination_options options;
    struct action *actions;
    size_t count;
    struct table_writer tables[THREADS_LIMIT]; /* by the actions' writers */
    struct table_writer *table_list[THREADS_LIMIT];
    struct hearsay_failure *failure;
};

/* All actions of all workers, in any order. */
static enum hearsay_status actions_take(struct validation *validation) {
    struct hearsay_engine *engine = validation->engine;
    struct table_writer *tables[THREADS_LIMIT];
    unsigned threads = engine->options.threads;
    for (unsigned i = 0; i < threads; i++) {
        tables[i] = &engine->workers[i].actions;
    }
    for (unsigned part = 0; part < TABLE_PARTITIONS; part++) {
        validation->count += table_count(tables, threads, part);
    }
    validation->actions = malloc((validation->count + 1) * sizeof *validation->actions);
    enum hearsay_status status = validation->actions ? HEARSAY_OK : HEARSAY_NO_MEMORY;
    size_t read = 0;
    for (unsigned part = 0; part < TABLE_PARTITIONS && status == HEARSAY_OK; part++) {
        size_t count = table_count(tables, threads, part);
        status = table_read(tables, threads, part, validation->actions + read);
        read += count;
        for (unsigned i = 0; i < threads && status == HEARSAY_OK; i++) {
            table_release(tables[i], part);
        }
    }
    return status;
}

static void levels_fill(const struct coordination_report *report,
                        struct hearsay_validation_run *run) {
    for (size_t i = 0; i < P_LEVELS; i++) {
        run->p[i] = (struct hearsay_level){p_levels[i], report->p_at_most[i]};
    }
    for (size_t i = 0; i < Q_LEVELS; i++) {
        run->q[i] = (struct hearsay_level){q_levels[i], report->q_at_most[i]};
    }
    run->tested_pairs = report->tested_pairs;
    run->judged_pairs = report->judged_pairs;
}

/* Fills the tables that coordination takes apart. */
static enum hearsay_status tables_fill(struct validation *validation) {
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; i < validation->count && status == HEARSAY_OK; i++) {
        const struct action *action = &validation->actions[i];
        unsigned partition = (unsigned)(action->object.high >> 56);
        status = table_add(&validation->tables[action->writer], partition, action);
    }
    return status;
}

static enum hearsay_status one_run(struct validation *validation,
                                   struct hearsay_validation_run *run) {
    struct coordination_result result = {0};
    unsigned threads = validation->engine->options.threads;
    enum hearsay_status status =
        testable_pairs(validation->actions, validation->count, &validation->options, TESTABLE_WORK,
                       &run->testable_pairs);
    for (unsigned i = 0; i < threads; i++) {
        table_writer_init(&validation->tables[i], &validation->engine->budget,
                          sizeof(struct action));
        validation->table_list[i] = &validation->tables[i];
    }
    if (status == HEARSAY_OK) {
        status = tables_fill(validation);
    }
    if (status == HEARSAY_OK) {
        status = coordination_run(validation->table_list, threads, &validation->options, &result,
                                  validation->failure);
    }
    if (status == HEARSAY_OK) {
        run->account_pairs = account_pairs(&validation->options);
        status = run->account_pairs < 0 ? HEARSAY_NO_MEMORY : status;
        /* the bound holds for the estimate too */
        run->testable_pairs = fmin(run->testable_pairs, (double)result.report.tested_pairs);
        levels_fill(&result.report, run);
        coordination_result_free(&result);
    }
    for (unsigned i = 0; i < threads; i++) {
        table_writer_free(&validation->tables[i]);
    }
    return status;
}

static enum hearsay_status all_runs(struct validation *validation) {
    struct hearsay_engine *engine = validation->engine;
    enum hearsay_status status = actions_take(validation);
    for (unsigned i = 0; i <= engine->options.shuffles && status == HEARSAY_OK; i++) {
        if (i > 0) {
            status = shuffle_actions(validation->actions, validation->count, &validation->options,
                                     engine->options.shuffle_seed + i);
        }
        if (status == HEARSAY_OK) {
            status = one_run(validation, &engine->validation[i]);
        }
    }
    return status;
}

enum hearsay_status validate_run(struct hearsay_engine *engine,
                                 const struct coordination_options *options,
                                 struct hearsay_failure *failure) {
    struct validation validation = {.engine = engine, .options = *options, .failure = failure};
    /* q is exact up to the run's own only */
    validation.options.q = fmax(options->q, q_levels[Q_LEVELS - 1]);
    engine->validation = calloc((size_t)engine->options.shuffles + 1, sizeof *engine->validation);
    enum hearsay_status status = engine->validation ? all_runs(&validation) : HEARSAY_NO_MEMORY;
    free(validation.actions);
    return status;
}

struct hearsay_validation_run hearsay_validation_at(const struct hearsay_engine *engine,
                                                    size_t index) {
    bool is_there = engine->validation && index <= engine->options.shuffles;
    return is_there ? engine->validation[index] : (struct hearsay_validation_run){0};
}
