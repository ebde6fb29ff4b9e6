#include "post/sniff.h"

#include "base/buffer.h"
#include "base/failure.h"
#include "post/column_map.h"
#include "post/table_shape.h"

static const char delimiters[] = {',', ';', '\t', '|'};
#define DELIMITER_COUNT (sizeof delimiters)
#define SAMPLE_ROWS 400

/* What is being found out about a table. */
struct survey {
    struct str head;
    const struct sniff_options *options;
    struct csv_dialect dialect;
    struct csv_row header; /* cells of the first row that is not empty */
    size_t header_bytes;   /* up to its end */
    struct column_map map;
    bool has_map;
    const struct table_shape *shape; /* NULL with a map */
};

/* Length of the line "sep=;" that some spreadsheets write before the header, with its end; else 0.
 */
static size_t separator_line(struct str head, char *delimiter) {
    if (!str_starts_with(head, STR("sep=")) || head.len < 6 ||
        (head.ptr[5] != '\n' && head.ptr[5] != '\r')) {
        return 0;
    }
    *delimiter = head.ptr[4];
    return head.ptr[5] == '\r' && head.len > 6 && head.ptr[6] == '\n' ? 7 : 6;
}

/* Reads the first row that is not empty with the survey's dialect. */
static bool read_header(struct survey *survey) {
    char ignored;
    size_t from = separator_line(survey->head, &ignored);
    struct str rest = str_slice(survey->head, from, survey->head.len);
    size_t used;
    survey->header.count = 0;
    while (rest.len > 0 && survey->header.count == 0) {
        if (!csv_read(&survey->dialect, rest, &survey->header, &used)) {
            return false;
        }
        rest = str_slice(rest, used, rest.len);
    }
    survey->header_bytes = survey->head.len - rest.len;
    return true;
}

/* How well the header fits: a known shape or the map's columns count most, then the number of
 * cells. */
static size_t header_score(const struct survey *survey) {
    const struct csv_row *header = &survey->header;
    size_t score = header->count;
    if (survey->has_map) {
        for (size_t i = 0; i < FIELD_COUNT; i++) {
            struct str name = survey->map.columns[i];
            bool is_there = name.len > 0 &&
                            table_column_find(header->cells, header->count, name) != COLUMN_NONE;
            score += is_there ? 100000 : 0;
        }
    } else if (survey->options->format) {
        const struct table_shape *shape = table_shape_named(survey->options->format);
        bool fits = shape && !table_shape_missing(shape, header->cells, header->count);
        score += fits ? 100000 : 0;
    } else if (table_shape_match(header->cells, header->count)) {
        score += 100000;
    }
    return score;
}

static bool find_delimiter(struct survey *survey) {
    size_t best = 0;
    char delimiter = ',';
    if (separator_line(survey->head, &survey->dialect.delimiter) > 0) {
        return read_header(survey);
    }
    for (size_t i = 0; i < DELIMITER_COUNT; i++) {
        survey->dialect.delimiter = delimiters[i];
        if (!read_header(survey)) {
            return false;
        }
        size_t score = header_score(survey);
        if (score > best) {
            best = score;
            delimiter = delimiters[i];
        }
    }
    survey->dialect.delimiter = delimiter;
    return read_header(survey);
}

/* Rows of the sample that have as many cells as the header, less those that have not, less a little
 * for each that needed lenience. */
static bool dialect_score(const struct survey *survey, const struct csv_dialect *dialect,
                          long *score) {
    struct csv_row row = {0};
    struct str rest = survey->head;
    *score = 0;
    for (int i = 0; i < SAMPLE_ROWS && rest.len > 0; i++) {
        size_t quote_at;
        size_t used = csv_record_length(dialect, rest, survey->options->is_whole, &quote_at);
        if (used == 0) {
            break; /* cut off, or a quote that is never closed: says nothing */
        }
        if (!csv_read(dialect, str_slice(rest, 0, used), &row, &used)) {
            csv_row_free(&row);
            return false;
        }
        if (row.count > 0) {
            *score += row.count == survey->header.count ? 4 : -4;
            *score -= row.is_lazy;
        }
        rest = str_slice(rest, used, rest.len);
    }
    csv_row_free(&row);
    return true;
}

/* Which line ends end records, and whether a backslash escapes a quote: what makes the rows of the
 * sample fit their header best. The plainest dialect wins a tie. */
static bool find_dialect(struct survey *survey) {
    static const struct {
        enum record_end record_end;
        bool has_backslash;
    } candidates[] = {{RECORD_END_ANY, false}, {RECORD_END_CR, false}, {RECORD_END_LF, false},
                      {RECORD_END_ANY, true},  {RECORD_END_CR, true},  {RECORD_END_LF, true}};
    struct csv_dialect best = survey->dialect;
    long best_score = 0;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        struct csv_dialect dialect = survey->dialect;
        long score;
        dialect.record_end = candidates[i].record_end;
        dialect.has_backslash = candidates[i].has_backslash;
        if (!dialect_score(survey, &dialect, &score)) {
            return false;
        }
        if (i == 0 || score > best_score) {
            best = dialect;
            best_score = score;
        }
    }
    survey->dialect = best;
    return read_header(survey);
}

/* "a, b, c" of the header, at most so many that the message stays readable. */
static void list_columns(const struct survey *survey, struct buffer *list) {
    for (size_t i = 0; i < survey->header.count && i < 40; i++) {
        struct str name = str_slice(str_trim(survey->header.cells[i]), 0, 60);
        buffer_append_c(list, i ? ", " : "");
        buffer_append_str(list, name);
    }
    buffer_append_byte(list, '\0');
}

/* The map that the names of the columns suggest: a table with hearsay's own names is one --map away
 * from being read. The general form where there is no column for a text or a repost. */
static void suggest_map(const struct survey *survey, struct buffer *map) {
    const struct csv_row *header = &survey->header;
    bool is_enough = false;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (table_column_find(header->cells, header->count, str_from_c(field_names[i])) !=
            COLUMN_NONE) {
            buffer_printf(map, "%s%s=%s", map->len > 0 ? "," : "", field_names[i], field_names[i]);
            is_enough = is_enough || i == FIELD_TEXT || i == FIELD_REPOST_OF;
        }
    }
    if (!is_enough) {
        buffer_clear(map);
        buffer_append_c(map, "account=...,text=...,created_at=...");
    }
    buffer_append_byte(map, '\0');
}

static enum hearsay_status unknown_table(const struct survey *survey,
                                         struct hearsay_failure *failure) {
    struct str name = str_from_c(survey->options->name);
    if (survey->header.count < 2) {
        return failure_set(
            failure, HEARSAY_BAD_INPUT, name, 1, 0,
            "neither JSON objects nor a table that is known; `hearsay formats` lists what is "
            "read, --map names the columns of any other table");
    }
    struct buffer list = {0};
    struct buffer map = {0};
    list_columns(survey, &list);
    suggest_map(survey, &map);
    enum hearsay_status status =
        list.failed || map.failed
            ? failure_memory(failure)
            : failure_set(failure, HEARSAY_BAD_INPUT, name, 1, 0,
                          "a table that is not known; name its columns with --map %s (`hearsay "
                          "formats` lists what is known). Its columns are %s",
                          map.ptr, list.ptr);
    buffer_free(&list);
    buffer_free(&map);
    return status;
}

/* The column of the header that is nearest to `wanted`, or an empty slice. */
static struct str nearest_column(const struct survey *survey, struct str wanted) {
    struct buffer names = {0};
    struct str nearest = STR_EMPTY;
    const char *pointers[64] = {0};
    size_t offsets[64];
    size_t count = survey->header.count < 64 ? survey->header.count : 64;
    for (size_t i = 0; i < count; i++) {
        offsets[i] = names.len;
        buffer_append_str(&names, str_trim(survey->header.cells[i]));
        buffer_append_byte(&names, '\0');
    }
    if (!names.failed) {
        for (size_t i = 0; i < count; i++) {
            pointers[i] = names.ptr + offsets[i];
        }
        const char *found = field_nearest(wanted, pointers, count);
        for (size_t i = 0; found && i < count; i++) {
            if (pointers[i] == found) {
                nearest = str_trim(survey->header.cells[i]);
            }
        }
    }
    buffer_free(&names);
    return nearest;
}

static enum hearsay_status missing_column(const struct survey *survey, struct str wanted,
                                          const char *asked_by, struct hearsay_failure *failure) {
    struct buffer list = {0};
    list_columns(survey, &list);
    struct str nearest = nearest_column(survey, wanted);
    enum hearsay_status status =
        list.failed
            ? failure_memory(failure)
            : failure_set(
                  failure, HEARSAY_BAD_INPUT, str_from_c(survey->options->name), 1, 0,
                  "%s needs a column \"%.*s\", which is not there%s%.*s%s The columns are %s",
                  asked_by, (int)(wanted.len < 100 ? wanted.len : 100), wanted.ptr,
                  nearest.len ? "; did you mean \"" : ".",
                  (int)(nearest.len < 100 ? nearest.len : 100), nearest.ptr,
                  nearest.len ? "\"?" : "", list.ptr);
    buffer_free(&list);
    return status;
}

static enum hearsay_status bind_shape(struct survey *survey, struct format *format,
                                      struct hearsay_failure *failure) {
    const struct table_shape *shape = survey->shape;
    const struct csv_row *header = &survey->header;
    const char *missing = table_shape_missing(shape, header->cells, header->count);
    if (missing) {
        return missing_column(survey, str_from_c(missing), shape->format, failure);
    }
    for (size_t i = 0; i < shape->column_count; i++) {
        uint32_t *column = &format->columns[shape->columns[i].field];
        if (*column == COLUMN_NONE) {
            *column =
                table_column_find(header->cells, header->count, str_from_c(shape->columns[i].name));
        }
    }
    format->platform = str_from_c(shape->platform);
    format->quirks = shape->quirks;
    return HEARSAY_OK;
}

static enum hearsay_status bind_map(struct survey *survey, struct format *format,
                                    struct hearsay_failure *failure) {
    const struct column_map *map = &survey->map;
    struct str time_format = STR_EMPTY;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (map->columns[i].len == 0) {
            continue;
        }
        format->columns[i] =
            table_column_find(survey->header.cells, survey->header.count, map->columns[i]);
        if (format->columns[i] == COLUMN_NONE) {
            return missing_column(survey, map->columns[i], "--map", failure);
        }
    }
    bool is_copied = arena_copy(&format->arena, map->lang, &format->lang) &&
                     arena_copy(&format->arena, map->time_format, &time_format);
    if (is_copied && map->platform.len > 0) {
        is_copied = arena_copy(&format->arena, map->platform, &format->platform);
    }
    /* Rows without text are shares: what makes two of them the same is the whole row. */
    format->quirks.is_share_table = format->columns[FIELD_TEXT] == COLUMN_NONE;
    format->quirks.time_format = time_format.len ? time_format.ptr : NULL;
    return is_copied ? HEARSAY_OK : failure_memory(failure);
}

static enum hearsay_status keep_header(const struct survey *survey, struct format *format,
                                       struct hearsay_failure *failure) {
    format->column_count = survey->header.count;
    format->header_bytes = survey->header_bytes;
    format->header = arena_array(&format->arena, survey->header.count, sizeof *format->header);
    if (!format->header) {
        return failure_memory(failure);
    }
    for (size_t i = 0; i < survey->header.count; i++) {
        if (!arena_copy(&format->arena, survey->header.cells[i], &format->header[i])) {
            return failure_memory(failure);
        }
    }
    return HEARSAY_OK;
}

/* The delimiter and the line end after the header, for people. */
static void describe(const struct survey *survey, struct format *format) {
    static const char *const delimiter_names[] = {"comma", "semicolon", "tab", "bar"};
    const char *delimiter = "comma";
    for (size_t i = 0; i < DELIMITER_COUNT; i++) {
        delimiter = survey->dialect.delimiter == delimiters[i] ? delimiter_names[i] : delimiter;
    }
    size_t end = csv_line_end(&survey->dialect, survey->head, 0);
    struct str head = str_slice(survey->head, 0, end);
    const char *line_end = str_ends_with(head, STR("\r\n")) ? "CRLF"
                           : str_ends_with(head, STR("\r")) ? "CR"
                                                            : "LF";
    struct buffer text = {0};
    buffer_printf(&text, "%s, %s%s", delimiter, line_end,
                  survey->dialect.has_backslash ? ", backslash escapes" : "");
    if (!text.failed && text.len < sizeof format->description) {
        memcpy(format->description, text.ptr, text.len);
    }
    buffer_free(&text);
}

static enum hearsay_status make_format(struct survey *survey, struct format **format,
                                       struct hearsay_failure *failure) {
    const char *name = survey->shape ? survey->shape->format : "mapped-csv";
    struct format *made = format_new(name, FORMAT_CSV, CUT_CSV);
    if (!made) {
        return failure_memory(failure);
    }
    made->dialect = survey->dialect;
    enum hearsay_status status =
        survey->shape ? bind_shape(survey, made, failure) : bind_map(survey, made, failure);
    if (status == HEARSAY_OK) {
        status = keep_header(survey, made, failure);
    }
    if (status != HEARSAY_OK) {
        format_release(made);
        return status;
    }
    describe(survey, made);
    *format = made;
    return HEARSAY_OK;
}

static enum hearsay_status run_survey(struct survey *survey, struct format **format,
                                      struct hearsay_failure *failure) {
    const struct sniff_options *options = survey->options;
    if (!find_delimiter(survey)) {
        return failure_memory(failure);
    }
    if (!survey->has_map) {
        survey->shape = options->format
                            ? table_shape_named(options->format)
                            : table_shape_match(survey->header.cells, survey->header.count);
        if (!survey->shape) {
            return options->format ? failure_set(failure, HEARSAY_BAD_ARGUMENT, STR_EMPTY, 0, 0,
                                                 "the format mapped-csv needs --map")
                                   : unknown_table(survey, failure);
        }
    }
    if (!find_dialect(survey)) {
        return failure_memory(failure);
    }
    return make_format(survey, format, failure);
}

enum hearsay_status sniff_table(struct str head, const struct sniff_options *options,
                                struct format **format, struct hearsay_failure *failure) {
    struct survey survey = {.head = head, .options = options};
    bool wants_map = !options->format || strcmp(options->format, "mapped-csv") == 0;
    if (options->map && wants_map) {
        enum hearsay_status status =
            column_map_parse(str_from_c(options->map), &survey.map, failure);
        if (status != HEARSAY_OK) {
            return status;
        }
        survey.has_map = true;
    }
    enum hearsay_status status = run_survey(&survey, format, failure);
    csv_row_free(&survey.header);
    return status;
}
