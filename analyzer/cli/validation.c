#include "cli/validation.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/failure.h"
#include "cli/evaluation.h"
#include "cli/exit.h"
#include "cli/file_replace.h"
#include "cli/terminal.h"

enum hearsay_status validation_folder(const char *folder, struct hearsay_failure *failure) {
    struct stat about;
    bool is_made = mkdir(folder, 0777) == 0;
    if (is_made || (stat(folder, &about) == 0 && S_ISDIR(about.st_mode))) {
        return HEARSAY_OK;
    }
    return failure_set(failure, HEARSAY_IO, str_from_c(folder), 0, 0,
                       "cannot be made as a folder: %s", strerror(errno));
}

/* ---- The numbers ---- */

static void level_add(struct level_summary *level, struct hearsay_level count) {
    double value = (double)count.count;
    level->level = count.level;
    level->mean += value;
    level->most = fmax(level->most, value);
    level->with_any += count.count > 0;
}

static void summarise(const struct hearsay_engine *engine, unsigned shuffles,
                      struct validation_summary *summary) {
    enum { P_COUNT = sizeof summary->p / sizeof summary->p[0] };
    enum { Q_COUNT = sizeof summary->q / sizeof summary->q[0] };
    double testable = 0.0;
    *summary = (struct validation_summary){.shuffles = shuffles};
    summary->real = hearsay_validation_at(engine, 0);
    for (unsigned i = 1; i <= shuffles; i++) {
        struct hearsay_validation_run run = hearsay_validation_at(engine, i);
        testable += run.testable_pairs;
        for (size_t j = 0; j < P_COUNT; j++) {
            level_add(&summary->p[j], run.p[j]);
        }
        for (size_t j = 0; j < Q_COUNT; j++) {
            level_add(&summary->q[j], run.q[j]);
        }
    }
    summary->testable_pairs = testable / shuffles;
    for (size_t j = 0; j < P_COUNT; j++) {
        summary->p[j].real = (double)summary->real.p[j].count;
        summary->p[j].share = summary->p[j].mean / fmax(testable, 1.0);
        summary->p[j].mean /= shuffles;
    }
    for (size_t j = 0; j < Q_COUNT; j++) {
        summary->q[j].real = (double)summary->real.q[j].count;
        summary->q[j].share = summary->q[j].mean / fmax(testable, 1.0);
        summary->q[j].mean /= shuffles;
    }
}

/* ---- As JSON ---- */

static json_t *levels_json(const struct hearsay_level *levels, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list,
                              json_pack("{s:o, s:I}", "level", evaluation_number(levels[i].level),
                                        "pairs", (json_int_t)levels[i].count));
    }
    return list;
}

static json_t *run_json(const struct hearsay_validation_run *run) {
    return json_pack("{s:I, s:I, s:I, s:I, s:o, s:o}", "account_pairs",
                     (json_int_t)run->account_pairs, "testable_pairs",
                     (json_int_t)run->testable_pairs, "tested_pairs", (json_int_t)run->tested_pairs,
                     "judged_pairs", (json_int_t)run->judged_pairs, "p_at_most",
                     levels_json(run->p, sizeof run->p / sizeof run->p[0]), "q_at_most",
                     levels_json(run->q, sizeof run->q / sizeof run->q[0]));
}

static void append_json(struct buffer *out, const struct hearsay_engine *engine,
                        const struct hearsay_options *options) {
    json_t *shuffles = json_array();
    for (unsigned i = 1; i <= options->shuffles; i++) {
        struct hearsay_validation_run run = hearsay_validation_at(engine, i);
        json_array_append_new(shuffles, run_json(&run));
    }
    struct hearsay_validation_run real = hearsay_validation_at(engine, 0);
    json_t *report =
        json_pack("{s:s, s:I, s:o, s:o}", "schema", "hearsay.validation/1", "seed",
                  (json_int_t)options->shuffle_seed, "data", run_json(&real), "shuffles", shuffles);
    char *text = report ? json_dumps(report, JSON_INDENT(1)) : NULL;
    out->failed = out->failed || !text;
    buffer_append_c(out, text ? text : "");
    buffer_append_byte(out, '\n');
    free(text);
    json_decref(report);
}

/* ---- As a table ---- */

static void append_q_table(struct buffer *out, const struct validation_summary *summary) {
    buffer_append_c(out,
                    "\nedges kept at q            in the data   in a shuffle: mean      most   "
                    "shuffles with any\n");
    for (size_t i = 0; i < sizeof summary->q / sizeof summary->q[0]; i++) {
        const struct level_summary *level = &summary->q[i];
        buffer_printf(out, "  %-22g %13.0f %20.2f %9.0f %13u of %u\n", level->level, level->real,
                      level->mean, level->most, level->with_any, summary->shuffles);
    }
}

/* p is that of a pair named beforehand. Among pairs that share an object it may be small oftener
 * than nominal, since to share one is already part of the coincidence; among all pairs of accounts
 * it may not. */
static void append_p_table(struct buffer *out, const struct validation_summary *summary) {
    buffer_append_c(
        out, "\npairs with p at most, as a        data, of those   shuffles, of those   "
             "shuffles, of all\nmultiple of the nominal share     that share an    that "
             "share an      pairs of accounts\n                                  object         "
             "  object\n");
    double all = fmax(summary->real.account_pairs, 1.0);
    for (size_t i = 0; i < sizeof summary->p / sizeof summary->p[0]; i++) {
        const struct level_summary *level = &summary->p[i];
        double data = level->real / fmax(summary->real.testable_pairs, 1.0);
        buffer_printf(out, "  %-22g %21.3g %20.3g %18.3g\n", level->level, data / level->level,
                      level->share / level->level, level->mean / all / level->level);
    }
}

/* q = 0.05, which scans use unless told otherwise. */
#define Q_OF_VERDICT 2

static void append_verdict(struct buffer *out, const struct validation_summary *summary) {
    const struct level_summary *q = &summary->q[Q_OF_VERDICT];
    buffer_printf(out, "\nAt q = %g %u of %u shuffles keep an edge", q->level, q->with_any,
                  summary->shuffles);
    if (q->real > 0) {
        buffer_printf(out, "; on average %.2f edges, %.2f %% of the %.0f in the data.\n", q->mean,
                      100.0 * q->mean / q->real, q->real);
    } else {
        buffer_printf(out, ", on average %.2f; the data hold no edge either.\n", q->mean);
    }
}

static void append_table(struct buffer *out, const struct hearsay_counts *counts,
                         const struct hearsay_options *options,
                         const struct validation_summary *summary) {
    buffer_append_c(out, "");
    terminal_append_count(out, counts->posts + counts->reposts);
    buffer_append_c(out, " posts of ");
    terminal_append_count(out, counts->accounts);
    buffer_append_c(out, " accounts; ");
    terminal_append_count(out, (uint64_t)summary->real.testable_pairs);
    buffer_append_c(out, " pairs share an object, ");
    terminal_append_count(out, summary->real.judged_pairs);
    buffer_printf(out, " of them near each other\n%u shuffles from seed %llu\n", summary->shuffles,
                  (unsigned long long)options->shuffle_seed);
    append_q_table(out, summary);
    append_p_table(out, summary);
    append_verdict(out, summary);
}

/* ---- Files ---- */

static int write_file(const char *folder, const char *name, struct buffer *content) {
    struct buffer path = {0};
    struct hearsay_failure failure = {0};
    bool has_path = !content->failed && buffer_printf(&path, "%s/%s", folder, name) &&
                    buffer_append_byte(&path, '\0');
    enum hearsay_status status =
        has_path ? file_replace(path.ptr, buffer_str(content), &failure) : failure_memory(&failure);
    buffer_free(&path);
    buffer_free(content);
    return status == HEARSAY_OK ? EXIT_DONE : terminal_fail(status, &failure);
}

int validation_show(const struct hearsay_engine *engine, const struct hearsay_options *options,
                    const char *folder) {
    struct validation_summary summary;
    struct hearsay_counts counts = hearsay_counts_now(engine);
    struct buffer json = {0};
    struct buffer plot = {0};
    struct buffer table = {0};
    summarise(engine, options->shuffles, &summary);
    append_json(&json, engine, options);
    validation_plot(&plot, &summary);
    append_table(&table, &counts, options, &summary);
    int code = write_file(folder, "validation.json", &json);
    if (code == EXIT_DONE) {
        code = write_file(folder, "validation.svg", &plot);
    } else {
        buffer_free(&plot);
    }
    buffer_printf(&table, "%s/validation.json, %s/validation.svg\n", folder, folder);
    int printed = terminal_print(&table);
    return code == EXIT_DONE ? printed : code;
}
