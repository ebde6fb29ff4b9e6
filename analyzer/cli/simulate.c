/* `hearsay simulate`: posts.ndjson and labels.csv in a folder. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/simulation.h"
#include "cli/terminal.h"
#include "cli/value.h"

enum { CHUNK_BYTES = 1 << 20 };

static enum hearsay_status wrong(struct hearsay_failure *failure, enum option_id id,
                                 const char *expected) {
    const struct option *option = option_at(0);
    for (size_t i = 0; option && option->id != id; i++) {
        option = option_at(i);
    }
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0, "--%s: expected is %s",
                       option ? option->name : "", expected);
}

static enum hearsay_status read_counts(const struct arguments *arguments,
                                       struct simulation_settings *settings,
                                       struct hearsay_failure *failure) {
    const struct {
        enum option_id id;
        uint64_t least, most;
        uint64_t *value;
    } counts[] = {
        {OPTION_SEED, 0, UINT64_MAX, &settings->seed},
        {OPTION_ACCOUNTS, 1, 10000000, &settings->accounts},
        {OPTION_DAYS, 1, 3650, &settings->days},
        {OPTION_POSTS, 1, 100000, &settings->posts},
        {OPTION_CAMPAIGNS, 0, 10000, &settings->campaigns},
        {OPTION_CAMPAIGN_SIZE, 2, 100000, &settings->campaign_size},
        {OPTION_FANDOMS, 0, 10000, &settings->fandoms},
        {OPTION_FANDOM_SIZE, 1, 1000000, &settings->fandom_size},
    };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        const char *text = arguments->values[counts[i].id];
        if (text &&
            !value_count(str_from_c(text), counts[i].least, counts[i].most, counts[i].value)) {
            char expected[80];
            snprintf(expected, sizeof expected, "a number from %llu to %llu",
                     (unsigned long long)counts[i].least, (unsigned long long)counts[i].most);
            return wrong(failure, counts[i].id, expected);
        }
    }
    return HEARSAY_OK;
}

static enum hearsay_status read_shares(const struct arguments *arguments,
                                       struct simulation_settings *settings,
                                       struct hearsay_failure *failure) {
    const struct {
        enum option_id id;
        double most;
        double *value;
        const char *expected;
    } shares[] = {
        {OPTION_JITTER, 5, &settings->jitter, "a number from 0 to 5"},
        {OPTION_CAMOUFLAGE, 1, &settings->camouflage, "a share from 0 to 1"},
        {OPTION_PARTICIPATION, 1, &settings->participation, "a share from 0.01 to 1"},
        {OPTION_BREAKING, 1, &settings->breaking, "a share from 0 to 1"},
    };
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        const char *text = arguments->values[shares[i].id];
        double least = shares[i].id == OPTION_PARTICIPATION ? 0.01 : 0;
        double value = *shares[i].value;
        if (text &&
            (!str_to_double(str_from_c(text), &value) || value < least || value > shares[i].most)) {
            return wrong(failure, shares[i].id, shares[i].expected);
        }
        *shares[i].value = value;
    }
    return HEARSAY_OK;
}

static enum hearsay_status read_settings(const struct arguments *arguments,
                                         struct simulation_settings *settings,
                                         struct hearsay_failure *failure) {
    const char *const *values = arguments->values;
    *settings = simulation_settings_default();
    if (!values[OPTION_OUTPUT] || !values[OPTION_OUTPUT][0]) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "name a folder for the posts: -o FOLDER");
    }
    if (values[OPTION_TEMPO] &&
        !value_duration(str_from_c(values[OPTION_TEMPO]), &settings->tempo_s)) {
        return wrong(failure, OPTION_TEMPO, "a time like 30s, 5m or 2h");
    }
    if (values[OPTION_STYLE]) {
        enum simulation_style style = STYLE_LINK;
        while (style <= STYLE_MIXED &&
               strcmp(values[OPTION_STYLE], simulation_style_name(style)) != 0) {
            style++;
        }
        if (style > STYLE_MIXED) {
            return wrong(failure, OPTION_STYLE, "link, repost, copy or mixed");
        }
        settings->style = style;
    }
    enum hearsay_status status = read_counts(arguments, settings, failure);
    return status == HEARSAY_OK ? read_shares(arguments, settings, failure) : status;
}

static enum hearsay_status cannot_write(const char *path, struct hearsay_failure *failure) {
    return failure_set(failure, HEARSAY_IO, str_from_c(path), 0, 0, "cannot be written: %s",
                       strerror(errno));
}

/* Writes what is in `out` and empties it. */
static bool flush(FILE *file, struct buffer *out) {
    bool is_written = !out->failed && fwrite(out->ptr, 1, out->len, file) == out->len;
    buffer_clear(out);
    return is_written;
}

static enum hearsay_status write_file(const char *folder, const char *name,
                                      const struct simulation *simulation, bool is_posts,
                                      struct hearsay_failure *failure) {
    struct buffer path = {0};
    struct buffer out = {0};
    if (!buffer_printf(&path, "%s/%s", folder, name)) {
        return failure_memory(failure);
    }
    FILE *file = fopen(path.ptr, "wbe");
    bool is_good = file != NULL;
    for (size_t i = 0; is_good && is_posts && i < simulation->count; i++) {
        simulation_append_post(&out, simulation, i);
        is_good = out.len < CHUNK_BYTES || flush(file, &out);
    }
    if (is_good && !is_posts) {
        simulation_append_labels(&out, simulation);
    }
    is_good = is_good && flush(file, &out);
    is_good = file && fclose(file) == 0 && is_good;
    enum hearsay_status status = is_good ? HEARSAY_OK : cannot_write(path.ptr, failure);
    buffer_free(&out);
    buffer_free(&path);
    return status;
}

static enum hearsay_status write_all(const char *folder, const struct simulation *simulation,
                                     struct hearsay_failure *failure) {
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return cannot_write(folder, failure);
    }
    enum hearsay_status status = write_file(folder, "posts.ndjson", simulation, true, failure);
    return status == HEARSAY_OK ? write_file(folder, "labels.csv", simulation, false, failure)
                                : status;
}

int command_simulate(const struct arguments *arguments) {
    struct simulation_settings settings;
    struct simulation simulation = {0};
    struct hearsay_failure failure = {0};
    const char *folder = arguments->values[OPTION_OUTPUT];
    enum hearsay_status status = read_settings(arguments, &settings, &failure);
    if (status == HEARSAY_OK) {
        status = simulation_run(&settings, &simulation, &failure);
    }
    if (status == HEARSAY_OK) {
        status = write_all(folder, &simulation, &failure);
    }
    struct buffer out = {0};
    terminal_append_count(&out, simulation.count);
    buffer_append_c(&out, " posts of ");
    terminal_append_count(&out, settings.accounts + settings.campaigns * settings.campaign_size);
    buffer_printf(&out, " accounts: %s/posts.ndjson, %s/labels.csv\n", folder ? folder : "",
                  folder ? folder : "");
    simulation_free(&simulation);
    if (status != HEARSAY_OK) {
        buffer_free(&out);
        return terminal_fail(status, &failure);
    }
    return terminal_print(&out);
}
