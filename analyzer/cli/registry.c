/* hearsay registry update | list | show: the only commands that use the network, and only when they
 * are called. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/terminal.h"
#include "cli/value.h"
#include "registry/update.h"

#define TIMEOUT_DEFAULT_S 60.0
/* Records that `show` prints without --all. */
#define SHOW_FIRST 20

/* --folder, or the user's data folder (XDG base directories). malloc'd; NULL: no home is known. */
static char *folder_of(const struct arguments *arguments) {
    struct buffer path = {0};
    const char *given = arguments->values[OPTION_FOLDER];
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    if (given) {
        buffer_append_c(&path, given);
    } else if (data && data[0] == '/') {
        buffer_printf(&path, "%s/hearsay-registry", data);
    } else if (home && home[0] == '/') {
        buffer_printf(&path, "%s/.local/share/hearsay-registry", home);
    } else {
        terminal_error("no home folder is known; give --folder");
        return NULL;
    }
    if (!buffer_append_byte(&path, '\0')) {
        buffer_free(&path);
        terminal_error("out of memory");
        return NULL;
    }
    return path.ptr;
}

static const struct registry_kind *kind_of(const char *name) {
    const struct registry_kind *kind = registry_kind_named(name);
    if (!kind) {
        terminal_error("no registry '%.100s'; `hearsay registry list` names them", name);
    }
    return kind;
}

static void append_age(struct buffer *out, int64_t then_s, int64_t now_s) {
    if (then_s > now_s) {
        buffer_append_c(out, "dated in the future: check the clock");
        return;
    }
    terminal_append_duration(out, (double)(now_s - then_s));
    buffer_append_c(out, " old");
}

static void append_day(struct buffer *out, int64_t time_s) {
    time_t time = (time_t)time_s;
    struct tm parts;
    char text[32];
    if (gmtime_r(&time, &parts) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0) {
        buffer_append_c(out, text);
    }
}

/* ---- update ---- */

static void append_result(struct buffer *out, const struct registry_kind *kind,
                          const struct update_report *report, int64_t now_s) {
    static const char *const words[] = {[UPDATE_NEW] = "new snapshot",
                                        [UPDATE_UNCHANGED] = "unchanged",
                                        [UPDATE_RESTING] = "not asked",
                                        [UPDATE_STALE] = "kept the old snapshot"};
    buffer_printf(out, "%-12s %s", kind->name, words[report->result]);
    if (report->result == UPDATE_RESTING) {
        buffer_append_c(out, ": may be asked again in ");
        terminal_append_duration(out, (double)report->wait_s);
    }
    if (report->meta.fetched_at_s > 0) {
        buffer_append_c(out, ", ");
        terminal_append_count(out, report->meta.records);
        buffer_append_c(out, " records, ");
        append_age(out, report->meta.fetched_at_s, now_s);
        buffer_printf(out, ", digest %s", report->meta.hash);
    }
    if (report->result == UPDATE_STALE) {
        buffer_printf(out, "\n%-12s because %s", "", report->reason.message);
    }
    buffer_append_byte(out, '\n');
}

static int update_one(const struct registry_kind *kind, const struct update_options *options) {
    struct update_report report;
    struct hearsay_failure failure = {0};
    struct buffer out = {0};
    enum hearsay_status status = registry_update(kind, options, &report, &failure);
    if (status != HEARSAY_OK) {
        return terminal_fail(status, &failure);
    }
    append_result(&out, kind, &report, options->now_s);
    int code = terminal_print(&out);
    return code == EXIT_DONE && report.result == UPDATE_STALE ? EXIT_IO : code;
}

static int update_options_of(const struct arguments *arguments, struct update_options *options) {
    double timeout_s = TIMEOUT_DEFAULT_S;
    const char *given = arguments->values[OPTION_TIMEOUT];
    if (given && (!value_duration(str_from_c(given), &timeout_s) || timeout_s < 1)) {
        terminal_error("--timeout takes a time of 1s or more, not '%.100s'", given);
        return EXIT_USAGE;
    }
    options->url = arguments->values[OPTION_URL];
    options->allowed_host = arguments->values[OPTION_ALLOW_HOST];
    options->now_s = (int64_t)time(NULL);
    options->timeout_s = (long)timeout_s;
    options->is_forced = arguments_has(arguments, OPTION_FORCE);
    if (options->url && arguments->count != 1) {
        terminal_error("--url goes with the name of one registry");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

int command_registry_update(const struct arguments *arguments) {
    struct update_options options = {0};
    int code = update_options_of(arguments, &options);
    for (size_t i = 0; i < arguments->count && code == EXIT_DONE; i++) {
        code = kind_of(arguments->items[i]) ? EXIT_DONE : EXIT_USAGE;
    }
    char *folder = code == EXIT_DONE ? folder_of(arguments) : NULL;
    if (!folder) {
        return code == EXIT_DONE ? EXIT_USAGE : code;
    }
    options.folder = folder;
    const struct registry_kind *kind;
    for (size_t i = 0; arguments->count == 0 && (kind = registry_kind_at(i)); i++) {
        int one = update_one(kind, &options);
        code = one != EXIT_DONE ? one : code;
    }
    for (size_t i = 0; i < arguments->count; i++) {
        int one = update_one(kind_of(arguments->items[i]), &options);
        code = one != EXIT_DONE ? one : code;
    }
    free(folder);
    return code;
}

/* ---- list ---- */

int command_registry_list(const struct arguments *arguments) {
    char *folder = folder_of(arguments);
    if (!folder) {
        return EXIT_USAGE;
    }
    struct buffer out = {0};
    int64_t now_s = (int64_t)time(NULL);
    const struct registry_kind *kind;
    for (size_t i = 0; (kind = registry_kind_at(i)); i++) {
        struct snapshot snapshot;
        struct hearsay_failure failure = {0};
        buffer_printf(&out, "%-12s %s\n%-12s ", kind->name, kind->meaning, "");
        if (snapshot_load(folder, kind, &snapshot, &failure) == HEARSAY_OK) {
            terminal_append_count(&out, snapshot.meta.records);
            buffer_append_c(&out, " records, ");
            append_age(&out, snapshot.meta.fetched_at_s, now_s);
            buffer_printf(&out, ", digest %s", snapshot.meta.hash);
        } else {
            bool is_absent = failure.status == HEARSAY_IO;
            buffer_printf(&out, "no snapshot%s%s", is_absent ? "" : ": ",
                          is_absent ? "" : failure.message);
        }
        buffer_append_byte(&out, '\n');
        snapshot_free(&snapshot);
    }
    buffer_printf(&out, "folder       %s\n", folder);
    free(folder);
    return terminal_print(&out);
}

/* ---- show ---- */

static void append_record(struct buffer *out, const struct registry_kind *kind,
                          const json_t *record) {
    struct str date = str_slice(json_member(record, kind->date_key), 0, 10);
    terminal_append_safe(out, date.len > 0 ? date : STR("-"));
    buffer_append_c(out, "  ");
    terminal_append_safe(out, json_member(record, kind->name_key));
    struct str domain = json_member(record, kind->domain_key);
    if (domain.len > 0) {
        buffer_append_c(out, "  ");
        terminal_append_safe(out, domain);
    }
    buffer_append_byte(out, '\n');
}

static void append_records(struct buffer *out, const struct registry_kind *kind,
                           const struct snapshot *snapshot, bool is_all) {
    const json_t *records =
        kind->records_key ? json_object_get(snapshot->body, kind->records_key) : snapshot->body;
    size_t count = json_array_size(records);
    size_t shown = is_all || count < SHOW_FIRST ? count : SHOW_FIRST;
    for (size_t i = 0; i < shown; i++) {
        append_record(out, kind, json_array_get(records, i));
    }
    if (shown < count) {
        buffer_append_c(out, "and ");
        terminal_append_count(out, count - shown);
        buffer_append_c(out, " more; --all shows them\n");
    }
}

int command_registry_show(const struct arguments *arguments) {
    const struct registry_kind *kind = kind_of(arguments->items[0]);
    char *folder = kind ? folder_of(arguments) : NULL;
    if (!folder) {
        return EXIT_USAGE;
    }
    struct snapshot snapshot;
    struct hearsay_failure failure = {0};
    enum hearsay_status status = snapshot_load(folder, kind, &snapshot, &failure);
    free(folder);
    if (status != HEARSAY_OK) {
        snapshot_free(&snapshot);
        return terminal_fail(status, &failure);
    }
    struct buffer out = {0};
    buffer_printf(&out, "%s: %s\n", kind->name, kind->meaning);
    buffer_append_c(&out, "fetched     ");
    append_day(&out, snapshot.meta.fetched_at_s);
    buffer_append_c(&out, " (");
    append_age(&out, snapshot.meta.fetched_at_s, (int64_t)time(NULL));
    buffer_printf(&out, ")\ndigest      %s\ncoverage    %s\nsource      %s\n\n", snapshot.meta.hash,
                  kind->coverage, kind->attribution);
    append_records(&out, kind, &snapshot, arguments_has(arguments, OPTION_ALL));
    snapshot_free(&snapshot);
    return terminal_print(&out);
}
