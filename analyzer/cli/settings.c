#include "cli/settings.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/failure.h"
#include "cli/value.h"
#include "source/files.h"

enum { MAP_LIMIT_BYTES = 1 << 20, THREADS_MOST = 64 };

static enum hearsay_status wrong_value(const struct arguments *arguments, enum option_id id,
                                       const char *expected, struct hearsay_failure *failure) {
    const struct option *option = option_at(0);
    for (size_t i = 0; option && option->id != id; i++) {
        option = option_at(i);
    }
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                       "--%s %.100s: expected is %s", option ? option->name : "",
                       arguments->values[id], expected);
}

/* A map's file holds one pair a line (or several with commas); empty lines and lines that begin
 * with # say nothing. */
static bool join_map_lines(struct str text, struct buffer *out) {
    for (size_t from = 0; from < text.len;) {
        size_t end = str_find_byte(text, '\n', from);
        struct str line = str_trim(str_slice(text, from, end));
        if (line.len > 0 && line.ptr[0] != '#') {
            if (out->len > 0) {
                buffer_append_byte(out, ',');
            }
            buffer_append_str(out, line);
        }
        from = end == STR_NOT_FOUND ? text.len : end + 1;
    }
    return buffer_append_byte(out, '\0');
}

static enum hearsay_status read_map(const char *value, struct settings *settings,
                                    struct hearsay_failure *failure) {
    struct buffer map = {0};
    bool is_inline = strchr(value, '=') && access(value, F_OK) != 0;
    if (is_inline) {
        buffer_append(&map, value, strlen(value) + 1);
    } else {
        char *bytes = NULL;
        size_t len = 0;
        enum hearsay_status status = files_load(value, MAP_LIMIT_BYTES, &bytes, &len, failure);
        if (status != HEARSAY_OK) {
            return status;
        }
        join_map_lines((struct str){bytes, len}, &map);
        free(bytes);
    }
    if (map.failed) {
        buffer_free(&map);
        return failure_memory(failure);
    }
    settings->map = map.ptr;
    settings->options.map = map.ptr;
    return HEARSAY_OK;
}

static enum hearsay_status read_format(const char *value, struct settings *settings,
                                       struct hearsay_failure *failure) {
    const struct hearsay_format *format;
    settings->options.format = value;
    if (strcmp(value, "auto") == 0) {
        return HEARSAY_OK;
    }
    for (size_t i = 0; (format = hearsay_format_at(i)); i++) {
        if (strcmp(value, format->name) == 0) {
            return HEARSAY_OK;
        }
    }
    return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                       "--format %.100s: no such format; `hearsay formats` lists them", value);
}

static unsigned core_count(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > THREADS_MOST ? THREADS_MOST : (unsigned)count;
}

/* "60s,reply=5m": the items with a name become settings->layer_windows, in seconds. */
static enum hearsay_status read_windows(struct str text, struct settings *settings) {
    struct buffer windows = {0};
    enum hearsay_status status = HEARSAY_OK;
    for (size_t from = 0; from <= text.len && status == HEARSAY_OK;) {
        size_t end = str_find_byte(text, ',', from);
        struct str item = str_trim(str_slice(text, from, end));
        size_t sign = str_find_byte(item, '=', 0);
        double seconds;
        if (!value_duration(sign == STR_NOT_FOUND ? item : str_slice(item, sign + 1, item.len),
                            &seconds)) {
            status = HEARSAY_BAD_ARGUMENT;
        } else if (sign == STR_NOT_FOUND) {
            settings->options.window_s = seconds;
        } else {
            if (windows.len > 0) {
                buffer_append_byte(&windows, ',');
            }
            buffer_append_str(&windows, str_slice(item, 0, sign + 1));
            buffer_append_double(&windows, seconds, 17);
        }
        from = end == STR_NOT_FOUND ? text.len + 1 : end + 1;
    }
    if (status != HEARSAY_OK || windows.len == 0 || !buffer_append_byte(&windows, '\0')) {
        status = status == HEARSAY_OK && windows.failed ? HEARSAY_NO_MEMORY : status;
        buffer_free(&windows);
        return status;
    }
    settings->layer_windows = windows.ptr;
    settings->options.layer_windows = windows.ptr;
    return HEARSAY_OK;
}

static enum hearsay_status read_numbers(const struct arguments *arguments,
                                        struct settings *settings,
                                        struct hearsay_failure *failure) {
    struct hearsay_options *options = &settings->options;
    const char *const *values = arguments->values;
    uint64_t threads = core_count();
    if (values[OPTION_THREADS] &&
        !value_count(str_from_c(values[OPTION_THREADS]), 1, THREADS_MOST, &threads)) {
        return wrong_value(arguments, OPTION_THREADS, "a number from 1 to 64", failure);
    }
    options->threads = (unsigned)threads;
    if (values[OPTION_MEMORY] &&
        !value_size(str_from_c(values[OPTION_MEMORY]), &options->memory_bytes)) {
        return wrong_value(arguments, OPTION_MEMORY, "a size like 512M or 2G", failure);
    }
    if (values[OPTION_RECORD_LIMIT] &&
        !value_size(str_from_c(values[OPTION_RECORD_LIMIT]), &options->record_limit_bytes)) {
        return wrong_value(arguments, OPTION_RECORD_LIMIT, "a size like 16M", failure);
    }
    options->layers = values[OPTION_LAYERS];
    if (values[OPTION_WINDOW]) {
        enum hearsay_status status = read_windows(str_from_c(values[OPTION_WINDOW]), settings);
        if (status == HEARSAY_BAD_ARGUMENT) {
            return wrong_value(arguments, OPTION_WINDOW,
                               "a time like 60s, 500ms, 5m, 2h or 1d, or for single layers "
                               "60s,reply=5m",
                               failure);
        }
        if (status != HEARSAY_OK) {
            return failure_memory(failure);
        }
    }
    options->as_of = values[OPTION_AS_OF];
    if (values[OPTION_SIMILARITY] &&
        !value_share(str_from_c(values[OPTION_SIMILARITY]), &options->similarity)) {
        return wrong_value(arguments, OPTION_SIMILARITY, "a share like 0.7, above 0 and at most 1",
                           failure);
    }
    if (values[OPTION_Q] && !value_share(str_from_c(values[OPTION_Q]), &options->q)) {
        return wrong_value(arguments, OPTION_Q, "a share like 0.05, above 0 and at most 1",
                           failure);
    }
    return HEARSAY_OK;
}

static enum hearsay_status read_compare(const struct arguments *arguments,
                                        struct settings *settings,
                                        struct hearsay_failure *failure) {
    const char *const *values = arguments->values;
    settings->has_compare = arguments_has(arguments, OPTION_LIKE);
    settings->compare =
        (struct hearsay_compare_options){.like = values[OPTION_LIKE],
                                         .min_participation = 2,
                                         .min_weight = 1,
                                         .has_loops = arguments_has(arguments, OPTION_LOOPS)};
    if (values[OPTION_WINDOW]) {
        settings->compare.window_s = settings->options.window_s;
    }
    bool is_qut = settings->has_compare && strcmp(values[OPTION_LIKE], "qut") == 0;
    if (!is_qut && (values[OPTION_MIN_WEIGHT] || settings->compare.has_loops)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "--min-weight and --loops need --like qut");
    }
    if (values[OPTION_MIN_WEIGHT] && !value_count(str_from_c(values[OPTION_MIN_WEIGHT]), 1,
                                                  UINT32_MAX, &settings->compare.min_weight)) {
        return wrong_value(arguments, OPTION_MIN_WEIGHT, "a number from 1", failure);
    }
    if (!values[OPTION_MIN_PARTICIPATION]) {
        return HEARSAY_OK;
    }
    if (!settings->has_compare) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "--min-participation needs --like");
    }
    if (!value_count(str_from_c(values[OPTION_MIN_PARTICIPATION]), 1, UINT32_MAX,
                     &settings->compare.min_participation)) {
        return wrong_value(arguments, OPTION_MIN_PARTICIPATION, "a number from 1", failure);
    }
    return HEARSAY_OK;
}

enum hearsay_status settings_read(const struct arguments *arguments, struct settings *settings,
                                  struct hearsay_failure *failure) {
    const char *const *values = arguments->values;
    *settings = (struct settings){.options = hearsay_options_default()};
    settings->is_quiet = arguments_has(arguments, OPTION_QUIET);
    settings->options.is_strict = arguments_has(arguments, OPTION_STRICT);
    settings->options.keep_rejects = arguments_has(arguments, OPTION_REJECTS);
    if (!values[OPTION_OUTPUT] || !values[OPTION_OUTPUT][0]) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "name a folder for the results: -o OUT");
    }
    if (settings->options.is_strict && arguments_has(arguments, OPTION_LENIENT)) {
        return failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                           "--strict and --lenient exclude each other");
    }
    enum hearsay_status status = read_numbers(arguments, settings, failure);
    if (status == HEARSAY_OK) {
        status = read_compare(arguments, settings, failure);
    }
    if (status == HEARSAY_OK && values[OPTION_FORMAT]) {
        status = read_format(values[OPTION_FORMAT], settings, failure);
    }
    if (status == HEARSAY_OK && values[OPTION_MAP]) {
        status = read_map(values[OPTION_MAP], settings, failure);
    }
    return status;
}

void settings_free(struct settings *settings) {
    free(settings->map);
    settings->map = NULL;
    free(settings->layer_windows);
    settings->layer_windows = NULL;
}
