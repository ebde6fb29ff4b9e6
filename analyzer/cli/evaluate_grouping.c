/* `hearsay evaluate grouping`: claims that were found against claims that people labelled, by
 * B-cubed (stats/partition.h). A labelled post of no claim stands alone, so that what the rules
 * miss lowers recall; the same without such posts is told apart. */
#include <math.h>
#include <stdlib.h>

#include "base/failure.h"
#include "base/map.h"
#include "cli/commands.h"
#include "cli/evaluation.h"
#include "cli/lines.h"
#include "cli/terminal.h"
#include "source/files.h"
#include "source/results.h"
#include "stats/partition.h"

#define LABELS_LIMIT_BYTES ((size_t)1 << 28)

struct grouped_post {
    uint32_t label;
    uint32_t claim; /* index, or MAP_NONE */
    uint32_t part;
    bool has_finding;
};

struct grouping {
    struct map posts; /* platform \n post: index of its item */
    struct map labels;
    struct map claims;
    struct map parts;
    struct grouped_post *items;
    size_t capacity;
    size_t rows;
    size_t repeated; /* posts that are labelled again: the first label counts */
    struct buffer key;
};

static void grouping_free(struct grouping *grouping) {
    map_free(&grouping->posts);
    map_free(&grouping->labels);
    map_free(&grouping->claims);
    map_free(&grouping->parts);
    free(grouping->items);
    buffer_free(&grouping->key);
}

static struct str key_of(struct grouping *grouping, const json_t *row) {
    buffer_clear(&grouping->key);
    buffer_append_str(&grouping->key, json_member(row, "platform"));
    buffer_append_byte(&grouping->key, '\n');
    buffer_append_str(&grouping->key, json_member(row, "post"));
    return buffer_str(&grouping->key);
}

static enum hearsay_status add_label(struct grouping *grouping, const json_t *row) {
    bool is_new = false;
    uint32_t at = map_intern(&grouping->posts, key_of(grouping, row), &is_new);
    uint32_t label = map_intern(&grouping->labels, json_member(row, "claim"), NULL);
    uint32_t part = map_intern(&grouping->parts, json_member(row, "part"), NULL);
    if (grouping->key.failed || at == MAP_NONE || label == MAP_NONE || part == MAP_NONE) {
        return HEARSAY_NO_MEMORY;
    }
    grouping->rows++;
    grouping->repeated += !is_new;
    if (is_new && at >= grouping->capacity) {
        size_t capacity = grouping->capacity * 2 + 256;
        struct grouped_post *items = realloc(grouping->items, capacity * sizeof *items);
        if (!items) {
            return HEARSAY_NO_MEMORY;
        }
        grouping->items = items;
        grouping->capacity = capacity;
    }
    if (is_new) {
        grouping->items[at] = (struct grouped_post){label, MAP_NONE, part, false};
    }
    return HEARSAY_OK;
}

static enum hearsay_status read_label(struct grouping *grouping, struct str line, struct str file,
                                      uint64_t number, struct hearsay_failure *failure) {
    json_t *row = NULL;
    enum hearsay_status status = json_parse(line, file, &row, failure);
    if (status != HEARSAY_OK) {
        return failure_set(failure, HEARSAY_BAD_INPUT, file, number, 0, "the row is no JSON");
    }
    if (json_member(row, "post").len == 0 || json_member(row, "claim").len == 0) {
        status = failure_set(failure, HEARSAY_BAD_INPUT, file, number, 0,
                             "a label needs the members post and claim");
    } else if (add_label(grouping, row) != HEARSAY_OK) {
        status = failure_memory(failure);
    }
    json_decref(row);
    return status;
}

static enum hearsay_status read_labels(struct grouping *grouping, const char *path,
                                       struct hearsay_failure *failure) {
    char *bytes = NULL;
    size_t len = 0;
    uint64_t number = 0;
    enum hearsay_status status = files_load(path, LABELS_LIMIT_BYTES, &bytes, &len, failure);
    struct str text = {bytes, len};
    for (size_t from = 0; status == HEARSAY_OK && from < len;) {
        size_t end = str_find_byte(text, '\n', from);
        end = end == STR_NOT_FOUND ? len : end;
        struct str line = str_trim(str_slice(text, from, end));
        number++;
        if (line.len > 0) {
            status = read_label(grouping, line, str_from_c(path), number, failure);
        }
        from = end + 1;
    }
    free(bytes);
    if (status == HEARSAY_OK && grouping->posts.count == 0) {
        status = failure_set(failure, HEARSAY_BAD_INPUT, str_from_c(path), 0, 0,
                             "the file labels no post");
    }
    return status;
}

static enum hearsay_status read_findings(struct grouping *grouping, const char *folder,
                                         struct hearsay_failure *failure) {
    struct lines lines = {0};
    struct str line;
    enum hearsay_status status =
        lines_open(&lines, folder, results_name(HEARSAY_FINDINGS), failure);
    while (status == HEARSAY_OK && lines_next(&lines, &line)) {
        json_t *row = NULL;
        status = lines_parse(&lines, line, &row, failure);
        if (status != HEARSAY_OK) {
            break;
        }
        uint32_t at = map_find(&grouping->posts, key_of(grouping, row));
        struct str claim = json_member(row, "claim");
        if (at != MAP_NONE) {
            grouping->items[at].has_finding = true;
            grouping->items[at].claim =
                claim.len > 0 ? map_intern(&grouping->claims, claim, NULL) : MAP_NONE;
        }
        json_decref(row);
    }
    lines_close(&lines);
    return status;
}

/* ---- Measures ---- */

#define ALL_PARTS MAP_NONE

/* B-cubed over the posts of a part; `is_strict` leaves out those of no claim. */
static json_t *measure(const struct grouping *grouping, uint32_t part, bool is_strict) {
    uint32_t *clusters = calloc(2 * (size_t)grouping->posts.count + 1, sizeof *clusters);
    uint32_t *labels = clusters ? clusters + grouping->posts.count : NULL;
    uint32_t alone = grouping->claims.count;
    size_t count = 0;
    for (uint32_t i = 0; clusters && i < grouping->posts.count; i++) {
        const struct grouped_post *item = &grouping->items[i];
        if ((part != ALL_PARTS && item->part != part) || (is_strict && item->claim == MAP_NONE)) {
            continue;
        }
        clusters[count] = item->claim == MAP_NONE ? alone++ : item->claim;
        labels[count++] = item->label;
    }
    struct partition_agreement found = {0};
    struct hearsay_failure ignored = {0};
    bool is_done =
        clusters && partition_compare(clusters, alone + 1, labels, grouping->labels.count + 1,
                                      count, &found, &ignored) == HEARSAY_OK;
    free(clusters);
    return is_done
               ? json_pack("{s:I, s:o, s:o, s:o, s:o}", "posts", (json_int_t)count,
                           "b_cubed_precision", evaluation_number(found.b_cubed_precision),
                           "b_cubed_recall", evaluation_number(found.b_cubed_recall), "b_cubed_f1",
                           evaluation_number(found.b_cubed_f1), "adjusted_mutual_information",
                           evaluation_number(found.adjusted_mutual_information))
               : NULL;
}

static json_t *label_counts(const struct grouping *grouping) {
    size_t with_finding = 0;
    size_t in_claim = 0;
    for (uint32_t i = 0; i < grouping->posts.count; i++) {
        with_finding += grouping->items[i].has_finding;
        in_claim += grouping->items[i].claim != MAP_NONE;
    }
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "rows", (json_int_t)grouping->rows,
                     "repeated", (json_int_t)grouping->repeated, "claims",
                     (json_int_t)grouping->labels.count, "claims_found",
                     (json_int_t)grouping->claims.count, "with_finding", (json_int_t)with_finding,
                     "in_claim", (json_int_t)in_claim);
}

static json_t *grouping_report(const struct grouping *grouping) {
    json_t *parts = json_object();
    for (uint32_t i = 0; i < grouping->parts.count; i++) {
        struct str name = grouping->parts.keys[i];
        if (name.len > 0) {
            json_object_setn_new(parts, name.ptr, name.len, measure(grouping, i, false));
        }
    }
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "schema", "hearsay.evaluation/1", "kind",
                     "grouping", "labels", label_counts(grouping), "all",
                     measure(grouping, ALL_PARTS, false), "in_claims",
                     measure(grouping, ALL_PARTS, true), "by_part", parts);
}

static void append_row(struct buffer *out, const char *name, const json_t *row) {
    buffer_append_c(out, "  ");
    evaluation_append_padded(out, str_from_c(name), 18);
    buffer_printf(out, "%7lld", (long long)evaluation_integer(row, "posts"));
    evaluation_append_number(out, json_object_get(row, "b_cubed_precision"), 11, 3);
    evaluation_append_number(out, json_object_get(row, "b_cubed_recall"), 9, 3);
    evaluation_append_number(out, json_object_get(row, "b_cubed_f1"), 9, 3);
    evaluation_append_number(out, json_object_get(row, "adjusted_mutual_information"), 9, 3);
    buffer_append_byte(out, '\n');
}

static void append_report(struct buffer *out, const json_t *report) {
    json_t *counts = json_object_get(report, "labels");
    const char *name;
    json_t *part;
    buffer_append_c(out, "labels      ");
    terminal_append_count(out, (uint64_t)evaluation_integer(counts, "rows"));
    buffer_append_c(out, " posts in ");
    terminal_append_count(out, (uint64_t)evaluation_integer(counts, "claims"));
    buffer_append_c(out, " claims; found were ");
    terminal_append_count(out, (uint64_t)evaluation_integer(counts, "claims_found"));
    buffer_append_c(out, "\n            ");
    terminal_append_count(out, (uint64_t)evaluation_integer(counts, "with_finding"));
    buffer_append_c(out, " have a finding, ");
    terminal_append_count(out, (uint64_t)evaluation_integer(counts, "in_claim"));
    buffer_append_c(out, " are in a claim; the others stand alone\n");
    evaluation_append_fact(out, counts, "repeated", "rows label a post again: the first counts");
    buffer_append_c(out, "\nB-cubed               posts  precision   recall       F1      AMI\n");
    append_row(out, "all", json_object_get(report, "all"));
    append_row(out, "only in a claim", json_object_get(report, "in_claims"));
    json_object_foreach(json_object_get(report, "by_part"), name, part) {
        append_row(out, name, part);
    }
}

int command_evaluate_grouping(const struct arguments *arguments) {
    struct evaluation_options options;
    struct hearsay_failure failure = {0};
    struct grouping grouping = {0};
    enum hearsay_status status = evaluation_options_read(arguments, &options, &failure);
    if (status == HEARSAY_OK) {
        status = read_labels(&grouping, options.labels, &failure);
    }
    if (status == HEARSAY_OK) {
        status = read_findings(&grouping, options.folder, &failure);
    }
    json_t *report = status == HEARSAY_OK ? grouping_report(&grouping) : NULL;
    grouping_free(&grouping);
    return status == HEARSAY_OK ? evaluation_print(arguments, report, append_report)
                                : terminal_fail(status, &failure);
}
