#include "cli/run.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/failure.h"
#include "cli/exit.h"
#include "cli/interrupt.h"
#include "cli/outcome.h"
#include "cli/progress.h"
#include "cli/registries.h"
#include "cli/terminal.h"
#include "cli/validation.h"
#include "source/results.h"
#include "source/spill.h"
#include "source/stream.h"
#include "source/walk.h"

struct run {
    const struct arguments *arguments;
    const struct settings *settings;
    struct walk walk;
    struct results *results;
    struct spill *spill;
    struct hearsay_engine *engine;
    struct progress progress;
    uint64_t bytes_done;  /* of the files before the present one */
    size_t inputs_failed; /* could not be read to their end, or not at all */
    size_t inputs_barren; /* of those: nothing could be read from them */
    size_t inputs_begun;
    bool was_interrupted; /* before everything was read */
};

static const char *output_folder(const struct run *run) {
    return run->arguments->values[OPTION_OUTPUT];
}

/* The files to read; standard input when none is named and something is piped in. */
static enum hearsay_status find_inputs(struct run *run, struct hearsay_failure *failure) {
    const struct arguments *arguments = run->arguments;
    if (arguments->count == 0) {
        if (isatty(STDIN_FILENO)) {
            return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                               "name what to read: hearsay %s INPUT -o OUT",
                               arguments->command->name);
        }
        return walk_argument(&run->walk, STREAM_STANDARD_INPUT, failure);
    }
    enum hearsay_status status = HEARSAY_OK;
    for (size_t i = 0; status == HEARSAY_OK && i < arguments->count; i++) {
        status = walk_argument(&run->walk, arguments->items[i], failure);
    }
    return status;
}

/* Rejected records must not be written over what is being read. */
static enum hearsay_status check_rejects(const struct run *run, struct hearsay_failure *failure) {
    const char *rejects = run->arguments->values[OPTION_REJECTS];
    struct stat about, other;
    if (!rejects || stat(rejects, &about) != 0) {
        return HEARSAY_OK;
    }
    for (size_t i = 0; i < run->walk.files.count; i++) {
        bool is_same = stat(run->walk.files.items[i], &other) == 0 &&
                       about.st_dev == other.st_dev && about.st_ino == other.st_ino;
        if (is_same) {
            return failure_set(failure, HEARSAY_BAD_ARGUMENT, str_from_c(rejects), 0, 0,
                               "--rejects names an input; nothing was read or written");
        }
    }
    return HEARSAY_OK;
}

/* A validation has no results but its own. */
static enum hearsay_status write_nothing(void *context, enum hearsay_stream stream,
                                         const char *bytes, size_t len) {
    (void)context, (void)stream, (void)bytes, (void)len;
    return HEARSAY_OK;
}

static enum hearsay_status open_engine(struct run *run, const struct hearsay_rules *rules,
                                       struct hearsay_failure *failure) {
    struct hearsay_options options = run->settings->options;
    options.rules = rules;
    options.sink = run->settings->is_validation
                       ? (struct hearsay_sink){write_nothing, NULL}
                       : (struct hearsay_sink){results_write, run->results};
    options.store = spill_store(run->spill);
    if (run->settings->has_compare) {
        return hearsay_compare_open(&options, &run->settings->compare, &run->engine, failure);
    }
    return hearsay_open(&options, &run->engine, failure);
}

static enum hearsay_status prepare(struct run *run, const struct hearsay_rules *rules,
                                   struct hearsay_failure *failure) {
    enum hearsay_status status = find_inputs(run, failure);
    if (status == HEARSAY_OK) {
        status = check_rejects(run, failure);
    }
    if (status == HEARSAY_OK && run->settings->is_validation) {
        status = validation_folder(output_folder(run), failure);
    } else if (status == HEARSAY_OK) {
        status = results_open(output_folder(run), run->arguments->values[OPTION_REJECTS],
                              &run->results, failure);
    }
    if (status == HEARSAY_OK) {
        status = spill_open(output_folder(run), &run->spill, failure);
    }
    if (status == HEARSAY_OK) {
        status = open_engine(run, rules, failure);
    }
    const char *registry = run->arguments->values[OPTION_REGISTRY];
    return status == HEARSAY_OK && registry ? registries_add(registry, run->engine, failure)
                                            : status;
}

/* The record that the last block cut in two is still read to its end where its bytes are there, so
 * that stopping does not make a rejection of it. A failure here is the same as stopping before it.
 */
static void feed_rest_of_line(struct run *run, struct stream *stream, struct str block) {
    struct hearsay_failure ignored = {0};
    if (block.len == 0 && stream_is_ready(stream)) {
        stream_read(stream, &block, &ignored);
    }
    size_t end = str_find_byte(block, '\n', 0);
    if (end != STR_NOT_FOUND) {
        hearsay_feed(run->engine, block.ptr, end + 1, &ignored);
    }
}

/* Feeds until the end of the stream. HEARSAY_STOPPED: the user asked to stop. HEARSAY_BAD_INPUT and
 * HEARSAY_IO from the stream concern this input only; *is_engine_failure tells them apart. */
static enum hearsay_status feed(struct run *run, struct stream *stream, bool *is_engine_failure,
                                struct hearsay_failure *failure) {
    for (;;) {
        struct str block = STR_EMPTY;
        enum hearsay_status status = stream_read(stream, &block, failure);
        bool is_end = status == HEARSAY_OK && block.len == 0;
        /* Ctrl-C also ends the program at the other side of a pipe: such an end is no true end. */
        bool is_cut = interrupt_signal() != 0 && (!is_end || run->walk.has_unknown_size);
        if (is_cut && (status == HEARSAY_OK || status == HEARSAY_STOPPED)) {
            feed_rest_of_line(run, stream, block);
            return HEARSAY_STOPPED;
        }
        if (is_end) {
            return HEARSAY_OK;
        }
        if (status == HEARSAY_STOPPED) {
            continue; /* some other signal */
        }
        if (status != HEARSAY_OK) {
            return status;
        }
        status = hearsay_feed(run->engine, block.ptr, block.len, failure);
        if (status != HEARSAY_OK) {
            *is_engine_failure = true;
            return status;
        }
        struct hearsay_progress now = hearsay_progress_now(run->engine);
        progress_update(&run->progress, &now, run->bytes_done + stream_position(stream));
    }
}

/* An input that is no posts, or cannot be read further, costs the run nothing but itself: the error
 * is printed, the other inputs are read, and the exit code tells. */
static enum hearsay_status survive(struct run *run, const char *name, enum hearsay_status status,
                                   struct hearsay_failure *failure) {
    if (failure->file[0] == '\0') {
        struct hearsay_failure nameless = *failure;
        failure_set(failure, status, str_from_c(name), nameless.line, nameless.column, "%s",
                    nameless.message[0] ? nameless.message : "cannot be read");
    }
    progress_end(&run->progress);
    terminal_failure(failure);
    run->inputs_failed++;
    *failure = (struct hearsay_failure){0};
    return HEARSAY_OK;
}

static void warn_about_note(struct run *run, const char *name, const struct stream *stream) {
    const char *note = stream_note(stream);
    if (note) {
        progress_end(&run->progress);
        terminal_error("%s: %s; what came before it is in the results", name, note);
        run->inputs_failed++;
    } else if (stream_position(stream) == 0 && !run->settings->is_quiet) {
        progress_end(&run->progress);
        terminal_error("%s: is empty", name);
    }
}

static enum hearsay_status end_input(struct run *run, const char *name, const char *note,
                                     struct hearsay_failure *failure) {
    enum hearsay_status status = hearsay_input_end(run->engine, note, failure);
    if (status == HEARSAY_BAD_INPUT && !run->settings->options.is_strict) {
        run->inputs_barren++;
        return survive(run, name, status, failure);
    }
    return status;
}

static enum hearsay_status read_stream(struct run *run, const char *name, struct stream *stream,
                                       struct hearsay_failure *failure) {
    enum hearsay_status status = hearsay_input_begin(run->engine, name, failure);
    if (status != HEARSAY_OK) {
        return status;
    }
    run->inputs_begun++;
    bool is_engine_failure = false;
    status = feed(run, stream, &is_engine_failure, failure);
    if (status == HEARSAY_OK) {
        warn_about_note(run, name, stream);
        return end_input(run, name, stream_note(stream), failure);
    }
    if (status == HEARSAY_STOPPED && !is_engine_failure) {
        struct hearsay_failure ignored = {0}; /* half a line at its end is no news */
        hearsay_input_end(run->engine, "interrupted", &ignored);
        run->was_interrupted = true;
        return HEARSAY_STOPPED;
    }
    bool is_unknown = status == HEARSAY_BAD_INPUT && !run->settings->options.is_strict;
    if (is_unknown || !is_engine_failure) {
        struct hearsay_failure ignored = {0};
        run->inputs_barren += is_unknown || stream_position(stream) == 0;
        enum hearsay_status survived = survive(run, name, status, failure);
        hearsay_input_end(run->engine, is_unknown ? "not readable as posts" : "reading failed",
                          &ignored);
        return survived;
    }
    return status;
}

static enum hearsay_status read_input(struct run *run, const char *path,
                                      struct hearsay_failure *failure) {
    struct stream *stream = NULL;
    enum hearsay_status status = stream_open(path, &stream, failure);
    if (status != HEARSAY_OK) {
        if (status != HEARSAY_IO) {
            return status;
        }
        run->inputs_barren++;
        return survive(run, path, status, failure);
    }
    bool is_standard_input = strcmp(path, STREAM_STANDARD_INPUT) == 0;
    status = read_stream(run, is_standard_input ? "<stdin>" : path, stream, failure);
    run->bytes_done += stream_position(stream);
    stream_close(stream);
    return status;
}

static enum hearsay_status read_all(struct run *run, struct hearsay_failure *failure) {
    const struct paths *files = &run->walk.files;
    for (size_t i = 0; i < files->count; i++) {
        if (interrupt_signal() != 0) {
            run->was_interrupted = true;
            return HEARSAY_STOPPED;
        }
        enum hearsay_status status = read_input(run, files->items[i], failure);
        if (status != HEARSAY_OK) {
            return status;
        }
    }
    return HEARSAY_OK;
}

/* A failed callback left its reason with whoever owns the file. */
static void explain_io(const struct run *run, enum hearsay_status status,
                       struct hearsay_failure *failure) {
    const char *error = run->results ? results_error(run->results) : NULL;
    if (!error && run->spill) {
        error = spill_error(run->spill);
    }
    if (status == HEARSAY_IO && error) {
        *failure = (struct hearsay_failure){0};
        failure_set(failure, HEARSAY_IO, STR_EMPTY, 0, 0, "%s", error);
    }
}

static enum hearsay_status execute(struct run *run, struct hearsay_failure *failure) {
    bool is_shown = !run->settings->is_quiet && terminal_is_lively();
    progress_start(&run->progress, is_shown,
                   run->walk.has_unknown_size ? 0 : run->walk.total_bytes);
    enum hearsay_status status = read_all(run, failure);
    if (status != HEARSAY_OK && status != HEARSAY_STOPPED) {
        return status;
    }
    /* Nothing at all was posts: there is no result to leave behind. */
    if (run->inputs_barren > 0 && run->inputs_barren == run->walk.files.count) {
        return failure_set(failure, HEARSAY_BAD_INPUT, STR_EMPTY, 0, 0,
                           "no input could be read as posts; nothing was written");
    }
    progress_phase(&run->progress, "all read; comparing accounts and writing results ...");
    status = hearsay_finish(run->engine, failure);
    if (run->settings->is_validation) {
        return status;
    }
    return status == HEARSAY_OK ? results_commit(run->results, failure) : status;
}

/* The first thing that went wrong decides. A signal that came when everything was read changes
 * nothing: the results are whole. */
static int exit_of_run(const struct run *run) {
    if (run->was_interrupted) {
        return 128 + interrupt_signal();
    }
    if (run->inputs_failed > 0) {
        return EXIT_IO;
    }
    bool is_failing = arguments_has(run->arguments, OPTION_FAIL_ON_FINDINGS) &&
                      hearsay_counts_now(run->engine).findings > 0;
    return is_failing ? EXIT_EXPECTATION : EXIT_DONE;
}

static int conclude(struct run *run) {
    int code = exit_of_run(run);
    if (run->settings->is_validation) {
        int shown = validation_show(run->engine, &run->settings->options, output_folder(run));
        return code == EXIT_DONE ? shown : code;
    }
    struct hearsay_counts counts = hearsay_counts_now(run->engine);
    struct outcome outcome = {.folder = output_folder(run),
                              .rejects = run->arguments->values[OPTION_REJECTS],
                              .counts = &counts,
                              .elapsed_s = progress_elapsed_s(&run->progress),
                              .results_left_out = run->walk.results_left_out,
                              .inputs_unread = run->walk.files.count - run->inputs_begun,
                              .was_interrupted = run->was_interrupted};
    int printed = run->settings->is_quiet ? EXIT_DONE : outcome_print(&outcome);
    return code == EXIT_DONE ? printed : code;
}

int run_inputs(const struct arguments *arguments, const struct settings *settings,
               const struct hearsay_rules *rules) {
    struct run run = {.arguments = arguments, .settings = settings};
    struct hearsay_failure failure = {0};
    interrupt_listen();
    enum hearsay_status status = prepare(&run, rules, &failure);
    if (status == HEARSAY_OK) {
        status = execute(&run, &failure);
    }
    progress_end(&run.progress);
    int code;
    if (status == HEARSAY_OK) {
        code = conclude(&run);
    } else {
        explain_io(&run, status, &failure);
        code = terminal_fail(status, &failure);
    }
    hearsay_close(run.engine);
    spill_close(run.spill);
    results_close(run.results);
    walk_free(&run.walk);
    return code;
}
